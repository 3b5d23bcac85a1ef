/** What a run is made of. */
import type { StepRecord } from '../records/attempt-record.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { CallsAtOnce } from '../records/run-events.ts';
import type { RunRecord } from '../records/run-record.ts';
import type { Attempter, CheckAnswer } from './attempt.ts';
import type { RunnerArm } from './lane.ts';
import type { Concurrency } from './limiter.ts';
import type { SameModel } from './observed-arm.ts';
import type { ReuseIndex } from './reuse.ts';
import type { RunnerEvent } from './runner-events.ts';

/** Where steps go. The run folder's writer fits; so does an array in tests. */
export interface AttemptSink {
  /** The line survives a kill when this resolves. A rejection stops the run. */
  append(arm: string, step: StepRecord): Promise<void>;
}

export interface RunAllOptions {
  /** Without pairs no arm needs another. */
  run: Pick<RunRecord, 'settings'> & Partial<Pick<RunRecord, 'pairs'>>;
  /** Those to answer, in frozen order. */
  prompts: readonly PromptRecord[];
  arms: readonly RunnerArm[];
  /** Steps on disk, by arm name. */
  existing: Readonly<Record<string, readonly StepRecord[]>>;
  sink: AttemptSink;
  checkAnswer: CheckAnswer;
  sameModel: SameModel;
  /** Default: one call per attempt. */
  attempt?: Attempter;
  concurrency?: Concurrency;
  /** US dollars for the whole run; wins over the settings. */
  maxCostUsd?: number;
  reuse?: ReuseIndex;
  /** Earlier processes on this run that were killed: their calls in flight have no record, but may be billed. */
  killed?: readonly CallsAtOnce[];
  now(): Date;
  /** Ends early, resolving or rejecting, when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** [0, 1). */
  rng(): number;
  /** First Ctrl-C: no new calls, what is in flight may finish. */
  signal?: AbortSignal;
  /** Second Ctrl-C: end at once. */
  kill?: AbortSignal;
  /** Time that calls in flight get after the first Ctrl-C; default 5 s. */
  graceMs?: number;
  events?(event: RunnerEvent): void;
}
