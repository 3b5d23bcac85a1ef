/** Chat logs: a request body per record, or `{request, response}`, `{input, output}`; also OpenAI fine-tuning files. */

import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Message } from '../../records/prompt-record.ts';
import { answerFrom, usageFrom } from '../answer.ts';
import { stepsIn } from '../answer-steps.ts';
import { type Mapped, note, reject, settle, skip, withoutReference } from '../draft.ts';
import { answerIn, combined, hasQuestion } from '../fields/combine.ts';
import { mediaIn } from '../fields/media.ts';
import { fieldNames, isOneWord } from '../fields/names.ts';
import { RecordFields } from '../fields/record-fields.ts';
import { askedTime, timeIn } from '../fields/record-time.ts';
import { compact, decoded, filled, listOf, type Maybe, numberOf, objectOf } from '../fields.ts';
import { labelFrom, tagsFrom } from '../labels.ts';
import { isMessageKind } from '../message-roles.ts';
import { unreadableTurn } from '../messages.ts';
import { besideOf } from '../notes.ts';
import { requestFrom, systemTurns } from '../request.ts';
import type { Draft, LogFormat, MapOptions } from './format.ts';

const requestKeys = fieldNames.body;

export const chat: LogFormat = {
  name: 'chat',
  title: 'requests with `messages` as OpenAI’s API takes them, with or without the response',
  sign: (record) => {
    if (isMessages(record.messages)) return { score: 0.5, why: 'each record has `messages` with roles' };
    if (isMessages(record.turns)) return { score: 0.5, why: 'each record has `turns` with roles' };
    if (isResponsesRequest(record)) return { score: 0.5, why: 'each record is a Responses request (model and input)' };
    if (isGemini(record)) return { score: 0.6, why: 'each record has Gemini `contents` with parts' };
    const key = requestKeys.find((name) => isRequest(record[name]));
    if (key) return { score: 0.45, why: `each record has a chat request in \`${key}\`` };
    return hasQuestion(record) ? { score: 0.3, why: 'each record has a prompt as text' } : undefined;
  },
  map: (record, options) => {
    const each = instancesOf(record);
    return each.length > 1 ? each.map((one) => promptIn(one, options)) : promptIn(record, options);
  },
};

/** An instruction with several instances is a prompt for each of them. */
const instancesOf = (record: JsonObject): JsonObject[] =>
  record.instruction === undefined
    ? []
    : (listOf(record.instances) ?? []).filter(isObject).map((instance) => ({ ...record, instances: [instance] }));

function promptIn(record: JsonObject, { few }: MapOptions): Mapped {
  const body = requestBody(record);
  if (isEmbedding(body)) return skip('embedding or moderation calls');
  const request = body === undefined ? undefined : withSystem(requestFrom(body), record, body);
  if (request) return weighed(settle(withVerdict(withSteps(request, record, body, few), record)), body);
  const messages = body === undefined ? combined(record) : undefined;
  if (typeof messages === 'string') return reject(messages);
  if (!messages) return reject(unreadableTurn(record.messages) ?? missingRequest(record));
  const around = aroundRequest(record, undefined, few);
  return settle(compact<Draft>({ ...around, model: around.model ?? modelInside(record), messages }));
}

/** A system prompt that the log keeps beside the request. */
function withSystem(request: Draft | undefined, record: JsonObject, body: Maybe): Draft | undefined {
  const isSystem = ({ role }: Message): boolean => role === 'system' || role === 'developer';
  if (!request || body === record || record.messages !== undefined || request.messages.some(isSystem)) return request;
  const turns = systemTurns(record, request.messages).filter(({ content }) => !isOneWord(String(content)));
  return { ...request, messages: [...turns, ...request.messages] };
}

