/** Words that a command does not take: what it does, and what looks at a file where one was meant. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type GapcheckError, userError } from '../errors.ts';
import { plural } from '../text/numbers.ts';
import { oneLine, shellWord } from '../text/shell.ts';
import type { Verb } from './verb.ts';

/** Undefined where every word has a place. `path`: the command as it is typed, "gapcheck votes import". */
export function tooManyWords(
  { args, description }: Verb<object>,
  path: string,
  words: readonly string[],
  cwd: string,
): GapcheckError | undefined {
  if (words.length <= args.length || args.at(-1)?.name.includes('...')) return undefined;
  const extra = words[args.length] ?? '';
  const takes = args.length === 0 ? 'no file and no other word' : `no more than ${plural(args.length, 'word')}`;
  const what = `${path} takes ${takes}: "${oneLine(extra, 80)}" is one too many. What it does: ${description}.`;
  return /\.\w/.test(extra) && existsSync(resolve(cwd, extra))
    ? userError(
        'too-many-words',
        what,
        `gapcheck run ${shellWord(extra)} --dry-run   (looks at that file; sends and writes nothing)`,
      )
    : userError('too-many-words', what, `${path} --help   (has examples)`);
}
