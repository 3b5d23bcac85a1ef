/**
 * Append-only JSON lines. A crash can cut the last line: the next writer ends it with a newline and `{"torn":N}`,
 * and readers skip line N aloud from then on. Any other unreadable line stops with its number.
 */
import { closeSync, fsync, fsyncSync, openSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { exitCodes, GapcheckError } from '../errors.ts';
import { writeAll } from './atomic-write.ts';
import { countLines, fileLines, lastLine } from './file-lines.ts';
import { hashing } from './hashing.ts';
import { fileMode } from './make-folder.ts';

export interface ReadLine {
  /** Line number in the file, from 1. */
  line: number;
  /** Where it begins, in bytes. */
  from: number;
  /** The line's text, which hash chains are made of. */
  text: string;
  value: unknown;
}

/**
 * One line at a time: what the caller does not keep is not kept. A missing file has none. Throws GapcheckError naming the
 * line when anything but a torn line is unreadable. `warnings` gets one sentence per line that was skipped.
 */
export function* eachLine(path: string, warnings: string[] = []): Generator<ReadLine> {
  let unexplained: number[] = [];
  for (const { line, from, text = '', isEnded } of fileLines(path)) {
    const [first] = unexplained;
    if (first !== undefined && !explains(text, line - 1)) throw unreadable(path, first);
    const value = parse(text);
    if (value === undefined) unexplained.push(line);
    else if (tornLine(value) === undefined) yield { line, from, text, value };
    if (value === undefined && isEnded) continue;
    warnings.push(...unexplained.map((torn) => `${basename(path)}:${torn}: cut off by a crash, skipped.`));
    unexplained = [];
  }
  if (unexplained[0] !== undefined) throw unreadable(path, unexplained[0]);
}

/** The marker behind a torn line, or the part of one that a second crash left. */
const explains = (text: string, torn: number): boolean => text !== '' && `{"torn":${torn}}`.startsWith(text);

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

/** The first line as an object; undefined where it is none. */
export function firstObject(path: string): object | undefined {
  for (const { text, isEnded } of fileLines(path)) return isEnded && text !== undefined ? parse(text) : undefined;
  return undefined;
}

/** SHA-256, hex, of the last line there is, whatever it holds; of nothing where there is no file. */
export const lastLineHash = (path: string): string => hashing.sha256(lastLine(path).text.trimEnd());

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
  let mendFirst = mendText(path);
  const append = (value: unknown, { durable = false } = {}): string => {
    const text = JSON.stringify(value);
    try {
      writeAll(fd, Buffer.from(`${mendFirst}${text}\n`));
      mendFirst = '';
      if (durable) fsyncSync(fd);
    } catch (error) {
      // A full disk may have taken half the line: end it before the next one.
      mendFirst = mendText(path);
      throw error;
    }
    return text;
  };
  return { append, sync: () => flush(fd), close: () => closeSync(fd) };
}

/** What has to be written before the next line so that a cut-off one cannot swallow it. */
function mendText(path: string): string {
  const { text, isEnded } = lastLine(path);
  if (isEnded) return '';
  return parse(text) === undefined ? `\n{"torn":${countLines(path)}}\n` : '\n';
}
