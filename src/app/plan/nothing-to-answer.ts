/** Prompts, and nothing to answer them: the prompts are kept, and three ways on are shown. */
import { existsSync, readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { basename, extname, resolve } from 'node:path';
import { type GapcheckError, userError } from '../../errors.ts';
import type { LoadedPrompts } from '../../logs/load.ts';
import { writeWhole } from '../../store/atomic-write.ts';
import { cannotWrite } from '../../store/cannot-write.ts';
import { promptsText } from '../../store/run-folder.ts';
import { shellWord } from '../../text/shell.ts';
import type { Context } from '../context.ts';

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

type Read = Pick<LoadedPrompts, 'prompts' | 'understood'>;

/** With `keep` the prompts stay behind as one file that any machine can run, and the message says so. */
export function nothingToAnswer(read: Read, context: Context, { keep }: { keep: boolean }): GapcheckError {
  const kept = keep ? keptSample(read, context) : undefined;
  const file = shellWord(kept ?? read.understood[0]?.file ?? 'prompts.csv');
  const gib = totalmem() / 2 ** 30;
  const model = fittingModel(totalmem());
  const saved = kept === undefined ? '' : ` The prompts are kept in ${kept}.`;
  return userError(
    'nothing-to-answer',
    `There are prompts, but nothing to answer them: no answers in the file, no key, no Ollama.${saved}`,
    [
      'one of these:',
      `  ollama pull ${model}, which fits this machine's ${Math.round(gib)} GB, then gapcheck run ${file} --closed openai:MODEL --open ollama:${model}`,
      `  a hosted open model: gapcheck run ${file} --closed openai:MODEL --open openrouter:MODEL`,
      `  give ${file} to a colleague who has the models: gapcheck run ${file}`,
      '  keys are read from the shell: export OPENAI_API_KEY=… for openai, OPENROUTER_API_KEY=… for openrouter',
    ].join('\n'),
  );
}

/** Its name; undefined where the prompts are such a file already. Never over a file that holds something else. */
function keptSample({ prompts, understood }: Read, { cwd }: Context): string | undefined {
  if (understood.length === 1 && understood[0]?.format === 'gapcheck') return undefined;
  const source = understood[0]?.file ?? 'prompts';
  const stem = `${basename(source, extname(source))}-sample`;
  const text = promptsText(prompts);
  const names = [`${stem}.jsonl`, ...Array.from({ length: 8 }, (_, at) => `${stem}-${at + 2}.jsonl`)];
  const name = names.find((each) => isFree(resolve(cwd, each), text));
  if (name === undefined) return undefined;
  try {
    writeWhole(resolve(cwd, name), text);
  } catch (error) {
    throw cannotWrite(name, error);
  }
  return name;
}

const isFree = (path: string, text: string): boolean => !existsSync(path) || readFileSync(path, 'utf8') === text;
