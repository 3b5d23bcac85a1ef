/** One frozen prompt: a line of prompts.jsonl. */
import * as v from 'valibot';
import type { PromptId } from './ids.ts';
import type { Json } from './plain-json.ts';
import { isObject } from './plain-json.ts';
import { amount, anyJson, anyObject, number, oddPlace, openWord, wrongField } from './rules.ts';

export const difficulty = v.picklist(['easy', 'hard']);
export type Difficulty = v.InferOutput<typeof difficulty>;

const textPart = v.object({ type: v.literal('text'), text: v.string() });
/** Image, audio, file: kept so that the record is whole, never shown or guessed at. `value`: what the source held. */
const mediaPart = v.object({ type: v.literal('media'), media: v.string(), value: anyJson });
const contentPart = v.union([textPart, mediaPart]);
export type TextPart = v.InferOutput<typeof textPart>;
export type MediaPart = v.InferOutput<typeof mediaPart>;
export type ContentPart = v.InferOutput<typeof contentPart>;

export const toolCall = v.object({
  id: v.string(),
  name: v.string(),
  /** JSON text exactly as the model wrote it; may be invalid. Ollama's objects are serialised once, here. */
  arguments: v.string(),
});
export type ToolCall = v.InferOutput<typeof toolCall>;

export const message = v.object({
  role: v.picklist(['system', 'developer', 'user', 'assistant', 'tool']),
  content: v.nullable(v.union([v.string(), v.array(contentPart)])),
  name: v.optional(v.string()),
  tool_calls: v.optional(v.array(toolCall)),
  tool_call_id: v.optional(v.string()),
});
export type Message = v.InferOutput<typeof message>;

export const tool = v.object({
  name: v.string(),
  description: v.optional(v.string()),
  /** JSON Schema of the arguments, as the log had it (may use non-standard type names). */
  parameters: v.optional(anyObject),
  strict: v.optional(v.boolean()),
});
export type Tool = v.InferOutput<typeof tool>;

const responseFormat = v.variant('type', [
  v.object({ type: v.literal('text') }),
  v.object({ type: v.literal('json_object') }),
  v.object({
    type: v.literal('json_schema'),
    name: v.optional(v.string()),
    schema: anyObject,
    strict: v.optional(v.boolean()),
  }),
]);
export type ResponseFormat = v.InferOutput<typeof responseFormat>;

const toolChoice = v.union([v.picklist(['auto', 'none', 'required']), v.object({ name: v.string() })]);
export type ToolChoice = v.InferOutput<typeof toolChoice>;

/** Sampling parameters in OpenAI's names; absent = not set by the log. */
const samplingParams = v.object({
  temperature: v.optional(number),
  top_p: v.optional(number),
  top_k: v.optional(number),
  min_p: v.optional(number),
  max_tokens: v.optional(number),
  seed: v.optional(number),
  stop: v.optional(v.array(v.string())),
  presence_penalty: v.optional(number),
  frequency_penalty: v.optional(number),
});
export type SamplingParams = v.InferOutput<typeof samplingParams>;

/** Tokens. Absent = unknown, never 0. `out` includes `reasoning`; `in` includes `cached`. */
export const usage = v.object({
  in: v.optional(amount),
  out: v.optional(amount),
  cached: v.optional(amount),
  reasoning: v.optional(amount),
});
export type Usage = v.InferOutput<typeof usage>;

/** An answer that came with the prompt: production's own, or a column of a CSV. */
const loggedAnswer = v.object({
  text: v.string(),
  tool_calls: v.optional(v.array(toolCall)),
  finish: v.optional(v.string()),
  refusal: v.optional(v.string()),
  model: v.optional(v.string()),
  usage: v.optional(usage),
  latency_ms: v.optional(amount),
  ttft_ms: v.optional(amount),
  cost_usd: v.optional(amount),
  /** Tool calls that led to this answer, in calls of the model before the last one. */
  earlier_calls: v.optional(v.array(toolCall)),
  /** The logged call failed: what the log said. */
  error: v.optional(v.string()),
});
export type LoggedAnswer = v.InferOutput<typeof loggedAnswer>;

export type PromptFlag =
  | 'truncated'
  | 'redacted-at-source'
  | 'media'
  | 'no-user-turn'
  | 'null-input'
  | 'embedding'
  | 'partial-history'
  | 'dangling-tool-call'
  | 'identity';

/** What a tool answered in the log: a tool loop answers the same call with it again. */
const loggedToolResult = v.object({
  name: v.string(),
  /** JSON text of the call's arguments. */
  arguments: v.string(),
  result: v.string(),
});
export type LoggedToolResult = v.InferOutput<typeof loggedToolResult>;

/** A check as configured: its name and what it needs. `checks/` validates the rest. */
export interface CheckSpec {
  check: string;
  /** Where it came from: the config, the prompt record, or inferred from the log. */
  from?: 'config' | 'prompt' | 'inferred' | 'default';
  [option: string]: Json | undefined;
}
export const checkSpec = v.custom<CheckSpec>((value) => isObject(value) && typeof value.check === 'string');

/** What people may leave out of a line that they edit. */
const promptLine = v.object({
  messages: v.pipe(v.array(message), v.minLength(1)),
  tools: v.optional(v.array(tool)),
  tool_choice: v.optional(toolChoice),
  response_format: v.optional(responseFormat),
  params: v.optional(samplingParams),
  task: v.optional(v.string()),
  difficulty: v.optional(difficulty),
  /** 0 (plain) to 1 (hard); how it is made is in logs/difficulty.ts. */
  difficulty_score: v.optional(number),
  checks: v.optional(v.array(checkSpec)),
  /** The production answer of the log. */
  ref: v.optional(loggedAnswer),
  /**
   * Results that tools gave in the log, in order. When the log went through several steps after the last user turn,
   * `messages` end with that turn and what came after stands here: every arm walks the way again by itself.
   */
  tool_log: v.optional(v.array(loggedToolResult)),
  /** Answers from columns named `answer:NAME`, by NAME. */
  answers: v.optional(v.record(v.string(), loggedAnswer)),
  source: v.optional(v.object({ format: v.string(), file: v.string(), line: number })),
  /** The source's own id, kept apart from ours. */
  source_id: v.optional(v.string()),
  /** ISO 8601, UTC. */
  ts: v.optional(v.string()),
  session_id: v.optional(v.string()),
  /** The folder that an agent gets a copy of, in place of the run's: relative to where the run was started. */
  folder: v.optional(v.string()),
  tags: v.optional(v.array(v.string())),
  flags: v.optional(v.array(openWord<PromptFlag>())),
  /** How many identical records the log had. */
  count: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

/** One item to answer. Frozen, one line of prompts.jsonl, when a run starts. */
const promptRecord = v.object({
  ...promptLine.entries,
  id: openWord<PromptId>(),
  task: v.string(),
  difficulty,
  /** w_h of statistics.md §3; 1 unless `--hard` over-sampled. */
  weight: amount,
  source: v.object({ format: v.string(), file: v.string(), line: number }),
});
export type PromptRecord = v.InferOutput<typeof promptRecord>;

/** The field of a frozen line that is not as gapcheck writes it. */
export const oddInPrompt = (value: unknown): string | undefined => oddPlace(promptRecord, value);

/** The first field of an edited line that is not as gapcheck writes it. */
export const oddField = (prompt: unknown): string | undefined => wrongField(promptLine, prompt);
