/** Who votes: a name that files can be called by, and that somebody has chosen. */
import { userInfo } from 'node:os';
import { userError } from '../../errors.ts';
import { printableLine } from '../../text/printable.ts';
import type { Context } from '../context.ts';

/** The rater's name: as given, else the login name. Throws when a file could not be named after it. */
export function raterName(given: string | undefined, { env }: Pick<Context, 'env'>): string {
  const name = (given ?? env.USER ?? env.USERNAME ?? loginName()).normalize('NFC').trim();
  if (/[\p{L}\p{N}]/u.test(name) && name.length <= 60 && !/\p{Cc}/u.test(name)) return name;
  throw userError(
    'bad-rater',
    `"${printableLine(name)}" cannot be a rater's name.`,
    'gapcheck score --rater NAME, with letters or digits',
  );
}

function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'rater';
  }
}

/** A proposed command works as it is pasted; whoever pasted it is told what the word stands for. */
export const placeholderNote = (rater: string): string[] =>
  rater === 'NAME'
    ? [
        '"NAME" only stands for a name, and your votes would be kept under it: press q, and put your own into the command.',
      ]
    : [];
