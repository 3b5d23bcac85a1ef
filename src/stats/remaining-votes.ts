import { bets, betWeights, logFactor, logWealths, type Weighed } from './e-process.ts';

/** About how many votes more, and the verdict that they bring if they go on as they are. */
export interface Nearest {
  votes: number;
  verdict: 'open-good-enough' | 'keep-closed';
}

/**
 * Votes still needed for the nearest verdict, about, if the rest is like what was seen: (log 1/alpha - log wealth) / mean gain,
 * the quickest of both sides and all bets; null when no bet gains. Not rounded: show the ceiling, at least 1.
 * A prediction, not a promise: half a unit is added to win, tie and loss first.
 */
export function nearestVerdict(units: readonly Weighed[], margin: number, alpha = 0.05): Nearest | null {
  const needed = Math.log(1 / alpha);
  const expected = [...units, { score: 1, count: 0.5 }, { score: 0, count: 0.5 }, { score: -1, count: 0.5 }];
  const total = expected.reduce((sum, { count }) => sum + count, 0);
  let nearest: Nearest | null = null;
  const sides = [
    { verdict: 'open-good-enough', sign: 1, null: -margin, wealths: logWealths(units, -margin, 'gt') },
    { verdict: 'keep-closed', sign: -1, null: 0, wealths: logWealths(units, 0, 'lt') },
  ] as const;
  for (const side of sides) {
    for (const [k, bet] of bets.entries()) {
      let gain = 0;
      for (const { score, count } of expected) gain += (count / total) * logFactor(bet, side.sign * score, side.null);
      const missing = needed - (Math.log(betWeights[k] ?? 0) + (side.wealths[k] ?? 0));
      const votes = missing / gain;
      if (gain > 1e-9 && votes < (nearest?.votes ?? Number.POSITIVE_INFINITY))
        nearest = { votes, verdict: side.verdict };
    }
  }
  return nearest;
}
