/** A JSON log → mapped records; also the way of table rows that are read as records. */
import type { Json, JsonObject } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';
import { shellWord } from '../text/shell.ts';
import type { Gatherer } from './collect.ts';
import { ConversationCount } from './conversation-count.ts';
import { detectAround, detectFormat, detectionRecords, recordsOf } from './detect.ts';
import type { Row } from './draft.ts';
import { type DecodedCells, decodedCells } from './fields/cells.ts';
import { type JoinedPrompt, joinedPrompt } from './fields/joined-prompt.ts';
import { UnusedFields, type Watched } from './fields/unused.ts';
import { atPath, decoded } from './fields.ts';
import { chat } from './formats/chat.ts';
import type { LogFormat, MapOptions } from './formats/format.ts';
import { mapByFields } from './formats/named-fields.ts';
import { messageCells } from './group/message-cells.ts';
import { namedSides } from './group/named-sides.ts';
import { type JsonItem, jsonLayout, readJson } from './json-rows.ts';
import { fewValued } from './labels.ts';
import type { Arranged, LoadOptions, ReadFile } from './load-options.ts';
import { markingCopies } from './silent-copy.ts';
import { onDisk, UnreadLog } from './unread-log.ts';

export async function readJsonFile(
  file: string,
  chunks: AsyncGenerator<Buffer>,
  head: string,
  whole: boolean,
  options: LoadOptions,
  collector: Gatherer,
  arranged: Map<LogFormat, Arranged>,
): Promise<ReadFile> {
  const layout = jsonLayout(head, whole);
  const waiting: JsonItem[] = [];
  let sink: ((item: JsonItem) => number) | undefined;
  let found = { format: '', why: '' };
  let records = 0;
  let sample: JsonObject[] = [];
  const tally = new UnusedFields();
  const count = new ConversationCount();
  const begin = (): void => {
    const own = waiting.flatMap((item) => ('value' in item ? objectIn(item.value) : []));
    const sides = options.promptField === undefined ? (namedSides(own) ?? messageCells(own)) : undefined;
    const values = sides ? own.map(sides) : own;
    const byFields = options.promptField !== undefined || options.messagesField !== undefined;
    if (!byFields && values.length === 0) throw notJson(file, waiting);
    const named = byFields && options.format === undefined;
    const detected = named ? detectAround(values) : detectFormat(values, file, options.format);
    const given = detected ? values.flatMap((value) => recordsOf(value, detected.format)) : values;
    const joined = detected?.format === chat && !byFields ? joinedPrompt(given) : undefined;
    const rows = joined ? given.map(joined) : given;
    sample = rows.slice(0, detectionRecords);
    const cells = detected?.format === chat && !named ? cellsOf(rows, options) : undefined;
    found =
      detected && !named
        ? { format: detected.format.name, why: [detected.why, ...(cells ? [cells.why] : [])].join('; ') }
        : { format: 'fields', why: `as the field flags say${detected ? `, the rest as ${detected.format.name}` : ''}` };
    const reading = { ...options, few: fewValued(rows) };
    sink = jsonSink({
      file,
      format: detected?.format,
      options: reading,
      collector,
      arranged,
      tally,
      cells,
      count,
      sides,
      joined,
    });
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
  const said = count.said(records);
  return { ...found, records, answers: [], warnings: said ? [`${file}: ${said}`] : [], tally, sample };
}

export const cellsOf = (records: readonly JsonObject[], { textCells }: LoadOptions): DecodedCells | undefined =>
  textCells ? undefined : decodedCells(records);

/** A line that is a bare list of messages counts as `{messages}`; a line that was encoded twice is decoded twice. */
function objectIn(value: Json): JsonObject[] {
  if (isObject(value)) return [value];
  if (typeof value === 'string') {
    const inside = decoded(value);
    return typeof inside === 'string' ? [] : objectIn(inside as Json);
  }
  if (!Array.isArray(value) || value.length === 0 || !value.every(isObject)) return [];
  return value.every((item) => 'role' in item || 'from' in item) ? [{ messages: value }] : value;
}

function notJson(file: string, items: JsonItem[]): Error {
  const [first] = items;
  const where = first ? `${file}:${first.line}` : file;
  const pairs = items.length > 0 && items.every((item) => 'value' in item && isPair(item.value));
  if (pairs)
    return new UnreadLog('logs.pairs', `${file}: its records are lists of two texts, without names.`, {
      file,
      hint: `if the first is the prompt and the second its answer: jq -c '${jsonLines(file) ? '' : '.[] | '}{prompt: .[0], answer: .[1]}' ${shellWord(onDisk(file))} > prompts-in.jsonl`,
    });
  const what = first && 'error' in first ? first.error : 'no JSON objects in it';
  return new UnreadLog('logs.not-json', `${where}: ${what}.`, {
    file,
    ways: [{ format: 'csv' }],
    hint: `find the damage with \`jq . ${shellWord(onDisk(file))}\``,
  });
}

const isPair = (value: Json): boolean =>
  Array.isArray(value) && value.length === 2 && value.every((text) => typeof text === 'string');
const jsonLines = (file: string): boolean => /\.(?:jsonl|ndjson)(?:\.gz)?$/i.test(file);

interface Sink {
  file: string;
  format: LogFormat | undefined;
  options: LoadOptions & MapOptions;
  collector: Gatherer;
  arranged: Map<LogFormat, Arranged>;
  tally: UnusedFields;
  cells: DecodedCells | undefined;
  /** Counts where each record is a conversation. */
  count?: ConversationCount;
  /** Puts the speaker of a message in the place of a name. */
  sides?: ((record: JsonObject) => JsonObject) | undefined;
  /** Puts two fields of a prompt together. */
  joined?: JoinedPrompt | undefined;
}

export function jsonSink(sink: Sink): (item: JsonItem) => number {
  const { file, format, options, collector, tally, cells, count, sides, joined } = sink;
  const isOther = [options.promptField, options.messagesField, options.answerField].some(
    (field) => field !== undefined,
  );
  const overridden = isOther || options.taskField !== undefined;
  return (item) => {
    if ('error' in item) {
      collector.reject(item.error, { file, line: item.line });
      return 1;
    }
    const own = objectIn(item.value);
    const values = sides ? own.map(sides) : own;
    if (values.length === 0) collector.reject('not a JSON object', { file, line: item.line });
    const named = options.promptField ?? options.messagesField;
    const rows = values.flatMap((value) =>
      named !== undefined ? holding(value, named) : format ? taken(value, format, tally) : [value],
    );
    for (const each of rows) {
      const row = joined ? joined(each) : each;
      const value = cells ? cells.open(row) : row;
      if (typeof value === 'string') collector.reject(value, { file, line: item.line });
      else if (format?.arrange && !isOther) keepFor(sink, format, { file, line: item.line, value });
      else {
        const next = markingCopies(value, collector);
        mapRecord(tally.watch(value), format, options, next, { file, line: item.line }, overridden, count);
      }
    }
    return Math.max(1, rows.length);
  };
}

/** The record that has the named field, or those of a list in it. */
function holding(value: JsonObject, field: string): JsonObject[] {
  if (atPath(value, field) !== undefined) return [value];
  for (const list of Object.values(value)) {
    const records = Array.isArray(list) && list.every(isObject) ? list : [];
    if (records.some((record) => atPath(record, field) !== undefined)) return records;
  }
  return [value];
}

/** The records of a value; what stands beside their list is counted as a field of the wrapper. */
function taken(value: JsonObject, format: LogFormat, tally: UnusedFields): JsonObject[] {
  const rows = recordsOf(value, format, tally.size);
  if (rows.length !== 1 || rows[0] !== value)
    for (const [name, item] of Object.entries(value)) tally.beside(name, item);
  return rows;
}

function keepFor({ arranged, tally, options }: Sink, format: LogFormat, row: Row): void {
  const known = arranged.get(format) ?? { rows: [], file: row.file, tallies: new Set(), few: options.few ?? [] };
  arranged.set(format, known);
  known.tallies.add(tally);
  const { value, waits } = tally.watch(row.value);
  waits();
  known.rows.push({ ...row, value });
}

function mapRecord(
  { value, became }: Watched,
  format: LogFormat | undefined,
  options: LoadOptions & MapOptions,
  collector: Gatherer,
  at: { file: string; line: number },
  overridden: boolean,
  count?: ConversationCount,
): void {
  const mapped = format?.map(value, options);
  const list = mapped === undefined ? [undefined] : Array.isArray(mapped) ? mapped : [mapped];
  if (format?.holds && Array.isArray(mapped)) count?.add(mapped);
  const named = options.promptField !== undefined || options.messagesField !== undefined;
  const final = named
    ? [mapByFields(value, options, list.length === 1 ? list[0] : undefined)]
    : list.flatMap((each) => (overridden ? mapByFields(value, options, each) : (each ?? [])));
  became(final);
  for (const each of final) collector.add(each, { format: format?.name ?? 'fields', ...at });
}
