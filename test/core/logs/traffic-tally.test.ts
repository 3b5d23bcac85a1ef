import { expect, it } from 'vitest';
import { TrafficTally } from '../../../src/logs/traffic-tally.ts';
import { trafficGrowth } from '../../../src/verdicts/traffic-growth.ts';

const start = Date.parse('2026-09-01T00:00:00.000Z');
const isoAt = (hours: number): string => new Date(start + hours * 3_600_000).toISOString();

/** So many calls in each hour, from the first of September on. */
function tally(hourly: readonly number[]): TrafficTally {
  const made = new TrafficTally();
  for (const [hour, calls] of hourly.entries())
    for (let n = 0; n < calls; n += 1) made.add(isoAt(hour), { in: 100, cached: 25 });
  return made;
}

it('counts whole weeks that end with the last hour, and reads their growth', () => {
  // Three days, then eight weeks of 168 hours, each a tenth above the last.
  const weeks = [100, 110, 121, 133, 146, 161, 177, 195];
  const hourly = [...Array(72).fill(1), ...weeks.flatMap((calls) => Array(168).fill(calls))] as number[];
  const traffic = tally(hourly).finish(isoAt(0), isoAt(hourly.length - 1));
  expect(traffic?.weekly).toEqual(weeks.map((calls) => calls * 168));
  // 1.1 a week is 1.1 ^ 4.345 = 1.513 a month of 30.4 days.
  expect(trafficGrowth(traffic?.weekly ?? [])?.estimate).toBeCloseTo(0.513, 2);
  expect(traffic?.cachedShare).toBe(0.25);
});

it('finds the busiest hours over the mean, from seven days on', () => {
  // Office hours: 8 of 24 with 30 calls, else none. Mean 10, 95th percentile 30.
  const day = Array.from({ length: 24 }, (_, hour) => (hour >= 9 && hour < 17 ? 30 : 0));
  const week = Array.from({ length: 7 }, () => day).flat();
  expect(tally([1, ...week.slice(1, -1), 1]).finish(isoAt(0), isoAt(167))?.peak).toBeCloseTo(3, 1);
  expect(tally(week.slice(0, 160)).finish(isoAt(0), isoAt(159))?.peak).toBeNull();
});

it('says nothing of a log without times, and null where no record tells what was cached', () => {
  const none = new TrafficTally();
  none.add(undefined, { in: 10 });
  expect(none.finish(undefined, undefined)).toBeUndefined();
  none.add(isoAt(0), { in: 10 });
  none.add(isoAt(1), undefined);
  expect(none.finish(isoAt(0), isoAt(1))).toMatchObject({ cachedShare: null, peak: null, weekly: [] });
});
