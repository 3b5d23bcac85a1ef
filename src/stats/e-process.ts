/**
 * Betting e-processes for the mean of scores in [-1, 1]: evidence that stays valid however often anyone looks.
 * E_gt(m) speaks against "theta <= m", E_lt(m) against "theta >= m"; P(E ever >= 1/alpha) <= alpha if the null is true.
 * Source: Waudby-Smith & Ramdas, "Estimating means of bounded random variables by betting"; survey arXiv 2210.01948.
 */
export const bets: readonly number[] = [0.1, 0.4, 0.7];
export const betWeights: readonly number[] = [0.05, 0.4, 0.55];

export type Against = 'gt' | 'lt';

/** Units by outcome: open better, tie, closed better. */
export interface Counts {
  wins: number;
  ties: number;
  losses: number;
}

/** A score and how many units have it. */
export interface Weighed {
  score: number;
  count: number;
}

export const unitsOf = ({ wins, ties, losses }: Counts): number => wins + ties + losses;

export const fromCounts = ({ wins, ties, losses }: Counts): Weighed[] => [
  { score: 1, count: wins },
  { score: 0, count: ties },
  { score: -1, count: losses },
];

/** Equal scores together: the order does not matter for E at the end, and 10,000 units have few distinct scores. */
export function fromScores(scores: readonly number[]): Weighed[] {
  const counts = new Map<number, number>();
  for (const score of scores) counts.set(score, (counts.get(score) ?? 0) + 1);
  return [...counts].map(([score, count]) => ({ score, count }));
}

/** log(1 + l (x - m)) with l = c / (1 + m): one unit's factor of one bet, for the `gt` side. */
export function logFactor(bet: number, score: number, m: number): number {
  return Math.log1p((bet / (1 + m)) * (score - m));
}

/** The `lt` side is the `gt` side of negated scores and null. */
const mirrored = (against: Against): number => (against === 'gt' ? 1 : -1);

/** Log wealth of each bet, without its weight. Throws RangeError for a null at or beyond the border -1 (gt) or 1 (lt). */
export function logWealths(units: readonly Weighed[], m: number, against: Against): number[] {
  const sign = mirrored(against);
  const limit = sign * m;
  if (!(limit > -1 && limit <= 1)) throw new RangeError(`A null of ${m} leaves nothing to test.`);
  return bets.map((bet) => {
    let sum = 0;
    for (const { score, count } of units) if (count > 0) sum += count * logFactor(bet, sign * score, limit);
    return sum;
  });
}

/** log sum_k w_k exp(wealth_k). */
export function mixLog(wealths: readonly number[]): number {
  const terms = wealths.map((wealth, k) => Math.log(betWeights[k] ?? 0) + wealth);
  const top = Math.max(...terms);
  return top + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - top), 0));
}

/** Natural log of the e-value of weighed scores. */
export const logEvidence = (units: readonly Weighed[], m: number, against: Against): number =>
  mixLog(logWealths(units, m, against));

/** Natural log of the e-value from counts of wins, ties and losses; 0 for no units. */
export const eProcessCounts = (counts: Counts, m: number, against: Against): number =>
  logEvidence(fromCounts(counts), m, against);

/** Natural log of the e-value from scores anywhere in [-1, 1]: what published figures are checked with. @internal */
export const eProcessScores = (scores: readonly number[], m: number, against: Against): number =>
  logEvidence(fromScores(scores), m, against);

/** An e-process that is fed unit by unit; `add` returns the log e-value so far. */
export function startEProcess(m: number, against: Against): { add(score: number): number; logE(): number } {
  const sign = mirrored(against);
  const wealths = logWealths([], m, against);
  const logE = (): number => mixLog(wealths);
  return {
    logE,
    add(score) {
      for (const [k, bet] of bets.entries()) wealths[k] = (wealths[k] ?? 0) + logFactor(bet, sign * score, sign * m);
      return logE();
    },
  };
}
