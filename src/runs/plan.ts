/** Which (arm, prompt, trial) cells are still to be asked, and where each of them stands. Pure. */
import type { PromptRecord, StepRecord } from '../records.ts';
import { type Attempt, foldTrials, type Trial, trialKey } from './trial.ts';

/** One trial of one arm on one prompt that has no answer yet. */
export interface Cell {
  prompt: PromptRecord;
  trial: number;
  /** Number that the next attempt gets. */
  attempt: number;
  /** Answers so far, none of them usable. */
  answers: number;
  /** The newest of those answers: `feedback` retries tell what was wrong with it. */
  failed?: Attempt;
  /** Steps of this attempt that an earlier process paid for before it was killed. */
  steps: readonly StepRecord[];
}

export interface ArmPlan {
  /** In the order to ask: trial 1 of every prompt in frozen order, then trial 2, ... */
  cells: Cell[];
  /** Cells in all, done ones included. */
  total: number;
  usable: number;
  unusable: number;
}

/**
 * `steps` are the arm's lines in file order, `retries` comes from `retriesOf`. Linear in prompts and steps.
 * Prompts with the same id are one prompt.
 */
export function planArm(
  prompts: readonly PromptRecord[],
  trials: number,
  steps: readonly StepRecord[],
  retries: number,
): ArmPlan {
  const known = foldTrials(steps, retries);
  const unique = [...new Map(prompts.map((prompt) => [prompt.id, prompt])).values()];
  const plan: ArmPlan = { cells: [], total: unique.length * trials, usable: 0, unusable: 0 };
  for (let trial = 1; trial <= trials; trial += 1) {
    for (const prompt of unique) {
      const sofar = known.get(trialKey(prompt.id, trial));
      if (sofar?.state === 'usable') plan.usable += 1;
      else if (sofar?.state === 'unusable') plan.unusable += 1;
      else plan.cells.push(cellOf(prompt, trial, sofar));
    }
  }
  return plan;
}

function cellOf(prompt: PromptRecord, trial: number, sofar: Trial | undefined): Cell {
  if (!sofar) return { prompt, trial, attempt: 1, answers: 0, steps: [] };
  const answered = sofar.attempts.filter((attempt) => attempt.outcome === 'answered');
  const failed = answered.at(-1);
  return {
    prompt,
    trial,
    attempt: sofar.unfinished?.attempt ?? sofar.lastAttempt + 1,
    answers: answered.length,
    ...(failed && { failed }),
    steps: sofar.unfinished?.steps ?? [],
  };
}
