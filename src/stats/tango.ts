import { around, type EstimateInterval, fallingRoot } from './interval.ts';
import { zOf } from './normal.ts';

/**
 * Tango's score interval for the difference (b - c) / n of paired outcomes, in [-1, 1].
 * Net preference: b = wins, c = losses; redo difference: b = only open, c = only closed; n = all pairs.
 * Non-integers are allowed. n = 0 gives [-1, 1] around 0: nothing is known.
 * Source: Tango 1998, Statistics in Medicine 17:891; roots by bisection.
 */
export const tango = (b: number, c: number, n: number, conf = 0.95): EstimateInterval => tangoAt(b, c, n, zOf(conf));

/** A plan's chances look thousands of times at the same few counts. */
const known = new Map<string, EstimateInterval>();
const mostKnown = 5_000;

/** The same interval at a normal quantile z > 0 instead of a level. */
export function tangoAt(b: number, c: number, n: number, z: number): EstimateInterval {
  if (n <= 0) return { estimate: 0, lower: -1, upper: 1 };
  const key = `${b} ${c} ${n} ${z}`;
  const found = known.get(key) ?? Object.freeze(solved(b, c, n, z));
  if (known.size < mostKnown) known.set(key, found);
  return found;
}

function solved(b: number, c: number, n: number, z: number): EstimateInterval {
  const estimate = (b - c) / n;
  const score = (difference: number): number => tangoScore(b, c, n, difference);
  const lower = c >= n ? -1 : fallingRoot(score, z, -1, estimate);
  const upper = b >= n ? 1 : fallingRoot(score, -z, estimate, 1);
  return around(estimate, lower, upper);
}

/** z(d): how far b - c is from n d, in standard errors under the best q for that d. Falls in d. */
export function tangoScore(b: number, c: number, n: number, d: number): number {
  const distance = b - c - n * d;
  if (Math.abs(distance) < 1e-15) return 0;
  const linear = -b - c + (2 * n - b + c) * d;
  const constant = -c * d * (1 - d);
  const root = Math.sqrt(Math.max(0, linear * linear - 8 * n * constant));
  const q = (root - linear) / (4 * n);
  const variance = n * (2 * q + d * (1 - d));
  return variance > 0 ? distance / Math.sqrt(variance) : Math.sign(distance) * Number.MAX_VALUE;
}
