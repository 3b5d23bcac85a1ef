/** How the evidence of a scope went from vote to vote, once votes were added to the planned ones. */
import { unitsOf } from '../stats/e-process.ts';
import { stratifiedLogE, type VotedStratum } from '../stats/stratified-evidence.ts';
import { type Evidence, evidenceOf, votesRead, withScore } from '../stats/task-verdict.ts';
import { type Scope, startStrata } from './rule.ts';

export interface EvidencePoint extends Evidence {
  /** Units read so far. */
  votes: number;
}

/** More points would lie on each other. */
const mostPoints = 60;

/**
 * Natural logs of the e-values on the planned votes and after later ones, the last included; at most 60 of them, and
 * those at `always`. Empty without later votes. Of a task nothing is read after vote 60, as in the verdict.
 */
export function evidencePath(scope: Scope, margin: number, always: readonly (number | null)[]): EvidencePoint[] {
  const strata = startStrata(scope);
  const later = scope.batches.slice(1).flat();
  const first = strata.reduce((sum, stratum) => sum + unitsOf(stratum), 0);
  const read = strata.length === 1 ? later.slice(0, Math.max(0, votesRead - first)) : later;
  if (read.length === 0) return [];
  const every = Math.ceil(read.length / mostPoints);
  const points = [pointOf(strata, margin)];
  for (const [at, { stratum, score }] of read.entries()) {
    const one = strata[stratum];
    if (one) Object.assign(one, withScore(one, score));
    const votes = first + at + 1;
    const isLast = at === read.length - 1;
    if (isLast || (at + 1) % every === 0 || always.includes(votes)) points.push(pointOf(strata, margin));
  }
  return points;
}

function pointOf(strata: readonly VotedStratum[], margin: number): EvidencePoint {
  const votes = strata.reduce((sum, stratum) => sum + unitsOf(stratum), 0);
  const [only] = strata;
  if (strata.length === 1 && only) return { votes, ...evidenceOf(only, margin) };
  return {
    votes,
    logEGood: stratifiedLogE(strata, -margin, 'gt'),
    logEKeep: stratifiedLogE(strata, 0, 'lt'),
    logEBetter: stratifiedLogE(strata, 0, 'gt'),
  };
}
