/** What the runner tells while it works: running emits, drawing listens. */

import type { StepOutcome, StepRecord, TransportFailure } from '../records/attempt-record.ts';
import type { PromptId } from '../records/ids.ts';
import type { MissingReason } from './missing.ts';

export type RunnerEvent =
  /** First of all. `todo` cells of `total` are still to be asked. */
  | {
      kind: 'planned';
      arms: { arm: string; total: number; usable: number; unusable: number; todo: number }[];
      /** Dollars that earlier processes spent on this run. */
      spentUsd: number;
    }
  /** Answers taken over from earlier runs. */
  | { kind: 'reused'; arm: string; answers: number }
  | { kind: 'warming'; arm: string }
  | { kind: 'warmed'; arm: string; ms: number; context?: number }
  /** Pieces of an answer that came since the last event of this kind: a sign of life while nothing is recorded. */
  | { kind: 'writing'; arm: string; pieces: number }
  /** One recorded step. */
  | {
      kind: 'step';
      arm: string;
      prompt: PromptId;
      trial: number;
      outcome: StepOutcome;
      /** Output tokens, when the provider counted them. */
      tokens?: number;
      tokensPerSecond?: number;
      /** Dollars, when known; absent where nothing was called. */
      costUsd?: number;
    }
  /** A trial is done, or given up for now (`missing`). */
  | { kind: 'trial'; arm: string; prompt: PromptId; trial: number; state: 'usable' | 'unusable' | 'missing' }
  | { kind: 'retry'; arm: string; because: 'answer' | 'transport'; waitMs: number }
  /** The whole arm waits: Retry-After, or a backend that seems dead. */
  | { kind: 'paused'; arm: string; cause: TransportFailure; ms: number; message: string }
  /** What the provider says it is; `warning` when that is another model than asked. */
  | {
      kind: 'observed';
      arm: string;
      model?: string;
      fingerprint?: string;
      /** Tokens of window: served, and asked for. */
      context?: number;
      contextAsked?: number;
      /** Share of the model in GPU memory, 0..1. */
      onGpu?: number;
      warning?: string;
    }
  /** The server refuses requests with these words; said when it is seen for the first time, and at each tenth. */
  | { kind: 'refused'; arm: string; message: string; count: number }
  /** A parameter that the server refused, and how the arm goes on; once for each. */
  | { kind: 'adjusted'; arm: string; note: string }
  /** Its server ends one request when the next comes: one call at a time from here on. */
  | { kind: 'single'; arm: string }
  | { kind: 'stopped'; arm: string; reason: string; hint?: string }
  /** The user asked to stop: what is in flight has `graceMs` to finish. */
  | { kind: 'stopping'; inFlight: number; graceMs: number }
  | { kind: 'ended'; outcome: RunOutcome };

export interface ArmOutcome {
  arm: string;
  total: number;
  usable: number;
  unusable: number;
  missing: number;
  /** Why no more was asked of it, and what to do. */
  stopped?: {
    outcome: StepOutcome;
    reason: string;
    hint?: string;
    /** `--resume` would meet the same: the run is frozen with it. */
    forGood?: true;
  };
  /** Why answers are missing, most frequent first. */
  reasons?: MissingReason[];
  /** Last failure of a trial that is missing, for an arm that was not stopped. */
  lastFailure?: string;
}

export interface RunOutcome {
  /** `complete`: nothing is missing but what failed in the log. `incomplete`: arms failed. `terminated`: interrupted by SIGTERM. */
  ended: 'complete' | 'incomplete' | 'budget' | 'interrupted' | 'terminated';
  arms: ArmOutcome[];
  /**
   * US dollars of this run, earlier processes included. Calls that broke off count with the most they can have cost;
   * those without a known price are not in it.
   */
  spentUsd: number;
}

/** `free`: the answer was there before, so its cost is nobody's now. */
export function stepEvent(arm: string, step: StepRecord, free: boolean): RunnerEvent {
  const { prompt, trial, outcome, usage, ms, costUsd } = step;
  return {
    kind: 'step',
    arm,
    prompt,
    trial,
    outcome,
    ...(usage?.out !== undefined && { tokens: usage.out }),
    ...(ms?.tokensPerSecond !== undefined && { tokensPerSecond: ms.tokensPerSecond }),
    ...(costUsd !== undefined && !free && { costUsd }),
  };
}
