/** Point estimates with intervals over units: by prompt, and by traffic where a scope has strata. */
import type { RunRecord } from '../records/run-record.ts';
import { clusteredTango } from '../stats/clustered-tango.ts';
import type { EstimateInterval } from '../stats/interval.ts';
import { overallWeighted, type Stratum } from '../stats/overall-weighted.ts';
import type { EvidenceUnit, UnblindedVote } from './verdict.ts';

/** What one vote says, +1, 0 or -1. */
export type VoteValue = (vote: UnblindedVote) => number;

export const preference: VoteValue = ({ outcome }) => (outcome === 'a' ? 1 : outcome === 'b' ? -1 : 0);
/** +1 only a would have to be redone, -1 only b: a difference of shares, a minus b. */
export const redoDifference: VoteValue = ({ redo }) => Number(redo.a) - Number(redo.b);

/** Prompts count alike, several votes on one are a cluster; null without units. */
export function estimateByPrompt(units: readonly EvidenceUnit[], value: VoteValue): EstimateInterval | null {
  if (units.length === 0) return null;
  const { estimate, lower, upper } = clusteredTango(votesOf(units, value));
  return { estimate, lower, upper };
}

const votesOf = (units: readonly EvidenceUnit[], value: VoteValue): number[][] =>
  units.map((unit) => (unit.votes.length === 0 ? [0] : unit.votes.map(value)));

/**
 * The same by traffic: strata are tasks, and with over-sampling tasks x difficulty. Strata without votes are left out.
 * Where no traffic is known the strata count by their units.
 */
export function estimateByTraffic(
  run: RunRecord,
  units: readonly EvidenceUnit[],
  value: VoteValue,
): EstimateInterval | null {
  const groups = new Map<string, EvidenceUnit[]>();
  for (const unit of units) {
    const key = run.settings.hard === null ? unit.task : `${unit.difficulty} ${unit.task}`;
    groups.set(key, [...(groups.get(key) ?? []), unit]);
  }
  const strata = [...groups.values()].map((group): Stratum => {
    const { wins, losses, nEff } = clusteredTango(votesOf(group, value));
    return { weight: trafficOf(run, group[0]), wins, losses, n: nEff };
  });
  const byTraffic = overallWeighted(strata);
  if (byTraffic) return byTraffic;
  return overallWeighted(
    [...groups.values()].map((group, at) => ({ ...(strata[at] as Stratum), weight: group.length })),
  );
}

function trafficOf(run: RunRecord, unit: EvidenceUnit | undefined): number {
  const plan = run.tasks.find(({ task }) => task === unit?.task);
  if (!plan || !unit) return 0;
  if (run.settings.hard === null) return plan.traffic;
  return plan.traffic * (unit.difficulty === 'hard' ? plan.hardTraffic : 1 - plan.hardTraffic);
}
