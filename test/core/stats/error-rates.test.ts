/**
 * How often the rule is wrong when looked at after every vote, exactly (full enumeration), over the published grid.
 * The naive rule runs in the same harness and breaks its promise there: the harness can fail.
 */
import { describe, expect, it } from 'vitest';
import { binomialHalf } from '../../../src/stats/binomial-half.ts';
import type { Counts } from '../../../src/stats/e-process.ts';
import { tango } from '../../../src/stats/tango.ts';
import { defaultRule, leaning, verdict, verdictEvidence } from '../../../src/stats/verdict.ts';
import { decisive, type Outcome, outcomeTable, truthOf, walkPaths } from '../../helpers/vote-paths.ts';

const cap = 100;
const margin = 0.3;
const tieRates = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];

const evidence = new Map<string, { good: boolean; keep: boolean }>();
function reachedAt(counts: Counts, n: number) {
  const key = `${counts.wins} ${counts.losses} ${n}`;
  const known = evidence.get(key);
  if (known) return known;
  const { logEGood, logEKeep } = verdictEvidence(counts, margin);
  const level = Math.log(20) - 1e-12;
  const found = { good: n >= 8 && logEGood >= level, keep: n >= 8 && logEKeep >= level };
  evidence.set(key, found);
  return found;
}

const keepTable = outcomeTable(cap, (counts, n) => (reachedAt(counts, n).keep ? 'wrong' : null));
const goodTable = outcomeTable(cap, (counts, n) => (reachedAt(counts, n).good ? 'wrong' : null));

/** Worst over the tie rates that a theta allows, per number of votes. */
function worst(table: readonly Outcome[][][], theta: number, until: number, outcome = 'wrong'): number {
  const rates = tieRates.filter((ties) => Math.abs(theta) <= 1 - ties + 1e-12);
  return Math.max(
    ...rates.map((ties) => walkPaths(table.slice(0, until + 1), truthOf(theta, ties)).reached[outcome]?.[until] ?? 0),
  );
}

describe('wrong verdicts with a look after every vote [exact]', () => {
  it.each([
    [20, 0.024, 0.021],
    [40, 0.031, 0.029],
    [60, 0.035, 0.032],
    [100, 0.038, 0.035],
  ])('stays below 0.05 at a cap of %i, as published', (until, keep, good) => {
    const [wrongKeep, wrongGood] = [worst(keepTable, 0, until), worst(goodTable, -margin, until)];
    expect(wrongKeep).toBeLessThanOrEqual(0.05);
    expect(wrongGood).toBeLessThanOrEqual(0.05);
    expect(wrongKeep).toBeCloseTo(keep, 2);
    expect(wrongGood).toBeCloseTo(good, 2);
  });

  it('stays below 5 % away from the border as well', () => {
    for (const theta of [0.1, 0.3, 0.6]) expect(worst(keepTable, theta, 60)).toBeLessThan(0.035);
    for (const theta of [-0.4, -0.6]) expect(worst(goodTable, theta, 60)).toBeLessThan(0.032);
  });

  it('shows the naive rule wrong in 13 to 25 % of runs', () => {
    // Whichever test speaks first ends the run, as people do it.
    const naive = (counts: Counts, n: number): Outcome => {
      if (n < 5) return null;
      if (binomialHalf(counts.losses, counts.wins + counts.losses).greater <= 0.05) return 'keep';
      return tango(counts.wins, counts.losses, n, 0.9).lower > -margin ? 'good' : null;
    };
    const table = outcomeTable(60, naive);
    const [naiveKeep, naiveGood] = [worst(table, 0, 60, 'keep'), worst(table, -margin, 60, 'good')];
    expect(naiveKeep).toBeCloseTo(0.152, 2);
    expect(naiveGood).toBeGreaterThan(0.22);
    expect(naiveGood).toBeLessThan(0.25);
  });
});

describe('what votes can decide [exact]', () => {
  const table = outcomeTable(60, (counts) => {
    const found = verdict(counts, defaultRule).verdict;
    return found === 'undecided' ? null : found;
  });
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
  /** Shown only where the verdict is undecided. */
  const hint = (counts: Counts, n: number): string => {
    const { good, keep } = reachedAt(counts, n);
    return good || keep ? 'none' : leaning(verdictEvidence(counts, margin), n);
  };
  const leansOpen = outcomeTable(60, (counts, n) => (hint(counts, n) === 'leans-open' ? 'wrong' : null));
  const leansClosed = outcomeTable(60, (counts, n) => (hint(counts, n) === 'leans-closed' ? 'wrong' : null));

  it('are at most 1 in 3 when looked at after every vote, as published .23', () => {
    const found = Math.max(worst(leansClosed, 0, 60), worst(leansOpen, -margin, 60));
    expect(found).toBeLessThanOrEqual(1 / 3);
    expect(found).toBeCloseTo(0.23, 2);
  });

  it('are at most .13 at one look, 70 % ties included', () => {
    const oneLook = (table: readonly Outcome[][][], n: number) =>
      table.map((rows, at) => (at === n ? rows : rows.map((row) => row.map(() => null))));
    for (let n = 5; n <= 40; n += 1) {
      const found = Math.max(worst(oneLook(leansClosed, n), 0, n), worst(oneLook(leansOpen, n), -margin, n));
      expect(found, `at ${n} votes`).toBeLessThanOrEqual(0.13);
    }
  });
});
