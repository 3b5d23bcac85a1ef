/** Is an edited prompts.jsonl line still a prompt? Field by field, so that the message can name the one that is not. */
import type { JsonObject } from './plain-json.ts';
import {
  either,
  isFields,
  list,
  maybe,
  number,
  object,
  one,
  orNull,
  record,
  type Shape,
  text,
  wrongField,
} from './shape.ts';

export const toolCall = object({ id: text, name: text, arguments: text });
const part = either(object({ type: text, text }), object({ type: text, media: text }));
const message = object({
  role: one('system', 'developer', 'user', 'assistant', 'tool'),
  content: orNull(either(text, list(part))),
  tool_calls: maybe(list(toolCall)),
  tool_call_id: maybe(text),
});
const usage = object({ in: maybe(number), out: maybe(number), cached: maybe(number) });
const answer = object({
  text,
  tool_calls: maybe(list(toolCall)),
  finish: maybe(text),
  refusal: maybe(text),
  model: maybe(text),
  usage: maybe(usage),
  latency_ms: maybe(number),
  cost_usd: maybe(number),
  error: maybe(text),
});

const shapes: Record<string, Shape> = {
  messages: (value) => list(message)(value) && (value as unknown[]).length > 0,
  tools: maybe(list(object({ name: text, description: maybe(text), parameters: maybe(isFields) }))),
  tool_choice: maybe(either(text, object({ name: text }))),
  response_format: maybe(object({ type: text })),
  params: maybe(isFields),
  ref: maybe(answer),
  answers: maybe(record(answer)),
  checks: maybe(list(object({ check: text }))),
  tool_log: maybe(list(object({ name: text, arguments: text, result: text }))),
  task: maybe(text),
  source_id: maybe(text),
  ts: maybe(text),
  session_id: maybe(text),
  tags: maybe(list(text)),
  flags: maybe(list(text)),
  count: maybe((value) => typeof value === 'number' && Number.isInteger(value) && value > 0),
  source: maybe(object({ format: text, file: text, line: number })),
  difficulty: maybe((value) => value === 'easy' || value === 'hard'),
  difficulty_score: maybe(number),
};

/** The first field that is not as gapcheck writes it. */
export const oddField = (prompt: JsonObject): string | undefined => wrongField(prompt, shapes);
