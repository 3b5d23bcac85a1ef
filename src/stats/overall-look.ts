import { unitsOf } from './e-process.ts';
import { clamp, type EstimateInterval } from './interval.ts';
import { largestOrdinaryMargin, plannedLook, printedLower, type Sides } from './planned-look.ts';
import type { VotedStratum } from './stratified-evidence.ts';
import { tangoAt } from './tango.ts';
import { defaultRule } from './verdict.ts';

export type WeighedStratum = Omit<VotedStratum, 'planned'>;

export interface OverallLook extends Sides, EstimateInterval {
  /** False: too few votes or too many strata for one look; only what holds at any time is read then. */
  allowed: boolean;
}

const baseQuantile = 2.2;
const fewestVotes = 6;
const mostStrata = 8;
const slack = 1e-9;

/**
 * The look at the planned votes of all strata, by traffic: limits of each stratum combined by MOVER. Errors at most
 * 5 %, by search over truths and plans. One stratum is the planned look of a task. Strata without votes say nothing.
 */
export function overallLook(strata: readonly VotedStratum[], margin: number): OverallLook {
  const weighed = strata.filter(({ weight }) => weight > 0);
  const voted = weighed.filter((stratum) => unitsOf(stratum) > 0);
  const [only] = voted;
  if (weighed.length === 1 && only) return ofOne(only, margin);
  const combined = weighted(voted, quantileFor(voted));
  const allowed =
    weighed.length > 0 && weighed.length <= mostStrata && weighed.every((each) => unitsOf(each) >= fewestVotes);
  const border = Math.min(margin, largestOrdinaryMargin);
  const better = allowed && combined.lower > slack;
  return {
    allowed,
    ...combined,
    good: better || (allowed && combined.lower > -border - slack),
    keep: allowed && combined.upper < slack,
    better,
  };
}

function ofOne(stratum: VotedStratum, margin: number): OverallLook {
  const { good, keep, better, upper, n, ...rest } = plannedLook(stratum, margin);
  const lower = printedLower({ good, keep, better, upper, n, ...rest }, stratum, margin);
  const estimate = (stratum.wins - stratum.losses) / n;
  return { allowed: n >= defaultRule.minVotes, estimate, lower, upper, good, keep, better };
}

function quantileFor(strata: readonly VotedStratum[]): number {
  const small = strata.some((stratum) => unitsOf(stratum) < defaultRule.minVotes);
  const steps = Number(strata.length >= 4) + Number(strata.length >= 6) + Number(small);
  return baseQuantile + 0.1 * steps;
}

/** The mean over strata by their weights; limits of each stratum's Tango interval at z, combined by MOVER. */
export function weighted(strata: readonly WeighedStratum[], z: number): EstimateInterval {
  const total = strata.reduce((sum, { weight }) => sum + weight, 0);
  if (total <= 0) return { estimate: 0, lower: -1, upper: 1 };
  let [estimate, below, above] = [0, 0, 0];
  for (const stratum of strata) {
    const omega = stratum.weight / total;
    const limits = tangoAt(stratum.wins, stratum.losses, unitsOf(stratum), z);
    estimate += omega * limits.estimate;
    below += (omega * (limits.estimate - limits.lower)) ** 2;
    above += (omega * (limits.upper - limits.estimate)) ** 2;
  }
  const [lower, upper] = [estimate - Math.sqrt(below), estimate + Math.sqrt(above)];
  return { estimate, lower: clamp(lower, -1, estimate), upper: clamp(upper, estimate, 1) };
}
