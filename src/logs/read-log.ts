/** One opened file → mapped records: a table, or JSON in one of its layouts. */
import { userError } from '../errors.ts';
import type { Gatherer } from './collect.ts';
import { decodeLog, textOf } from './encoding.ts';
import { decoded } from './fields.ts';
import type { LogFormat } from './formats/format.ts';
import { readJsonFile } from './json-file.ts';
import { isComment } from './json-rows.ts';
import type { Arranged, LoadOptions, ReadFile } from './load-options.ts';
import type { LogSource } from './open-logs.ts';
import { readCsvFile } from './table-file.ts';

export async function readFile(
  source: LogSource,
  encoding: string,
  options: LoadOptions,
  collector: Gatherer,
  arranged: Map<LogFormat, Arranged>,
): Promise<ReadFile> {
  const { head, chunks, whole } = await peek(decodeLog(source, encoding));
  if (head.trim() === '')
    throw userError('logs.empty', `${source.file} holds nothing but blanks.`, 'export it again, or name another file');
  const json = options.format === 'csv' ? false : source.form === 'json' || isJson(head, source.file);
  return json
    ? readJsonFile(source.file, chunks, head, whole, options, collector, arranged)
    : readCsvFile(source.file, chunks, options, collector, arranged);
}

function isJson(head: string, file: string): boolean {
  const text = withoutComments(head.trimStart());
  const first = text[0];
  const object = first === '{' || first === '[' || (first === '"' && isEncodedTwice(text));
  return object && !/\.(?:csv|tsv)(?:\.gz)?$/i.test(file);
}

/** Notes above JSON lines; a heading above anything else is none. */
function withoutComments(head: string): string {
  const lines = head.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '' && !isComment(line));
  return first > 0 && /^\s*\{/.test(lines[first] ?? '') ? lines.slice(first).join('\n') : head;
}

/** A first line that is a JSON string whose text is an object. */
function isEncodedTwice(head: string): boolean {
  const line = head.trimStart().split('\n', 1)[0] ?? '';
  return typeof decoded(line) === 'object';
}

/** The first text, and everything again from the start. */
async function peek(
  chunks: AsyncGenerator<Buffer>,
): Promise<{ head: string; whole: boolean; chunks: AsyncGenerator<Buffer> }> {
  let first: Buffer = Buffer.alloc(0);
  let whole = false;
  while (first.length < 1 << 16 && !whole) {
    const next = await chunks.next();
    whole = next.done === true;
    if (!whole) first = Buffer.concat([first, next.value as Buffer]);
  }
  return { head: textOf(first), whole, chunks: again(first, chunks) };
}

async function* again(first: Buffer, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* chunks;
}
