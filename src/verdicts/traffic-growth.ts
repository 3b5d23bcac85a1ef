/** How fast a log's own volume grows, from its whole weeks. */
import type { EstimateInterval } from '../stats/interval.ts';
import { theilSen } from '../stats/theil-sen.ts';

/** Below so many whole weeks a trend is a guess. */
const leastWeeks = 8;
const weeksPerMonth = 365 / 12 / 7;

/** Growth a month (.02 = 2 %) with 95 % limits; null below eight whole weeks, or with a week without a call. */
export function trafficGrowth(weekly: readonly number[]): EstimateInterval | null {
  if (weekly.length < leastWeeks || weekly.some((calls) => calls <= 0)) return null;
  const slope = theilSen(weekly.map(Math.log));
  if (slope === null) return null;
  const perMonth = (perWeek: number): number => Math.exp(perWeek * weeksPerMonth) - 1;
  return { estimate: perMonth(slope.estimate), lower: perMonth(slope.lower), upper: perMonth(slope.upper) };
}

/** Months until `volume` reaches `goal` at a growth a month; null where it never does. */
export function monthsUntil(volume: number, goal: number, growth: number): number | null {
  if (volume >= goal) return 0;
  return growth > 0 && volume > 0 ? Math.log(goal / volume) / Math.log(1 + growth) : null;
}
