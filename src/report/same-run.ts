/** The command of a run once more, for other prompts or other votes. */
import type { ArmRecord, RunRecord } from '../records/run-record.ts';
import { isReplay } from '../runs/trial.ts';
import { defaultRule } from '../stats/verdict.ts';
import { keptFlags } from '../text/kept-flags.ts';
import { quotedWords, shellWord } from '../text/shell.ts';

/** What is another in the new run, or was a thing of that start alone; those of an agent's set-up stay as they were typed. */
const own = /^(?:-n|--(?:name|rater))$/;
const ofThatStart = /^--(?:raters|resume|reuse|dry-run|yes|no-score|json)$/;
const withValue = /^(?:-n|--(?:name|rater|raters|tasks))$/;

/**
 * As it was typed, but for the number of prompts. Models, files, margin and how a file is read stay: what is reckoned for
 * the new run holds for that set-up alone. `tasks` stand in the place of those that were typed.
 */
export function sameRun(run: RunRecord, n: number | 'all' = 'all', tasks: readonly string[] = []): string {
  const only = tasks.length === 0 ? '' : ` --tasks ${shellWord(tasks.join(','))}`;
  return `${typedAgain(run, tasks.length > 0) ?? fromRecord(run)} -n ${n}${only}`;
}

/** Undefined where the command does not say it: `ci`, the demo, a log from standard input. */
function typedAgain({ arms, command = '' }: RunRecord, otherTasks: boolean): string | undefined {
  const words = quotedWords(command);
  if (!command.startsWith('gapcheck run ') || words.includes('-')) return undefined;
  const isAgent = arms.some(({ agent }) => agent);
  const isDropped = (word: string): boolean => {
    const flag = word.split('=', 1)[0] ?? '';
    return (
      own.test(flag) || /^-n\d/.test(word) || (!isAgent && ofThatStart.test(flag)) || (otherTasks && flag === '--tasks')
    );
  };
  const kept = words.filter((word, at) => {
    const before = words[at - 1] ?? '';
    return !isDropped(word) && !(isDropped(before) && withValue.test(before));
  });
  return kept.join(' ');
}

/** Where no command says it. Ready answers are named, but for the two columns that a file is compared by without a word. */
function fromRecord({ arms, sources, margin, settings, command }: RunRecord): string {
  const isUsual = ({ spec, role }: ArmRecord): boolean => spec === `column:${role}`;
  const named = arms.every(isReplay) && !arms.every(isUsual) ? arms : [];
  const flags = named.map(({ role, spec }) => ` --${role} ${shellWord(spec)}`).join('');
  const files = sources.length === 0 ? ['prompts.csv'] : sources.map(({ file }) => file);
  const typed = keptFlags(command);
  const isUsualMargin = margin === defaultRule.margin && settings.endpoint === 'preference';
  const border = isUsualMargin ? '' : ` --margin ${Math.round(margin * 100)}`;
  return `gapcheck run ${files.map((file) => shellWord(file)).join(' ')}${flags}${typed}${border}`;
}
