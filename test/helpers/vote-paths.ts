/**
 * Exact probabilities of sequences of votes: every path of wins, ties and losses, no sampling error. A rule is looked at
 * after every vote; a path that reaches something stops there.
 */
import type { Counts } from '../../src/stats/e-process.ts';

/** Probabilities of one vote. */
export interface Truth {
  win: number;
  tie: number;
  loss: number;
}

/** Truth with net preference theta and a share of ties; |theta| <= 1 - ties. */
export const truthOf = (theta: number, ties: number): Truth => ({
  win: (1 - ties + theta) / 2,
  tie: ties,
  loss: (1 - ties - theta) / 2,
});

/** Truth from open's share of decisive votes. */
export const decisive = (open: number, ties = 0.2): Truth => ({
  win: (1 - ties) * open,
  tie: ties,
  loss: (1 - ties) * (1 - open),
});

export type Outcome = string | null;

/** What a rule says at every count up to `cap` votes, worked out once. */
export function outcomeTable(cap: number, rule: (counts: Counts, n: number) => Outcome): Outcome[][][] {
  return Array.from({ length: cap + 1 }, (_, n) =>
    Array.from({ length: n + 1 }, (__, wins) =>
      Array.from({ length: n - wins + 1 }, (___, losses) => rule({ wins, losses, ties: n - wins - losses }, n)),
    ),
  );
}

export interface PathResult {
  /** Probability of having reached each outcome at the latest after n votes: `reached[outcome][n]`. */
  reached: Record<string, number[]>;
  /** Expected number of votes, `cap` where nothing is reached. */
  expectedVotes: number;
}

/** Walks all paths under one truth, absorbing at the first outcome. */
export function walkPaths(table: readonly Outcome[][][], truth: Truth): PathResult {
  const cap = table.length - 1;
  const reached: Record<string, number[]> = {};
  let mass: Float64Array[] = [Float64Array.of(1)];
  let expectedVotes = 0;
  for (let n = 1; n <= cap; n += 1) {
    const next = Array.from({ length: n + 1 }, (_, wins) => new Float64Array(n - wins + 1));
    let alive = 0;
    for (const [wins, row] of mass.entries()) {
      for (const [losses, p] of row.entries()) {
        if (p === 0) continue;
        alive += p;
        add(next, wins + 1, losses, p * truth.win);
        add(next, wins, losses, p * truth.tie);
        add(next, wins, losses + 1, p * truth.loss);
      }
    }
    expectedVotes += alive;
    for (const series of Object.values(reached)) series[n] = series[n - 1] ?? 0;
    for (const [wins, row] of next.entries()) {
      for (const [losses, p] of row.entries()) {
        const outcome = table[n]?.[wins]?.[losses] ?? null;
        if (outcome === null || p === 0) continue;
        const series = reached[outcome] ?? new Array<number>(n + 1).fill(0);
        reached[outcome] = series;
        series[n] = (series[n] ?? 0) + p;
        row[losses] = 0;
      }
    }
    mass = next;
  }
  return { reached, expectedVotes };
}

function add(mass: readonly Float64Array[], wins: number, losses: number, p: number): void {
  const row = mass[wins];
  if (row) row[losses] = (row[losses] ?? 0) + p;
}

/** mulberry32: the same draws on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const draw = (random: () => number, { win, tie }: Truth): 1 | 0 | -1 => {
  const u = random();
  return u < win ? 1 : u < win + tie ? 0 : -1;
};
