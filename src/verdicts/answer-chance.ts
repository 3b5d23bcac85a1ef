/** The honest chance that more votes bring an answer: said beside the command that asks for them. */
import type { RunRecord } from '../records/run-record.ts';
import { bets, betWeights, type Counts, fromCounts, logFactor, logWealths, unitsOf } from '../stats/e-process.ts';
import { neither } from '../stats/neither.ts';
import { lookSides } from '../stats/planned-look.ts';
import { countsAfter, furtherVotes, logRising } from '../stats/polya-urn.ts';
import { votesRead } from '../stats/task-verdict.ts';
import { defaultRule, reaches } from '../stats/verdict.ts';
import type { ScopeVerdict } from './verdict-shapes.ts';

/** Nothing is read after this vote of a task. */
const mostVotes = votesRead;

/**
 * Chance, 0..1, that `votes` more units bring a verdict, averaged over the truths that the votes so far leave open. 1 when
 * decided, null without units.
 */
export function answerChance(
  scope: ScopeVerdict,
  run: Pick<RunRecord, 'margin' | 'alpha'>,
  votes: number,
): number | null {
  if (scope.verdict !== 'undecided') return 1;
  if (scope.units === 0) return null;
  const seen = countsOf(scope);
  const open = furtherVotes(seen, Math.max(0, Math.min(votes, mostVotes - scope.units)), decidedAt(seen, run));
  return 1 - open.reduce((sum, { chance }) => sum + chance, 0);
}

/** Of what the rule counts: nobody won where answers are equal or missing. */
const countsOf = ({
  counts: { a, bothFine, bothBad, b, identical, noAnswer },
}: Pick<ScopeVerdict, 'counts'>): Counts => ({
  wins: a,
  ties: bothFine + bothBad + identical + noAnswer,
  losses: b,
});

/** How often a run of its own ends in each answer, 0..1; the rest of 1 is NOT YET. */
export interface NewRunChance {
  yes: number;
  no: number;
  yourCall: number;
  neither: number;
}

/**
 * Of a run with `votes` planned votes on prompts like these, read once; none of them is a vote of this run. Null without
 * units here.
 */
export function newRunChance(scope: ScopeVerdict, margin: number, votes: number): NewRunChance | null {
  if (scope.units === 0) return null;
  const chances: NewRunChance = { yes: 0, no: 0, yourCall: 0, neither: 0 };
  const isNeither = neitherChances(scope, votes);
  for (const { counts, chance } of countsAfter(countsOf(scope), votes)) {
    const neither = chance * (isNeither[counts.ties] ?? 0);
    chances.neither += neither;
    const { good, keep, better } = lookSides(counts, margin);
    if (good || keep || better) chances[keep ? (good ? 'yourCall' : 'no') : 'yes'] += chance - neither;
  }
  return chances;
}

/** By the number of ties: the chance that so many of them are unusable twice that neither model does this task. */
function neitherChances({ counts, redo, units }: ScopeVerdict, votes: number): number[] {
  const asked = Math.round((votes * redo.asked) / units);
  let fewest = 0;
  while (fewest <= votes && !neither(fewest, asked).neither) fewest += 1;
  const bad = logRising(counts.bothBad + 0.25, votes);
  const others = logRising(counts.bothFine + counts.identical + counts.noAnswer + 0.25, votes);
  const all = logRising(countsOf({ counts }).ties + 0.5, votes);
  return Array.from({ length: votes + 1 }, (_, ties) => {
    let sum = 0;
    for (let k = fewest; k <= ties; k += 1) sum += Math.exp((bad[k] ?? 0) + (others[ties - k] ?? 0) - (all[ties] ?? 0));
    return sum;
  });
}

/** Share of new runs that should bring an answer: the power that studies are usually planned with. */
const wantedAnswers = 0.8;
const sizeStep = 4;

export const answeredShare = ({ yes, no, yourCall, neither }: NewRunChance): number => yes + no + yourCall + neither;

/** Votes of a new run that brings an answer in 8 of 10 cases: from `least` on in steps of 4, at most `most`. */
export function newRunSize(scope: ScopeVerdict, margin: number, least: number, most: number): number {
  for (let votes = Math.ceil(least / sizeStep) * sizeStep; votes < most; votes += sizeStep) {
    const chance = newRunChance(scope, margin, votes);
    if (chance !== null && answeredShare(chance) >= wantedAnswers) return votes;
  }
  return most;
}

/** Whether votes beside those seen bring a verdict by the rule of votes that are read one by one. */
function decidedAt(seen: Counts, run: Pick<RunRecord, 'margin' | 'alpha'>) {
  const sides = [
    { sign: 1, m: -run.margin, wealths: logWealths(fromCounts(seen), -run.margin, 'gt') },
    { sign: -1, m: 0, wealths: logWealths(fromCounts(seen), 0, 'lt') },
    { sign: 1, m: 0, wealths: logWealths(fromCounts(seen), 0, 'gt') },
  ].map(({ sign, m, wealths }) =>
    bets.map((bet, k) => ({
      start: Math.log(betWeights[k] ?? 0) + (wealths[k] ?? 0),
      win: logFactor(bet, sign, m),
      tie: logFactor(bet, 0, m),
      loss: logFactor(bet, -sign, m),
    })),
  );
  return (added: Counts): boolean => {
    if (unitsOf(seen) + unitsOf(added) < defaultRule.minVotes) return false;
    return sides.some((perBet) => {
      const logs = perBet.map(
        (bet) => bet.start + added.wins * bet.win + added.ties * bet.tie + added.losses * bet.loss,
      );
      return reaches(Math.log(logs.reduce((sum, value) => sum + Math.exp(value), 0)), 1 / run.alpha);
    });
  };
}
