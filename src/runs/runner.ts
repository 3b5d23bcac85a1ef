/**
 * Prompts × arms → recorded attempts: takes over what is there, asks what is missing, says how it ended. The order
 * of calls is schedule.ts's.
 */

import { type ExitCode, exitCodes } from '../errors.ts';
import type { StepRecord } from '../records/attempt-record.ts';
import { chargeOf, createBudget, lostAtMost, unpriced } from './budget.ts';
import { armOutcome, createLane, type Lane, type RunnerArm } from './lane.ts';
import { type ReuseIndex, reusedSteps } from './reuse.ts';
import type { RunAllOptions } from './run-options.ts';
import type { RunOutcome } from './runner-events.ts';
import { createSchedule } from './schedule.ts';
import { mostOf } from './token-estimate.ts';
import { isReplay, trialKey } from './trial.ts';

/** What an outcome means to a script. */
export const exitCodeOf = ({ ended }: RunOutcome): ExitCode =>
  ({
    complete: exitCodes.done,
    incomplete: exitCodes.armFailed,
    budget: exitCodes.userCanFix,
    interrupted: exitCodes.interrupted,
    terminated: exitCodes.terminated,
  })[ended];

/**
 * Asks what is missing. Throws when a paid arm has no price under a cost limit, when the sink fails, and when a check
 * crashes; what was answered until then is recorded.
 */
export async function runAll(options: RunAllOptions): Promise<RunOutcome> {
  const limit = options.maxCostUsd ?? options.run.settings.maxCostUsd;
  const problem = limit === undefined ? undefined : unpriced(options.arms.map((arm) => arm.record));
  if (problem) throw problem;
  const existing = options.reuse ? await takeOver(options, options.reuse) : options.existing;
  const lanes = options.arms.map((arm) => laneOf(options, arm, existing));
  const budget = createBudget(limit, spentBefore(options, existing));
  options.events?.({ kind: 'planned', arms: lanes.map(plannedLane), spentUsd: budget.spent });
  const ended = await createSchedule(options, lanes, budget).run();
  const outcome: RunOutcome = { ended, arms: lanes.map(armOutcome), spentUsd: budget.spent };
  options.events?.({ kind: 'ended', outcome });
  return outcome;
}

const laneOf = (
  { prompts, run, sameModel }: RunAllOptions,
  arm: RunnerArm,
  existing: RunAllOptions['existing'],
): Lane => createLane(arm, prompts, existing[arm.record.name] ?? [], run.settings, sameModel);

const plannedLane = ({ name, total, usable, unusable, cells }: Lane) => ({
  arm: name,
  total,
  usable,
  unusable,
  todo: cells.length,
});

/** Records answers of earlier runs, and returns the steps on disk with them. */
async function takeOver(options: RunAllOptions, reuse: ReuseIndex): Promise<RunAllOptions['existing']> {
  const { settings } = options.run;
  const steps: Record<string, readonly StepRecord[]> = { ...options.existing };
  for (const arm of options.arms) {
    const lane = laneOf(options, arm, options.existing);
    if (lane.replay || lane.record.agent) continue;
    const added: StepRecord[] = [];
    let answers = 0;
    for (const cell of lane.cells) {
      const at = options.now().toISOString();
      const copies = await reusedSteps(reuse, arm.record, settings, cell, options.checkAnswer, at);
      for (const step of copies) await options.sink.append(lane.name, step);
      added.push(...copies);
      if (copies.length > 0) answers += 1;
    }
    steps[lane.name] = [...(steps[lane.name] ?? []), ...added];
    if (answers > 0) options.events?.({ kind: 'reused', arm: lane.name, answers });
  }
  return steps;
}

/** What the run has cost so far, in this process and those before it. */
function spentBefore({ arms, prompts, run, killed = [] }: RunAllOptions, existing: RunAllOptions['existing']): number {
  const byId = new Map(prompts.map((prompt) => [prompt.id, prompt]));
  let spent = 0;
  for (const { record } of arms) {
    const { price } = record;
    // What an agent spent is on its records, interrupted tries included.
    if (record.agent) {
      spent += (existing[record.name] ?? []).reduce((sum, { costUsd = 0 }) => sum + costUsd, 0);
      continue;
    }
    if (!price || isReplay(record)) continue;
    // Every prompt is read in full for it: only where something was killed.
    const mosts = killed.length > 0 ? prompts.map((prompt) => mostOf(prompt, run.settings, price)) : [];
    const trials = Array.from({ length: run.settings.trials }, () => mosts).flat();
    spent += lostAtMost(
      trials,
      killed.map((atOnce) => atOnce[record.name] ?? 0),
    );
    for (const steps of byAttempt(existing[record.name] ?? [])) {
      const prompt = byId.get(steps[0]?.prompt ?? 'p_');
      spent += chargeOf(steps, prompt ? mostOf(prompt, run.settings, price) : 0);
    }
  }
  return spent;
}

function byAttempt(steps: readonly StepRecord[]): Iterable<StepRecord[]> {
  const attempts = new Map<string, StepRecord[]>();
  for (const step of steps) {
    const key = `${trialKey(step.prompt, step.trial)}#${step.attempt}`;
    const sofar = attempts.get(key);
    if (sofar) sofar.push(step);
    else attempts.set(key, [step]);
  }
  return attempts.values();
}
