/** What is in a folder, below it at any depth. */
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface FolderEntry {
  /** Within the folder, with slashes. */
  path: string;
  entry: Dirent;
}

export interface FolderWalk {
  /** Of a folder: nothing below it is looked at either. */
  leaveOut(path: string, entry: Dirent): boolean;
  /** Folders that cannot be read count as empty; otherwise they throw. */
  skipUnreadable?: boolean;
}

/** Everything but the folders themselves, in no order. Links are not followed. */
export async function* entriesBelow(root: string, walk: FolderWalk): AsyncGenerator<FolderEntry> {
  const open = [''];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const entry of await entriesIn(join(root, at), walk)) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      if (walk.leaveOut(path, entry)) continue;
      if (entry.isDirectory()) open.push(path);
      else yield { path, entry };
    }
  }
}

const entriesIn = (folder: string, { skipUnreadable = false }: FolderWalk): Promise<Dirent[]> =>
  readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (skipUnreadable) return [];
    throw error;
  });
