import { sep } from 'node:path';
import { GapcheckError, userError } from '../errors.ts';
import { freeSomeRoom, sameAgain, systemWords } from '../store/cannot-write.ts';

/** What the system says of a file, and what a person can do about it. */
const systemReasons: Record<string, [why: string, next: string]> = {
  EACCES: ['you have no right to', 'ask its owner, or run gapcheck as the user who made it'],
  EPERM: ['you have no right to', 'ask its owner, or run gapcheck as the user who made it'],
  EROFS: [systemWords.EROFS, 'make it writable, or copy the folder to where you can write'],
  ENOSPC: [systemWords.ENOSPC, freeSomeRoom],
  EDQUOT: [systemWords.EDQUOT, freeSomeRoom],
  EIO: ['the disk reports an error', `copy the folder to another disk, then ${sameAgain}`],
  EMFILE: ['too many files are open', `raise the limit (ulimit -n), then ${sameAgain}`],
  ENFILE: ['too many files are open', `close other programs, then ${sameAgain}`],
  EISDIR: ['it is a folder', `move it away, then ${sameAgain}`],
  ENOTDIR: [systemWords.ENOTDIR, 'check the path'],
  ELOOP: ['its links go in a circle', 'check the path'],
  ENAMETOOLONG: ['the name is too long', 'choose a shorter one'],
};

/** A file that the system refuses is nothing that gapcheck does wrong, wherever it was met: exit 2 with its path. */
export function asKnown(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof GapcheckError) return error;
  const { code = '', path, syscall = 'use' } = error as NodeJS.ErrnoException;
  const reason = systemReasons[code];
  if (!reason || path === undefined) return error;
  return userError('system', `Cannot ${doing[syscall] ?? 'use'} ${path}: ${reason[0]}.`, reason[1], error);
}

const doing: Record<string, string> = { open: 'open', scandir: 'list', read: 'read', mkdir: 'make', write: 'write to' };

/**
 * Known errors: message, cause, next step. Unknown ones are our bug: the stack, versions, and where to report it.
 * Paths of the working folder are shown as <cwd> so that the text can be pasted into an issue.
 */
export function describeError(error: unknown, { debug, cwd }: { debug: boolean; cwd: string }): string {
  if (error instanceof GapcheckError) return known(error, debug).replaceAll(`${cwd}${sep}`, '');
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    'This is a bug in gapcheck, not something you did. What was on the disk is kept.',
    stack.replaceAll(cwd, '<cwd>'),
    `Node ${process.version} on ${process.platform}.`,
    'Next: please report it with the lines above: https://github.com/gapcheck/gapcheck/issues',
  ].join('\n');
}

function known(error: GapcheckError, debug: boolean): string {
  const lines = [`error: ${error.message}`];
  if (debug) lines.push(...causes(error.cause).map((cause) => `Reason: ${cause}`), error.stack ?? '');
  if (error.hint) lines.push(`Next: ${error.hint}`);
  return lines.join('\n');
}

function causes(error: unknown): string[] {
  if (!(error instanceof Error)) return error === undefined ? [] : [String(error)];
  return [`${error.name}: ${error.message}`, ...causes(error.cause)];
}
