/** The honest chance that more votes bring an answer: said beside the command that asks for them. */
import type { RunRecord } from '../records/run-record.ts';
import { bets, betWeights, fromCounts, logFactor, logWealths } from '../stats/e-process.ts';
import { votesRead } from '../stats/task-verdict.ts';
import { defaultRule, reaches } from '../stats/verdict.ts';
import type { ScopeVerdict } from './verdict-shapes.ts';

/** Nothing is read after this vote of a task. */
const mostVotes = votesRead;

/**
 * Chance, 0..1, that `votes` more units bring a verdict, averaged over the truths that the votes so far leave open (half
 * a unit added to win, tie and loss, so that each new vote shifts the odds of the next). Exact over all paths. 1 when
 * decided, null without units.
 */
export function answerChance(
  scope: ScopeVerdict,
  run: Pick<RunRecord, 'margin' | 'alpha'>,
  votes: number,
): number | null {
  if (scope.verdict !== 'undecided') return 1;
  if (scope.units === 0) return null;
  const { a, bothFine, bothBad, b, identical, noAnswer } = scope.counts;
  const counts = { wins: a, ties: bothFine + bothBad + identical + noAnswer, losses: b };
  const total = scope.units + 1.5;
  const isDecided = decidedAt(counts, scope.units, run);
  let mass = new Map<number, number>([[0, 1]]);
  for (let n = 1; n <= Math.min(votes, mostVotes - scope.units); n += 1) {
    const next = new Map<number, number>();
    const add = (key: number, p: number): void => void next.set(key, (next.get(key) ?? 0) + p);
    for (const [key, p] of mass) {
      const [wins, losses] = [Math.floor(key / step), key % step];
      const seen = total + n - 1;
      add(key + step, p * ((a + 0.5 + wins) / seen));
      add(key, p * ((counts.ties + 0.5 + (n - 1 - wins - losses)) / seen));
      add(key + 1, p * ((b + 0.5 + losses) / seen));
    }
    for (const key of next.keys()) if (isDecided(Math.floor(key / step), key % step, n)) next.delete(key);
    mass = next;
  }
  return 1 - [...mass.values()].reduce((sum, p) => sum + p, 0);
}

/** Wins and losses among the new votes in one number. */
const step = mostVotes + 1;

function decidedAt(
  counts: { wins: number; ties: number; losses: number },
  units: number,
  run: Pick<RunRecord, 'margin' | 'alpha'>,
) {
  const sides = [
    { sign: 1, m: -run.margin, wealths: logWealths(fromCounts(counts), -run.margin, 'gt') },
    { sign: -1, m: 0, wealths: logWealths(fromCounts(counts), 0, 'lt') },
    { sign: 1, m: 0, wealths: logWealths(fromCounts(counts), 0, 'gt') },
  ].map(({ sign, m, wealths }) =>
    bets.map((bet, k) => ({
      start: Math.log(betWeights[k] ?? 0) + (wealths[k] ?? 0),
      win: logFactor(bet, sign, m),
      tie: logFactor(bet, 0, m),
      loss: logFactor(bet, -sign, m),
    })),
  );
  return (wins: number, losses: number, n: number): boolean => {
    if (units + n < defaultRule.minVotes) return false;
    const ties = n - wins - losses;
    return sides.some((perBet) => {
      const logs = perBet.map((bet) => bet.start + wins * bet.win + ties * bet.tie + losses * bet.loss);
      return reaches(Math.log(logs.reduce((sum, value) => sum + Math.exp(value), 0)), 1 / run.alpha);
    });
  };
}
