import { basename, dirname, join, relative } from 'node:path';
import { shellWord } from '../text/shell.ts';

/** A path as it is shown: from the working folder or from the root, whichever is shorter. Both are true. */
export function shortPath(cwd: string, path: string): string {
  const near = relative(cwd, path) || '.';
  return near.length <= path.length ? near : path;
}

/** A run as it is named behind a command: its name where the command looks for it, else its path. */
export const runRef = (cwd: string, folder: string): string =>
  dirname(folder) === join(cwd, 'results') ? basename(folder) : shortPath(cwd, folder);

/** The same for a shell. */
export const runWord = (cwd: string, folder: string): string => shellWord(runRef(cwd, folder));
