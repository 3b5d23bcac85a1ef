import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileMode } from './make-folder.ts';

/**
 * Whole file: temp in the same folder → fsync → rename → fsync of the folder. A reader sees the old file or the new
 * one, never half. What is in a private folder is private (0600). Accepted: a crash leaves a `.tmp-…` file behind, which nothing reads.
 */
export function writeWhole(path: string, data: string | Uint8Array | Iterable<Uint8Array>): void {
  const temp = `${path}.tmp-${randomBytes(6).toString('hex')}`;
  const mode = fileMode(path);
  try {
    const fd = openSync(temp, 'wx', mode);
    try {
      for (const piece of piecesOf(data)) writeAll(fd, piece);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temp, path);
  } catch (error) {
    rmSync(temp, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

const piecesOf = (data: string | Uint8Array | Iterable<Uint8Array>): Iterable<Uint8Array> =>
  typeof data === 'string' ? [Buffer.from(data)] : data instanceof Uint8Array ? [data] : data;

/** `write` may take less than it was given, on a nearly full disk for one. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
}

/** Makes a rename or a new file survive a power cut; not every system lets a folder be opened. */
export function syncFolder(folder: string): void {
  try {
    const fd = openSync(folder, 'r');
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!['EPERM', 'EISDIR', 'EACCES', 'EINVAL', 'ENOTSUP'].includes(code)) throw error;
  }
}
