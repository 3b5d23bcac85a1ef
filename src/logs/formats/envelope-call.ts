/** Where the call is in a record that carries it: up to two levels down, a request and its response by their names. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { decoded, firstOf, listOf, type Maybe, objectOf } from '../fields.ts';
import { chat } from './chat.ts';

/** What carries a line of a log: its own fields say nothing of a call. */
export const carriers = [
  'message',
  '@message',
  'log',
  'msg',
  'line',
  'jsonPayload',
  'json_payload',
  'textPayload',
  '_source',
  'result',
  '_raw',
  'fields',
  'attributes',
  'properties',
  'data',
  'payload',
  'event',
  'body',
  'record',
  'content',
  'value',
  'entry',
  'document',
  'extra',
  'context',
] as const;
export const requestName = /request|^req$|prompt|input/i;
export const answerName = /response|^res$|^resp$|reply|completion|output|answer/i;

export interface Found {
  path: string;
  request: JsonObject;
  response?: Maybe;
  /** The object that holds both: times, ids and tasks stand there. */
  holder: JsonObject;
  /** What the holder stands in, from the record down. */
  above: readonly JsonObject[];
}

/** The deepest nesting that is opened: below the record itself, and below what carries a line. */
const deepest = 3;
const depth = 2;

export function callIn(record: JsonObject): Found | undefined {
  return pairIn(record, '', deepest) ?? inside(record);
}

/** A carrier whose value is the record of a call: a request wins over a text, which may be a line beside it. */
const inside = (record: JsonObject): Found | undefined => carried(record, isRequestRecord) ?? carried(record, isCall);

function carried(record: JsonObject, isOne: (value: JsonObject) => boolean): Found | undefined {
  for (const name of carriersOf(record)) {
    const value = opened(record[name]);
    if (!value) continue;
    const own = isOne(value) ? callOf(name, value) : undefined;
    const found = own ?? prefixed(pairIn(value, '', depth), name);
    if (found) return within(record, found);
    for (const inner of carriersOf(value)) {
      const deeper = opened(value[inner]);
      const call = deeper && isOne(deeper) ? callOf(`${name}.${inner}`, deeper) : undefined;
      const pair = call ?? (deeper && prefixed(pairIn(deeper, '', 1), `${name}.${inner}`));
      if (pair) return within(record, within(value, pair));
    }
  }
  return undefined;
}

const callOf = (path: string, value: JsonObject): Found => ({ path, request: value, holder: value, above: [] });
const within = (outer: JsonObject, found: Found): Found => ({ ...found, above: [outer, ...found.above] });

const rank = new Map<string, number>(carriers.map((name, at) => [name.replaceAll('_', ''), at]));
const rankOf = (name: string): number => rank.get(name.replaceAll('_', '').toLowerCase()) ?? -1;

/** The fields that carry something, in the order of the table; `MESSAGE` and `textPayload` are known by any spelling. */
export const carriersOf = (record: JsonObject): string[] =>
  Object.keys(record)
    .filter((name) => rankOf(name) >= 0)
    .sort((a, b) => rankOf(a) - rankOf(b));

const prefixed = (found: Found | undefined, name: string): Found | undefined =>
  found && { ...found, path: `${name}.${found.path}` };

/** JSON text too, also behind a time and a level. */
function opened(value: Maybe): JsonObject | undefined {
  const whole = objectOf(decoded(typeof value === 'string' ? value.trim() : value));
  if (whole || typeof value !== 'string') return whole;
  const at = value.search(/\{\s*"/);
  return at > 0 ? objectOf(decoded(value.slice(at).trim())) : undefined;
}

const isRequestRecord = (value: JsonObject): boolean => (chat.sign(value)?.score ?? 0) >= 0.45;
const isCall = (value: JsonObject): boolean => (chat.sign(value)?.score ?? 0) >= 0.3;

/** A request and its response side by side, each perhaps with its body one level down. */
function pairIn(record: JsonObject, path: string, levels: number): Found | undefined {
  for (const [name, value] of Object.entries(record)) {
    if (!requestName.test(name)) continue;
    const request = bodyOf(value);
    if (!request) continue;
    const response = Object.entries(record).find(
      ([other]) =>
        other !== name && answerName.test(other) && !/(?:content_type|code|status|time|date|id|tokens?)$/i.test(other),
    );
    return {
      path: path + name + request.path,
      request: request.body,
      holder: record,
      above: [],
      response: response && answerBody(response[1]),
    };
  }
  if (levels === 0) return undefined;
  for (const [name, value] of Object.entries(record)) {
    const deeper = opened(value);
    const found = deeper && pairIn(deeper, `${path}${name}.`, levels - 1);
    if (found) return within(record, found);
  }
  return undefined;
}

/** The body of a request, or of an object that describes one. */
function bodyOf(value: Maybe): { path: string; body: JsonObject } | undefined {
  const list = { messages: decoded(value) ?? null };
  if (isRequest(list)) return { path: '', body: list };
  const own = opened(value);
  if (!own) return undefined;
  if (isRequest(own)) return { path: '', body: own };
  for (const name of ['body', 'data', 'payload', 'json', 'content', 'text'])
    for (const body of [opened(own[name])]) if (body && isRequest(body)) return { path: `.${name}`, body };
  return undefined;
}

const isRequest = (body: JsonObject): boolean =>
  (listOf(decoded(body.messages))?.some((item) => isObject(item) && typeof (item.role ?? item.type) === 'string') ??
    false) ||
  (listOf(body.contents)?.length ?? 0) > 0 ||
  (body.model !== undefined && (body.input !== undefined || typeof body.prompt === 'string'));

function answerBody(value: Maybe): Maybe {
  const own = decoded(value);
  if (!isObject(own)) return own;
  const looksRead = own.choices ?? own.candidates ?? own.output ?? own.role ?? own.message;
  if (looksRead !== undefined) return own;
  return decoded(firstOf(own, 'body', 'data', 'payload', 'json')) ?? own;
}
