/** Each rater's own result, and whether several differ more than chance explains. */
import { type Counts, unitsOf } from '../stats/e-process.ts';
import { type Heterogeneity, heterogeneity } from '../stats/heterogeneity.ts';
import type { EstimateInterval } from '../stats/interval.ts';
import { tango } from '../stats/tango.ts';
import type { EvidenceUnit } from './verdict-shapes.ts';

export interface RaterNet {
  rater: string;
  votes: number;
  net: EstimateInterval;
}

/** False alarms are known from so many votes of each rater on (statistics.md §6); with fewer the tail is no p. */
export const fewestOfRater = 8;

export interface RatersDiffer extends Omit<Heterogeneity, 'differ'> {
  /** Null: fewer than two raters have votes enough to tell. */
  differ: boolean | null;
  raters: RaterNet[];
}

/** From every vote on the units, also those that are not the unit. */
export const raterNets = (evidence: readonly EvidenceUnit[]): RaterNet[] =>
  [...countsByRater(evidence)].map(([rater, { wins, ties, losses }]) => {
    const votes = wins + ties + losses;
    return { rater, votes, net: tango(wins, losses, votes) };
  });

/** Null below two raters. Those with few votes are shown, and nothing is concluded from them. */
export function ratersDiffer(evidence: readonly EvidenceUnit[]): RatersDiffer | null {
  const byRater = countsByRater(evidence);
  if (byRater.size < 2) return null;
  const enough = [...byRater.values()].filter((counts) => unitsOf(counts) >= fewestOfRater);
  const found = heterogeneity(enough);
  return { ...found, differ: enough.length < 2 ? null : found.differ, raters: raterNets(evidence) };
}

function countsByRater(evidence: readonly EvidenceUnit[]): Map<string, Counts> {
  const byRater = new Map<string, Counts>();
  for (const { rater, outcome } of evidence.flatMap(({ votes }) => votes)) {
    const counts = byRater.get(rater) ?? { wins: 0, ties: 0, losses: 0 };
    byRater.set(rater, counts);
    if (outcome === 'a') counts.wins += 1;
    else if (outcome === 'b') counts.losses += 1;
    else counts.ties += 1;
  }
  return byRater;
}
