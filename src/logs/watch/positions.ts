/**
 * Which logs were read how far. A file is known by its inode, and after a rename, a copy or a packing by its first
 * bytes; the bytes before the place that was reached must be there too, so that a refilled file is read from its start.
 */
import { stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { causeCode } from '../../errors.ts';
import type { ReadFileState } from '../../records/run-events.ts';
import { inspect } from '../containers/file-kind.ts';
import { cannotOpen } from '../containers/read-bytes.ts';
import { jsonLayout } from '../json-rows.ts';
import { type ByteSource, bytesFrom, hashOf, sha256, tellingBytes } from './line-pieces.ts';

/** A file as it is now, and what is known of it. */
export interface LogFile extends ByteSource {
  device: number;
  inode: number;
  /** Bytes on the disk. */
  size: number;
  modifiedMs: number;
  /** One record per line: it can be read from where it was left. */
  lines: boolean;
  /** SHA-256, hex, of its first `head` bytes, unpacked. */
  sha256: string;
  head: number;
  known?: ReadFileState;
}

/** Undefined where there is nothing to read: it is gone, or empty. Throws (exit 2) where it cannot be opened. */
export async function lookAt(
  name: string,
  cwd: string,
  states: readonly ReadFileState[],
  wanted: { format?: string; encoding?: string } = {},
): Promise<LogFile | undefined> {
  const path = resolve(cwd, name);
  const inside = relative(cwd, path);
  const file = (isAbsolute(inside) || inside.startsWith('..') ? name : inside).replaceAll('\\', '/');
  const found = await statOf(path, file);
  if (!found || found.size === 0) return undefined;
  const { kind, archive } = await inspect(path, file);
  const source: ByteSource = { path, file, gzip: kind === 'gzip' };
  const start = archive || (kind !== 'text' && kind !== 'gzip') ? undefined : await startOf(source);
  if (start?.length === 0) return undefined;
  const plain = wanted.format !== 'csv' && !/^utf-?16|^utf-?32/i.test(wanted.encoding ?? '');
  const lines = start !== undefined && plain && !/\.(?:csv|tsv)(?:\.gz)?$/i.test(file) && isLines(start);
  const head = start?.subarray(0, tellingBytes) ?? Buffer.alloc(0);
  const about = { ...source, ...found, lines, sha256: sha256(head), head: head.length };
  const known = await knownAs(about, states, head);
  return { ...about, ...(known && { known }) };
}

async function statOf(path: string, file: string) {
  try {
    const { dev, ino, size, mtimeMs, isFile } = await stat(path).then((info) => ({ ...info, isFile: info.isFile() }));
    return isFile ? { device: dev, inode: ino, size, modifiedMs: mtimeMs } : undefined;
  } catch (error) {
    if (causeCode(error) === 'ENOENT' || causeCode(error) === 'ENOTDIR') return undefined;
    throw cannotOpen(file, error);
  }
}

/** The first line and at least what tells the file from others; a longer first line than this makes it no log of lines. */
const longestStart = 4 << 20;

async function startOf(source: ByteSource): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  let ended = false;
  for await (const chunk of bytesFrom(source, 0, longestStart)) {
    parts.push(Buffer.from(chunk));
    length += chunk.length;
    ended ||= chunk.includes(10);
    if (ended && length >= tellingBytes) break;
  }
  return Buffer.concat(parts);
}

/** Whole lines that are JSON each; a file whose first line is not whole yet counts once it is. */
function isLines(start: Buffer): boolean {
  if (start[0] === 0xff || start[0] === 0xfe) return false;
  const end = start.lastIndexOf(10) + 1;
  const text = start
    .subarray(0, end === 0 ? start.length : end)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  return /^\s*["{[]/.test(text) && jsonLayout(text, true) === 'lines';
}

/** The state that this file goes on from. */
async function knownAs(
  file: LogFile,
  states: readonly ReadFileState[],
  head: Buffer,
): Promise<ReadFileState | undefined> {
  const same = states.filter(({ device, inode }) => device === file.device && inode === file.inode);
  // The longest one first: it says most about the file.
  const alike = [...states].sort((a, b) => b.bytes - a.bytes);
  for (const state of [...same, ...alike]) if (await isThat(file, state, head)) return state;
  return undefined;
}

async function isThat(file: LogFile, state: ReadFileState, head: Buffer): Promise<boolean> {
  const isSame = file.device === state.device && file.inode === state.inode;
  if (state.whole && isSame) return file.size >= state.size;
  if (state.head > head.length || sha256(head.subarray(0, state.head)) !== state.sha256) return false;
  if (state.whole) return state.head === tellingBytes;
  if (!file.gzip && file.size < state.bytes) return false;
  // The very file, as it was: nothing to unpack again.
  if (isSame && file.size === state.size && file.gzip) return true;
  if (state.tail === undefined) return true;
  const from = Math.max(0, state.bytes - tellingBytes);
  const tail = await hashOf(file, from, state.bytes);
  return tail.bytes === state.bytes - from && tail.sha256 === state.tail;
}
