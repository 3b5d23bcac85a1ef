import { clamp, type Interval } from './interval.ts';
import { zOf } from './normal.ts';

/**
 * Wilson score interval for x successes in n, 0 <= x <= n, clipped to [0, 1]; [0, 1] when n is 0: nothing is known.
 * (p + z²/2n ∓ z √(p(1-p)/n + z²/4n²)) / (1 + z²/n). Source: Wilson 1927, no continuity correction.
 */
export function wilson(x: number, n: number, conf = 0.95): Interval {
  if (n <= 0) return { lower: 0, upper: 1 };
  const z = zOf(conf);
  const p = x / n;
  const scale = 1 + (z * z) / n;
  const centre = (p + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt(Math.max(0, (p * (1 - p)) / n + (z * z) / (4 * n * n)));
  return { lower: Math.min(p, clamp(centre - half, 0, 1)), upper: Math.max(p, clamp(centre + half, 0, 1)) };
}
