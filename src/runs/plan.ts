/** Which (arm, prompt, trial) cells are still to be asked, and where each of them stands. Pure. */

import type { StepRecord } from '../records/attempt-record.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import { type Attempt, foldTrials, isTransportFailure, type Trial, trialKey } from './trial.ts';

/** One trial of one arm on one prompt that has no answer yet. */
export interface Cell {
  prompt: PromptRecord;
  trial: number;
  /** Number that the next attempt gets. */
  attempt: number;
  /** Answers so far, none of them usable. */
  answers: number;
  /** The last step of the newest of those answers: the same once more ends the tries. */
  lastAnswer?: StepRecord;
  /** The newest of those answers: `feedback` retries tell what was wrong with it. */
  failed?: Attempt;
  /** Steps of this attempt that an earlier process paid for before it was killed. */
  steps: readonly StepRecord[];
}

export interface ArmPlan {
  /**
   * In the order to ask: trial 1 of every prompt in frozen order, then trial 2, ... Those that transport failed before
   * come last, so that a few prompts which always time out do not keep the rest from being asked.
   */
  cells: Cell[];
  /** Cells in all, done ones included. */
  total: number;
  usable: number;
  unusable: number;
  /** Last steps of those that the server refused for good: not asked again. */
  refused: StepRecord[];
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
  const again: Cell[] = [];
  const plan: ArmPlan = { cells: [], total: unique.length * trials, usable: 0, unusable: 0, refused: [] };
  for (let trial = 1; trial <= trials; trial += 1) {
    for (const prompt of unique) {
      const sofar = known.get(trialKey(prompt.id, trial));
      if (sofar?.state === 'usable') plan.usable += 1;
      else if (sofar?.state === 'unusable') plan.unusable += 1;
      else if (sofar?.forGood) plan.refused.push(...(sofar.attempts.at(-1)?.steps.slice(-1) ?? []));
      else (failedBefore(sofar) ? again : plan.cells).push(cellOf(prompt, trial, sofar));
    }
  }
  plan.cells.push(...again);
  return plan;
}

function failedBefore(trial: Trial | undefined): boolean {
  const outcome = trial?.attempts.at(-1)?.outcome;
  return outcome !== undefined && isTransportFailure(outcome);
}

function cellOf(prompt: PromptRecord, trial: number, sofar: Trial | undefined): Cell {
  if (!sofar) return { prompt, trial, attempt: 1, answers: 0, steps: [] };
  const answered = sofar.attempts.filter((attempt) => attempt.outcome === 'answered');
  const failed = answered.at(-1);
  const lastAnswer = failed?.steps.at(-1);
  return {
    prompt,
    trial,
    attempt: sofar.unfinished?.attempt ?? sofar.lastAttempt + 1,
    answers: answered.length,
    ...(failed && { failed }),
    ...(lastAnswer && { lastAnswer }),
    steps: sofar.unfinished?.steps ?? [],
  };
}

/** The cell after one more attempt. Texts of failed answers are kept only where a retry quotes them. */
export function afterAttempt(cell: Cell, made: readonly StepRecord[], keepFailed: boolean): Cell {
  const steps = [...cell.steps, ...made];
  const last = steps.at(-1);
  const next = { prompt: cell.prompt, trial: cell.trial, attempt: cell.attempt + 1, steps: [] };
  if (last?.outcome !== 'answered') {
    const { answers, failed, lastAnswer } = cell;
    return { ...next, answers, ...(failed && { failed }), ...(lastAnswer && { lastAnswer }) };
  }
  const checks = last.checks ?? [];
  const failed = { attempt: cell.attempt, steps, outcome: last.outcome, checks, usable: false };
  return { ...next, answers: cell.answers + 1, lastAnswer: last, ...(keepFailed && { failed }) };
}
