/**
 * Failed checks beside the votes: a check hides no text, so raters judged these answers without knowing. Where they won
 * all the same, the check may ask for too much; where they lost, it may stand for a rater.
 */
import type { PromptId } from '../records/ids.ts';
import { pairName } from '../records/run-record.ts';
import { trialKey } from '../runs/trial.ts';
import type { PairVerdicts } from '../verdicts/verdict-shapes.ts';
import { promptPlaces } from './ballot-list.ts';
import type { ReportInput } from './report-input.ts';

/** Prompts that were voted on, and whose answer by this arm failed a check. */
export interface CheckedVotes {
  pair: string;
  arm: string;
  side: 'open' | 'closed';
  failed: number;
  /** Names of the checks that these answers failed. */
  checks: string[];
  /** Places of these prompts in the run, from 1. */
  prompts: number[];
  lost: number;
  tied: number;
  won: number;
}

/** One for each arm of a deciding pair that has such answers; none while sealed. */
export function checkedVotes({ pairs, trials, prompts }: ReportInput): CheckedVotes[] {
  if (pairs === 'sealed') return [];
  const places = promptPlaces(prompts);
  return pairs
    .filter(({ pair }) => pair.decides)
    .flatMap((verdicts) =>
      (['open', 'closed'] as const).flatMap((side) => {
        const found = countsOf(verdicts, side, trials, places);
        return found.failed > 0 ? [found] : [];
      }),
    );
}

function countsOf(
  { pair, evidence }: PairVerdicts,
  side: 'open' | 'closed',
  trials: ReportInput['trials'],
  places: ReadonlyMap<PromptId, number>,
): CheckedVotes {
  const arm = side === 'open' ? pair.a : pair.b;
  const failedOf = (prompt: PromptId): string[] =>
    (trials[arm]?.get(trialKey(prompt, 1))?.answer?.checks ?? []).flatMap(({ pass, check }) => (pass ? [] : [check]));
  const found = evidence.filter(({ votes, prompt }) => votes.length > 0 && failedOf(prompt).length > 0);
  const scores = found.map(({ score }) => (side === 'open' ? score : -score));
  return {
    pair: pairName(pair),
    arm,
    side,
    failed: scores.length,
    checks: [...new Set(found.flatMap(({ prompt }) => failedOf(prompt)))].sort(),
    prompts: found.map(({ prompt }) => places.get(prompt) ?? 0),
    lost: scores.filter((score) => score < 0).length,
    tied: scores.filter((score) => score === 0).length,
    won: scores.filter((score) => score > 0).length,
  };
}
