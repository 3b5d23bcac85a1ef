/** Conversation exports of LibreChat: messages by parent, or a tree of children; promptPrefix is the system prompt. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Message, ToolCall } from '../../records/prompt-record.ts';

import { compact, filled, listOf, numberOf, objectOf, textOf, wordOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const isMessage = (value: unknown): value is JsonObject =>
  isObject(value) && typeof value.isCreatedByUser === 'boolean' && value.messageId !== undefined;
const treeOf = (record: JsonObject): JsonObject[] =>
  (listOf(record.messages) ?? listOf(record.messagesTree) ?? []).filter(isObject);

export const libreChat: LogFormat = {
  name: 'librechat',
  title: 'a conversation export of LibreChat',
  holds: 'conversations',
  sign: (record) =>
    record.conversationId !== undefined && treeOf(record).some(isMessage)
      ? { score: 0.98, why: 'messages have isCreatedByUser and parentMessageId' }
      : undefined,
  map: (record) => {
    const options = objectOf(record.options);
    const prefix = filled(options?.promptPrefix) ?? filled(options?.system) ?? filled(options?.instructions);
    const turns = newestWay(flat(treeOf(record))).flatMap(turnsOf);
    const whole: Turn[] = prefix ? [{ message: { role: 'system', content: prefix } }, ...turns] : turns;
    return turnPrompts(whole, {
      session_id: filled(record.conversationId),
      model: filled(options?.model) ?? filled(options?.modelLabel),
      params: compact({ temperature: numberOf(options?.temperature), top_p: numberOf(options?.top_p) }),
    });
  },
};

const flat = (messages: JsonObject[]): JsonObject[] =>
  messages.flatMap((message) => [message, ...flat((listOf(message.children) ?? []).filter(isObject))]);

/** The way from the newest message to the first; abandoned branches stay out. */
function newestWay(messages: JsonObject[]): JsonObject[] {
  const byId = new Map(messages.map((message) => [message.messageId, message]));
  const newest = messages.reduce<JsonObject | undefined>(
    (last, each) => (!last || wordOf(each.createdAt) >= wordOf(last.createdAt) ? each : last),
    undefined,
  );
  const way: JsonObject[] = [];
  for (let at = newest; at && !way.includes(at); at = byId.get(at.parentMessageId ?? '')) way.unshift(at);
  return way;
}

function turnsOf(message: JsonObject): Turn[] {
  const role = message.isCreatedByUser === true ? 'user' : 'assistant';
  const parts = (listOf(message.content) ?? []).filter(isObject);
  const text =
    parts.flatMap((part) => (part.type === 'text' ? (partText(part) ?? []) : [])).join('\n\n') ||
    (textOf(message.text) ?? '');
  const ts = isoTime(message.createdAt);
  if (role === 'user') return [{ message: { role, content: text }, ...(ts && { ts }) }];
  if (message.error === true) return [];
  const calls = parts.map((part) => objectOf(part.tool_call)).filter(isObject);
  const model = filled(message.model);
  const step = { ...(ts && { ts }), ...(model && { model }) };
  if (!calls.length) return [{ message: { role, content: text }, ...step }];
  const asked = compact<Message>({ role, content: '', tool_calls: calls.map(callOf) });
  return [
    { message: asked, ...step },
    ...calls.map((call): Turn => ({ message: resultOf(call) })),
    { message: { role, content: text }, ...step },
  ];
}

const partText = (part: JsonObject): string | undefined => textOf(part.text) ?? textOf(objectOf(part.text)?.value);

const callOf = (call: JsonObject, at: number): ToolCall => ({
  id: filled(call.id) ?? `call_${at + 1}`,
  name: filled(call.name) ?? 'tool',
  arguments: textOf(call.args) ?? JSON.stringify(call.args ?? {}),
});

const resultOf = (call: JsonObject): Message => ({
  role: 'tool',
  tool_call_id: filled(call.id) ?? '',
  content: textOf(call.output) ?? JSON.stringify(call.output ?? ''),
});
