/**
 * `--reuse`: answers of earlier runs to the same call (arm identity, messages, parameters, trial). Pure matching:
 * reading the runs is the caller's, and so is saying which ones.
 */

import type { StepRecord } from '../records/attempt-record.ts';
import { canonicalJson } from '../records/plain-json.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { ArmRecord, RunSettings } from '../records/run-record.ts';
import type { CheckAnswer } from './attempt.ts';
import { answerOf } from './attempt.ts';
import type { Cell } from './plan.ts';
import { outputCap } from './token-estimate.ts';
import { type Attempt, foldTrials, retriesOf, trialKey } from './trial.ts';

/** One arm of one earlier run. */
export interface EarlierArm {
  run: string;
  arm: ArmRecord;
  settings: RunSettings;
  prompts: readonly PromptRecord[];
  steps: readonly StepRecord[];
}

interface Found {
  run: string;
  attempts: Attempt[];
}

/** Answered attempts of an earlier run, oldest first; undefined when nobody asked this before. */
export type ReuseIndex = (arm: ArmRecord, settings: RunSettings, cell: Cell) => Found | undefined;

/** Later entries win: give the runs oldest first. */
export function reuseIndex(earlier: readonly EarlierArm[]): ReuseIndex {
  const found = new Map<string, Found>();
  for (const { run, arm, settings, prompts, steps } of earlier) {
    const trials = foldTrials(steps, retriesOf(arm, settings));
    for (const prompt of prompts) {
      for (let trial = 1; trial <= settings.trials; trial += 1) {
        const done = trials.get(trialKey(prompt.id, trial));
        const attempts = done?.attempts.filter((attempt) => attempt.outcome === 'answered') ?? [];
        const owner = attempts[0]?.steps[0]?.reused ?? run;
        if (attempts.length > 0) found.set(callKey(arm, settings, prompt, trial), { run: owner, attempts });
      }
    }
  }
  return (arm, settings, cell) => found.get(callKey(arm, settings, cell.prompt, cell.trial));
}

/**
 * The run's own seed stays out: it moves from run to run, and no vendor promises the same answer for it. A seed in
 * the prompt is part of its id.
 */
function callKey(arm: ArmRecord, settings: RunSettings, prompt: PromptRecord, trial: number): string {
  const temperature = prompt.params?.temperature ?? settings.temperature;
  const { maxSteps, faults, tools } = settings;
  const loop = prompt.tools?.length ? { maxSteps, faults, tools, log: prompt.tool_log } : {};
  const choice = prompt.tool_choice;
  const cap = outputCap(prompt, settings);
  return canonicalJson([arm.identity, prompt.id, choice, temperature, cap, settings.retryMode, loop, trial]);
}

/**
 * The steps to record for a cell that nobody asked in this run: copies marked as reused, judged by today's checks, up
 * to the first usable answer. May hold fewer answers than needed; the rest is asked.
 */
export async function reusedSteps(
  index: ReuseIndex,
  arm: ArmRecord,
  settings: RunSettings,
  cell: Cell,
  checkAnswer: CheckAnswer,
  at: string,
): Promise<StepRecord[]> {
  const found = cell.attempt === 1 && cell.steps.length === 0 ? index(arm, settings, cell) : undefined;
  const known = { prompt: cell.prompt, templateEnds: arm.templateEnds };
  const copies: StepRecord[] = [];
  for (const [index, { steps }] of (found?.attempts ?? []).slice(0, retriesOf(arm, settings) + 1).entries()) {
    const last = steps.at(-1);
    if (!found || !last) continue;
    const checks = await checkAnswer(cell.prompt, answerOf(last, steps.slice(0, -1), known));
    const shared = { trial: cell.trial, attempt: index + 1, reused: found.run, at };
    for (const step of steps) copies.push({ ...step, ...shared, ...(step === last && { checks }) });
    if (checks.every((check) => check.pass)) break;
  }
  return copies;
}
