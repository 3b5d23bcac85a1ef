/**
 * Failed checks beside the votes: a check hides no text, so raters judged these answers without knowing. Where they won
 * all the same, the check may ask for too much; where they lost, it may stand for a rater.
 */
import { pairName } from '../records/run-record.ts';
import { trialKey } from '../runs/trial.ts';
import type { PairVerdicts } from '../verdicts/verdict-shapes.ts';
import type { ReportInput } from './report-input.ts';

/** Prompts that were voted on, and whose answer by this arm failed a check. */
export interface CheckedVotes {
  pair: string;
  arm: string;
  side: 'open' | 'closed';
  failed: number;
  lost: number;
  tied: number;
  won: number;
}

/** One for each arm of a deciding pair that has such answers; none while sealed. */
export function checkedVotes({ pairs, trials }: ReportInput): CheckedVotes[] {
  if (pairs === 'sealed') return [];
  return pairs
    .filter(({ pair }) => pair.decides)
    .flatMap((verdicts) =>
      (['open', 'closed'] as const).flatMap((side) => {
        const found = countsOf(verdicts, side, trials);
        return found.failed > 0 ? [found] : [];
      }),
    );
}

function countsOf(
  { pair, evidence }: PairVerdicts,
  side: 'open' | 'closed',
  trials: ReportInput['trials'],
): CheckedVotes {
  const arm = side === 'open' ? pair.a : pair.b;
  const scores = evidence
    .filter(({ votes }) => votes.length > 0)
    .filter(({ prompt }) => trials[arm]?.get(trialKey(prompt, 1))?.answer?.checks.some(({ pass }) => !pass))
    .map(({ score }) => (side === 'open' ? score : -score));
  return {
    pair: pairName(pair),
    arm,
    side,
    failed: scores.length,
    lost: scores.filter((score) => score < 0).length,
    tied: scores.filter((score) => score === 0).length,
    won: scores.filter((score) => score > 0).length,
  };
}
