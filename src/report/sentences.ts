/**
 * The sentences people decide from. Meaning and error rates are those of the statistics the verdicts follow; the
 * words never promise more: "good enough" is always "within your margin", a leaning is always called a hint.
 */
import type { RunRecord } from '../records/run-record.ts';
import { count, listed, per100, per100Interval, plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { ScopeVerdict } from '../verdicts/verdict.ts';

/** Votes below which no verdict is given, whatever they say. */
export const fewestVotes = 8;

type Terms = Pick<RunRecord, 'margin' | 'alpha'> & { endpoint: RunRecord['settings']['endpoint'] };

export const hint = 'a hint: wrong at most 1 time in 3';

/** What a scope's votes say, as a phrase after its name: "open is within your margin". */
export function scopeWords(scope: ScopeVerdict): string {
  if (scope.units === 0) return 'no votes yet';
  if (scope.neither)
    return `neither model does this task (both bad in ${count(scope.counts.bothBad)} of ${count(scope.units)})`;
  if (scope.verdict === 'keep-closed') {
    return scope.withinMargin ? 'closed is better, but within your margin' : 'keep the closed model';
  }
  if (scope.verdict === 'open-good-enough') return 'open is within your margin';
  if (scope.leaning !== 'none') return `leans ${scope.leaning === 'leans-open' ? 'open' : 'closed'} (${hint})`;
  return `not decided (${undecidedWords(scope)})`;
}

function undecidedWords(scope: ScopeVerdict): string {
  if (scope.units < fewestVotes) return `${plural(scope.units, 'vote')}; a verdict needs at least ${fewestVotes}`;
  if (scope.remaining === null) return 'not worth more votes: over 60 would be needed';
  return `needs about ${plural(scope.remaining, 'more vote')}`;
}

export const question = 'Replace the closed model everywhere?';

/** Before the answer, where half of the votes or more were too fast. */
export const tooFast = 'Nothing to decide on: these votes were too fast to have been read. As they stand:';

/** The first line of every report: yes, no or not decided, over all prompts together, and where tasks differ from it. */
export function overallWords(overall: ScopeVerdict, tasks: readonly ScopeVerdict[]): string {
  const kept = names(tasks.filter((task) => !task.neither && task.verdict === 'keep-closed' && !task.withinMargin));
  const good = names(tasks.filter((task) => !task.neither && task.verdict === 'open-good-enough'));
  const neither = names(tasks.filter((task) => task.neither));
  if (overall.units === 0) return 'Nobody has voted yet.';
  if (overall.neither) {
    return `No. In ${count(overall.counts.bothBad)} of ${count(overall.units)} prompts both answers were bad: neither model does this work.`;
  }
  if (overall.verdict === 'open-good-enough') return yesWords(overall, tasks, kept, neither);
  if (overall.verdict === 'keep-closed') return noWords(overall, tasks, good);
  return undecidedOverall(overall, tasks, kept);
}

function yesWords(overall: ScopeVerdict, tasks: readonly ScopeVerdict[], kept: string[], neither: string[]): string {
  const together = `${over(overall, tasks)} open is within your margin`;
  if (kept.length > 0) return `Not everywhere: ${together}, but keep the closed model for ${listed(kept)}.`;
  if (neither.length > 0) return `Not everywhere: ${together}, but neither model does ${listed(neither)}.`;
  const open = tasks.filter((task) => task.verdict === 'undecided').length;
  if (tasks.length < 2 || open === 0) return `Yes: ${together}.`;
  // A mixture can be good while one of its tasks is not: routes stay closed task by task, and so does the answer.
  const alone = open === tasks.length ? `none of ${plural(tasks.length, 'task')} is` : notAlone(open, tasks.length);
  return `Not everywhere yet: ${together}, but ${alone} decided alone.`;
}

const notAlone = (open: number, tasks: number): string =>
  `${count(open)} of ${plural(tasks, 'task')} ${open === 1 ? 'is' : 'are'} not`;

function noWords(overall: ScopeVerdict, tasks: readonly ScopeVerdict[], good: string[]): string {
  const together = over(overall, tasks);
  const but = good.length > 0 ? ` For ${listed(good)} alone, open is within your margin.` : '';
  if (overall.withinMargin) return `Your call: ${together} closed is better, but within your margin.${but}`;
  return `No: ${together} keep the closed model.${but}`;
}

/** How many prompts the rule has read, and that it asks each task alike: this is no word about the traffic. */
function over({ read }: ScopeVerdict, tasks: readonly ScopeVerdict[]): string {
  const alike = tasks.length < 2 ? '' : ` counting the ${numberWord(tasks.length)} tasks alike,`;
  return `over these ${plural(read, 'prompt')} together,${alike}`;
}

const numberWord = (number: number): string =>
  ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'][number] ?? count(number);

/** One task to keep answers "everywhere?" with no, whatever all prompts together say. */
function undecidedOverall(overall: ScopeVerdict, tasks: readonly ScopeVerdict[], kept: string[]): string {
  const these = `these ${plural(overall.read, 'prompt')}`;
  const alike = tasks.length < 2 ? '' : `, counting the ${numberWord(tasks.length)} tasks alike`;
  const lean =
    overall.leaning === 'none' ? '' : `; they lean ${overall.leaning === 'leans-open' ? 'open' : 'closed'} (${hint})`;
  if (kept.length === 0) return `${capital(these)} do not decide it${alike}${lean}.`;
  return `Not everywhere: keep the closed model for ${listed(kept)}. Over all tasks together, ${these} do not decide it${alike}${lean}.`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const names = (scopes: readonly ScopeVerdict[]): string[] => scopes.map((scope) => oneLine(scope.task ?? 'all', 60));

/** What "within your margin" means, and how often the test is wrong about it. */
export function marginWords({ margin, alpha, endpoint }: Terms): { margin: string; risk: string } {
  const size = Math.round(margin * 100);
  const times = Number((alpha * 100).toFixed(2));
  return {
    margin:
      endpoint === 'retry'
        ? `Your margin: up to ${size} more per 100 answers of open than of closed may have to be redone. Within it is not equal.`
        : `Your margin: closed may win up to ${size} more per 100 prompts than open. Within it is not equal.`,
    risk: `Each verdict is wrong at most ${times} times in 100: open called within the margin though it is outside, or closed kept though open is as good. It speaks of these raters and these prompts, nobody else.`,
  };
}

/** With several tasks each verdict carries its own risk. */
export const manyTasksWords = (tasks: number): string | null =>
  tasks < 2 ? null : `Each of the ${tasks} tasks carries that risk by itself.`;

/** The other endpoint points the other way, with an interval that excludes 0. */
export function conflictWords(scope: ScopeVerdict, endpoint: Terms['endpoint']): string | null {
  const name = scope.task === null ? 'Over all prompts' : oneLine(scope.task, 60);
  const { difference, interval } = scope.redo;
  if (endpoint === 'preference' && scope.verdict === 'open-good-enough' && interval && interval.lower > 0) {
    return `${name}: open is within your margin by preference, yet its answers have to be redone more often (${per100(difference)} per 100, 95 % interval ${per100Interval(interval)}).`;
  }
  if (endpoint === 'preference' && scope.verdict === 'keep-closed' && interval && interval.upper < 0) {
    return `${name}: closed is preferred, yet its answers have to be redone more often (open minus closed ${per100(difference)} per 100, 95 % interval ${per100Interval(interval)}).`;
  }
  if (endpoint === 'retry' && scope.verdict === 'open-good-enough' && scope.interval && scope.interval.upper < 0) {
    return `${name}: open is within your margin by redoing, yet closed is preferred (net ${per100(scope.net)} per 100, 95 % interval ${per100Interval(scope.interval)}).`;
  }
  return null;
}
