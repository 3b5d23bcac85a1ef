/**
 * A log of one record per line, read from where it was left: whole lines only, each chunk once, with what it takes to
 * find the place of a line again. Positions are those of the unpacked bytes, so a packed copy goes on where its file was.
 */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { cannotRead, chunkSize } from '../containers/read-bytes.ts';

/** What tells one log from another: bytes at its start and before the place that was read last. */
export const tellingBytes = 4096;

export interface ByteSource {
  path: string;
  file: string;
  gzip: boolean;
}

/** Unpacked bytes from `start` to `end`. A packed file is unpacked from its beginning. */
export async function* bytesFrom(source: ByteSource, start: number, end = Number.POSITIVE_INFINITY) {
  const { path, file, gzip } = source;
  const range = gzip ? {} : { start, ...(Number.isFinite(end) && { end: Math.max(start, end) }) };
  const raw = createReadStream(path, { highWaterMark: chunkSize, ...range });
  let at = gzip ? 0 : start;
  try {
    const unpacked = gzip ? pipeline(raw, createGunzip({ chunkSize }), () => {}) : raw;
    for await (const part of unpacked) {
      const chunk = part as Buffer;
      const from = Math.max(0, start - at);
      const to = Math.min(chunk.length, end - at);
      at += chunk.length;
      if (to > from) yield chunk.subarray(from, to);
      if (at >= end) return;
    }
  } catch (error) {
    throw cannotRead(file, error);
  } finally {
    raw.destroy();
  }
}

/** SHA-256, hex. */
export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The same of a part of a file, and how many bytes it had. */
export async function hashOf(
  source: ByteSource,
  start: number,
  end: number,
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of bytesFrom(source, start, end)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** Lines of a log from `start` on, and afterwards how far they went. */
export class LinePieces {
  /** Unpacked bytes up to the end of the last whole line. */
  end: number;
  /** The first line, counted from 1 at `start`, that begins at `freshFrom` or behind it. */
  freshLine = Number.POSITIVE_INFINITY;
  private readonly source: ByteSource;
  private readonly start: number;
  private readonly freshFrom: number;
  /** Line and place of the beginning of each chunk. */
  private readonly marks: { line: number; at: number }[] = [];
  private line = 1;
  private last: Buffer = Buffer.alloc(0);

  constructor(source: ByteSource, start: number, freshFrom: number) {
    this.source = source;
    this.start = start;
    this.freshFrom = freshFrom;
    this.end = start;
  }

  /** UTF-8, whole lines in every chunk. */
  async *chunks(): AsyncGenerator<Buffer> {
    let rest: Buffer[] = [];
    for await (const chunk of bytesFrom(this.source, this.start)) {
      const cut = chunk.lastIndexOf(10) + 1;
      if (cut > 0) {
        const whole = rest.length > 0 ? Buffer.concat([...rest, chunk.subarray(0, cut)]) : chunk.subarray(0, cut);
        rest = [];
        yield this.taken(whole);
      }
      if (cut < chunk.length) rest.push(Buffer.from(chunk.subarray(cut)));
    }
    // A last line without its line end: the writer is in the middle of it, or it was the last of its file.
    const last = Buffer.concat(rest);
    if (isRecord(last)) yield this.taken(last);
  }

  /** A place at which to begin so that this line is read again: its own, or one shortly before it. */
  placeOf(line: number): { at: number; linesBefore: number } {
    const mark = this.marks.findLast((each) => each.line <= line);
    return { at: mark?.at ?? this.start, linesBefore: (mark?.line ?? 1) - 1 };
  }

  /** Lines that were read. */
  get lines(): number {
    return this.line - 1;
  }

  /** Of those, the ones that had not been read before. */
  get freshLines(): number {
    return Math.max(0, this.line - this.freshLine);
  }

  /** The last bytes that were read; undefined where they were not all among them. */
  tail(bytes: number): Buffer | undefined {
    return this.last.length >= bytes ? this.last.subarray(this.last.length - bytes) : undefined;
  }

  private taken(whole: Buffer): Buffer {
    const long = whole.length >= tellingBytes ? whole : Buffer.concat([this.last, whole]);
    this.last = Buffer.from(long.subarray(Math.max(0, long.length - tellingBytes)));
    this.marks.push({ line: this.line, at: this.end });
    const lines = countLines(whole, whole.length);
    if (this.freshLine === Number.POSITIVE_INFINITY && this.end + whole.length > this.freshFrom)
      this.freshLine = this.line + countLines(whole, Math.max(0, this.freshFrom - this.end));
    this.line += lines;
    this.end += whole.length;
    const text = this.end === whole.length && hasMark(whole) ? whole.subarray(3) : whole;
    return isUtf8(text) ? text : mended(text);
  }
}

function countLines(bytes: Buffer, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0 && at < end; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}

const hasMark = (bytes: Buffer): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

function isRecord(line: Buffer): boolean {
  if (line.length === 0) return false;
  try {
    JSON.parse(line.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

/** Lines that are not UTF-8 are read as Windows-1252, as an import reads a whole file of them. */
function mended(bytes: Buffer): Buffer {
  const latin = new TextDecoder('windows-1252');
  const parts: Buffer[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    const line = bytes.subarray(from, end === -1 ? bytes.length : end + 1);
    parts.push(isUtf8(line) ? line : Buffer.from(latin.decode(line)));
    from += line.length;
  }
  return Buffer.concat(parts);
}
