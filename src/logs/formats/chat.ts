/** Chat logs: a request body per record, or `{request, response}`, `{input, output}`; also OpenAI fine-tuning files. */

import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { answerFrom, usageFrom } from '../answer.ts';
import { note, reject, settle } from '../draft.ts';
import { answerIn, combined, hasQuestion } from '../fields/combine.ts';
import { fieldNames } from '../fields/names.ts';
import { RecordFields } from '../fields/record-fields.ts';
import { compact, decoded, filled, firstOf, listOf, type Maybe, numberOf } from '../fields.ts';
import { labelFrom, tagsFrom } from '../labels.ts';
import { unreadableTurn } from '../messages.ts';
import { isoTime } from '../moments.ts';
import { requestFrom } from '../request.ts';
import type { Draft, LogFormat } from './format.ts';

const requestKeys = ['request', 'request_body', 'body', 'input', 'inputs', 'params', 'kwargs'] as const;
const answerKeys = [
  'response',
  'response_body',
  'output',
  'outputs',
  'completion',
  'answer',
  'result',
  'expected',
  'ideal',
  'choices',
] as const;

export const chat: LogFormat = {
  name: 'chat',
  title: 'requests with `messages` as OpenAI’s API takes them, with or without the response',
  sign: (record) => {
    if (isMessages(record.messages)) return { score: 0.5, why: 'each record has `messages` with roles' };
    if (record.model !== undefined && record.input !== undefined)
      return { score: 0.5, why: 'each record is a Responses request (model and input)' };
    if (isGemini(record)) return { score: 0.6, why: 'each record has Gemini `contents` with parts' };
    const key = requestKeys.find((name) => isRequest(record[name]));
    if (key) return { score: 0.45, why: `each record has a chat request in \`${key}\`` };
    return hasQuestion(record) ? { score: 0.3, why: 'each record has a prompt as text' } : undefined;
  },
  map: (record) => {
    const body = requestBody(record);
    const request = body === undefined ? undefined : requestFrom(body);
    if (request) return settle(withVerdict({ ...request, ...aroundRequest(record, body) }, record));
    const messages = body === undefined ? combined(record) : undefined;
    if (typeof messages === 'string') return reject(messages);
    if (!messages) return reject(unreadableTurn(record.messages) ?? missingRequest(record));
    return settle(
      compact<Draft>({
        ...aroundRequest(record, undefined),
        messages,
        ref: answerIn(record),
        flags: hasMedia(record) ? ['media'] : undefined,
      }),
    );
  },
};

const isMessages = (value: Maybe): boolean => {
  const list = listOf(decoded(value));
  return (
    list !== undefined &&
    list.length > 0 &&
    list.every((item) => isObject(item) && typeof (item.role ?? item.type) === 'string')
  );
};

function isRequest(value: Maybe): boolean {
  const body = decoded(value);
  return isObject(body)
    ? isMessages(body.messages) ||
        (Array.isArray(body.contents) && body.contents.length > 0) ||
        (body.model !== undefined && (body.input !== undefined || typeof body.prompt === 'string'))
    : isMessages(body);
}

const isGemini = (record: JsonObject): boolean =>
  listOf(record.contents)?.some((item) => isObject(item) && Array.isArray(item.parts)) === true;

function requestBody(record: JsonObject): Maybe {
  if (isGemini(record) || (record.model !== undefined && record.input !== undefined)) return record;
  if (record.messages !== undefined) return record;
  const key = requestKeys.find((name) => isRequest(record[name]));
  const body = key ? decoded(record[key]) : undefined;
  return Array.isArray(body) ? { messages: body, ...(record.tools !== undefined && { tools: record.tools }) } : body;
}

/** A verdict beside the answer (label: false) is said; the answer stays, because it is what production sent. */
function withVerdict(draft: Draft, record: JsonObject): Draft {
  for (const name of ['label', 'thumbs_up', 'is_good'])
    if (record[name] === false) note(draft, `${name} is false: the logged answer was marked as bad`);
  return draft;
}

const missingRequest = (record: JsonObject): string =>
  answerFrom(record) === undefined
    ? 'no chat request or prompt text in it'
    : 'it holds an answer, and not the request that it answers';

const mediaFields = ['images', 'image', 'audios', 'audio', 'videos', 'video', 'files', 'attachments'];

/** Pictures, sound or files beside the messages. */
const hasMedia = (record: JsonObject): boolean =>
  mediaFields.some((name) => {
    const value = record[name];
    return Array.isArray(value) ? value.length > 0 : typeof value === 'string' && value.trim() !== '';
  });

/** What stands beside the request: answer, task, times, ids. Shared by other own-logger shapes. */
export function aroundRequest(record: JsonObject, body: Maybe): Partial<Draft> {
  const key = answerKeys.find(
    (name) => record[name] !== undefined && record[name] !== null && !isRequest(record[name]),
  );
  const answer = key === 'choices' ? answerFrom(record) : key ? answerFrom(record[key]) : undefined;
  const folded = new RecordFields(record).text(...fieldNames.conversation);
  const usage = usageFrom(record.usage);
  const latency = numberOf(firstOf(record, 'latency_ms', 'duration_ms', 'elapsed_ms'));
  const metadata = isObject(body) && body !== record ? body.metadata : undefined;
  return compact<Partial<Draft>>({
    ref: answer ?? (key === undefined ? answerIn(record) : undefined),
    flags: hasMedia(record) ? ['media'] : undefined,
    measured: compact({ usage, latency_ms: latency }),
    task: labelFrom(record) ?? labelFrom(isObject(metadata) ? metadata : undefined),
    source_id: filled(firstOf(record, 'id', 'request_id', 'trace_id')),
    ts: isoTime(firstOf(record, 'timestamp', 'created_at', 'created', 'time', 'ts', 'date')),
    session_id: folded.is === 'value' ? folded.value : undefined,
    tags: tagsFrom(record.tags),
    model: filled(record.model),
  });
}
