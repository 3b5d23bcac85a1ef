/** What so many votes can decide, said before anybody reads them: by the very rule that decides later. */
import type { RunRecord } from '../../records/run-record.ts';
import { planWords, tooFewWords } from '../../report/verdict-words.ts';
import { skipCostWords } from '../../text/skip-words.ts';
import { fewestVotes } from '../../verdicts/rule.ts';
import { chance, goodAfterSkips } from '../../verdicts/rule-chance.ts';
import { type PlannedRun, strataOf } from '../../verdicts/run-strata.ts';

export type Planned = PlannedRun & Pick<RunRecord, 'margin'>;

/** One answer in five a tie, as in the published tables. */
const ties = 0.2;
const equal = { open: 0.5, ties };

export function planChances(run: Planned): string {
  const planned = run.tasks.reduce((sum, task) => sum + task.planned, 0);
  const strata = strataOf(run, { task: null });
  if (planned < fewestVotes || strata.length === 0) return tooFewWords;
  const smallest = Math.min(...run.tasks.flatMap((task) => (task.planned > 0 ? [task.planned] : [])));
  return planWords({
    equal: chance(strata, equal, run.margin).good,
    closedWins: chance(strata, { open: 0.2, ties }, run.margin).keep,
    tasks: run.tasks.filter((task) => task.planned > 0).length,
    smallest,
  });
}

/** What skips cost in this plan, beside the plan's own chance; empty where nobody can say in a moment. */
export function skipChances(run: Planned): string {
  const planned = run.tasks.reduce((sum, task) => sum + task.planned, 0);
  const strata = strataOf(run, { task: null });
  if (planned < 2 * fewestVotes || strata.length === 0) return '';
  const found = goodAfterSkips(strata, equal, run.margin, 3);
  return found === null ? '' : skipCostWords(planned, found);
}
