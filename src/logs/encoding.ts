/**
 * Bytes → text, strictly. UTF-8 unless a byte order mark or `--encoding` says otherwise; invalid UTF-8 is read as
 * Windows-1252 where that leaves no control characters, with a warning, else refused with the line. Never U+FFFD.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { userError } from '../errors.ts';
import type { LogSource } from './open-logs.ts';
import { UnreadLog } from './unread-log.ts';

export interface Survey {
  encoding: string;
  /** SHA-256, hex, of the file as it is on the disk. */
  sha256: string;
  warnings: string[];
}

/** One pass over the whole file before anything is parsed: 100 MB take a fraction of a second. */
export async function surveyEncoding(source: LogSource, wanted?: string): Promise<Survey> {
  const hash = createHash('sha256');
  const scan = new Utf8Scan();
  let head: Buffer | undefined;
  for await (const chunk of source.bytes((raw) => hash.update(raw))) {
    head ??= Buffer.from(chunk.subarray(0, 1 << 16));
    scan.push(chunk);
  }
  if (!head)
    throw userError('logs.empty', `${source.file} is empty once unpacked.`, 'export it again, or name another file');
  const sha256 = hash.digest('hex');
  const encoding = wanted
    ? checked(wanted, source.file)
    : (byteOrderMark(head) ?? (await utf8Or1252(scan, head, source)));
  return { encoding, sha256, warnings: await warningsOf(scan, source, encoding) };
}

async function warningsOf(scan: Utf8Scan, source: LogSource, encoding: string): Promise<string[]> {
  if (encoding.startsWith('utf-16')) return [];
  const warnings: string[] = [];
  const { file } = source;
  if (scan.nulAt >= 0)
    warnings.push(`${file}:${await lineAt(source, scan.nulAt)}: holds NUL characters; they are kept as they are.`);
  if (encoding === 'windows-1252' && scan.invalid() >= 0) {
    warnings.push(
      `${file}:${await lineAt(source, scan.invalid())}: not valid UTF-8; the file was read as Windows-1252. If letters look wrong, give --encoding.`,
    );
  }
  return warnings;
}

function byteOrderMark(head: Buffer): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 'utf-8' : undefined;
}

function checked(name: string, file: string): string {
  try {
    return new TextDecoder(name).encoding;
  } catch (error) {
    throw userError(
      'logs.encoding-name',
      `--encoding ${name}: no such encoding (for ${file}).`,
      'names such as utf-8, windows-1252, shift_jis, utf-16le, gb18030',
      error,
    );
  }
}

/** Offsets of the first NUL and of the first byte that is not UTF-8, −1 for none; chunk by chunk. */
class Utf8Scan {
  nulAt = -1;
  private invalidAt = -1;
  private offset = 0;
  private tail: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): void {
    const nul = this.nulAt < 0 ? chunk.indexOf(0) : -1;
    if (nul >= 0) this.nulAt = this.offset + nul;
    if (this.invalidAt < 0) this.check(chunk);
    this.offset += chunk.length;
  }

  private check(chunk: Buffer): void {
    const whole = this.tail.length ? Buffer.concat([this.tail, chunk]) : chunk;
    const end = whole.length - unfinished(whole);
    if (isUtf8(whole.subarray(0, end))) this.tail = Buffer.from(whole.subarray(end));
    else this.invalidAt = this.offset - this.tail.length + firstInvalid(whole);
  }

  /** Asked at the end: bytes that are left over belong to a character that never finished. */
  invalid(): number {
    return this.invalidAt < 0 && this.tail.length ? this.offset - this.tail.length : this.invalidAt;
  }
}

/** Line of a byte offset, from 1. Reads the file again: only errors and warnings need it. */
async function lineAt(source: LogSource, offset: number): Promise<number> {
  let lines = 1;
  let left = offset;
  for await (const chunk of source.bytes()) {
    lines += newlines(chunk, Math.min(left, chunk.length));
    left -= chunk.length;
    if (left <= 0) break;
  }
  return lines;
}

/** Tabs, line ends and ESC. */
const spacing = [9, 10, 11, 12, 13, 27];

/** Unassigned in Windows-1252 (they become C1 controls), and C0 controls that no text export writes. */
const controlByte = Uint8Array.from({ length: 256 }, (_, byte) =>
  [0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte) || (byte < 0x20 && byte !== 0 && !spacing.includes(byte)) ? 1 : 0,
);

function newlines(bytes: Buffer, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0 && at < end; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}

/** How many bytes at the end belong to a character that goes on in the next chunk. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** Offset of the first byte of the longest valid prefix's end, by halving. */
function firstInvalid(bytes: Buffer): number {
  let low = 0;
  let high = bytes.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const part = bytes.subarray(0, middle);
    if (isUtf8(part.subarray(0, middle - unfinished(part)))) low = middle;
    else high = middle;
  }
  return low;
}

async function utf8Or1252(scan: Utf8Scan, head: Buffer, source: LogSource): Promise<string> {
  const { file } = source;
  const guess = looksLikeUtf16(head);
  if (guess) return guess;
  if (scan.invalid() < 0) return 'utf-8';
  if (manyControls(head)) throw notText(file);
  if (scan.nulAt >= 0 || (await hasControls(source))) {
    throw undecodable(
      file,
      await lineAt(source, scan.invalid()),
      'bytes that are neither UTF-8 nor Windows-1252',
      legacyGuesses(head),
    );
  }
  return 'windows-1252';
}

/** Text in any encoding without a mark has a stray one at most; compressed and random bytes have one in ten. */
const controlShare = 0.02;

function manyControls(head: Buffer): boolean {
  const controls = head.reduce((count, byte) => count + (byte < 0x20 && !spacing.includes(byte) ? 1 : 0), 0);
  return controls > controlShare * head.length;
}

