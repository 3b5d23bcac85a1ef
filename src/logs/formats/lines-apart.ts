/** Own loggers that write a request and its response on lines of their own, tied by an id. */
import type { JsonObject } from '../../records/plain-json.ts';
import { answerFrom } from '../answer.ts';
import { isCompletion } from '../completion.ts';
import { type Mapped, type Row, reject } from '../draft.ts';
import { answerIn, hasQuestion } from '../fields/combine.ts';
import { compact, decoded, firstOf, type Maybe, objectOf, wordOf } from '../fields.ts';
import { aroundRequest, chat } from './chat.ts';
import type { Draft, LogFormat } from './format.ts';

/** What a line is, and what it belongs to. */
const kinds = ['event', 'type', 'kind', 'phase', 'direction', 'stage', 'action', 'event_type'];
/** What a program logs beside a level says what the line is; elsewhere it is what somebody said. */
const labels = ['msg', 'message'];
const ids = ['request_id', 'requestId', 'call_id', 'callId', 'correlation_id', 'correlationId', 'req_id', 'reqId'];
const otherIds = ['trace_id', 'traceId', 'span_id', 'spanId', 'id'];
const bodies = ['body', 'payload', 'data', 'request', 'response', 'params', 'content', 'result', 'completion'];

type Side = 'asked' | 'said';

const isLogged = (record: JsonObject): boolean => record.level !== undefined || record.severity !== undefined;

/** Calls of an agent beside those of its model have the same id. */
const ofOthers = /(?:^|[^a-z])(?:tool|function|db|sql|cache|embedding)s?(?:$|[^a-z])/i;

/** A short word such as `llm.request` or `response_received`; a text in `message` is none. */
function sideOf(record: JsonObject): Side | undefined {
  for (const name of isLogged(record) ? [...kinds, ...labels] : kinds) {
    const word = wordOf(record[name] ?? null);
    if (word === '' || word.length > 40 || ofOthers.test(word)) continue;
    if (/(?:^|[^a-z])(?:response|reply|completion|answer)(?:$|[^a-z])/i.test(word)) return 'said';
    if (/(?:^|[^a-z])(?:request|prompt|query)(?:$|[^a-z])/i.test(word)) return 'asked';
  }
  return undefined;
}

const bodyOf = (record: JsonObject, fits: (body: Maybe) => boolean): Maybe =>
  bodies.map((name) => decoded(record[name])).find(fits);
const isAsking = (body: Maybe): boolean => (chat.sign(objectOf(body) ?? {})?.score ?? 0) >= asksForSure;
const asksForSure = 0.45;

/** The line with its request where the format of own loggers finds it. */
function askedIn(record: JsonObject): JsonObject | undefined {
  const body = bodyOf(record, isAsking);
  if (body !== undefined) return { ...record, body };
  return (chat.sign(record)?.score ?? 0) >= asksForSure || typeof record.prompt === 'string' ? record : undefined;
}

function saidIn(record: JsonObject): Draft['ref'] {
  const body = bodyOf(record, isCompletion);
  return body === undefined ? (answerIn(record, 'made') ?? textIn(record)) : answerFrom(body);
}

const textIn = (record: JsonObject): Draft['ref'] => {
  const text = firstOf(record, 'content', 'text');
  return typeof text === 'string' && text.trim() !== '' ? { text } : undefined;
};

/** A record that asks something by itself is no response, whatever it is called: `free_response` is a kind of question. */
function asks(record: JsonObject): boolean {
  // Its text is what was said, unless that stands in a field of its own.
  const own = answerIn(record, 'made') ? (isLogged(record) ? labels : []) : ['content', 'text', ...labels];
  const others = Object.fromEntries(Object.entries(record).filter(([name]) => !own.includes(name)));
  return askedIn(record) !== undefined || hasQuestion(others);
}

const hasId = (record: JsonObject): boolean =>
  [...ids, ...otherIds].some((name) => wordOf(record[name] ?? null) !== '');

/** Which of the two lines a record is. */
function lineSide(record: JsonObject): Side | undefined {
  const side = hasId(record) ? sideOf(record) : undefined;
  if (side === 'said') return !asks(record) && saidIn(record) ? side : undefined;
  return side === 'asked' && askedIn(record) ? side : undefined;
}

function areTied(asked: readonly JsonObject[], said: readonly JsonObject[]): boolean {
  return [...ids, ...otherIds].some((name) => {
    const known = new Set(asked.map((record) => wordOf(record[name] ?? null)));
    return said.some((record) => wordOf(record[name] ?? null) !== '' && known.has(wordOf(record[name] ?? null)));
  });
}

const why = 'requests and responses are lines of their own, tied by an id';

export const linesApart: LogFormat = {
  name: 'lines-apart',
  title: 'requests and responses on lines of their own, tied by an id',
  sign: (record) => {
    const side = lineSide(record);
    return side && { score: side === 'said' ? 0.94 : 0.35, why };
  },
  // Requests alone are read as they are, and so are texts whose kind is a reply to something else.
  fits: (records) => {
    const sides = records.map(lineSide);
    const withSide = (side: Side): JsonObject[] => records.filter((_, at) => sides[at] === side);
    return sides.every((side) => side === 'said') || areTied(withSide('asked'), withSide('said'));
  },
  arrange: (rows) => {
    const tied = [...ids, ...otherIds].map((name) => joined(rows, name));
    return tied.reduce((best, each) => (each.count > best.count ? each : best), { rows, count: 0 }).rows;
  },
  map: (record, options) => {
    const asked = sideOf(record) === 'asked' ? askedIn(withoutJoined(record)) : undefined;
    if (!asked) return reject(sideOf(record) === 'said' ? 'a response without its request' : 'no request in it');
    const mapped = chat.map(asked, options);
    const said = objectOf(record.joined);
    return said ? (Array.isArray(mapped) ? mapped : [mapped]).map((each) => answered(each, said)) : mapped;
  },
};

const withoutJoined = ({ joined: _, ...record }: JsonObject): JsonObject => record;

/** Each request with the next response of its id: one id may tie the calls of a whole conversation. */
function joined(rows: readonly Row[], name: string): { rows: Row[]; count: number } {
  const waiting = new Map<string, Row[]>();
  for (const row of rows)
    if (sideOf(row.value) === 'said') {
      const id = wordOf(row.value[name] ?? null);
      if (id !== '') waiting.set(id, [...(waiting.get(id) ?? []), row]);
    }
  const used = new Set<Row>();
  const made = rows.map((row) => {
    const said = sideOf(row.value) === 'asked' ? waiting.get(wordOf(row.value[name] ?? null))?.shift() : undefined;
    if (said) used.add(said);
    return said ? { ...row, value: { ...row.value, joined: said.value } } : row;
  });
  return { rows: made.filter((row) => !used.has(row)), count: used.size };
}

function answered(mapped: Mapped, said: JsonObject): Mapped {
  if (!('draft' in mapped)) return mapped;
  const { measured } = aroundRequest(said, undefined);
  const ref = saidIn(said);
  const { draft } = mapped;
  return ref ? { draft: { ...draft, ref: compact({ ...measured, model: draft.model, ...ref }) } } : mapped;
}
