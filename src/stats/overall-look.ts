import { unitsOf } from './e-process.ts';
import { clamp, type EstimateInterval, type Interval } from './interval.ts';
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
  return { allowed, ...combined, ...sidesOf(combined, allowed, margin) };
}

function sidesOf({ lower, upper }: Interval, allowed: boolean, margin: number): Sides {
  const border = Math.min(margin, largestOrdinaryMargin);
  const better = allowed && lower > slack;
  return { good: better || (allowed && lower > -border - slack), keep: allowed && upper < slack, better };
}

/**
 * The sides of `overallLook` for many draws from one plan: by stratum its wins and losses, everything else a tie. Null
 * where such a look is not allowed, or one stratum is looked at by the rule of a task.
 */
export function manyLooks(
  strata: readonly { weight: number; planned: number }[],
  margin: number,
): ((wins: readonly number[], losses: readonly number[]) => Sides) | null {
  const plan = strata.map(({ weight, planned }) => ({ weight, planned, wins: 0, ties: planned, losses: 0 }));
  const weighed = plan.filter(({ weight }) => weight > 0);
  if (weighed.length < 2 || !overallLook(plan, margin).allowed) return null;
  const z = quantileFor(weighed);
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  const known = strata.map(({ planned }) => new Array<Part | undefined>((planned + 1) ** 2));
  return (wins, losses) => {
    const parts: Part[] = [];
    for (const [at, { weight, planned }] of strata.entries()) {
      if (weight <= 0) continue;
      const [won = 0, lost = 0] = [wins[at], losses[at]];
      const table = known[at] as (Part | undefined)[];
      const index = won * (planned + 1) + lost;
      const part = table[index] ?? partOf(weight / total, won, lost, planned, z);
      table[index] = part;
      parts.push(part);
    }
    return sidesOf(sumOf(parts), true, margin);
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
  return sumOf(
    strata.map(({ weight, wins, losses, ties }) => partOf(weight / total, wins, losses, wins + ties + losses, z)),
  );
}

/** What one stratum brings: its share of the mean, and the squares that MOVER adds up. */
type Part = Record<'estimate' | 'below' | 'above', number>;

function partOf(omega: number, wins: number, losses: number, votes: number, z: number): Part {
  const { estimate, lower, upper } = tangoAt(wins, losses, votes, z);
  return {
    estimate: omega * estimate,
    below: (omega * (estimate - lower)) ** 2,
    above: (omega * (upper - estimate)) ** 2,
  };
}

function sumOf(parts: readonly Part[]): EstimateInterval {
  let [estimate, below, above] = [0, 0, 0];
  for (const part of parts) {
    estimate += part.estimate;
    below += part.below;
    above += part.above;
  }
  const [lower, upper] = [estimate - Math.sqrt(below), estimate + Math.sqrt(above)];
  return { estimate, lower: clamp(lower, -1, estimate), upper: clamp(upper, estimate, 1) };
}
