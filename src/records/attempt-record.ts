/** One step of an attempt: a line of attempts/<arm>.jsonl. */
import * as v from 'valibot';
import type { PromptId } from './ids.ts';
import { toolCall, usage } from './prompt-record.ts';
import { amount, count, number, oddPlace, openWord, time } from './rules.ts';

const checkResult = v.object({
  check: v.string(),
  pass: v.boolean(),
  /** One sentence that says what failed. */
  why: v.optional(v.string()),
  /** Failure kind for counting, e.g. `truncated`, `unknown-tool`. */
  kind: v.optional(v.string()),
  /** False when the check itself could not decide (its pattern ran out of time): then `pass` is true and `why` says so. */
  judged: v.optional(v.literal(false)),
});
export type CheckResult = v.InferOutput<typeof checkResult>;

const transportFailures = ['rate-limit', 'overload', 'timeout', 'network', 'server', 'cut', 'garbage'] as const;
const finalFailures = [
  'auth',
  'quota',
  'model-missing',
  'out-of-memory',
  'bad-request',
  'too-long',
  'aborted',
  'no-answer',
] as const;

export type TransportFailure = (typeof transportFailures)[number];
export type FinalFailure = (typeof finalFailures)[number];
/**
 * How a step ended. `answered` means a whole reply with a finish reason; whether it is usable is for the checks.
 * Transport failures may be retried; final ones stop the arm; `too-long` is the prompt not fitting.
 */
const stepOutcome = v.picklist(['answered', ...transportFailures, ...finalFailures]);
export type StepOutcome = v.InferOutput<typeof stepOutcome>;

/** setup: the user's config, key, account or server settings. model: the arm itself, as in production. */
const fault = v.picklist(['setup', 'provider', 'network', 'model']);
export type Fault = v.InferOutput<typeof fault>;

/** Milliseconds of the provider's own work: no queueing, back-off or model loading in them. */
const stepTimings = v.object({
  ttft: v.optional(number),
  total: number,
  load: v.optional(number),
  /** Output tokens per second of generation. */
  tokensPerSecond: v.optional(number),
  /** Tokens of the prompt read per second, as the server says. */
  readPerSecond: v.optional(number),
});
export type StepTimings = v.InferOutput<typeof stepTimings>;

/**
 * What went wrong with a tool call: the model's fault (unknown tool, arguments that do not parse or fit), nobody's
 * (no result anywhere for a valid call), or the user's own program's.
 */
const toolTrouble = v.picklist(['unknown-tool', 'bad-json', 'schema-mismatch', 'no-result', 'exec-failed']);
export type ToolTrouble = v.InferOutput<typeof toolTrouble>;

const toolResult = v.object({
  id: v.string(),
  name: v.string(),
  content: v.string(),
  /** `log-order`: the next logged result of this tool, for other arguments than the log's. */
  from: v.picklist(['log', 'log-order', 'exec', 'stub', 'error', 'fault']),
  /** Only where `from` is `error`. */
  trouble: v.optional(toolTrouble),
});
export type ToolResultRecord = v.InferOutput<typeof toolResult>;

/** One line of attempts/<arm>.jsonl: one model call. Key: (prompt, trial, attempt, step), all from 1. */
const stepRecord = v.object({
  prompt: openWord<PromptId>(),
  /** The prompt's id in the user's own log. */
  sourceId: v.optional(v.string()),
  trial: count,
  attempt: count,
  step: count,
  outcome: stepOutcome,
  /** What exactly happened, and whose fault it was: rows of `outcomes`. Absent for a plain answer. */
  cause: v.optional(v.string()),
  fault: v.optional(fault),
  /** What went wrong, in a sentence without secrets. */
  message: v.optional(v.string()),
  text: v.optional(v.string()),
  reasoning: v.optional(v.string()),
  tool_calls: v.optional(v.array(toolCall)),
  /** Of an answer that was there before the run: the tool calls that led to it. */
  earlier_calls: v.optional(v.array(toolCall)),
  /** Tool results given back after this step (tool loop). */
  tool_results: v.optional(v.array(toolResult)),
  finish: v.optional(v.string()),
  refusal: v.optional(v.string()),
  /** The model the provider says it used. */
  model: v.optional(v.string()),
  fingerprint: v.optional(v.string()),
  usage: v.optional(usage),
  ms: v.optional(stepTimings),
  /** Milliseconds waited before this attempt: back-off and Retry-After. */
  waited: v.optional(amount),
  costUsd: v.optional(amount),
  /** Parameters the provider refused and how we went on, e.g. `temperature: model default`. */
  adjusted: v.optional(v.array(v.string())),
  /** Only on the last step of an attempt. */
  checks: v.optional(v.array(checkResult)),
  /** This attempt ends here (a tool loop has several steps). */
  last: v.boolean(),
  /** Run id this answer was reused from. */
  reused: v.optional(v.string()),
  at: time,
});
export type StepRecord = v.InferOutput<typeof stepRecord>;

/** The field of a line that is not as gapcheck writes it. */
export const oddInStep = (value: unknown): string | undefined => oddPlace(stepRecord, value);
