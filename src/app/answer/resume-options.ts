import { userError } from '../../errors.ts';
import { shellWord } from '../../text/shell.ts';
import type { RunOptions } from '../verb-options.ts';

/** What a resumed run heeds; everything else was settled when it was frozen. */
const heeded: readonly (keyof RunOptions)[] = [
  'resume',
  'results',
  'config',
  'concurrency',
  'maxCost',
  'reuse',
  'score',
  'yes',
  'testCall',
  'lock',
  'json',
];

/** What was said and would be passed over in silence: a wish about models or prompts. Throws (exit 2). */
export function refuseBesideResume(files: readonly string[], options: RunOptions): void {
  if (options.resume === undefined) return;
  const given = Object.entries(options).flatMap(([name, value]) =>
    value === undefined || heeded.includes(name as keyof RunOptions) || (name === 'redact' && value === true)
      ? []
      : [flagOf(name)],
  );
  const unheeded = [...files.map(shellWord), ...given];
  if (unheeded.length === 0) return;
  const run = options.resume === true ? '' : ` ${shellWord(options.resume)}`;
  throw userError(
    'beside-resume',
    `--resume goes on with what is frozen in the run: it takes no ${unheeded.join(', no ')}.`,
    `gapcheck run --resume${run} goes on with that run; without --resume a new run begins, and --reuse takes over its answers`,
  );
}

function flagOf(name: string): string {
  if (name === 'n') return '-n';
  if (name === 'redact') return '--no-redact';
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
