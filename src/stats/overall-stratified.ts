import { unitsOf } from './e-process.ts';
import type { Interval } from './interval.ts';
import { overallLook } from './overall-look.ts';
import { stratifiedLimits, stratifiedLogE, type VotedStratum } from './stratified-evidence.ts';
import {
  decided,
  type Evidence,
  intersection,
  noneReached,
  type Reached,
  reachedAt,
  sidesAt,
  withScore,
} from './task-verdict.ts';
import type { Verdict } from './verdict.ts';

/** A vote after the planned ones: the index of its stratum, its score +1, 0 or -1, and the batch it belongs to. */
export interface LaterVote {
  stratum: number;
  score: number;
  batch?: number;
}

export interface OverallVerdict extends Reached, Evidence, Interval {
  n: number;
  verdict: Verdict;
  withinMargin: boolean;
  disagree: boolean;
}

/**
 * The verdict by traffic: the planned votes once, by their counts (where one look is allowed; else the e-value on
 * them); then every later vote in its order. The interval is the look's, and after later votes the running intersection
 * at each end of a batch and where a verdict is reached.
 */
export function overallStratified(
  planned: readonly VotedStratum[],
  later: readonly LaterVote[],
  margin: number,
): OverallVerdict {
  const look = overallLook(planned, margin);
  const strata = planned.map((stratum) => ({ ...stratum }));
  let n = strata.reduce((sum, stratum) => sum + unitsOf(stratum), 0);
  let evidence = evidenceFor(strata, margin);
  let reached = n > 0 ? reachedAt(noneReached, look.allowed ? look : sidesAt(evidence), n) : noneReached;
  let limits: Interval = look.allowed ? look : n > 0 ? stratifiedLimits(strata) : { lower: -1, upper: 1 };
  for (const [at, vote] of later.entries()) {
    const stratum = strata[vote.stratum];
    if (!stratum) continue;
    Object.assign(stratum, withScore(stratum, vote.score));
    n += 1;
    evidence = evidenceFor(strata, margin);
    const now = reachedAt(reached, sidesAt(evidence), n);
    const isNew = Object.values(now).some((value, index) => value !== Object.values(reached)[index]);
    const endsBatch = later[at + 1]?.batch !== vote.batch || at === later.length - 1;
    if (isNew || endsBatch) limits = intersection(limits, stratifiedLimits(strata));
    reached = now;
  }
  const { lower, upper } = limits;
  return { n, ...reached, ...decided(reached), lower, upper, disagree: lower > upper, ...evidence };
}

const evidenceFor = (strata: readonly VotedStratum[], margin: number): Evidence => ({
  logEGood: stratifiedLogE(strata, -margin, 'gt'),
  logEKeep: stratifiedLogE(strata, 0, 'lt'),
  logEBetter: stratifiedLogE(strata, 0, 'gt'),
});
