/** What a whole agent did in one trial: the lines of agents/<arm>/<prompt>-<trial>.steps.jsonl. */
import * as v from 'valibot';
import { amount, count, hash, number, oddPlace } from './rules.ts';

export const stepKinds = ['run', 'read', 'edit', 'search', 'web', 'plan', 'say', 'other'] as const;
const stepKind = v.picklist(stepKinds);
export type AgentStepKind = v.InferOutput<typeof stepKind>;
export const isStepKind = (value: unknown): value is AgentStepKind => v.is(stepKind, value);

/**
 * `done`: the end check ended with 0, whatever the exit code of the agent. `wrong-end`: it stopped by itself and the end
 * check failed, or it gave up. `crash`: it ended with an error, and no end check passed. `hang`: it said nothing for the idle time.
 * `time` and `cost`: a limit of the run. `person`: it needed somebody who was not there.
 */
export const agentEnds = ['done', 'wrong-end', 'crash', 'hang', 'time', 'cost', 'person'] as const;
export const agentEnd = v.picklist(agentEnds);
export type AgentEnd = v.InferOutput<typeof agentEnd>;

const agentStep = v.object({
  type: v.literal('step'),
  /** From 1, in the order in which steps ended. */
  n: count,
  kind: stepKind,
  /** What it did, in the agent's own words: a command, a path, a query. */
  text: v.string(),
  /** Absent: the stream does not say. */
  ok: v.optional(v.boolean()),
  /** Since the trial's start. */
  ms: amount,
});
export type AgentStep = v.InferOutput<typeof agentStep>;

const endCheck = v.object({
  /** As a shell has it: 124 when it ran out of time, 128 and more when a signal ended it. */
  exit: number,
  ms: amount,
});
export type EndCheck = v.InferOutput<typeof endCheck>;

const agentEndLine = v.object({
  type: v.literal('end'),
  end: agentEnd,
  /** What exactly: `permission`, `exit 1`, `signal SIGSEGV`, `turn-limit`; of `done`, why it asked for a person. */
  why: v.optional(v.string()),
  ms: amount,
  steps: count,
  failedSteps: count,
  /** US dollars; null when neither the stream nor a price tells. */
  costUsd: v.nullable(amount),
  /** Null when there is no end check, or when it was not run. */
  endCheck: v.nullable(endCheck),
  /** What it said last. */
  text: v.optional(v.string()),
});
export type AgentEndLine = v.InferOutput<typeof agentEndLine>;

const agentLine = v.variant('type', [agentStep, agentEndLine]);
export type AgentLine = v.InferOutput<typeof agentLine>;

/** The field of a line that is not as gapcheck writes it. */
export const oddInAgentLine = (value: unknown): string | undefined => oddPlace(agentLine, value);

/** How agents are run: the same for every arm, frozen with the run. */
export const agentSettings = v.object({
  /** Folders that are not absolute start here. */
  cwd: v.string(),
  /** The folder that each trial gets a copy of; absent: an empty one, or the job's own. */
  folder: v.optional(v.string()),
  copy: v.picklist(['files', 'clone']),
  /** A line for the shell, run in the copy when the agent has ended. */
  endCheck: v.optional(v.string()),
  /** Milliseconds of one trial, and of silence within it. */
  timeMs: amount,
  idleMs: amount,
  /** US dollars of one trial. */
  costUsd: v.optional(amount),
  /** What each folder held when the run was frozen: SHA-256, hex, by its name as typed. */
  fixtures: v.record(v.string(), hash),
  /** Copies stay in the run folder. */
  keep: v.optional(v.literal(true)),
});
export type AgentSettings = v.InferOutput<typeof agentSettings>;
