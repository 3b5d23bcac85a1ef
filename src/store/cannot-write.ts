import { dirname, relative } from 'node:path';
import { exitCodes, GapcheckError, userError } from '../errors.ts';

/** What goes on once there is room; where that would begin a new run, `answerAndGoOn` puts its own words there. */
export const sameAgain = 'run the same command again';

/** What the system says of a place, whatever was wanted there. */
export const systemWords = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of that path is a file',
} as const;

export const freeSomeRoom = `free some room, then ${sameAgain}`;

/** Disk and permission errors become a message with a way out; anything else stays what it is. */
export const cannotWrite = (where: string, error: unknown): unknown =>
  refused(where, error, 'make it writable, or choose another folder with --results DIR');

/** The same of a file that was named on the command line: its folder is not made for it. */
export function cannotWriteFile(file: string, error: unknown): unknown {
  if ((error as NodeJS.ErrnoException)?.code !== 'ENOENT')
    return refused(file, error, 'make it writable, or name another file');
  const folder = relative(process.cwd(), dirname(file));
  const hint = `mkdir -p ${inShell(folder)}, then ${sameAgain}`;
  return userError('cannot-write', `Cannot write to ${file}: there is no folder ${folder}.`, hint, error);
}

const inShell = (path: string): string => (/^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`);

function refused(where: string, error: unknown, next: string): unknown {
  const code = (error as NodeJS.ErrnoException)?.code ?? '';
  const reasons: Record<string, string> = {
    ...systemWords,
    EACCES: 'you may not write there',
    EPERM: 'you may not write there',
    EEXIST: 'something that is no folder has that name',
    // /proc and some network drives say so of a folder that nobody may make.
    ENOENT: 'that folder is not there and cannot be made',
  };
  const reason = reasons[code];
  if (reason === undefined) return error;
  const hint = code === 'ENOSPC' || code === 'EDQUOT' ? freeSomeRoom : next;
  return new GapcheckError('cannot-write', `Cannot write to ${where}: ${reason}.`, {
    exitCode: exitCodes.userCanFix,
    hint,
    cause: error,
  });
}

/** Disk errors become messages that a rater can act on. */
export async function safely<T>(where: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw cannotWrite(where, error);
  }
}
