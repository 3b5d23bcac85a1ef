import { chiSquare1Tail } from './normal.ts';

/** [[a, b], [c, d]]: rows longer = open / closed, columns winner open / closed. */
export type TwoByTwo = readonly [readonly [number, number], readonly [number, number]];

export interface PooledOdds {
  /** Above 1: the longer answer is favoured. Null when a margin is empty. */
  oddsRatio: number | null;
  /** Standard error of its natural log (Robins, Breslow & Greenland 1986). */
  logOrSe: number | null;
  /** Cochran-Mantel-Haenszel, no continuity correction; null when no table can tell. */
  chi2: number | null;
  p: number | null;
}

/** Pooled odds ratio over tables (one per task). Source: Mantel & Haenszel 1959. */
export function mantelHaenszel(tables: readonly TwoByTwo[]): PooledOdds {
  let [r, s, pr, mixed, qs, excess, variance] = [0, 0, 0, 0, 0, 0, 0];
  for (const [[a, b], [c, d]] of tables) {
    const n = a + b + c + d;
    if (n === 0) continue;
    const [p, q] = [(a + d) / n, (b + c) / n];
    const [ad, bc] = [(a * d) / n, (b * c) / n];
    r += ad;
    s += bc;
    pr += p * ad;
    mixed += p * bc + q * ad;
    qs += q * bc;
    excess += a - ((a + b) * (a + c)) / n;
    if (n > 1) variance += ((a + b) * (c + d) * (a + c) * (b + d)) / (n * n * (n - 1));
  }
  const known = r > 0 && s > 0;
  const chi2 = variance > 0 ? excess ** 2 / variance : null;
  return {
    oddsRatio: known ? r / s : null,
    logOrSe: known ? Math.sqrt(pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s)) : null,
    chi2,
    p: chi2 === null ? null : chiSquare1Tail(chi2),
  };
}
