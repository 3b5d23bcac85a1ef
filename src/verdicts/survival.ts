/** How far a workflow gets: from the per-step failure rate, the number of steps survived, and pass^k over trials. */
import { meanPassHatK } from '../stats/pass-hat-k.ts';
import { wilson } from '../stats/wilson.ts';
import type { Interval } from './verdict.ts';

export interface StepsSurvived {
  /** Chance of getting that far without a failed step, e.g. .9. */
  chance: number;
  /** Steps, rounded down; null: not one failure was seen, so there is no number to name. */
  steps: number | null;
  /** From the Wilson interval of the failure rate; an `upper` of null has no limit. */
  lower: number;
  upper: number | null;
}

export interface Survival {
  steps: number;
  failed: number;
  /** Failures per step, 0..1. */
  rate: number;
  rateInterval: Interval;
  survived: StepsSurvived[];
  /** Chance that a workflow of this many steps finishes without a retry, with its interval. */
  finishes(steps: number): Interval & { estimate: number };
}

/** Null without steps. Steps are taken as independent: an early error that spoils later ones makes it worse. */
export function survivalOf(steps: number, failed: number): Survival | null {
  if (steps <= 0) return null;
  const rate = failed / steps;
  const rateInterval = wilson(failed, steps);
  return {
    steps,
    failed,
    rate,
    rateInterval,
    survived: [0.9, 0.5].map((chance) => ({
      chance,
      steps: stepsAt(chance, rate),
      lower: stepsAt(chance, rateInterval.upper) ?? 0,
      upper: stepsAt(chance, rateInterval.lower),
    })),
    finishes: (length) => ({
      estimate: (1 - rate) ** length,
      lower: (1 - rateInterval.upper) ** length,
      upper: (1 - rateInterval.lower) ** length,
    }),
  };
}

/** Largest whole n with (1 - rate)^n >= chance. */
function stepsAt(chance: number, rate: number): number | null {
  if (rate <= 0) return null;
  return rate >= 1 ? 0 : Math.floor(Math.log(chance) / Math.log1p(-rate) + 1e-9);
}

/** pass^1 .. pass^K over prompts with n trials and c passes each; null where no prompt has that many trials. */
export function passCurve(prompts: readonly { n: number; c: number }[]): (number | null)[] {
  const most = Math.max(0, ...prompts.map(({ n }) => n));
  return Array.from({ length: most }, (_, at) => meanPassHatK(prompts, at + 1));
}
