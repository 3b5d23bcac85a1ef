/**
 * Is this answer usable? One file per check, one line in registry.ts. Pure: a check never runs model output,
 * never follows a reference out of the schema it was given, and says what failed in one sentence.
 */
import type { CheckResult } from '../records/attempt-record.ts';
import type { CheckSpec, PromptRecord, ToolCall } from '../records/prompt-record.ts';

export interface CheckInput {
  prompt: PromptRecord;
  text: string;
  toolCalls: ToolCall[];
  finish: string;
  refusal?: string;
  /** The server could not read the tool call that was written, and kept its text. */
  isUnread?: true;
  /** All tool calls over a tool loop's steps, in order. */
  allToolCalls?: ToolCall[];
  /** Result of an `exec:` check, run by `runs/`. */
  exec?: { code: number | null; output: string; timedOut: boolean };
}

/** Powers that a pure room does not have, passed in. */
export interface CheckTools {
  /** Runs a regular expression with a time limit; `timeout` when it took too long. */
  matches(pattern: string, flags: string, text: string): boolean | 'timeout';
}

export interface Check {
  readonly name: string;
  /** Throws GapcheckError naming the key's path when the options are malformed. */
  validate(spec: CheckSpec, path: string): void;
  run(spec: CheckSpec, input: CheckInput, tools: CheckTools): CheckResult;
}
