/**
 * Whether decoded JSON is what a provider's API answered: a completion, a message of the assistant, a list of them, or
 * tool calls. Strict, because an extraction task answers with JSON of its own: `{"message": "red"}` is no completion.
 */
import type { JsonObject } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';
import { listOf, type Maybe, objectOf } from './fields.ts';

const assistants = /^(?:assistant|ai|model|bot|aimessage|aimessagechunk|gpt)$/i;
const anySpeaker = /^(?:system|developer|user|human|tool|function|assistant|ai|model|bot|gpt)$/i;

export function isCompletion(value: Maybe): boolean {
  if (Array.isArray(value))
    return (
      value.length > 0 &&
      (value.every((item) => isObject(item) && isTurn(item, anySpeaker)) ||
        value.every(isToolCall) ||
        value.every(isBlock))
    );
  if (!isObject(value)) return false;
  return (
    isTurn(value, assistants) ||
    hasListOf(
      value.choices,
      (item) => isObject(item.message) || typeof item.text === 'string' || isObject(item.delta),
    ) ||
    hasListOf(value.candidates, (item) => isObject(item.content)) ||
    isGenerations(value.generations) ||
    (Array.isArray(value.output) &&
      value.output.every((item) => isObject(item) && typeof item.type === 'string') &&
      value.output.length > 0) ||
    isTurn(objectOf(value.message) ?? {}, assistants) ||
    (Array.isArray(value.id) && isObject(value.kwargs)) ||
    // The text of an answer with the documents that it rests on.
    (typeof value.text === 'string' && Array.isArray(value.sources))
  );
}

/** A message: who speaks, and a text, parts or calls in the form that an API gives them. */
function isTurn(item: JsonObject, speakers: RegExp): boolean {
  const role = item.role ?? item.from ?? item.type;
  if (typeof role !== 'string' || !speakers.test(role)) return false;
  const content = item.content ?? item.parts ?? item.value ?? objectOf(item.data)?.content;
  return (
    typeof content === 'string' ||
    (content === null && item.content !== undefined) ||
    (Array.isArray(content) && content.every((part) => typeof part === 'string' || isObject(part))) ||
    Array.isArray(item.tool_calls)
  );
}

const hasListOf = (value: Maybe, fits: (item: JsonObject) => boolean): boolean => {
  const list = listOf(value);
  return list !== undefined && list.length > 0 && list.every((item) => isObject(item) && fits(item));
};

const isGenerations = (value: Maybe): boolean =>
  hasListOf(
    Array.isArray(listOf(value)?.[0]) ? listOf(value)?.[0] : value,
    (item) => typeof item.text === 'string' || isObject(item.message),
  );

/** `{type: function, function: {name, arguments}}` and its kin. */
function isToolCall(item: Maybe): boolean {
  if (!isObject(item)) return false;
  const inner = objectOf(item.function);
  return (
    (typeof inner?.name === 'string' && inner.arguments !== undefined) ||
    (typeof item.name === 'string' && (item.args !== undefined || item.arguments !== undefined)) ||
    (typeof item.toolName === 'string' && (item.args ?? item.input) !== undefined)
  );
}

/** Blocks of an Anthropic or Responses answer. */
function isBlock(item: Maybe): boolean {
  if (!isObject(item)) return false;
  return (
    (item.type === 'text' && typeof item.text === 'string') ||
    (item.type === 'tool_use' && typeof item.name === 'string') ||
    item.type === 'thinking' ||
    (item.type === 'reasoning' && Array.isArray(item.summary)) ||
    (item.type === 'function_call' && typeof item.name === 'string') ||
    (item.type === 'message' && Array.isArray(item.content))
  );
}
