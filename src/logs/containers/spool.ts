/** Bytes that can be read only once (standard input, a packed tar), kept in a temporary file until the log was read. */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Spooled {
  path: string;
  remove(): void;
}

/** Writes the whole stream to a file that only this user can read. The caller removes it. */
export async function spool(from: Readable, ...through: NodeJS.ReadWriteStream[]): Promise<Spooled> {
  const folder = mkdtempSync(join(tmpdir(), 'gapcheck-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  // The file would outlive a process that is interrupted while it reads.
  process.once('exit', remove);
  const path = join(folder, 'log');
  try {
    await pipeline([from, ...through, createWriteStream(path, { mode: 0o600 })]);
  } catch (error) {
    remove();
    throw error;
  }
  return {
    path,
    remove: () => {
      process.off('exit', remove);
      remove();
    },
  };
}
