import { bets, betWeights, logFactor, logWealths, type Weighed } from './e-process.ts';

/**
 * Votes still needed for a verdict, about, if the rest is like what was seen: (log 1/alpha - log wealth) / mean gain,
 * the quickest of both sides and all bets; null when no bet gains. Not rounded: show the ceiling, at least 1.
 * A prediction, not a promise: half a unit is added to win, tie and loss first.
 */
export function remainingVotes(units: readonly Weighed[], margin: number, alpha = 0.05): number | null {
  const needed = Math.log(1 / alpha);
  const expected = [...units, { score: 1, count: 0.5 }, { score: 0, count: 0.5 }, { score: -1, count: 0.5 }];
  const total = expected.reduce((sum, { count }) => sum + count, 0);
  let fewest = Number.POSITIVE_INFINITY;
  for (const side of [
    { sign: 1, null: -margin, wealths: logWealths(units, -margin, 'gt') },
    { sign: -1, null: 0, wealths: logWealths(units, 0, 'lt') },
  ]) {
    for (const [k, bet] of bets.entries()) {
      let gain = 0;
      for (const { score, count } of expected) gain += (count / total) * logFactor(bet, side.sign * score, side.null);
      const missing = needed - (Math.log(betWeights[k] ?? 0) + (side.wealths[k] ?? 0));
      if (gain > 1e-9) fewest = Math.min(fewest, missing / gain);
    }
  }
  return Number.isFinite(fewest) ? fewest : null;
}
