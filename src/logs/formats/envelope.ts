/** Own loggers inside what ships or keeps their lines: the call stands up to two levels down, and its path is named. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { answerFrom } from '../answer.ts';
import { reject, settle, skip } from '../draft.ts';
import { compact, decoded, filled, firstOf, listOf, type Maybe, objectOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import { requestFrom } from '../request.ts';
import { aroundRequest, chat } from './chat.ts';
import type { LogFormat } from './format.ts';

/** What carries a line of a log: its own fields say nothing of a call. */
const carriers = [
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
const requestName = /request|^req$|prompt|input/i;
const answerName = /response|^res$|^resp$|reply|completion|output|answer/i;

interface Found {
  path: string;
  request: JsonObject;
  response?: Maybe;
  /** The object that holds both: times, ids and tasks stand there. */
  holder: JsonObject;
}

/** The deepest nesting that is opened: two levels below the record. */
const depth = 2;

function callIn(record: JsonObject): Found | undefined {
  return pairIn(record, '', depth) ?? inside(record);
}

/** A carrier whose value is the record of a call. */
function inside(record: JsonObject): Found | undefined {
  for (const name of carriers) {
    const value = opened(record[name]);
    if (!value) continue;
    const own = isCall(value) ? { path: name, request: value, holder: value } : undefined;
    const found = own ?? prefixed(pairIn(value, '', depth), name);
    if (found) return found;
    for (const inner of carriers) {
      const deeper = opened(value[inner]);
      if (deeper && isCall(deeper)) return { path: `${name}.${inner}`, request: deeper, holder: deeper };
      const pair = deeper && prefixed(pairIn(deeper, '', 1), `${name}.${inner}`);
      if (pair) return pair;
    }
  }
  return undefined;
}

const prefixed = (found: Found | undefined, name: string): Found | undefined =>
  found && { ...found, path: `${name}.${found.path}` };

/** JSON text too, also behind a time and a level. */
function opened(value: Maybe): JsonObject | undefined {
  const whole = objectOf(decoded(typeof value === 'string' ? value.trim() : value));
  if (whole || typeof value !== 'string') return whole;
  const at = value.search(/\{\s*"/);
  return at > 0 ? objectOf(decoded(value.slice(at).trim())) : undefined;
}

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
      response: response && answerBody(response[1]),
    };
  }
  if (levels === 0) return undefined;
  for (const [name, value] of Object.entries(record)) {
    const deeper = opened(value);
    const found = deeper && pairIn(deeper, `${path}${name}.`, levels - 1);
    if (found) return found;
  }
  return undefined;
}

/** The body of a request, or of an object that describes one. */
function bodyOf(value: Maybe): { path: string; body: JsonObject } | undefined {
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

/** Marks of a line that is carried, so that one without a call is known as such. */
const carriedLine = (record: JsonObject): boolean => {
  const text = carriers.some((name) => typeof record[name] === 'string');
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
        why: `lines of a log service; calls stand in \`${carriers.find((name) => record[name] !== undefined)}\``,
      };
    return found ? { score: 0.55, why: `each call stands in \`${found.path}\`` } : undefined;
  },
  unwrap: (value) => {
    const hits = listOf(objectOf(value.hits)?.hits);
    const list =
      hits ?? listOf(value.events) ?? listOf(value.logEvents) ?? listOf(value.entries) ?? listOf(value.result);
    const records = list?.filter(isObject);
    return records?.some((record) => !ownShape(record) && callIn(record)) ? records : undefined;
  },
  map: (record) => {
    const found = callIn(record);
    if (!found) return carriedLine(record) ? skip('lines without a call') : reject('no call in it');
    if (found.request === found.holder) {
      const mapped = chat.map(found.holder, {});
      const list = Array.isArray(mapped) ? mapped : [mapped];
      return list.map((each) =>
        'draft' in each && !each.draft.ts ? { draft: { ...each.draft, ...timeOf(record) } } : each,
      );
    }
    const request = requestFrom(found.request);
    if (!request) return reject(`no chat request in ${found.path}`);
    const around = {
      ...aroundRequest(outerOf(record, found), found.request),
      ...(found.response !== undefined && { ref: answerFrom(found.response) }),
    };
    return settle({ ...request, ...compact(around), ...timeOf(record) });
  },
};

/** Shapes that the other formats read by themselves. */
const ownShape = (record: JsonObject): boolean => (chat.sign(record)?.score ?? 0) >= 0.45;

const timeOf = (record: JsonObject): { ts?: string } => {
  const ts = isoTime(firstOf(record, '@timestamp', 'timestamp', 'time', 'created_at', 'ts', 'eventTime'));
  return ts ? { ts } : {};
};

/** Fields beside the pair, without the pair itself. */
function outerOf(record: JsonObject, { holder }: Found): JsonObject {
  const simple = (from: JsonObject): [string, Json][] =>
    Object.entries(from).filter(
      ([name, value]) => !requestName.test(name) && !answerName.test(name) && name !== 'choices' && value !== null,
    );
  return Object.fromEntries(
    [...simple(record), ...simple(holder)].filter(([name]) => name !== 'model' || filled(record.model) !== undefined),
  );
}
