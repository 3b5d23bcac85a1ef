import { type Counts, unitsOf } from './e-process.ts';
import type { Interval } from './interval.ts';
import { zOf } from './normal.ts';
import { tangoAt, tangoScore } from './tango.ts';
import { defaultRule, type Verdict } from './verdict.ts';

/** Which of the three statements a sequence of votes supports; `better` implies `good`. */
export interface Sides {
  /** Open is within the margin. */
  good: boolean;
  /** Closed is better. */
  keep: boolean;
  /** Open is better. */
  better: boolean;
}

export interface PlannedLook extends Sides, Interval {
  n: number;
  /** Quantile of the interval, of `keep` and of `better`; null below 8 votes, where nothing is looked at. */
  z: number | null;
  /** Quantile of `good`, larger where the margin is neither 15 nor 30. */
  zGood: number | null;
  verdict: Verdict;
  withinMargin: boolean;
}

/** Quantiles that hold each error below 5 % at every tie rate (published enumeration); 1.96 at all other sizes. */
const quantiles: Record<number, number> = { 8: 2.13, 9: 2, 11: 2.03, 13: 2.01 };
/** The same for `good` at margins other than .15 and .30. */
const otherQuantiles: Record<number, number> = {
  8: 2.18,
  9: 2.12,
  10: 2.12,
  11: 2.11,
  12: 2.05,
  13: 2.03,
  14: 2.05,
  15: 1.99,
  16: 1.98,
  17: 1.98,
  18: 1.97,
};
/** Those that `quantiles` were found for. A default margin that is none of them (config-defaults.ts) needs larger ones. */
const ordinaryMargins: readonly number[] = [0.15, 0.3];
/** The margin at which a larger one is looked at as well, so that a larger margin never loses a verdict. */
export const largestOrdinaryMargin = 0.3;
const slack = 1e-9;

export const reachesQuantile = (score: number, z: number): boolean => score >= z - slack;

const isOrdinary = (margin: number): boolean => ordinaryMargins.some((each) => Math.abs(each - margin) < slack);

/**
 * The one look at the planned votes of a task, by counts: each of the three statements is wrong in at most 5 of 100
 * such looks. The interval is Tango's at the same quantile, so it agrees with the verdict.
 */
export function plannedLook(counts: Counts, margin: number): PlannedLook {
  const n = unitsOf(counts);
  if (n < defaultRule.minVotes) return { n, z: null, zGood: null, ...nothing, lower: -1, upper: 1 };
  const { z, zGood } = quantilesAt(n, margin);
  const { lower, upper } = tangoAt(counts.wins, counts.losses, n, z);
  return { n, z, zGood, ...sidesWith(lookSides(counts, margin)), lower, upper };
}

function quantilesAt(n: number, margin: number): { z: number; zGood: number } {
  const z = quantiles[n] ?? zOf(0.95);
  return { z, zGood: isOrdinary(margin) ? z : (otherQuantiles[n] ?? zOf(0.95)) };
}

/** What that look says, without its interval, which takes a hundred times as long. */
export function lookSides(counts: Counts, margin: number): Sides {
  const n = unitsOf(counts);
  if (n < defaultRule.minVotes) return nothing;
  const { wins, losses } = counts;
  const { z, zGood } = quantilesAt(n, margin);
  const better = reachesQuantile(tangoScore(wins, losses, n, 0), z);
  const keep = reachesQuantile(tangoScore(losses, wins, n, 0), z);
  const goodAt = (d: number, quantile: number): boolean => reachesQuantile(tangoScore(wins, losses, n, -d), quantile);
  const good = better || goodAt(margin, zGood) || (margin > largestOrdinaryMargin && goodAt(largestOrdinaryMargin, z));
  return { good, keep, better };
}

/** Lower limit to print beside the look: never above the border while `good` is not reached. */
export function printedLower(look: PlannedLook, counts: Counts, margin: number): number {
  if (look.good || look.zGood === null || look.lower <= -margin) return look.lower;
  return tangoAt(counts.wins, counts.losses, look.n, look.zGood).lower;
}

/** Three statements as one machine word; closed better and within the margin reads keep-closed. */
export function sidesWith(sides: Sides): Sides & { verdict: Verdict; withinMargin: boolean } {
  return { ...sides, verdict: verdictOfSides(sides), withinMargin: sides.good && sides.keep };
}

export function verdictOfSides({ good, keep, better }: Sides): Verdict {
  if (keep) return 'keep-closed';
  if (better) return 'open-better';
  return good ? 'open-good-enough' : 'undecided';
}

const nothing = sidesWith({ good: false, keep: false, better: false });
