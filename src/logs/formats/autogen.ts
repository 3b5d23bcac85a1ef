/** Results of AutoGen's runs and states of its agents: who spoke is in `source`, what was done in `type`. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { usageFrom } from '../answer.ts';
import { compact, filled, listOf, objectOf, textOf, wordOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import { toolCallsFrom } from '../tools.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const kinds = new Set([
  'TextMessage',
  'MultiModalMessage',
  'StopMessage',
  'HandoffMessage',
  'StructuredMessage',
  'ToolCallRequestEvent',
  'ToolCallExecutionEvent',
  'ToolCallSummaryMessage',
  'UserMessage',
  'AssistantMessage',
  'SystemMessage',
  'FunctionExecutionResultMessage',
]);
const isEvent = (value: unknown): value is JsonObject => isObject(value) && kinds.has(wordOf(value.type));

/** The messages of a result, or those that the context of an agent's state holds. */
function eventsOf(record: JsonObject): JsonObject[] | undefined {
  const list = listOf(record.messages) ?? listOf(objectOf(record.llm_context)?.messages);
  const events = list?.filter(isEvent) ?? [];
  return events.length > 0 && events.some((event) => event.source !== undefined) ? events : undefined;
}

export const autoGen: LogFormat = {
  name: 'autogen',
  title: "results of AutoGen's agents",
  holds: 'conversations',
  sign: (record) =>
    eventsOf(record) ? { score: 0.97, why: 'messages have a source and a type such as TextMessage' } : undefined,
  map: (record) => turnPrompts((eventsOf(record) ?? []).flatMap(turnsOf), {}),
};

function turnsOf(event: JsonObject): Turn[] {
  const around = compact({ ts: isoTime(event.created_at), usage: usageFrom(event.models_usage) });
  const content = listOf(event.content);
  const results = content?.filter(isObject).filter((item) => item.call_id !== undefined) ?? [];
  if (results.length)
    return results.map((result) => ({
      message: { role: 'tool', tool_call_id: filled(result.call_id) ?? '', content: textOf(result.content) ?? '' },
      ...around,
    }));
  const calls = toolCallsFrom(event.content);
  if (calls.length) return [{ message: { role: 'assistant', content: null, tool_calls: calls }, ...around }];
  // A summary repeats the results of the calls before it.
  if (event.type === 'ToolCallSummaryMessage' && textOf(event.content) === undefined) return [];
  return [{ message: { role: roleOf(event), content: textsOf(event) }, ...around }];
}

function roleOf({ type, source }: JsonObject): 'user' | 'assistant' | 'system' {
  if (type === 'SystemMessage') return 'system';
  return type === 'UserMessage' || source === 'user' || source === 'user_proxy' ? 'user' : 'assistant';
}

/** A text, or the texts among the parts of a message with pictures. */
function textsOf({ content }: JsonObject): Turn['message']['content'] {
  const parts = listOf(content);
  if (!parts) return textOf(content) ?? '';
  return parts.map((part) =>
    typeof part === 'string'
      ? { type: 'text', text: part }
      : { type: 'media', media: 'image', value: isObject(part) ? part : { value: part } },
  );
}
