/** A judge model beside the votes: narrower estimates where its scores go with the votes. Never a verdict. */
import { type Against, bets, mixLog } from './e-process.ts';
import { clamp, type EstimateInterval } from './interval.ts';
import { zOf } from './normal.ts';
import { tQuantile } from './paired-mean.ts';

const fewestBoth = 20;

export interface JudgedVotes {
  /** Votes, +1, 0 or -1, and the judge's scores, -1..1, of the same prompts. */
  x: readonly number[];
  f: readonly number[];
}

/**
 * Natural log of the e-value against "mean <= m" (gt) or ">= m" (lt) of the votes of a pool, each corrected by `rho`
 * times what the judge says beyond the pool's mean. rho in [0, 1) is fixed before voting.
 */
export function judgeAssisted(
  { x, f }: JudgedVotes,
  poolMean: number,
  rho: number,
  m: number,
  against: Against,
): number {
  const sign = against === 'gt' ? 1 : -1;
  const [mean, limit] = [sign * poolMean, sign * m];
  const bound = 1 + rho * (1 - mean);
  const logs = bets.map((bet) => {
    const size = bet / (bound + limit);
    return x.reduce((sum, score, at) => {
      const z = sign * score - rho * (sign * (f[at] ?? 0) - mean);
      return sum + Math.log1p(size * (z - limit));
    }, 0);
  });
  return mixLog(logs);
}

/**
 * Prediction-powered estimate of the pool's mean: votes on some prompts, the judge on all. `unvoted`: the judge's scores
 * of the prompts without a vote. Null below 20 prompts with both.
 */
export function judgedEstimate({ x, f }: JudgedVotes, unvoted: readonly number[]): EstimateInterval | null {
  const n = x.length;
  if (n < fewestBoth || unvoted.length === 0) return null;
  const all = [...f, ...unvoted];
  const spread = mean(all.map((value) => (value - mean(all)) ** 2));
  const shared = mean(x.map((value, at) => (value - mean(x)) * ((f[at] ?? 0) - mean(f))));
  const lambda = spread > 0 ? clamp(shared / ((1 + n / unvoted.length) * spread), 0, 1) : 0;
  const estimate = mean(x) + lambda * (mean(unvoted) - mean(f));
  const residuals = x.map((value, at) => value - lambda * (f[at] ?? 0));
  const se = Math.sqrt(variance(residuals) / n + (lambda ** 2 * variance(unvoted)) / unvoted.length);
  const half = tQuantile(n - 1) * se;
  return { estimate, lower: estimate - half, upper: estimate + half };
}

/** Does the judge go with the raters? At least 20 prompts with both, and a correlation surely above 0. */
export function isCalibrated({ x, f }: JudgedVotes): boolean {
  const n = x.length;
  if (n < fewestBoth) return false;
  const spread = Math.sqrt(variance(x) * variance(f));
  if (!(spread > 0)) return false;
  const shared = x.reduce((sum, value, at) => sum + (value - mean(x)) * ((f[at] ?? 0) - mean(f)), 0) / (n - 1);
  const r = clamp(shared / spread, -1, 1);
  return Math.tanh(Math.atanh(r) - zOf(0.95) / Math.sqrt(n - 3)) > 0;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** With n - 1 in the denominator; 0 for a single value. */
function variance(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}
