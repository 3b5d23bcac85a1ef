/** Point estimates with intervals over units: by prompt, and by traffic where a scope has strata. */
import type { RunRecord } from '../records/run-record.ts';
import type { EstimateInterval } from '../stats/interval.ts';
import { zOf } from '../stats/normal.ts';
import { type WeighedStratum, weighted } from '../stats/overall-look.ts';
import { tango } from '../stats/tango.ts';
import type { EvidenceUnit } from './verdict-shapes.ts';

/** What one unit says, +1, 0 or -1. */
export type UnitValue = (unit: EvidenceUnit) => number;

export const preference: UnitValue = ({ score }) => score;
/** +1 only a would have to be redone, -1 only b: a difference of shares, a minus b. */
export const redoDifference: UnitValue = ({ retryScore }) => 0 - retryScore;

/** Prompts count alike; null without units. */
export function estimateByPrompt(units: readonly EvidenceUnit[], value: UnitValue): EstimateInterval | null {
  if (units.length === 0) return null;
  const { wins, losses } = countsOf(units, value);
  return tango(wins, losses, units.length);
}

function countsOf(units: readonly EvidenceUnit[], value: UnitValue) {
  const wins = units.filter((unit) => value(unit) > 0).length;
  const losses = units.filter((unit) => value(unit) < 0).length;
  return { wins, losses, ties: units.length - wins - losses };
}

/**
 * The same by traffic: strata are tasks, and with over-sampling tasks x difficulty. Strata without votes are left out.
 * Where no traffic is known the strata count by their units.
 */
export function estimateByTraffic(
  run: RunRecord,
  units: readonly EvidenceUnit[],
  value: UnitValue,
): EstimateInterval | null {
  if (units.length === 0) return null;
  const groups = new Map<string, EvidenceUnit[]>();
  for (const unit of units) {
    const key = run.settings.hard === null ? unit.task : `${unit.difficulty} ${unit.task}`;
    groups.set(key, [...(groups.get(key) ?? []), unit]);
  }
  const strata = [...groups.values()].map(
    (group): WeighedStratum => ({ weight: trafficOf(run, group[0]), ...countsOf(group, value) }),
  );
  const known = strata.some(({ weight }) => weight > 0);
  const weighed = known
    ? strata.filter(({ weight }) => weight > 0)
    : [...groups.values()].map((group) => ({ ...countsOf(group, value), weight: group.length }));
  return weighted(weighed, zOf(0.95));
}

function trafficOf(run: RunRecord, unit: EvidenceUnit | undefined): number {
  const plan = run.tasks.find(({ task }) => task === unit?.task);
  if (!plan || !unit || plan.planned === 0) return 0;
  if (run.settings.hard === null) return plan.traffic;
  return plan.traffic * (unit.difficulty === 'hard' ? plan.hardTraffic : 1 - plan.hardTraffic);
}
