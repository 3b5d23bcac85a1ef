import type { EstimateInterval } from './interval.ts';
import { zOf } from './normal.ts';

/**
 * Mean of paired differences with Student's t interval; null below 2 differences. For amounts (ms, dollars, counts):
 * means of skewed amounts need a few dozen pairs before the level is what it says.
 */
export function pairedMean(differences: readonly number[], conf = 0.95): EstimateInterval | null {
  const n = differences.length;
  if (n < 2) return null;
  const estimate = differences.reduce((sum, value) => sum + value, 0) / n;
  const variance = differences.reduce((sum, value) => sum + (value - estimate) ** 2, 0) / (n - 1);
  const half = tQuantile(n - 1, conf) * Math.sqrt(variance / n);
  return { estimate, lower: estimate - half, upper: estimate + half };
}

/**
 * The t with P(|T| < t) = conf at `df` degrees of freedom. Exact for 1 and 2; above, the Cornish-Fisher expansion
 * (Abramowitz & Stegun 26.7.5) to df^-4: within 0.1 % from 5 on, 1 % at 3.
 */
export function tQuantile(df: number, conf = 0.95): number {
  if (df === 1) return Math.tan((Math.PI * conf) / 2);
  if (df === 2) return conf * Math.sqrt(2 / (1 - conf * conf));
  const z = zOf(conf);
  const g1 = (z ** 3 + z) / 4;
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  const g4 = (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160;
  return z + g1 / df + g2 / df ** 2 + g3 / df ** 3 + g4 / df ** 4;
}
