/** Is an edited prompts.jsonl line still a prompt? Field by field, so that the message can name the one that is not. */
import type { Json, JsonObject } from '../records.ts';
import { isObject } from './fields.ts';

type Shape = (value: Json | undefined) => boolean;

const text: Shape = (value) => typeof value === 'string';
const number: Shape = (value) => typeof value === 'number';
const optional =
  (shape: Shape): Shape =>
  (value) =>
    value === undefined || shape(value);
const list =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every((each) => shape(each));
const object =
  (fields: Record<string, Shape>): Shape =>
  (value) =>
    isObject(value) && Object.entries(fields).every(([name, shape]) => shape(own(value, name)));

const own = (value: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(value, name) ? value[name] : undefined;

const toolCall = object({ id: text, name: text, arguments: text });
const part: Shape = (value) => object({ type: text, text })(value) || object({ type: text, media: text })(value);
const message = object({
  role: (value) => ['system', 'developer', 'user', 'assistant', 'tool'].includes(value as string),
  content: (value) => value === null || text(value) || list(part)(value),
  tool_calls: optional(list(toolCall)),
  tool_call_id: optional(text),
});
const usage = object({ in: optional(number), out: optional(number), cached: optional(number) });
const answer = object({
  text,
  tool_calls: optional(list(toolCall)),
  finish: optional(text),
  refusal: optional(text),
  model: optional(text),
  usage: optional(usage),
  latency_ms: optional(number),
  cost_usd: optional(number),
  error: optional(text),
});

const shapes: Record<string, Shape> = {
  messages: (value) => list(message)(value) && (value as Json[]).length > 0,
  tools: optional(list(object({ name: text, description: optional(text), parameters: optional(isObject) }))),
  tool_choice: optional((value) => text(value) || object({ name: text })(value)),
  response_format: optional(object({ type: text })),
  params: optional(isObject),
  ref: optional(answer),
  answers: optional((value) => isObject(value) && Object.values(value).every((each) => answer(each))),
  checks: optional(list(object({ check: text }))),
  tool_log: optional(list(object({ name: text, arguments: text, result: text }))),
  task: optional(text),
  source_id: optional(text),
  ts: optional(text),
  session_id: optional(text),
  tags: optional(list(text)),
  flags: optional(list(text)),
  count: optional((value) => typeof value === 'number' && Number.isInteger(value) && value > 0),
  source: optional(object({ format: text, file: text, line: number })),
  difficulty: optional((value) => value === 'easy' || value === 'hard'),
  difficulty_score: optional(number),
};

/** The first field that is not as gapcheck writes it. */
export const oddField = (record: JsonObject): string | undefined =>
  Object.keys(shapes).find((name) => !shapes[name]?.(own(record, name)));
