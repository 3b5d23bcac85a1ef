import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A folder with its parents. Node's own `recursive` tries for ever where the system refuses a folder with ENOENT though
 * its parent is there (/proc, some network drives), and hears no signal meanwhile. In a private folder it is private.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: isPrivate(dirname(path)) ? 0o700 : 0o777 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && isFolder(path)) return;
    const parent = dirname(path);
    if (code !== 'ENOENT' || existsSync(parent)) throw error;
    makeFolder(parent);
    makeFolder(path);
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Nobody but its owner can look into it: a run folder has prompts of customers in it. */
const isPrivate = (folder: string): boolean => {
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats !== undefined && (stats.mode & 0o077) === 0;
};

/** Mode of a new file: 0600 in a private folder. */
export const fileMode = (path: string): number => (isPrivate(dirname(path)) ? 0o600 : 0o644);

/** A folder of which nobody but the owner sees anything. */
export function makePrivateFolder(path: string): void {
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}
