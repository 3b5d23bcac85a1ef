import { describe, expect, test } from 'vitest';
import { type Lifetime, survivalAt, survivalCurve } from '../../../src/stats/kaplan-meier.ts';

/** Weeks in remission under 6-MP (Freireich and others 1963); a plus was still in remission. */
const weeks = '6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+'.split(' ');
const remission: Lifetime[] = weeks.map((word, at) => ({
  cluster: `patient ${at}`,
  time: Number.parseInt(word, 10),
  event: !word.endsWith('+'),
}));

/** As R's survfit prints it, with Greenwood's standard error. */
const published = [
  [6, 21, 0.857, 0.0764],
  [7, 17, 0.807, 0.0869],
  [10, 15, 0.753, 0.0963],
  [13, 12, 0.69, 0.1068],
  [16, 11, 0.627, 0.1141],
  [22, 7, 0.538, 0.1282],
  [23, 6, 0.448, 0.1346],
] as const;

describe('a published curve', () => {
  test.each(published)('at week %i %i patients are watched and %f last longer', (time, atRisk, chance) => {
    const point = survivalCurve(remission).find((one) => one.time === time);
    expect(point?.atRisk).toBe(atRisk);
    expect(point?.chance).toBeCloseTo(chance, 3);
  });

  test('it falls at the published weeks and at no other', () => {
    expect(survivalCurve(remission).map(({ time }) => time)).toEqual(published.map(([time]) => time));
  });

  test.each(published)('at week %i the width fits the published standard error', (time, _, chance, error) => {
    const point = survivalAt(remission, [time])[0];
    const loglog = (value: number) => Math.log(-Math.log(value));
    // t with 20 degrees of freedom.
    const half = (2.086 * error) / Math.abs(chance * Math.log(chance));
    expect((loglog(point?.lower ?? 0) - loglog(point?.upper ?? 0)) / 2 / half).toBeGreaterThan(0.97);
    expect((loglog(point?.lower ?? 0) - loglog(point?.upper ?? 0)) / 2 / half).toBeLessThan(1.2);
  });
});

describe('what is not known', () => {
  const watched = (time: number, event: boolean, cluster = String(time)): Lifetime => ({ cluster, time, event });

  test('nothing is said behind the last observation', () => {
    expect(survivalAt(remission, [36])).toEqual([null]);
    expect(survivalAt(remission, [35])[0]?.chance).toBeCloseTo(0.448, 3);
  });

  test('where everything ended, the curve stays at 0', () => {
    const point = survivalAt([watched(1, true), watched(2, true)], [50])[0];
    expect(point).toMatchObject({ chance: 0, atRisk: 0, lower: 0 });
  });

  test('without an end the upper limit is 1 and few jobs leave much possible', () => {
    const five = Array.from({ length: 5 }, (_, at) => watched(10, false, `job ${at}`));
    const point = survivalAt(five, [10])[0];
    expect(point).toMatchObject({ chance: 1, upper: 1 });
    // .025 ** (1 / 5): what five of five still leave possible.
    expect(point?.lower).toBeCloseTo(0.478, 3);
  });

  test('one job alone has no limits', () => {
    expect(survivalAt([watched(1, true, 'a'), watched(3, false, 'a')], [2])[0]).toMatchObject({
      chance: 0.5,
      lower: null,
      upper: null,
    });
  });

  test('no observation gives no curve', () => {
    expect(survivalCurve([])).toEqual([]);
    expect(survivalAt([], [5])).toEqual([]);
  });

  test('an end and a last look at one time: whoever was last seen then was still watched', () => {
    expect(survivalAt([watched(5, true, 'a'), watched(5, false, 'b')], [5])[0]?.chance).toBe(0.5);
  });
});

test('three trials of one job count as one when limits are made', () => {
  const jobs = (copies: number): Lifetime[] =>
    Array.from({ length: 10 }, (_, job) =>
      Array.from({ length: copies }, () => ({ cluster: `job ${job}`, time: job + 1, event: job % 2 === 0 })),
    ).flat();
  const [one, three] = [survivalAt(jobs(1), [5])[0], survivalAt(jobs(3), [5])[0]];
  expect(three?.chance).toBeCloseTo(one?.chance ?? 0, 10);
  expect(three?.lower).toBeCloseTo(one?.lower ?? 0, 10);
  expect(three?.upper).toBeCloseTo(one?.upper ?? 0, 10);
});
