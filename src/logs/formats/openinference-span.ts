/** One OpenInference (Phoenix) LLM span → draft: messages, tools and answer are flattened into numbered keys. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { answerFrom } from '../answer.ts';
import { type Mapped, reject, settle, skip } from '../draft.ts';
import { pythonLiteral } from '../fields/python-literal.ts';
import { compact, decoded, filled, firstOf, listOf, numberOf, objectOf } from '../fields.ts';
import { labelFrom, tagsFrom } from '../labels.ts';
import { messagesFrom, unreadableTurn } from '../messages.ts';
import { elapsedMs } from '../moments.ts';
import { paramsFrom, requestFrom } from '../request.ts';
import { toolsFrom } from '../tools.ts';
import type { Draft } from './format.ts';
import { spanFields } from './span-fields.ts';
import { listBehind, type Span } from './spans.ts';

export function mapOpenInference(span: Span): Mapped {
  const { attributes } = span;
  const kind = (filled(attributes['openinference.span.kind']) ?? span.kind ?? 'LLM').toUpperCase();
  if (kind !== 'LLM') return skip(`${kind} spans`);
  const input = filled(attributes['input.value']);
  const request = requestFrom(input);
  const turns = messageList(attributes, 'llm.input_messages').map(messageOf);
  const messages = messagesFrom(turns);
  const found = messages?.length
    ? messages
    : (request?.messages ??
      (input && attributes['input.mime_type'] !== 'application/json'
        ? [{ role: 'user' as const, content: input }]
        : undefined));
  if (!found) return reject(unreadableTurn(turns) ?? 'a model call without its messages');
  return settle(
    compact<Draft>({
      messages: found,
      tools:
        toolsFrom(
          listBehind(attributes, 'llm.tools').map(
            (tool) => decoded(firstOf(tool, 'tool.json_schema', 'json_schema')) ?? null,
          ),
        ) ?? request?.tools,
      params: paramsFrom(attributes['llm.invocation_parameters']),
      response_format: request?.response_format,
      ref: answerOf(span),
      ...spanFields(span),
      model: filled(attributes['llm.model_name']),
      task: labelFrom({ metadata: attributes.metadata ?? null }) ?? filled(attributes['llm.prompt_template.name']),
      tags: tagsFrom(attributes['tag.tags']),
    }),
  );
}

/** Numbered keys; or, in a data frame, one list, which CSV holds as JSON or as Python text. */
function messageList(attributes: JsonObject, name: string): JsonObject[] {
  const value = attributes[name];
  const list = listOf(typeof value === 'string' ? (pythonLiteral(value) ?? decoded(value)) : value);
  const items = list?.filter(isObject).map((item) => flattened(objectOf(item.message) ?? item));
  return items?.length ? items : listBehind(attributes, name);
}

/** Lists inside a message get the numbered keys that spans have. */
function flattened(item: JsonObject): JsonObject {
  const own = Object.entries(item).map(
    ([key, value]) => [key.startsWith('message.') ? key : `message.${key}`, value] as const,
  );
  const flat: JsonObject = {};
  for (const [key, value] of own) {
    if (!Array.isArray(value) || !value.every(isObject)) flat[key] = value;
    else
      for (const [at, inner] of (value as JsonObject[]).entries())
        for (const [name, deep] of leaves(inner)) flat[`${key}.${at}.${name}`] = deep;
  }
  return flat;
}

function leaves(value: JsonObject): [string, JsonObject[string]][] {
  return Object.entries(value).flatMap(([key, inner]): [string, JsonObject[string]][] =>
    isObject(inner) && !key.endsWith('arguments')
      ? leaves(inner).map(([name, deep]) => [`${key}.${name}`, deep])
      : [[key, inner]],
  );
}

/** `message.contents.0.message_content.text` … → a chat message. */
function messageOf(item: JsonObject): JsonObject {
  const field = (name: string): JsonObject[string] | undefined => item[`message.${name}`] ?? item[name];
  const parts = listBehind(item, 'message.contents').map(
    (part) =>
      ({
        type: part['message_content.type'] ?? 'text',
        ...(part['message_content.text'] !== undefined ? { text: part['message_content.text'] } : { value: part }),
      }) as JsonObject,
  );
  const calls = listBehind(item, 'message.tool_calls').map(
    (call) =>
      ({
        id: call['tool_call.id'] ?? null,
        name: call['tool_call.function.name'] ?? null,
        arguments: call['tool_call.function.arguments'] ?? null,
      }) as JsonObject,
  );
  return {
    role: field('role') ?? null,
    content: parts.length ? parts : (field('content') ?? null),
    ...(calls.length && { tool_calls: calls }),
    tool_call_id: field('tool_call_id') ?? null,
    name: field('name') ?? null,
  };
}

function answerOf(span: Span): Draft['ref'] {
  const { attributes } = span;
  const message = messageList(attributes, 'llm.output_messages').map(messageOf)[0];
  const output = objectOf(decoded(attributes['output.value']));
  const read = (message && answerFrom(message)) ?? answerFrom(attributes['output.value']);
  if (!read && !span.error) return undefined;
  const usage = compact({
    in: numberOf(attributes['llm.token_count.prompt']),
    out: numberOf(attributes['llm.token_count.completion']),
    cached: numberOf(attributes['llm.token_count.prompt_details.cache_read']),
    reasoning: numberOf(attributes['llm.token_count.completion_details.reasoning']),
  });
  return compact({
    ...(read ?? { text: '' }),
    finish: read?.finish ?? filled(output?.finish_reason),
    usage: Object.keys(usage).length ? usage : undefined,
    latency_ms: elapsedMs(span.start, span.end),
    error: span.error,
  });
}
