/** Which format a JSON log is, from its first records: every format scores them, the best needs a margin. */
import { userError } from '../errors.ts';
import type { JsonObject } from '../records/plain-json.ts';
import { askedFields } from './fields/asked-fields.ts';
import { anthropic } from './formats/anthropic.ts';
import { chat } from './formats/chat.ts';
import { envelope } from './formats/envelope.ts';
import type { LogFormat } from './formats/format.ts';
import { formatNamed, formatNames, formats } from './formats/registry.ts';
import { UnreadLog } from './unread-log.ts';
import { unwrap } from './unwrap.ts';

export interface Detected {
  format: LogFormat;
  why: string;
}

const margin = 0.08;
export const detectionRecords = 50;

/** Throws exit 2 when nothing fits, or two formats fit as well as each other. */
export function detectFormat(values: readonly JsonObject[], file: string, wanted?: string): Detected {
  if (wanted !== undefined) return { format: named(wanted), why: 'as --format says' };
  if (values.length > 0 && values.slice(0, detectionRecords).every(isMessageAlone)) throw onlyAnswers(file);
  const ranked = rank(values.slice(0, detectionRecords));
  const [best, second] = ranked;
  if (!best) throw unknownFormat(values, file);
  if (second && best.score - second.score < margin && !areBodies(best, second)) {
    throw new UnreadLog(
      'logs.ambiguous',
      `${file} could be ${best.format.title} (--format ${best.format.name}) or ${second.format.title} (--format ${second.format.name}).`,
      { file, ways: [{ format: best.format.name }, { format: second.format.name }], records: values },
    );
  }
  return { format: best.format, why: best.why };
}

/** The format of records whose prompt the user names; undefined where none is sure, or the records are only its parts. */
export function detectAround(values: readonly JsonObject[]): Detected | undefined {
  const [best, second] = rank(values.slice(0, detectionRecords));
  if (!best || best.format.arrange || (second && best.score - second.score < margin)) return undefined;
  const isWhole = values.every((value) => recordsOf(value, best.format)[0] === value);
  return isWhole ? { format: best.format, why: best.why } : undefined;
}

/** A table known by its columns as an export of some tool; undefined for an ordinary table of prompts. */
export function detectExport(rows: readonly JsonObject[]): Detected | undefined {
  const [best] = rank(rows);
  return best && best.score >= exportScore ? best : undefined;
}
const exportScore = 0.8;

function named(name: string): LogFormat {
  const format = formatNamed(name);
  if (format) return format;
  throw userError('logs.format-name', `--format ${name}: no such format.`, `one of ${formatNames().join(', ')}`);
}

interface Ranked extends Detected {
  score: number;
}

/** Requests of which only some have a mark of their provider: both formats read a body by what it holds. */
const areBodies = (...ranked: Ranked[]): boolean =>
  ranked.every(({ format }) => format === chat || format === anthropic);

interface Signs {
  sum: number;
  why: string;
  surest: number;
  count: number;
}

/** Calls stand in a tenth of the lines or more: the texts of the other lines are no prompts. */
const areLines = (carried: Signs | undefined, rows: number): boolean =>
  carried !== undefined && carried.surest > 0.5 && carried.count * 10 >= rows;

function rank(values: readonly JsonObject[]): Ranked[] {
  const sums = new Map<LogFormat, Signs>();
  let signed = 0;
  const rows = values.flatMap(rowsIn);
  const fitting = formats.filter((format) => format.fits?.(rows) ?? true);
  for (const row of rows) {
    let any = false;
    for (const format of fitting) {
      const sign = format.sign(row);
      if (!sign) continue;
      any = true;
      const { sum = 0, why = sign.why, surest = 0, count = 0 } = sums.get(format) ?? {};
      sums.set(format, { sum: sum + sign.score, why, surest: Math.max(surest, sign.score), count: count + 1 });
    }
    if (any) signed += 1;
  }
  if (areLines(sums.get(envelope), signed) && (sums.get(chat)?.surest ?? 1) < 0.45) sums.delete(chat);
  const ranked = [...sums].map(([format, { sum, why }]) => ({ format, why, score: sum / Math.max(1, signed) }));
  return ranked.sort((a, b) => b.score - a.score);
}

/** The records of a value. One that a format knows for sure is not opened by another that takes it for an envelope. */
function rowsIn(value: JsonObject): JsonObject[] {
  const sure = formats.find((format) => (format.sign(value)?.score ?? 0) >= certain);
  if (sure) return rowsOf(value, sure) ?? [value];
  return formats.map((format) => rowsOf(value, format)).find((rows) => rows) ?? unwrap(value);
}
const certain = 0.95;

const rowsOf = (value: JsonObject, format: LogFormat): JsonObject[] | undefined => format.unwrap?.(value);

/** Records of a value under a known format, which may be one itself. `before`: how many this file had before it. */
export const recordsOf = (value: JsonObject, format: LogFormat, before = 0): JsonObject[] =>
  format.unwrap?.(value) ?? ((format.sign(value)?.score ?? 0) >= certain ? [value] : unwrap(value, before));

/** A completion, a chunk of one, or choices as answer files of benchmarks have them. */
const isOnlyAnswer = (record: JsonObject): boolean =>
  Array.isArray(record.choices) || Array.isArray(record.candidates) || record.object === 'response';

/** What Anthropic's API answered, by itself. */
const isMessageAlone = (record: JsonObject): boolean =>
  record.type === 'message' && record.role === 'assistant' && record.stop_reason !== undefined;

const onlyAnswers = (file: string): Error =>
  userError(
    'logs.only-answers',
    `${file}: its records hold answers, and not the requests that they answer: nothing in it is a prompt.`,
    'export the requests, alone or beside these answers',
  );

const fieldsShown = 12;

function unknownFormat(values: readonly JsonObject[], file: string): Error {
  if (values.length > 0 && values.slice(0, detectionRecords).every(isOnlyAnswer)) return onlyAnswers(file);
  const keys = [...new Set(values.slice(0, detectionRecords).flatMap((value) => Object.keys(value)))];
  const named = keys.slice(0, fieldsShown).map((key) => (key.length > 40 ? `${key.slice(0, 39)}…` : key));
  const more = keys.length > fieldsShown ? `, and ${keys.length - fieldsShown} more` : '';
  const seen = keys.length ? `Its records have the fields ${named.join(', ')}${more}.` : 'It holds no JSON objects.';
  // What was asked may stand beside the list that a record was opened for, as a ticket beside the steps of its trace.
  const opened = values.flatMap((value) => unwrap(value));
  const records = askedFields(opened).length > 0 ? opened : values;
  return new UnreadLog('logs.unknown-format', `${file}: no prompt found. ${seen}`, { file, records });
}
