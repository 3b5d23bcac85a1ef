/** What a rater hears about a run before the first ballot: choices that gapcheck made with the log. */
import type { RunRecord } from '../../records/run-record.ts';
import { sourceOf } from '../../report/source-words.ts';
import { tooFewWords } from '../../report/verdict-words.ts';
import { fakeValuesLine } from '../../text/fake-values.ts';
import { guessedWords } from '../../text/guessed-tasks.ts';
import { capital } from '../../text/numbers.ts';
import { failedPrompts, repeatedPrompts } from '../../text/repeated-prompts.ts';
import { oneLine } from '../../text/shell.ts';
import { fewestVotes } from '../../verdicts/rule.ts';

type Noted = Pick<
  RunRecord,
  | 'settings'
  | 'logged'
  | 'redacted'
  | 'guessedTasks'
  | 'sources'
  | 'logCallsPerMonth'
  | 'logTraffic'
  | 'tasks'
  | 'leftOut'
>;

const sum = (asked: Noted['tasks']): number => asked.reduce((all, { planned }) => all + planned, 0);

/** The prompts that come to a rater. */
interface OfRater {
  /** Of each prompt. */
  tasks: readonly string[];
  /** A few that others left: what was made of the log says nothing of these. */
  few: boolean;
}

export function runNotes(run: Noted, own?: OfRater): string[] {
  const { guessedTasks, tasks } = run;
  const asked = tasks.filter(({ planned }) => planned > 0);
  const byTask = asked
    .map(({ task, planned }) => ({ task, prompts: own?.tasks.filter((one) => one === task).length ?? planned }))
    .filter(({ prompts }) => prompts > 0);
  const logged = own?.few ? undefined : run.logged;
  const records = repeatedPrompts(logged);
  const failed = failedPrompts(logged);
  return [
    // A week adds prompts day by day.
    ...(sum(asked) < fewestVotes && !run.settings.watch ? [tooFewWords] : []),
    ...(records === undefined ? [] : [`${capital(sourceOf(run).log)} had ${records}.`]),
    ...(failed === undefined ? [] : [`${failed}.`]),
    ...fakeValuesLine(run.redacted, 'are'),
    ...(byTask.length > 1
      ? [`Prompts by task: ${byTask.map(({ task, prompts }) => `${oneLine(task, 40)} ${prompts}`).join(', ')}.`]
      : []),
    ...guessedWords(guessedTasks, asked.length + run.leftOut.length),
  ];
}
