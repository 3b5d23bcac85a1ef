/**
 * Files of any size, read in pieces: a string ends at 512 MB and a buffer at 2 GB, and records of a long run pass both.
 */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

const pieceBytes = 1 << 20;

/** A longer line than this cannot become text: it is passed on as undefined. */
const longestLine = 512 * (1 << 20) - 1024;

export interface FileLine {
  /** Number in the file, from 1. */
  line: number;
  /** Where it begins, in bytes. */
  from: number;
  /** Without its line feed; undefined when it is too long for a string. */
  text: string | undefined;
  /** False for a last line without a line feed. */
  isEnded: boolean;
}

/** A missing file has no pieces. All lie in one buffer: a piece is good until the next one is read. */
export function* filePieces(path: string): Generator<Buffer> {
  const fd = openIfThere(path);
  if (fd === undefined) return;
  const buffer = Buffer.allocUnsafe(pieceBytes);
  try {
    for (;;) {
      const piece = nextPiece(fd, path, buffer);
      if (piece.length === 0) return;
      yield piece;
    }
  } finally {
    closeSync(fd);
  }
}

function nextPiece(fd: number, path: string, buffer: Buffer): Buffer {
  try {
    return buffer.subarray(0, readSync(fd, buffer, 0, pieceBytes, null));
  } catch (error) {
    // Of an open file the system says only its number.
    throw Object.assign(error as Error, { path });
  }
}

/** The lines of a file; none where there is no file. */
export function* fileLines(path: string): Generator<FileLine> {
  let line = 0;
  let begun = 0;
  let open = noText();
  for (const piece of filePieces(path)) {
    let from = 0;
    for (let end = piece.indexOf(10); end !== -1; end = piece.indexOf(10, from)) {
      line += 1;
      open.add(piece.subarray(from, end));
      yield { line, from: begun, text: open.text(), isEnded: true };
      begun += open.bytes() + 1;
      open = noText();
      from = end + 1;
    }
    if (from < piece.length) open.add(Buffer.from(piece.subarray(from)));
  }
  if (open.bytes() > 0) yield { line: line + 1, from: begun, text: open.text(), isEnded: false };
}

/** Pieces of one line; those of a line that is too long are not kept. */
function noText() {
  let parts: Buffer[] = [];
  let bytes = 0;
  return {
    bytes: () => bytes,
    add(part: Buffer): void {
      bytes += part.length;
      if (bytes > longestLine) parts = [];
      else parts.push(part);
    },
    text(): string | undefined {
      if (bytes > longestLine) return undefined;
      const [only] = parts;
      return (parts.length === 1 && only ? only : Buffer.concat(parts)).toString('utf8');
    },
  };
}

export interface HashedStart {
  /** Bytes that there were, at most those that were asked for. */
  bytes: number;
  sha256: string;
}

/** SHA-256, hex, of the whole file. */
export function hashFile(path: string): HashedStart {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const piece of filePieces(path)) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** The same of each beginning of `lengths` bytes, in one reading; shorter where the file ends before. */
export function hashStarts(path: string, lengths: readonly number[]): Map<number, HashedStart> {
  const hash = createHash('sha256');
  const found = new Map<number, HashedStart>();
  const wanted = [...new Set(lengths)].sort((a, b) => a - b);
  let bytes = 0;
  const passed = (length: number, tail: Buffer): void => {
    const copy = hash.copy().update(tail);
    found.set(length, { bytes: bytes + tail.length, sha256: copy.digest('hex') });
  };
  for (const piece of filePieces(path)) {
    for (; wanted[0] !== undefined && wanted[0] <= bytes + piece.length; wanted.shift())
      passed(wanted[0], piece.subarray(0, wanted[0] - bytes));
    if (wanted.length === 0) break;
    hash.update(piece);
    bytes += piece.length;
  }
  for (const length of wanted) passed(length, Buffer.alloc(0));
  return found;
}

/** Whether `whole` begins with every line of `start`; the last of them may lack its line feed. */
export function beginsWith(whole: string, start: string): boolean {
  const { size } = statSync(start);
  const { isEnded } = lastLine(start);
  const rest = statSync(whole).size - size;
  if (rest < 0 || !sameHash(hashStarts(whole, [size]).get(size), hashFile(start))) return false;
  return isEnded || rest === 0 || bytesAt(whole, size, size + 1)[0] === 10;
}

const sameHash = (a: HashedStart | undefined, b: HashedStart): boolean => a?.sha256 === b.sha256;

function bytesAt(path: string, from: number, to: number): Buffer {
  const fd = openSync(path, 'r');
  try {
    return readAt(fd, from, to);
  } finally {
    closeSync(fd);
  }
}

/** What follows the last line feed; where that ends the file, the last line that holds anything. */
export function lastLine(path: string): { text: string; isEnded: boolean } {
  const fd = openIfThere(path);
  if (fd === undefined) return { text: '', isEnded: true };
  try {
    const size = fstatSync(fd).size;
    const isEnded = size === 0 || readAt(fd, size - 1, size)[0] === 10;
    const parts: Buffer[] = [];
    for (let end = size; end > 0 && size - end <= longestLine; end -= pieceBytes) {
      const raw = readAt(fd, Math.max(0, end - pieceBytes), end);
      const piece = parts.length === 0 && isEnded ? trimEnd(raw) : raw;
      const start = piece.lastIndexOf(10) + 1;
      if (piece.length > 0) parts.push(piece.subarray(start));
      if (start > 0) break;
    }
    const line = noText();
    for (const part of parts.reverse()) line.add(part);
    return { text: line.text() ?? '', isEnded };
  } finally {
    closeSync(fd);
  }
}

function trimEnd(piece: Buffer): Buffer {
  let end = piece.length;
  while (end > 0 && (piece[end - 1] === 10 || piece[end - 1] === 13 || piece[end - 1] === 32)) end -= 1;
  return piece.subarray(0, end);
}

function readAt(fd: number, from: number, to: number): Buffer {
  const piece = Buffer.alloc(to - from);
  for (let read = 0; read < piece.length; ) {
    const got = readSync(fd, piece, read, piece.length - read, from + read);
    if (got === 0) return piece.subarray(0, read);
    read += got;
  }
  return piece;
}

/** 0 where there is no file. */
export const fileSize = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** How a file begins: its first MB as text. */
export function fileHead(path: string): string {
  for (const piece of filePieces(path)) return piece.toString('utf8');
  return '';
}

/** How many lines a file has: a last one without a line feed counts. */
export function countLines(path: string): number {
  let lines = 0;
  let last = 10;
  for (const piece of filePieces(path)) {
    for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) lines += 1;
    last = piece.at(-1) ?? last;
  }
  return last === 10 ? lines : lines + 1;
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
