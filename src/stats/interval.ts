/** A closed range of plausible values; which one (score, anytime, Wilson) is said where it is made. */
export interface Interval {
  lower: number;
  upper: number;
}

export interface EstimateInterval extends Interval {
  estimate: number;
}

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** Sums after removing rounding noise at the borders, so that an interval never excludes its own estimate. */
export function around(estimate: number, lower: number, upper: number): EstimateInterval {
  return { estimate, lower: Math.min(lower, estimate), upper: Math.max(upper, estimate) };
}

/**
 * Root of a falling function on [low, high] by bisection, to 1e-12.
 * Returns `low` when the function is already below the level there, `high` when it never falls to it.
 */
export function fallingRoot(f: (x: number) => number, level: number, low: number, high: number): number {
  let [from, to] = [low, high];
  while (to - from > 1e-12) {
    const middle = (from + to) / 2;
    if (f(middle) >= level) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}
