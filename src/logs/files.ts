/** One opened file → mapped records: a table, or JSON in one of its layouts. */
import { userError } from '../errors.ts';
import type { Json, JsonObject } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';
import type { Collector } from './collect.ts';
import { type Detected, detectExport, detectFormat, detectionRecords, recordsOf } from './detect.ts';
import type { Row } from './draft.ts';
import { decodeLog, textOf } from './encoding.ts';
import { cellsOfJson } from './fields/cells.ts';
import { type Unused, UnusedFields } from './fields/unused.ts';
import { chat } from './formats/chat.ts';
import { type CsvMapper, csvMapper, hasCombination } from './formats/csv.ts';
import { mapByFields } from './formats/fields.ts';
import type { LogFormat } from './formats/format.ts';
import { type JsonItem, jsonLayout, readJson } from './json.ts';
import type { LoadOptions } from './load.ts';
import type { LogSource } from './read.ts';
import { rowObject } from './row-object.ts';
import type { Table } from './table.ts';

export interface ReadFile {
  format: string;
  why: string;
  records: number;
  columns?: string[];
  answers: string[];
  warnings: string[];
  unused: Unused[];
}

/** Rows of formats that are mapped only once every file was read. */
export interface Arranged {
  rows: Row[];
  file: string;
}

export async function readFile(
  source: LogSource,
  encoding: string,
  options: LoadOptions,
  collector: Collector,
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
  const first = head.trimStart()[0];
  return (first === '{' || first === '[') && !/\.(?:csv|tsv)(?:\.gz)?$/i.test(file);
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

// ───────────────────────────── JSON ─────────────────────────────

async function readJsonFile(
  file: string,
  chunks: AsyncGenerator<Buffer>,
  head: string,
  whole: boolean,
  options: LoadOptions,
  collector: Collector,
  arranged: Map<LogFormat, Arranged>,
): Promise<ReadFile> {
  const layout = jsonLayout(head, whole);
  const waiting: JsonItem[] = [];
  let sink: ((item: JsonItem) => number) | undefined;
  let found = { format: '', why: '' };
  let records = 0;
  const tally = new UnusedFields();
  const begin = (): void => {
    const values = waiting.flatMap((item) => ('value' in item ? objectIn(item.value) : []));
    const byFields = options.promptField !== undefined || options.messagesField !== undefined;
    if (!byFields && values.length === 0) throw notJson(file, waiting);
    const detected = byFields && options.format === undefined ? undefined : detectFormat(values, file, options.format);
    found = detected
      ? { format: detected.format.name, why: detected.why }
      : { format: 'fields', why: 'as the field flags say' };
    sink = jsonSink(file, detected?.format, options, collector, arranged, tally);
    for (const item of waiting.splice(0)) records += sink(item);
  };
  for await (const items of readJson(chunks, layout)) {
    if (sink) for (const item of items) records += sink(item);
    else {
      for (const item of items) waiting.push(item);
      if (waiting.length >= detectionRecords) begin();
    }
  }
  if (!sink) begin();
  return { ...found, records, answers: [], warnings: [], unused: tally.unused() };
}

/** A line that is a bare list of messages counts as `{messages}`. */
function objectIn(value: Json): JsonObject[] {
  if (isObject(value)) return [value];
  if (!Array.isArray(value) || value.length === 0 || !value.every(isObject)) return [];
  return value.every((item) => 'role' in item || 'from' in item) ? [{ messages: value }] : value;
}

function notJson(file: string, items: JsonItem[]): Error {
  const [first] = items;
  const where = first ? `${file}:${first.line}` : file;
  const what = first && 'error' in first ? first.error : 'no JSON objects in it';
  return userError(
    'logs.not-json',
    `${where}: ${what}.`,
    'check the file, e.g. with `jq . FILE`; --format csv reads it as a table'.replace('FILE', file),
  );
}

function jsonSink(
  file: string,
  format: LogFormat | undefined,
  options: LoadOptions,
  collector: Collector,
  arranged: Map<LogFormat, Arranged>,
  tally: UnusedFields,
): (item: JsonItem) => number {
  const overridden = [options.promptField, options.messagesField, options.answerField, options.taskField].some(
    (field) => field !== undefined,
  );
  return (item) => {
    if ('error' in item) {
      collector.reject(item.error, { file, line: item.line });
      return 1;
    }
    const values = objectIn(item.value);
    if (values.length === 0) collector.reject('not a JSON object', { file, line: item.line });
    const rows = values.flatMap((value) => (format ? recordsOf(value, format) : [value]));
    for (const value of rows) {
      if (format?.arrange && !overridden) keepFor(arranged, format, { file, line: item.line, value });
      else mapRecord(tally.watch(value), format, options, collector, { file, line: item.line }, overridden);
    }
    return Math.max(1, rows.length);
  };
}

function keepFor(arranged: Map<LogFormat, Arranged>, format: LogFormat, row: Row): void {
  const known = arranged.get(format) ?? { rows: [], file: row.file };
  arranged.set(format, known);
  known.rows.push(row);
}

function mapRecord(
  value: JsonObject,
  format: LogFormat | undefined,
  options: LoadOptions,
  collector: Collector,
  at: { file: string; line: number },
  overridden: boolean,
): void {
  const mapped = format?.map(value, options);
  const list = mapped === undefined ? [undefined] : Array.isArray(mapped) ? mapped : [mapped];
  for (const each of list) {
    const final = overridden ? mapByFields(value, options, each) : each;
    if (final) collector.add(final, { format: format?.name ?? 'fields', ...at });
  }
}

// ───────────────────────────── tables ─────────────────────────────

async function readCsvFile(
  file: string,
  chunks: AsyncGenerator<Buffer>,
  options: LoadOptions,
  collector: Collector,
  arranged: Map<LogFormat, Arranged>,
): Promise<ReadFile> {
  // csv-parse is loaded for tables only.
  const { openTable } = await import('./table.ts');
  const table = await openTable(chunks, file);
  const rows = table.rows[Symbol.asyncIterator]();
  const first = await rows.next();
  const ahead = first.done ? [] : first.value;
  const format = exportFormat(
    table,
    ahead.slice(0, 20).map((row) => rowObject(table.columns, row.cells)),
    file,
    options,
  );
  const cells = format
    ? undefined
    : cellsOfJson(
        table.columns,
        ahead.map((row) => row.cells),
      );
  const byRecord =
    !format && options.format !== 'csv' && !hasFlags(options) && (cells !== undefined || hasCombination(table.columns));
  const mapper = format || byRecord ? undefined : tableMapper(table, file, options);
  const tally = new UnusedFields();
  const asRecords = format?.format ?? (byRecord ? chat : undefined);
  const sink = asRecords ? jsonSink(file, asRecords, options, collector, arranged, tally) : undefined;
  const unread = mapper?.unused ?? [];
  let records = 0;
  for (let batch = ahead, done = first.done === true; !done; ) {
    for (const row of batch) {
      records += 1;
      if (sink) {
        const value = rowObject(table.columns, row.cells);
        const read = cells ? cells.open(value) : value;
        if (typeof read === 'string') collector.reject(read, { file, line: row.line });
        else sink({ line: row.line, value: read });
      } else if (mapper) {
        tally.row();
        for (const at of unread) tally.count(table.columns[at] as string, row.cells[at]);
        collector.add(mapper.map(row.cells), { format: 'csv', file, line: row.line });
      }
    }
    const next = await rows.next();
    done = next.done === true;
    if (!done) batch = next.value as typeof batch;
  }
  if (records === 0)
    throw userError(
      'logs.no-rows',
      `${file}: a header (${shown(table.columns)}) and no rows.`,
      'export it again, or name another file',
    );
  const found = format
    ? { format: format.format.name, why: format.why }
    : { format: 'csv', why: mapper?.why ?? cells?.why ?? 'columns that belong together make the prompt' };
  return {
    ...found,
    records,
    columns: table.columns,
    answers: mapper?.answers ?? [],
    warnings: table.warnings,
    unused: tally.unused(),
  };
}

const hasFlags = ({ promptField, messagesField, answerField, taskField }: LoadOptions): boolean =>
  [promptField, messagesField, answerField, taskField].some((field) => field !== undefined);

/** An export of an observability tool, known by its columns; its cells hold JSON, which its mapper decodes. */
function exportFormat(table: Table, rows: JsonObject[], file: string, options: LoadOptions): Detected | undefined {
  if (options.format !== undefined && options.format !== 'csv') return detectFormat(rows, file, options.format);
  if (options.format === 'csv' || options.promptField || options.messagesField) return undefined;
  return detectExport(rows.length ? rows : [rowObject(table.columns, [])]);
}

function tableMapper(table: Table, file: string, options: LoadOptions): CsvMapper {
  const mapper = csvMapper(table.columns, options);
  if (!('problem' in mapper)) return mapper;
  const data = table.columns.some((column) => /^[\d.,:/-]+$/.test(column))
    ? ` Line ${table.headerLine} does not look like a header: put one in front.`
    : '';
  throw userError(
    'logs.no-prompt-column',
    `${file}:${table.headerLine}: ${mapper.problem}. The columns are ${shown(table.columns)}.${data}`,
    promptHint(table.columns),
  );
}

/** A column is proposed only where its name says that it holds what people wrote. */
function promptHint(columns: readonly string[]): string {
  const short = columns.filter((column) => column.length <= 60 && !/[\n\r\0]/.test(column));
  const likely = short.find(
    (column) =>
      /input|question|message|body|description|text|prompt|query|comment|review|title|subject|utterance|sentence/i.test(
        column,
      ) && !/(?:^|[_ -])(?:id|tokens?|count|date|time|length|cost)(?:$|[_ -])|_(?:tokens|id)$/i.test(column),
  );
  return likely === undefined
    ? 'nothing in it looks like a prompt: export the requests themselves'
    : `--prompt-field ${JSON.stringify(likely)}, if that column holds what was asked`;
}

const shown = (columns: readonly string[]): string =>
  `${columns
    .slice(0, 20)
    .map((column) => oneLine(column.length > 60 ? `${column.slice(0, 57)}…` : column))
    .join(', ')}${columns.length > 20 ? ', …' : ''}`;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
