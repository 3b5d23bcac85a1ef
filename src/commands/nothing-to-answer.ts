/** Prompts, and nothing to answer them: the prompts are kept, and three ways on are shown. */
import { totalmem } from 'node:os';
import { basename, extname, resolve } from 'node:path';
import { type GapcheckError, userError } from '../errors.ts';
import type { LoadedPrompts } from '../logs/load.ts';
import { writeWhole } from '../store/atomic-write.ts';
import { cannotWrite } from '../store/cannot-write.ts';
import { promptsText } from '../store/run-folder.ts';
import type { Context } from './context.ts';

/** Gibibytes of memory → a model that runs in it at 4 bits with room for its context. Newest sizes first. */
const fitting: readonly [number, string][] = [
  [48, 'qwen3:32b'],
  [24, 'qwen3:14b'],
  [12, 'qwen3:8b'],
  [6, 'qwen3:4b'],
  [0, 'qwen3:1.7b'],
];

/** A model that this machine's memory holds. */
export const fittingModel = (bytes: number): string =>
  fitting.find(([least]) => bytes / 2 ** 30 >= least)?.[1] ?? 'qwen3:1.7b';

export function nothingToAnswer(
  { prompts, understood }: Pick<LoadedPrompts, 'prompts' | 'understood'>,
  context: Context,
): GapcheckError {
  const source = understood[0]?.file ?? 'prompts';
  const sample = `${basename(source, extname(source))}-sample.jsonl`;
  try {
    writeWhole(resolve(context.cwd, sample), promptsText(prompts));
  } catch (error) {
    throw cannotWrite(sample, error);
  }
  const gib = totalmem() / 2 ** 30;
  const model = fittingModel(totalmem());
  return userError(
    'nothing-to-answer',
    `There are prompts, but nothing to answer them: no answers in the file, no key, no Ollama. The prompts are kept in ${sample}.`,
    [
      'one of these:',
      `  ollama pull ${model}, which fits this machine's ${Math.round(gib)} GB, then gapcheck run ${sample} --closed openai:MODEL --open ollama:${model}`,
      `  a hosted open model: gapcheck run ${sample} --closed openai:MODEL --open openrouter:MODEL`,
      `  give ${sample} to a colleague who has the models: gapcheck run ${sample}`,
    ].join('\n'),
  );
}
