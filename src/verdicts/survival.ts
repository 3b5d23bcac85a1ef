/**
 * Does it hold over many steps and many tries? pass^k over repeated trials (τ-bench), and from the failure rate of a
 * single step how many steps a workflow survives. Pure.
 */
import type { StepRecord } from '../records/attempt-record.ts';
import type { Attempt, Trial } from '../runs/trial.ts';
import { meanPassHatK } from '../stats/pass-hat-k.ts';
import { wilson } from '../stats/wilson.ts';
import type { Interval } from './verdict-shapes.ts';

export interface PassHat {
  k: number;
  /** Chance that k tries at the same prompt all end usable, mean over prompts; null when no prompt has k trials done. */
  chance: number | null;
  /** Prompts behind it. */
  prompts: number;
}

/** pass^1 … pass^`most`, from all trials of one arm that are done. */
export function passHat(trials: Iterable<Trial>, most: number): PassHat[] {
  const byPrompt = new Map<string, { n: number; c: number }>();
  for (const { prompt, state } of trials) {
    if (state === 'missing') continue;
    const { n, c } = byPrompt.get(prompt) ?? { n: 0, c: 0 };
    byPrompt.set(prompt, { n: n + 1, c: c + (state === 'usable' ? 1 : 0) });
  }
  const counts = [...byPrompt.values()];
  return Array.from({ length: most }, (_, index) => {
    const k = index + 1;
    return { k, chance: meanPassHatK(counts, k), prompts: counts.filter(({ n }) => n >= k).length };
  });
}

export interface Survival {
  /** Model calls of first attempts in trial 1, and how many of them failed. */
  steps: number;
  failed: number;
  /** Failures per step, with its 95 % Wilson interval. */
  rate: number;
  interval: Interval;
  /** Steps that a workflow gets through with 90 % and 50 % chance; null = more than can be said (no failure seen). */
  at90: StepsRange;
  at50: StepsRange;
}

interface StepsRange {
  estimate: number | null;
  lower: number;
  upper: number | null;
}

/**
 * A step fails when it called a tool wrongly or, as the last of its attempt, gave an answer that failed a check.
 * Assumes steps fail independently at one rate: real workflows have hard and easy steps. Null without any step.
 */
export function survival(trials: Iterable<Trial>): Survival | null {
  const first = [...trials].filter(({ trial, state }) => trial === 1 && state !== 'missing');
  const attempts = first.flatMap(({ attempts }) => attempts.find(({ outcome }) => outcome === 'answered') ?? []);
  const verdicts = attempts.flatMap((attempt) => attempt.steps.map((step) => stepFailed(attempt, step)));
  const failed = verdicts.filter(Boolean).length;
  return verdicts.length === 0 ? null : survivalOf(failed, verdicts.length);
}

function stepFailed({ usable, steps }: Attempt, step: StepRecord): boolean {
  if (step === steps.at(-1)) return !usable;
  const slips: readonly (string | undefined)[] = ['unknown-tool', 'bad-json', 'schema-mismatch'];
  return (step.tool_results ?? []).some(({ trouble }) => slips.includes(trouble));
}

/** From counts: `failed` of `steps` steps, 0 <= failed <= steps, steps >= 1. */
export function survivalOf(failed: number, steps: number): Survival {
  const rate = failed / steps;
  const interval = wilson(failed, steps);
  const range = (chance: number): StepsRange => ({
    estimate: stepsSurvived(rate, chance),
    lower: stepsSurvived(interval.upper, chance) ?? 0,
    upper: stepsSurvived(interval.lower, chance),
  });
  return { steps, failed, rate, interval, at90: range(0.9), at50: range(0.5) };
}

/** Most steps n with (1 - rate)^n >= chance; null when nothing fails. */
export function stepsSurvived(rate: number, chance: number): number | null {
  if (rate <= 0) return null;
  if (rate >= 1) return 0;
  return Math.floor(Math.log(chance) / Math.log1p(-rate) + 1e-9);
}

/** Chance that a workflow of so many steps finishes without a retry, 0..1, with the interval of the rate. */
export function finishChance(
  { rate, interval }: Pick<Survival, 'rate' | 'interval'>,
  steps: number,
): Interval & { estimate: number } {
  return {
    estimate: (1 - rate) ** steps,
    lower: (1 - interval.upper) ** steps,
    upper: (1 - interval.lower) ** steps,
  };
}

/** `a 20-step workflow finishes without a retry 29 % of the time (95 %: 15–44 %; 6 of 100 steps failed)` */
export function survivalSentence(found: Survival, steps = 20): string {
  const { estimate, lower, upper } = finishChance(found, steps);
  const percent = (value: number): string => String(Math.round(value * 100));
  const range = `${percent(lower)}–${percent(upper)} %`;
  return `a ${steps}-step workflow finishes without a retry ${percent(estimate)} % of the time (95 %: ${range}; ${found.failed} of ${found.steps} steps failed)`;
}
