/** Stored UIMessages of the AI SDK: text, reasoning, files and tool parts, which hold a call and its result. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { ContentPart, Message, ToolCall } from '../../records/prompt-record.ts';

import { compact, filled, listOf, objectOf, textOf, wordOf } from '../fields.ts';
import { labelFrom } from '../labels.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const toolPart = (part: JsonObject): boolean =>
  typeof part.type === 'string' &&
  (part.type.startsWith('tool-') || part.type === 'dynamic-tool' || part.type === 'tool-invocation') &&
  part.type !== 'tool-call' &&
  part.type !== 'tool-result';
const ownParts = new Set(['text', 'reasoning', 'step-start', 'file', 'source-url', 'source-document', 'source']);

/** Parts of a UIMessage: a role, an id, and types that no model's own API has together. */
const isUiMessage = (value: unknown): value is JsonObject => {
  if (!isObject(value) || typeof value.role !== 'string' || !Array.isArray(value.parts)) return false;
  const parts = value.parts.filter(isObject);
  return (
    parts.length === value.parts.length &&
    parts.every((part) => toolPart(part) || ownParts.has(wordOf(part.type)) || wordOf(part.type).startsWith('data-'))
  );
};

export const uiMessages: LogFormat = {
  name: 'ui-messages',
  title: 'UIMessages of the AI SDK',
  holds: 'conversations',
  sign: (record) => {
    const list = listOf(record.messages);
    return list?.length &&
      list.every(isUiMessage) &&
      list.some((item) => isObject(item) && textOf(item.id) !== undefined)
      ? { score: 0.93, why: 'messages have typed parts, as AI SDK stores them' }
      : undefined;
  },
  map: (record) => {
    const turns = (listOf(record.messages) ?? []).filter(isObject).flatMap(turnsOf);
    return turnPrompts(
      turns,
      compact({
        session_id: filled(record.chatId) ?? filled(record.id),
        task: labelFrom(record),
        model: filled(record.model),
        ts: isoTime(record.createdAt ?? record.created_at),
      }),
    );
  },
};

function turnsOf(item: JsonObject): Turn[] {
  const role = item.role === 'user' || item.role === 'system' ? item.role : 'assistant';
  const model = filled(objectOf(item.metadata)?.model);
  const ts = isoTime(item.createdAt ?? objectOf(item.metadata)?.createdAt);
  const around = { ...(ts && { ts }), ...(model && { model }) };
  return steps((listOf(item.parts) ?? []).filter(isObject), role).map((message) => ({
    message,
    ...(message.role !== 'tool' && around),
  }));
}

/** Each step of an answer is a message; its calls are followed by their results. */
function steps(parts: JsonObject[], role: 'user' | 'system' | 'assistant'): Message[] {
  const messages: Message[] = [];
  let content: ContentPart[] = [];
  let calls: JsonObject[] = [];
  const close = (): void => {
    if (content.length || calls.length)
      messages.push(
        compact<Message>({
          role,
          content: collapsed(content),
          tool_calls: calls.length ? calls.map(callOf) : undefined,
        }),
      );
    messages.push(...calls.flatMap(resultOf));
    content = [];
    calls = [];
  };
  for (const part of parts) {
    if (part.type === 'step-start') close();
    else if (toolPart(part)) calls.push(objectOf(part.toolInvocation) ?? part);
    else if (part.type === 'text') {
      if (calls.length) close();
      content.push({ type: 'text', text: textOf(part.text) ?? '' });
    } else if (part.type === 'file')
      content.push({ type: 'media', media: filled(part.mediaType) ?? 'file', value: part });
  }
  close();
  return messages;
}

function collapsed(parts: ContentPart[]): string | ContentPart[] {
  if (parts.some((part) => part.type === 'media')) return parts;
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

const callOf = (part: JsonObject): ToolCall => ({
  id: filled(part.toolCallId) ?? '',
  name: filled(part.toolName) ?? wordOf(part.type).replace(/^tool-/, ''),
  arguments: JSON.stringify(part.input ?? part.args ?? {}),
});

function resultOf(part: JsonObject): Message[] {
  const output = part.output ?? part.result ?? part.errorText;
  if (output === undefined) return [];
  return [
    { role: 'tool', tool_call_id: filled(part.toolCallId) ?? '', content: textOf(output) ?? JSON.stringify(output) },
  ];
}
