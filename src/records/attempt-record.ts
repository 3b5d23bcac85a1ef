/** One step of an attempt: a line of attempts/<arm>.jsonl. */

import type { PromptId } from './ids.ts';
import type { Fault } from './outcomes.ts';
import type { ToolCall, Usage } from './prompt-record.ts';

export interface CheckResult {
  check: string;
  pass: boolean;
  /** One sentence that says what failed. */
  why?: string;
  /** Failure kind for counting, e.g. `truncated`, `unknown-tool`. */
  kind?: string;
  /** False when the check itself could not decide (its pattern ran out of time): then `pass` is true and `why` says so. */
  judged?: false;
}

/**
 * How a step ended. `answered` means a whole reply with a finish reason; whether it is usable is for the checks.
 * Transport failures may be retried; final ones stop the arm; `too-long` is the prompt not fitting.
 */
export type StepOutcome = 'answered' | TransportFailure | FinalFailure;

export type TransportFailure = 'rate-limit' | 'overload' | 'timeout' | 'network' | 'server' | 'cut' | 'garbage';

export type FinalFailure =
  | 'auth'
  | 'quota'
  | 'model-missing'
  | 'out-of-memory'
  | 'bad-request'
  | 'too-long'
  | 'aborted'
  | 'no-answer';

/** Milliseconds of the provider's own work: no queueing, back-off or model loading in them. */
export interface StepTimings {
  ttft?: number;
  total: number;
  load?: number;
  /** Output tokens per second of generation. */
  tokensPerSecond?: number;
}

/**
 * What went wrong with a tool call: the model's fault (unknown tool, arguments that do not parse or fit), nobody's
 * (no result anywhere for a valid call), or the user's own program's.
 */
export type ToolTrouble = 'unknown-tool' | 'bad-json' | 'schema-mismatch' | 'no-result' | 'exec-failed';

export interface ToolResultRecord {
  id: string;
  name: string;
  content: string;
  /** `log-order`: the next logged result of this tool, for other arguments than the log's. */
  from: 'log' | 'log-order' | 'exec' | 'stub' | 'error' | 'fault';
  /** Only where `from` is `error`. */
  trouble?: ToolTrouble;
}

/** One line of attempts/<arm>.jsonl: one model call. Key: (prompt, trial, attempt, step), all from 1. */
export interface StepRecord {
  prompt: PromptId;
  trial: number;
  attempt: number;
  step: number;
  outcome: StepOutcome;
  /** What exactly happened, and whose fault it was: rows of `outcomes`. Absent for a plain answer. */
  cause?: string;
  fault?: Fault;
  /** What went wrong, in a sentence without secrets. */
  message?: string;
  text?: string;
  reasoning?: string;
  tool_calls?: ToolCall[];
  /** Tool results given back after this step (tool loop). */
  tool_results?: ToolResultRecord[];
  finish?: string;
  refusal?: string;
  /** The model the provider says it used. */
  model?: string;
  fingerprint?: string;
  usage?: Usage;
  ms?: StepTimings;
  /** Milliseconds waited before this attempt: back-off and Retry-After. */
  waited?: number;
  costUsd?: number;
  /** Parameters the provider refused and how we went on, e.g. `temperature: model default`. */
  adjusted?: string[];
  /** Only on the last step of an attempt. */
  checks?: CheckResult[];
  /** This attempt ends here (a tool loop has several steps). */
  last: boolean;
  /** Run id this answer was reused from. */
  reused?: string;
  at: string;
}
