/**
 * Append-only JSON lines. A crash can cut the last line: the next writer ends it with a newline and `{"torn":N}`,
 * and readers skip line N aloud from then on. Any other unreadable line stops with its number.
 */
import { closeSync, fstatSync, fsync, fsyncSync, openSync, readFileSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { exitCodes, GapcheckError } from '../errors.ts';
import { writeAll } from './atomic-write.ts';
import { hashing } from './hashing.ts';
import { fileMode } from './make-folder.ts';

export interface ReadLine {
  /** Line number in the file, from 1. */
  line: number;
  /** The line's text, which hash chains are made of. */
  text: string;
  value: unknown;
}

export interface ReadLines {
  lines: ReadLine[];
  /** One sentence per line that was skipped. */
  warnings: string[];
}

/** A missing file has no lines. Throws GapcheckError naming the line when anything but a torn line is unreadable. */
export function readJsonl(path: string): ReadLines {
  const text = readOptional(path);
  if (text === '') return { lines: [], warnings: [] };
  const endsWhole = text.endsWith('\n');
  const rows = (endsWhole ? text.slice(0, -1) : text).split('\n');
  const torn = tornLines(rows);
  const lines: ReadLine[] = [];
  const warnings: string[] = [];
  for (const [index, row] of rows.entries()) {
    const line = index + 1;
    const value = parse(row);
    const cutOff = torn.has(line) || (line === rows.length && !endsWhole);
    if (value !== undefined && tornLine(value) === undefined) lines.push({ line, text: row, value });
    else if (value === undefined && cutOff) warnings.push(`${basename(path)}:${line}: cut off by a crash, skipped.`);
    else if (value === undefined) throw unreadable(path, line);
  }
  return { lines, warnings };
}

function readOptional(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** Undefined for anything but a JSON object: every line of ours is one. */
function parse(row: string): object | undefined {
  try {
    const value: unknown = JSON.parse(row);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const tornLine = (value: unknown): number | undefined =>
  typeof value === 'object' && value !== null && 'torn' in value && typeof value.torn === 'number'
    ? value.torn
    : undefined;

function tornLines(rows: string[]): Set<number> {
  const markers = rows.filter((row) => row.startsWith('{"torn":'));
  return new Set(markers.map((row) => tornLine(parse(row))).filter((line) => line !== undefined));
}

/** The first line as an object; undefined where it is none. */
export function firstObject(path: string): object | undefined {
  const end = readOptional(path);
  return parse(end.slice(0, Math.max(0, end.indexOf('\n'))));
}

/** SHA-256, hex, of the last line there is, whatever it holds; of nothing where there is no file. */
export const lastLineHash = (path: string): string =>
  hashing.sha256(readOptional(path).trimEnd().split('\n').at(-1) ?? '');

/** A line that holds something else than its file is made of. */
export const unreadable = (path: string, line: number): GapcheckError =>
  new GapcheckError(
    'unreadable-line',
    `${path}:${line}: this line is not what gapcheck wrote, so the file was changed or damaged.`,
    {
      exitCode: exitCodes.sealBroken,
      hint: 'put the file back from a copy; gapcheck never rewrites a line',
    },
  );

export interface Appender {
  /** One write per line. `durable` waits until it is on the disk itself. */
  append(value: unknown, options?: { durable?: boolean }): string;
  /** Waits until everything appended is on the disk itself. */
  sync(): Promise<void>;
  close(): void;
}

const flush = promisify(fsync);

/** Opens for appending and mends a torn end first. One writer per file: hold its lock. */
export function openAppender(path: string): Appender {
  const fd = openSync(path, 'a+', fileMode(path));
  let mendFirst = mendText(fd, path);
  const append = (value: unknown, { durable = false } = {}): string => {
    const text = JSON.stringify(value);
    try {
      writeAll(fd, Buffer.from(`${mendFirst}${text}\n`));
      mendFirst = '';
      if (durable) fsyncSync(fd);
    } catch (error) {
      // A full disk may have taken half the line: end it before the next one.
      mendFirst = mendText(fd, path);
      throw error;
    }
    return text;
  };
  return { append, sync: () => flush(fd), close: () => closeSync(fd) };
}

/** What has to be written before the next line so that a cut-off one cannot swallow it. */
function mendText(fd: number, path: string): string {
  const size = fstatSync(fd).size;
  if (size === 0) return '';
  const last = Buffer.alloc(1);
  readSync(fd, last, 0, 1, size - 1);
  if (last.toString() === '\n') return '';
  const rows = readFileSync(path, 'utf8').split('\n');
  return parse(rows.at(-1) ?? '') === undefined ? `\n{"torn":${rows.length}}\n` : '\n';
}
