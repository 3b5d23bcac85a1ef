/** One OpenTelemetry GenAI span with its events → draft: current attributes and the three legacy layouts. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Message } from '../../records/prompt-record.ts';
import { answerFrom } from '../answer.ts';
import { type Mapped, reject, settle, skip } from '../draft.ts';
import { compact, decoded, filled, firstOf, type Maybe, numberOf, parseJson, textOf } from '../fields.ts';
import { messageFrom, messagesFrom } from '../messages.ts';
import { elapsedMs } from '../moments.ts';
import { requestFrom, systemText } from '../request.ts';
import { toolsFrom } from '../tools.ts';
import type { Draft } from './format.ts';
import { hasKey, requestParams, spanFields, spanUsage } from './span-fields.ts';
import { listBehind, type Span } from './spans.ts';

export function mapGenAi(span: Span): Mapped {
  const { attributes } = span;
  const operation = textOf(attributes['gen_ai.operation.name']);
  if (
    operation === 'embeddings' ||
    operation === 'execute_tool' ||
    operation === 'retrieval' ||
    operation === 'create_agent'
  )
    return skip(`${operation} spans`);
  const messages = inputMessages(span);
  if (!messages)
    return hasKey(attributes, 'gen_ai.')
      ? reject('a model call without its messages (content capture was off)')
      : skip('spans without LLM content');
  // Without capture the events are still there, each with its role and nothing in it.
  if (messages.some(isEmptyUser)) return reject('a model call whose user turn is empty (content capture was off)');
  const system = systemText(plainString(attributes['gen_ai.system_instructions']));
  return settle(
    compact<Draft>({
      messages: system ? [{ role: 'system', content: system }, ...messages] : messages,
      tools:
        toolsFrom(attributes['gen_ai.tool.definitions']) ?? toolsFrom(listBehind(attributes, 'llm.request.functions')),
      params: requestParams(attributes),
      ref: answerOf(span),
      ...spanFields(span),
      model: filled(attributes['gen_ai.request.model']) ?? filled(attributes['gen_ai.response.model']),
      task: filled(
        firstOf(
          attributes,
          'gen_ai.prompt.name',
          'gen_ai.agent.name',
          'traceloop.entity.name',
          'traceloop.association.properties.task',
        ),
      ),
      session_id: filled(firstOf(attributes, ...sessionNames)),
    }),
  );
}

const sessionNames = [
  'gen_ai.conversation.id',
  'session.id',
  ...['session_id', 'conversation_id', 'thread_id', 'chat_id'].map(
    (name) => `traceloop.association.properties.${name}`,
  ),
];

/** A text that was encoded once more as a JSON string. */
function plainString(value: Maybe): Maybe {
  const inner = typeof value === 'string' && /^\s*"[\s\S]*"\s*$/.test(value) ? parseJson(value) : undefined;
  return typeof inner === 'string' ? inner : value;
}

const isEmptyUser = ({ role, content }: Message): boolean =>
  role === 'user' && (content === null || content.length === 0);

function inputMessages(span: Span): Message[] | undefined {
  const { attributes, events } = span;
  const listed = messagesFrom(attributes['gen_ai.input.messages']);
  if (listed) return listed;
  const fromEvents = events.flatMap((event) => eventMessage(event) ?? []);
  if (fromEvents.length) return fromEvents;
  const detail = events.find((event) => event.attributes['gen_ai.input.messages'] !== undefined);
  if (detail) return messagesFrom(detail.attributes['gen_ai.input.messages']);
  const prompt =
    attributes['gen_ai.prompt'] ??
    events.find((event) => event.name === 'gen_ai.content.prompt')?.attributes['gen_ai.prompt'];
  if (prompt !== undefined) return promptMessages(prompt);
  const flat = listBehind(attributes, 'gen_ai.prompt');
  return flat.length ? messagesFrom(flat.map(nestCalls)) : undefined;
}

function promptMessages(prompt: Json): Message[] | undefined {
  const value = decoded(prompt);
  if (typeof value === 'string') return [{ role: 'user', content: value }];
  return messagesFrom(value) ?? requestFrom(value)?.messages;
}

/** `gen_ai.user.message` and its kin: the role is in the event's name. */
function eventMessage({ name, attributes }: Span['events'][number]): Message[] | undefined {
  const role = /^gen_ai\.(system|user|assistant|tool)\.message$/.exec(name)?.[1];
  if (!role) return undefined;
  const content = decoded(attributes.content ?? attributes['gen_ai.event.content']);
  const body = isObject(content) ? content : { content: content ?? null };
  return messageFrom({
    ...attributes,
    ...body,
    role: attributes.role ?? body.role ?? role,
    tool_calls: decoded(attributes.tool_calls ?? body.tool_calls) ?? null,
    tool_call_id: attributes.id ?? body.id ?? null,
  });
}

/** OpenLLMetry: `tool_calls.0.name` beside `role` and `content`. */
function nestCalls(item: JsonObject): JsonObject {
  const calls = listBehind(item, 'tool_calls');
  const content = item.content;
  return {
    ...item,
    ...(calls.length && { tool_calls: calls }),
    content:
      typeof content === 'string' && content.startsWith('[{"type"') ? (decoded(content) ?? content) : (content ?? null),
  };
}

function answerOf(span: Span): Draft['ref'] {
  const { attributes, events } = span;
  const choice = events.find((event) => event.name === 'gen_ai.choice')?.attributes;
  const details = events.find((event) => event.attributes['gen_ai.output.messages'] !== undefined)?.attributes;
  const flat = listBehind(attributes, 'gen_ai.completion')[0];
  const value: Maybe =
    attributes['gen_ai.output.messages'] ??
    details?.['gen_ai.output.messages'] ??
    (choice
      ? { ...choice, message: decoded(choice.message) ?? null }
      : (attributes['gen_ai.completion'] ?? (flat ? { role: 'assistant', ...nestCalls(flat) } : undefined)));
  const read = answerFrom(value);
  if (!read && !span.error) return undefined;
  const reasons = attributes['gen_ai.response.finish_reasons'];
  const seconds = numberOf(attributes['gen_ai.response.time_to_first_chunk']);
  return compact({
    ...(read ?? { text: '' }),
    finish: read?.finish ?? filled(Array.isArray(reasons) ? reasons[0] : reasons),
    model: filled(attributes['gen_ai.response.model']),
    usage: spanUsage(attributes),
    latency_ms: elapsedMs(span.start, span.end),
    ttft_ms: seconds === undefined ? undefined : seconds * 1000,
    error: span.error,
  });
}
