/** The step of a run that has no prompts left: more prompts, and the same comparison once more. */
import { votingMinutes } from '../blind/session/pace.ts';
import type { RunRecord } from '../records/run-record.ts';
import { isReplay } from '../runs/trial.ts';
import { listed } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { fewestAsked } from '../verdicts/decide.ts';
import { fewestVotes } from '../verdicts/rule.ts';
import type { ScopeVerdict } from '../verdicts/verdict-shapes.ts';
import { newRunOf } from './new-run-odds.ts';
import { sameRun } from './same-run.ts';
import { isDemo } from './source-words.ts';
import { anotherWeek, type NextStep } from './week-steps.ts';

/** What a new run takes; null where nobody can say. */
export interface Wanted {
  /** Prompts to add to those of the run; 0 where its file has more than the run. */
  more: string | 0;
  /** Votes of a new run, and its minutes. */
  inAll: string;
  /** Prompts of a file without the old ones. */
  alone: string;
  /** How such a run ends: a sentence with a blank before it, or empty. */
  odds: string;
  /** Prompts to ask for. */
  n: number;
}

/** Above this nobody says how many more votes a scope wants. */
const mostSaid = 60;

/**
 * What these scopes want, at the usual pace of somebody else, where the new run asks about `tasks` tasks: beside the
 * prompts of this run, or where those are left out.
 */
export function wantedOf(open: readonly ScopeVerdict[], run: RunRecord, tasks: number): Wanted | null {
  const isKnown = open.every(({ remaining, units }) => remaining !== null || units >= fewestVotes);
  const isRead = open.every(({ redo, units }) => units === 0 || redo.asked >= fewestAsked);
  if (open.length === 0 || !isKnown || !isRead) return null;
  const most = (of: (scope: ScopeVerdict) => number): number => Math.max(...open.map(of));
  const found = newRunOf(open, run);
  const inAll = found?.votes ?? most(({ units, remaining }) => units + (remaining ?? mostSaid));
  const more = most((scope) => inAll - inRun(scope, run)) - unasked(run);
  const about = !found && open.some(({ remaining }) => remaining === null) ? 'more than' : 'about';
  const isEach = tasks > 1 && open.every(({ task }) => task !== null);
  const n = isEach ? inAll * tasks : inAll;
  const noun = open.some(({ counts }) => counts.identical > 0) ? 'prompts' : 'votes';
  return {
    more: more <= 0 ? 0 : `${about} ${more}`,
    inAll: `, so it takes ${about} ${inAll} ${noun} ${isEach ? 'of each task' : 'in all'} (${minutesOf(n, open, run)} min)`,
    alone: ` ${about} ${inAll}`,
    odds: found?.odds ?? '',
    n,
  };
}

/** A prompt is a ballot of each pair, and none where both answers are the same: nobody reads those. */
function minutesOf(prompts: number, open: readonly ScopeVerdict[], { pairs }: RunRecord): number {
  const sum = (of: (scope: ScopeVerdict) => number): number => open.reduce((all, scope) => all + of(scope), 0);
  const units = sum((scope) => scope.units);
  const read = sum(({ redo }) => redo.asked) / Math.max(1, units);
  return votingMinutes(Math.ceil(prompts * read) * pairs.length);
}

/** Prompts of the run, those that were skipped and those in reserve included: the new run asks about them again. */
const inRun = ({ task }: ScopeVerdict, { tasks }: RunRecord): number =>
  tasks
    .filter((one) => one.planned > 0 && (task === null || one.task === task))
    .reduce((sum, one) => sum + one.planned + one.reserve, 0);

/** Prompts of the file that the run has not even in reserve; of several tasks nobody knows which these are of. */
function unasked({ logged, tasks, leftOut }: RunRecord): number {
  if (logged === undefined || tasks.length > 1) return 0;
  const frozen = tasks.reduce((sum, { planned, reserve }) => sum + planned + reserve, 0);
  return Math.max(0, logged.different - frozen - leftOut.reduce((sum, { prompts }) => sum + prompts, 0));
}

/** Votes do not move to the new run. Whoever has read the report is not blind to the prompts of this run. */
const oldOnesToo = (wanted: Wanted | null, run: RunRecord): string =>
  `A new run begins without votes${wanted?.inAll ?? ''}.${wanted?.odds ?? ''} The new run asks about the old prompts too, and whoever has read this report knows which model wrote which answer${run.arms.every(isReplay) ? ', as does whoever puts answers into the file' : ''}. If nobody else can vote, use a file of${wanted?.alone ?? ''} new prompts alone${run.arms.every(isReplay) ? ', and do not read its answers before you vote' : ''}`;

/** Stands before the command: without it the same run would come again. */
function firstThing(wanted: Wanted | null, which: string, run: RunRecord): string {
  const others = 'Let somebody else vote, under a name of their own';
  if (wanted?.more === 0) return others;
  const more = wanted === null ? 'more' : `${wanted.more} more`;
  return `${others}, and put ${more} prompts${which}${alike(run)}${answered(run)} into the file first`;
}

/** Prompts in other words would be of another task, where nobody named the tasks. */
function alike({ guessedTasks }: RunRecord): string {
  if (guessedTasks === undefined) return '';
  if (guessedTasks.systemPrompts > 0) return ' with the same system prompt';
  return (guessedTasks.openings ?? 0) > 0 ? ' that begin with the same line' : '';
}

/** Answers that were there before the run come with their prompts. */
const answered = ({ arms }: RunRecord): string => (arms.every(isReplay) ? ', with both answers,' : '');

/** Where this run has no prompts left, or too few; for these tasks alone, if any are named. */
export function newPrompts(
  run: RunRecord,
  tasks: readonly string[] = [],
  { wanted = null, isLittleLeft = false }: { wanted?: Wanted | null; isLittleLeft?: boolean } = {},
): NextStep {
  if (isDemo(run))
    return {
      command: 'gapcheck doctor',
      words: 'what your own prompts need; these were the demo. Then: gapcheck run prompts.csv',
      chance: null,
    };
  if (run.settings.watch)
    return {
      command: anotherWeek(run),
      words: 'another week: this one has no prompts left for the undecided tasks',
      chance: null,
    };
  const none =
    tasks.length === 0 ? 'this run has no prompts left for the undecided tasks' : 'this run has no more of them';
  const why = isLittleLeft
    ? 'with every prompt that is left, a verdict for a task would come in less than 1 of 10 cases'
    : none;
  const which = tasks.length === 0 ? '' : ` of ${listed(tasks.map((task) => oneLine(task, 40)))}`;
  return {
    command: underTheirName(sameRun(run, wanted?.n, tasks)),
    first: firstThing(wanted, which, run),
    words: `${why}. ${oldOnesToo(wanted, run)}`,
    chance: null,
  };
}

/** The votes that a command asks for are somebody else's; one that asks for none names nobody. */
const underTheirName = (command: string): string =>
  / --no-score(?= |$)/.test(command) ? command : `${command} --rater NAME`;
