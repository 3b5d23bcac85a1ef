/** Prompts, and nothing to answer them: three ways to continue are shown. */
import { totalmem } from 'node:os';
import { type GapcheckError, userError } from '../../errors.ts';
import { twoColumns } from '../../logs/fields/unused-text.ts';
import type { LoadedPrompts } from '../../logs/load.ts';
import { onDisk } from '../../logs/unread-log.ts';
import { keptFlags } from '../../text/kept-flags.ts';
import { shellWord, typedCommand } from '../../text/shell.ts';

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

type Read = Pick<LoadedPrompts, 'understood' | 'unused'>;

/** Two columns of answers, where the file seems to have them: nothing has to be asked. */
function betweenColumns({ unused }: Read, file: string): string[] {
  const arms = twoColumns(unused);
  return arms === undefined ? [] : [`  if two columns are the answers of two models: gapcheck run ${file} ${arms}`];
}

/** Names the user's own file, and writes nothing. */
export function nothingToAnswer(read: Read, typed: readonly string[]): GapcheckError {
  // An entry of an archive, and what came through a pipe, are typed in another way than they are named.
  const named = shellWord(onDisk(read.understood[0]?.file ?? 'prompts.csv'));
  const file = `${named}${keptFlags(typedCommand(typed))}`;
  const gib = totalmem() / 2 ** 30;
  const model = fittingModel(totalmem());
  return userError(
    'nothing-to-answer',
    'There are prompts, but nothing to answer them: no answers in the file, no key, no Ollama.',
    [
      'one of these:',
      ...betweenColumns(read, file),
      `  a model that fits this machine's ${Math.round(gib)} GB: ollama pull ${model}`,
      `  then, against that model: gapcheck run ${file} --closed openai:MODEL --open ollama:${model}`,
      `  a hosted open model: gapcheck run ${file} --closed openai:MODEL --open openrouter:MODEL`,
      ...(named === '-' ? [] : [`  give ${named} to a colleague who has the models: gapcheck run ${file}`]),
      '  keys are read from the shell: export OPENAI_API_KEY=… for openai, OPENROUTER_API_KEY=… for openrouter',
    ].join('\n'),
  );
}
