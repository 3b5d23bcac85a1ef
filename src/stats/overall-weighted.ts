import { around, clamp, type EstimateInterval } from './interval.ts';
import { tango } from './tango.ts';

export interface Stratum {
  /** Share of traffic; normalised here. */
  weight: number;
  wins: number;
  losses: number;
  n: number;
}

/**
 * Net preference over strata (tasks, or task x difficulty) by their traffic, with MOVER limits from each stratum's
 * Tango interval: theta ∓ √Σ ω²(theta_t - limit_t)². Strata without votes are left out and say nothing; null without any.
 */
export function overallWeighted(strata: readonly Stratum[], conf = 0.95): EstimateInterval | null {
  const known = strata.filter(({ n, weight }) => n > 0 && weight > 0);
  const total = known.reduce((sum, { weight }) => sum + weight, 0);
  if (known.length === 0 || total <= 0) return null;
  let [theta, below, above] = [0, 0, 0];
  for (const { weight, wins, losses, n } of known) {
    const omega = weight / total;
    const { estimate, lower, upper } = tango(wins, losses, n, conf);
    theta += omega * estimate;
    below += (omega * (estimate - lower)) ** 2;
    above += (omega * (upper - estimate)) ** 2;
  }
  return around(theta, clamp(theta - Math.sqrt(below), -1, 1), clamp(theta + Math.sqrt(above), -1, 1));
}
