/** Own loggers inside what ships or keeps their lines: the call stands up to two levels down, and its path is named. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { answerFrom } from '../answer.ts';
import { reject, settle, skip } from '../draft.ts';
import { answerIn } from '../fields/combine.ts';
import { fieldNames, foldedName } from '../fields/names.ts';
import { carriedTime } from '../fields/record-time.ts';
import { compact, filled, listOf, objectOf } from '../fields.ts';
import { requestFrom } from '../request.ts';
import { aroundRequest, chat } from './chat.ts';
import { answerName, callIn, carriersOf, type Found, requestName } from './envelope-call.ts';
import type { Draft, LogFormat } from './format.ts';

/** Marks of a line that is carried, so that one without a call is known as such. */
const carriedLine = (record: JsonObject): boolean => {
  const text = carriersOf(record).some((name) => typeof record[name] === 'string');
  const marks = [
    'logStreamName',
    'ingestionTime',
    'stream',
    'time',
    'timestamp',
    '@timestamp',
    'insertId',
    '_index',
    'level',
    'severity',
    'eventId',
    'logger',
    '_time',
    '__REALTIME_TIMESTAMP',
    'offset',
    'host',
  ];
  return text && marks.some((name) => record[name] !== undefined);
};

/** Lines as CloudWatch, Docker, Google Cloud and Elasticsearch write them, and nobody else. */
const serviceLine = (record: JsonObject): boolean =>
  (record.logStreamName !== undefined && record.message !== undefined) ||
  (record.ingestionTime !== undefined && record.message !== undefined) ||
  (typeof record.log === 'string' && record.stream !== undefined && record.time !== undefined) ||
  (record.insertId !== undefined && record.timestamp !== undefined) ||
  (record._index !== undefined && record._source !== undefined);

export const envelope: LogFormat = {
  name: 'envelope',
  title: 'calls inside the records of a log service or a gateway',
  sign: (record) => {
    if (ownShape(record)) return undefined;
    const found = callIn(record);
    if (!found && serviceLine(record))
      return {
        score: 0.5,
        why: `lines of a log service; calls are in \`${carriersOf(record)[0]}\``,
      };
    return found ? { score: 0.55, why: `each call is in \`${found.path}\`` } : undefined;
  },
  unwrap: (value) => {
    const hits = listOf(objectOf(value.hits)?.hits);
    const list =
      hits ?? listOf(value.events) ?? listOf(value.logEvents) ?? listOf(value.entries) ?? listOf(value.result);
    const inner = listOf(value.results)?.flatMap((result) => listOf(objectOf(result)?.events) ?? []);
    const records = (insightsRows(value) ?? list ?? inner)?.filter(isObject);
    return records?.some((record) => !ownShape(record) && callIn(record)) ? records : undefined;
  },
  map: (record) => {
    const found = callIn(record);
    if (!found) return carriedLine(record) ? skip('lines without a call') : reject('no call in it');
    if (found.request === found.holder) {
      const mapped = chat.map(found.holder, {});
      const list = Array.isArray(mapped) ? mapped : [mapped];
      const said = found.path in record ? answerBeside(record, found.path) : undefined;
      return list.map((each) => {
        if (!('draft' in each)) return each;
        const { draft } = each;
        const ref = draft.ref ?? said;
        return { draft: { ...draft, ...(ref && { ref }), ...(draft.ts ? {} : timeOf(record, found.above)) } };
      });
    }
    const request = requestFrom(found.request);
    if (!request) return reject(`no chat request in ${found.path}`);
    const around = {
      ...aroundRequest(outerOf(found), found.request),
      ...(found.response !== undefined && { ref: answerFrom(found.response) }),
    };
    return settle({ ...request, ...compact(around), ...timeOf(record, found.above) });
  },
};

/** What CloudWatch Logs Insights finds: a list of `{field, value}` for each line. */
function insightsRows({ results }: JsonObject): JsonObject[] | undefined {
  const rows = listOf(results)?.map((row) => listOf(row)?.filter(isObject));
  if (!rows?.length || !rows.every((row) => row?.length && row.every(({ field }) => typeof field === 'string')))
    return undefined;
  return rows.map((row) => Object.fromEntries((row ?? []).map(({ field, value }) => [field as string, value ?? null])));
}

/** An answer that stands beside what carries its request: some words, and no status such as `ok`. */
function answerBeside(record: JsonObject, carrier: string): Draft['ref'] {
  const fields = Object.entries(record).filter(([name]) => name !== carrier && !carriersOf({ [name]: null }).length);
  const answer = answerIn(Object.fromEntries(fields), 'made');
  return answer && /\S\s+\S/.test(answer.text) ? answer : undefined;
}

const timeNames = new Set(['time', 'timestamp', '@timestamp', '_time', 'date', 'datetime', 'ts', 'ingestion_time']);

/** A row of a log service's table: a time, a text that holds a call in some of the rows, and no answer of its own. */
export function carriedRows(rows: readonly JsonObject[]): string | undefined {
  const [first = {}] = rows;
  const names = Object.keys(first).map(foldedName);
  if (!names.some((name) => timeNames.has(name)) || names.some((name) => answerNames.has(name))) return undefined;
  const text = carriersOf(first).find((name) => typeof first[name] === 'string');
  const found = text && rows.map((row) => callIn({ [text]: row[text] ?? null })).find((call) => call !== undefined);
  return found && `each call is in the column \`${text}\``;
}
const answerNames = new Set<string>(fieldNames.made);

/** Shapes that the other formats read by themselves. */
const ownShape = (record: JsonObject): boolean => (chat.sign(record)?.score ?? 0) >= 0.45;

/** The outermost time: the service's own, where it has one. */
function timeOf(record: JsonObject, above: readonly JsonObject[]): { ts?: string } {
  for (const level of [record, ...above]) {
    const ts = carriedTime(level);
    if (ts) return { ts };
  }
  return {};
}

/** Fields beside the pair and around it, without the pair itself; the nearest one counts. */
function outerOf({ holder, above }: Found): JsonObject {
  const simple = (from: JsonObject): [string, Json][] =>
    Object.entries(from).filter(([name, value]) => {
      if (name === 'choices' || value === null) return false;
      if (name === 'model') return filled(value) !== undefined;
      return isBeside(name) || !(requestName.test(name) || answerName.test(name));
    });
  return Object.fromEntries([...above, holder].flatMap(simple));
}

/** `prompt_tokens` and `request_id` are neither the request nor its answer. */
const isBeside = (name: string): boolean => besideNames.has(foldedName(name));
const besideNames = new Set<string>([
  ...fieldNames.id,
  ...fieldNames.time,
  ...fieldNames.tokensIn,
  ...fieldNames.tokensOut,
]);