const isMessages = (value: Maybe): boolean => {
  const list = listOf(decoded(value));
  return (
    list !== undefined &&
    list.length > 0 &&
    list.every((item) => isObject(item) && (typeof item.role === 'string' || isMessageKind(item.type)))
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

/** An object under `input` is a question with its parts, or a request by itself. */
const isResponsesRequest = (record: JsonObject): boolean =>
  record.model !== undefined && record.input !== undefined && !isObject(decoded(record.input));

const isGemini = (record: JsonObject): boolean =>
  listOf(record.contents)?.some((item) => isObject(item) && Array.isArray(item.parts)) === true;

function requestBody(record: JsonObject): Maybe {
  if (isGemini(record) || isResponsesRequest(record)) return record;
  if (record.messages !== undefined) return record;
  if (isMessages(record.turns)) return { messages: record.turns ?? null };
  const key = requestKeys.find((name) => isRequest(record[name]));
  const body = key ? decoded(record[key]) : undefined;
  return Array.isArray(body) ? { messages: body, ...besideList(record) } : body;
}

/** Tools stand beside a list of messages. */
const besideList = (record: JsonObject): JsonObject =>
  Object.fromEntries(
    ['tools', 'tool_definitions'].flatMap((name) => (record[name] === undefined ? [] : [[name, record[name]]])),
  );

/** A request that has its question under a name of its own says its model beside it. */
function modelInside(record: JsonObject): string | undefined {
  const inner = requestKeys.map((name) => objectOf(decoded(record[name]))).find((body) => body !== undefined);
  return inner && hasQuestion(inner) ? filled(inner.model) : undefined;
}

/** Steps with tools belong to the turn: the last message is the answer. */
function withSteps(request: Draft, record: JsonObject, body: Maybe, few?: readonly string[]): Draft {
  const around = aroundRequest(record, body, few);
  const steps = stepsIn(record);
  if (!steps) return { ...request, ...around };
  const { ref: _, ...beside } = around;
  return { ...request, ...beside, messages: [...request.messages, ...steps] };
}

/** A model that makes vectors or verdicts of its input answers nobody. */
const isEmbedding = (body: Maybe): boolean =>
  isObject(body) &&
  body.input !== undefined &&
  body.messages === undefined &&
  /\bembed(?:ding)?s?\b|[-_]embed|\bmoderation\b/i.test(filled(body.model) ?? '');

/** A verdict beside the answer (label: false) is said; the answer stays, because it is what production sent. */
function withVerdict(draft: Draft, record: JsonObject): Draft {
  for (const name of ['label', 'thumbs_up', 'is_good'])
    if (record[name] === false) note(draft, `${name} is false: the logged answer was marked as bad`);
  return draft;
}

/** A last turn of weight 0 was left out of a fine-tuning: it is no reference. */
function weighed(mapped: Mapped, body: Maybe): Mapped {
  const last = listOf(decoded(objectOf(body)?.messages))?.at(-1);
  return isObject(last) && last.weight === 0 && last.role === 'assistant'
    ? withoutReference(mapped, 'the last turn has the weight 0: it is no logged answer')
    : mapped;
}

const missingRequest = (record: JsonObject): string =>
  answerFrom(record) === undefined
    ? 'no chat request or prompt text in it'
    : 'it holds an answer, and not the request that it answers';

/** What stands beside the request: answer, task, times, ids. Shared by other own-logger shapes. */
export function aroundRequest(record: JsonObject, body: Maybe, few?: readonly string[]): Partial<Draft> {
  const fields = new RecordFields(record);
  const word = (names: readonly string[]): string | undefined => {
    const found = fields.json(...names);
    return found.is === 'value' ? filled(found.value) : undefined;
  };
  const number = (names: readonly string[]): number | undefined => {
    const found = fields.json(...names);
    return found.is === 'value' ? numberOf(found.value) : undefined;
  };
  const metadata = isObject(body) && body !== record ? body.metadata : undefined;
  const session = sessionOf(fields, record);
  const counted = compact({ in: number(fieldNames.tokensIn), out: number(fieldNames.tokensOut) });
  return compact<Partial<Draft>>({
    ref: answerIn(record, 'made'),
    hoped: () => answerIn(record, 'hoped'),
    flags: mediaIn(fields) ? ['media'] : undefined,
    measured: compact({
      usage: usageFrom(record.usage) ?? (Object.keys(counted).length ? counted : undefined),
      latency_ms: number(fieldNames.latency),
      cost_usd: number(fieldNames.cost),
    }),
    task: labelFrom(record, few) ?? labelFrom(isObject(metadata) ? metadata : undefined),
    source_id: word(fieldNames.id),
    ts: timeIn(record) ?? askedTime(listOf(decoded(objectOf(body)?.messages)) ?? []),
    session_id: session,
    folder: word(fieldNames.folder),
    tags: tagsFrom(record.tags),
    model: word(fieldNames.model) ?? modelNoted(record),
  });
}

/** An id of the conversation beside the request, or in what the log notes about it. */
function sessionOf(fields: RecordFields, record: JsonObject): string | undefined {
  const own = fields.text(...fieldNames.conversation);
  if (own.is === 'value') return own.value;
  const noted = besideOf(record).map((each) => new RecordFields(each).text(...sessionIds));
  return noted.flatMap((each) => (each.is === 'value' ? [each.value] : []))[0];
}
const sessionIds = fieldNames.conversation.filter((name) => /id$/.test(name));

/** The model in what a log notes about its record, or in the settings of the call. */
function modelNoted(record: JsonObject): string | undefined {
  const settings = settingsNames.map((name) => objectOf(decoded(record[name])));
  const noted = [...besideOf(record), ...settings].map((each) => filled(each?.model) ?? filled(each?.model_name));
  return [filled(objectOf(decoded(record.model))?.name), ...noted].find((model) => model !== undefined);
}
const settingsNames = ['prompt', 'config', 'settings', 'parameters', 'params', 'options', 'model_config'];
