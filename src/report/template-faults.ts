/** Traces that a server's chat template left in answers: a fault of the setup, which looks like one of the model. */
import { judgedText } from '../text/judged.ts';
import { plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { ReportInput } from './report-input.ts';

/** One sentence for each kind of trace and arm. */
export function templateFaults({ run, prompts, trials }: ReportInput): string[] {
  const byId = new Map(prompts.map((prompt) => [prompt.id, prompt]));
  return run.arms.flatMap(({ name, templateEnds }) => {
    const found = { endTokens: 0, strayTags: new Map<string, number>() };
    for (const { prompt: id, answer } of trials[name]?.values() ?? []) {
      const prompt = byId.get(id);
      const last = answer?.steps.at(-1);
      if (!prompt || !last || answer?.outcome !== 'answered') continue;
      const { endTokens, strayTag } = judgedText(last, { prompt, templateEnds });
      if (endTokens > 0) found.endTokens += 1;
      if (strayTag !== undefined) found.strayTags.set(strayTag, (found.strayTags.get(strayTag) ?? 0) + 1);
    }
    return sentences(oneLine(name, 40), found.endTokens, found.strayTags);
  });
}

const sentences = (arm: string, endTokens: number, strayTags: ReadonlyMap<string, number>): string[] => [
  ...(endTokens > 0
    ? [
        `${plural(endTokens, 'answer')} of ${arm} carried end tokens: the template that its server uses is probably wrong.`,
      ]
    : []),
  ...[...strayTags].map(
    ([tag, count]) =>
      `${plural(count, 'answer')} of ${arm} ${count === 1 ? 'holds' : 'hold'} ${tag} without its opening tag, and raters saw the thought before it. Let the server split it off (llama.cpp: --jinja, vLLM: --reasoning-parser, Ollama: think).`,
  ),
];
