/**
 * Theil-Sen slope of a series at equal distances, with limits from Kendall's statistic.
 * Sources: Sen 1968, JASA 63:1379; Hollander, Wolfe & Chicken 2014, Nonparametric Statistical Methods, section 9.3.
 */
import type { EstimateInterval } from './interval.ts';
import { zOf } from './normal.ts';

/** Beyond so many points the normal approximation of Kendall's statistic is exact enough. */
const exactUpTo = 40;

/** Median slope per step and its limits at `conf`; null below 4 points, where no limits exist at 95 %. */
export function theilSen(values: readonly number[], conf = 0.95): EstimateInterval | null {
  const n = values.length;
  if (n < 4) return null;
  const slopes = values
    .flatMap((later, j) => values.slice(0, j).map((earlier, i) => (later - earlier) / (j - i)))
    .sort((x, y) => x - y);
  const within = (slopes.length - kendallCritical(n, 1 - conf)) / 2;
  if (within < 1) return null;
  return {
    estimate: medianOf(slopes),
    lower: slopes[Math.floor(within) - 1] ?? Number.NEGATIVE_INFINITY,
    upper: slopes[slopes.length - Math.floor(within)] ?? Number.POSITIVE_INFINITY,
  };
}

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? 0, sorted[Math.floor(middle)] ?? 0];
  return (low + high) / 2;
}

/** Two less than the smallest k with P(S >= k) <= alpha / 2, where S counts concordant less discordant pairs. */
function kendallCritical(n: number, alpha: number): number {
  const pairs = (n * (n - 1)) / 2;
  if (n > exactUpTo) return Math.round(zOf(1 - alpha) * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18));
  const shares = inversionShares(n);
  let tail = 0;
  // S = pairs - 2 * inversions: the largest S has no inversion.
  for (const [inversions, share] of shares.entries()) {
    if (tail + share > alpha / 2) return pairs - 2 * inversions;
    tail += share;
  }
  return pairs;
}

/** Share of the orders of n things by their number of inversions. */
function inversionShares(n: number): number[] {
  let shares = [1];
  for (let size = 2; size <= n; size += 1) {
    const next = Array.from({ length: shares.length + size - 1 }, () => 0);
    for (const [at, share] of shares.entries())
      for (let more = 0; more < size; more += 1) next[at + more] = (next[at + more] ?? 0) + share / size;
    shares = next;
  }
  return shares;
}
