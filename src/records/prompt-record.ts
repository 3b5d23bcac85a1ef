/** One frozen prompt: a line of prompts.jsonl. */

import type { PromptId } from './ids.ts';
import type { Json, JsonObject } from './plain-json.ts';

export type Difficulty = 'easy' | 'hard';

export interface TextPart {
  type: 'text';
  text: string;
}

/** Image, audio, file: kept so that the record is whole, never shown or guessed at. */
export interface MediaPart {
  type: 'media';
  media: string;
  /** What the source held, as it was. */
  value: Json;
}

export type ContentPart = TextPart | MediaPart;

export interface ToolCall {
  id: string;
  name: string;
  /** JSON text exactly as the model wrote it; may be invalid. Ollama's objects are serialised once, here. */
  arguments: string;
}

export interface Message {
  role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
  content: string | ContentPart[] | null;
  name?: string;
  tool_calls?: ToolCall[];
  tool_call_id?: string;
}

export interface Tool {
  name: string;
  description?: string;
  /** JSON Schema of the arguments, as the log had it (may use non-standard type names). */
  parameters?: JsonObject;
  strict?: boolean;
}

export type ResponseFormat =
  | { type: 'text' }
  | { type: 'json_object' }
  | { type: 'json_schema'; name?: string; schema: JsonObject; strict?: boolean };

export type ToolChoice = 'auto' | 'none' | 'required' | { name: string };

/** Sampling parameters in OpenAI's names; absent = not set by the log. */
export interface SamplingParams {
  temperature?: number;
  top_p?: number;
  max_tokens?: number;
  seed?: number;
  stop?: string[];
  presence_penalty?: number;
  frequency_penalty?: number;
}

/** Tokens. Absent = unknown, never 0. `out` includes `reasoning`; `in` includes `cached`. */
export interface Usage {
  in?: number;
  out?: number;
  cached?: number;
  reasoning?: number;
}

/** An answer that came with the prompt: production's own, or a column of a CSV. */
export interface LoggedAnswer {
  text: string;
  tool_calls?: ToolCall[];
  finish?: string;
  refusal?: string;
  model?: string;
  usage?: Usage;
  latency_ms?: number;
  ttft_ms?: number;
  cost_usd?: number;
  /** The logged call failed: what the log said. */
  error?: string;
}

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
export interface LoggedToolResult {
  name: string;
  /** JSON text of the call's arguments. */
  arguments: string;
  result: string;
}

/** One item to answer. Frozen, one line of prompts.jsonl, when a run starts. */
export interface PromptRecord {
  id: PromptId;
  task: string;
  messages: Message[];
  tools?: Tool[];
  tool_choice?: ToolChoice;
  response_format?: ResponseFormat;
  params?: SamplingParams;
  difficulty: Difficulty;
  /** 0 (plain) to 1 (hard); how it is made is in logs/difficulty.ts. */
  difficulty_score?: number;
  /** w_h of statistics.md §3; 1 unless `--hard` over-sampled. */
  weight: number;
  checks?: CheckSpec[];
  /** The production answer of the log. */
  ref?: LoggedAnswer;
  /**
   * Results that tools gave in the log, in order. When the log went through several steps after the last user turn,
   * `messages` end with that turn and what came after stands here: every arm walks the way again by itself.
   */
  tool_log?: LoggedToolResult[];
  /** Answers from columns named `answer:NAME`, by NAME. */
  answers?: Record<string, LoggedAnswer>;
  source: { format: string; file: string; line: number };
  /** The source's own id, kept apart from ours. */
  source_id?: string;
  /** ISO 8601, UTC. */
  ts?: string;
  session_id?: string;
  tags?: string[];
  flags?: PromptFlag[];
  /** How many identical records the log had. */
  count?: number;
}

/** A check as configured: its name and what it needs. `checks/` validates the rest. */
export interface CheckSpec {
  check: string;
  /** Where it came from: the config, the prompt record, or inferred from the log. */
  from?: 'config' | 'prompt' | 'inferred' | 'default';
  [option: string]: Json | undefined;
}
