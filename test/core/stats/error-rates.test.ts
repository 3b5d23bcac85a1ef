/**
 * How often the rule is wrong when looked at after every vote, exactly (full enumeration), over the published grid.
 * The naive rule runs in the same harness and breaks its promise there: the harness can fail.
 */
import { describe, expect, it } from 'vitest';
import { decisive, type Outcome, walkPaths } from '../../helpers/vote-paths.ts';
import {
  borders,
  naiveTable,
  verdictTable,
  worst,
  worstOfRule,
  wrongGood,
  wrongKeep,
  wrongLeaning,
} from '../../proof/error-rates.ts';

const keepTable = wrongKeep(100);
const goodTable = wrongGood(100);

describe('wrong verdicts with a look after every vote [exact]', () => {
  it.each([
    [20, 0.024, 0.021],
    [40, 0.031, 0.029],
    [60, 0.035, 0.032],
    [100, 0.038, 0.035],
  ])('stays below 0.05 at a cap of %i, as published', (until, keep, good) => {
    const found = [worst(keepTable, borders.keep, until), worst(goodTable, borders.good, until)];
    for (const wrong of found) expect(wrong).toBeLessThanOrEqual(0.05);
    expect(found[0]).toBeCloseTo(keep, 2);
    expect(found[1]).toBeCloseTo(good, 2);
  });

  it('stays below 5 % away from the border as well', () => {
    for (const theta of [0.1, 0.3, 0.6]) expect(worst(keepTable, theta, 60)).toBeLessThan(0.035);
    for (const theta of [-0.4, -0.6]) expect(worst(goodTable, theta, 60)).toBeLessThan(0.032);
  });

  it('shows the naive rule wrong in 13 to 25 % of runs', () => {
    const table = naiveTable(60);
    const [naiveKeep, naiveGood] = [worst(table, borders.keep, 60, 'keep'), worst(table, borders.good, 60, 'good')];
    expect(naiveKeep).toBeCloseTo(0.152, 2);
    expect(naiveGood).toBeGreaterThan(0.22);
    expect(naiveGood).toBeLessThan(0.25);
  });
});

describe('one look at the planned votes, then every later vote to 60 [exact]', () => {
  // Published: each error at most .04993 at every tie rate.
  it.each([8, 12, 24, 36, 60])('is wrong in at most 5 of 100, with %i planned', (planned) => {
    const { good, keep, better } = worstOfRule(planned);
    for (const wrong of [good, keep, better]) {
      expect(wrong).toBeLessThanOrEqual(0.04994);
      expect(wrong).toBeGreaterThan(0.02);
    }
  });
});

describe('what votes can decide by the e-process alone [exact]', () => {
  const table = verdictTable(60);
  const published: [number, number, string, number, number][] = [
    // open's share of decisive votes, expected votes, verdict, P at 20 votes, P at 60
    [0.1, 13, 'keep-closed', 0.92, 1],
    [0.2, 21, 'keep-closed', 0.61, 0.97],
    [0.3, 37, 'keep-closed', 0.28, 0.67],
    [0.4, 47, 'keep-closed', 0.09, 0.21],
    [0.5, 40, 'open-good-enough', 0.24, 0.58],
    [0.6, 25, 'open-good-enough', 0.51, 0.93],
    [0.7, 15, 'open-good-enough', 0.8, 1],
    [0.8, 11, 'open-good-enough', 0.96, 1],
    [0.9, 9, 'open-good-enough', 1, 1],
  ];
  it.each(published)('agrees with the published table at %f', (open, votes, outcome, at20, at60) => {
    const { reached, expectedVotes } = walkPaths(table, decisive(open));
    expect(Math.abs(expectedVotes - votes)).toBeLessThanOrEqual(Math.max(0.05 * votes, 0.6));
    expect(Math.abs((reached[outcome]?.[20] ?? 0) - at20)).toBeLessThanOrEqual(0.011);
    expect(Math.abs((reached[outcome]?.[60] ?? 0) - at60)).toBeLessThanOrEqual(0.011);
  });
});

describe('wrong leanings [exact]', () => {
  const leansOpen = wrongLeaning(60, 'leans-open');
  const leansClosed = wrongLeaning(60, 'leans-closed');

  it('are at most 1 in 3 when looked at after every vote, as published .23', () => {
    const found = Math.max(worst(leansClosed, borders.keep, 60), worst(leansOpen, borders.good, 60));
    expect(found).toBeLessThanOrEqual(1 / 3);
    expect(found).toBeCloseTo(0.23, 2);
  });

  it('are at most .13 at one look, 70 % ties included', () => {
    const oneLook = (table: readonly Outcome[][][], n: number) =>
      table.map((rows, at) => (at === n ? rows : rows.map((row) => row.map(() => null))));
    for (let n = 5; n <= 40; n += 1) {
      const found = Math.max(
        worst(oneLook(leansClosed, n), borders.keep, n),
        worst(oneLook(leansOpen, n), borders.good, n),
      );
      expect(found, `at ${n} votes`).toBeLessThanOrEqual(0.13);
    }
  });
});