const notText = (file: string): Error =>
  userError(
    'logs.binary',
    `${file} is not text: NUL and control bytes all over it.`,
    'nothing in it is a prompt: export it as CSV or JSON lines',
  );

async function hasControls(source: LogSource): Promise<boolean> {
  for await (const chunk of source.bytes()) if (chunk.some((byte) => controlByte[byte])) return true;
  return false;
}

function undecodable(file: string, line: number, why: string, guesses: readonly string[]): Error {
  return new UnreadLog('logs.undecodable', `${file}:${line}: ${why}; nothing was read.`, {
    file,
    ways: guesses.map((encoding) => ({ encoding })),
    hint: 'nothing in it can be read as text in any encoding that was tried: save the file as UTF-8',
  });
}

/** All of it is assigned characters, none of them a control. */
function isTextIn(head: Buffer, encoding: 'utf-16le' | 'utf-16be'): boolean {
  const text = new TextDecoder(encoding).decode(head.subarray(0, head.length & ~1)).slice(0, -1);
  return (
    /\n/.test(text) &&
    !/[^\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}\s]/u.test(text.replaceAll('\r', '')) &&
    !text.includes('\ufffd')
  );
}

function looksLikeUtf16(head: Buffer): string | undefined {
  const half = head.length >> 1;
  if (half < 2) return undefined;
  let even = 0;
  let odd = 0;
  for (let at = 0; at + 1 < head.length; at += 2) {
    if (head[at] === 0) even += 1;
    if (head[at + 1] === 0) odd += 1;
  }
  if (odd > 0.4 * half && even < 0.05 * half) return 'utf-16le';
  if (even > 0.4 * half && odd < 0.05 * half) return 'utf-16be';
  // In scripts beyond Latin only blanks, commas and line ends have a zero byte, always on the same side.
  if (odd > 0 && even === 0 && isTextIn(head, 'utf-16le')) return 'utf-16le';
  return even > 0 && odd === 0 && isTextIn(head, 'utf-16be') ? 'utf-16be' : undefined;
}

const legacy = ['shift_jis', 'euc-jp', 'gb18030', 'euc-kr', 'big5', 'windows-1251'] as const;

/** Encodings under which the beginning is mostly letters that occur in running text, likeliest first. */
function legacyGuesses(head: Buffer): string[] {
  // A cut in the middle of a character at the end is no evidence against an encoding.
  const sample = head.length < 1 << 16 ? head : head.subarray(0, head.lastIndexOf(10) + 1 || head.length);
  const scored = legacy.map((name) => ({ name, score: plausibility(sample, name) }));
  scored.sort((a, b) => b.score - a.score);
  return scored.flatMap(({ name, score }) => (score > 0.5 ? [name] : []));
}

function plausibility(sample: Buffer, name: string): number {
  try {
    const text = new TextDecoder(name, { fatal: true }).decode(sample);
    const foreign = [...text].filter((char) => char > '\x7f');
    const fitting = foreign.filter(
      (char) => common.test(char) && (name === 'windows-1251' ? cyrillic.test(char) : !cyrillic.test(char)),
    );
    const kana = foreign.some((char) => /[\u3040-\u30ff]/.test(char)) && /jis|jp/.test(name) ? 0.1 : 0;
    return foreign.length ? fitting.length / foreign.length + kana : 0;
  } catch {
    return 0;
  }
}
const common = /[\u3001\u3002\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e\u0400-\u04ff\u2010-\u201d]/;
const cyrillic = /[\u0400-\u04ff]/;

/**
 * The file as UTF-8, whole characters in every chunk; a chunk is good until the next one is read. Throws exit 2 with
 * the line where bytes do not fit the encoding.
 */
export function decodeLog(source: LogSource, encoding: string): AsyncGenerator<Buffer> {
  return encoding === 'utf-8' ? utf8Chunks(source) : legacyChunks(source, encoding);
}

export const textOf = (utf8: Buffer): string => utf8.toString(isAscii(utf8) ? 'latin1' : 'utf8');

/** Checked with isUtf8, because a fatal TextDecoder is several times slower. */
async function* utf8Chunks(source: LogSource): AsyncGenerator<Buffer> {
  let tail: Buffer = Buffer.alloc(0);
  let offset = 0;
  for await (const chunk of source.bytes()) {
    const joined = tail.length ? Buffer.concat([tail, chunk]) : chunk;
    const from = offset === 0 && byteOrderMark(joined) === 'utf-8' ? 3 : 0;
    const ready = joined.subarray(from, joined.length - unfinished(joined));
    if (!isUtf8(ready)) throw notThis(source.file, await lineAt(source, offset + firstInvalid(joined)), 'utf-8');
    offset += from + ready.length;
    tail = Buffer.from(joined.subarray(from + ready.length));
    yield ready;
  }
  if (tail.length) throw notThis(source.file, await lineAt(source, offset), 'utf-8');
}

async function* legacyChunks(source: LogSource, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let lines = 1;
  try {
    for await (const chunk of source.bytes()) {
      const text = decoder.decode(chunk, { stream: true });
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
      yield Buffer.from(text);
    }
    yield Buffer.from(decoder.decode());
  } catch (error) {
    const invalid =
      error instanceof TypeError && (error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
    throw invalid ? notThis(source.file, lines, encoding, error) : error;
  }
}

const notThis = (file: string, line: number, encoding: string, cause?: unknown): Error =>
  new UnreadLog('logs.undecodable', `${file}: near line ${line}, bytes that are not ${encoding}.`, {
    file,
    ways: encoding === 'utf-8' ? [] : [{ encoding: 'utf-8' }],
    hint: 'leave out --encoding, or save the file as UTF-8',
    cause,
  });
