/** The step of a run that has no prompts left: more prompts, and the same comparison once more. */
import { votingMinutes } from '../blind/session/pace.ts';
import type { RunRecord } from '../records/run-record.ts';
import { isReplay } from '../runs/trial.ts';
import { listed } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { fewestAsked } from '../verdicts/decide.ts';
import { fewestVotes } from '../verdicts/rule.ts';
import type { ScopeVerdict } from '../verdicts/verdict-shapes.ts';
import { frozenPrompts } from './frozen-prompts.ts';
import { hasOdds, newRunOdds, newRunSizes, type TaskSize } from './new-run-odds.ts';
import { sameRun } from './same-run.ts';
import { isDemo } from './source-words.ts';
import { anotherWeek, type NextStep } from './week-steps.ts';

/** What a new run takes; null where nobody can say. */
export interface Wanted {
  /** Prompts to add, by task; empty where the file has more than the run. */
  more: TaskSize[];
  /** "about", or "more than". */
  about: string;
  /** Votes of a new run, and its minutes. */
  inAll: string;
  /** How such a run ends: a sentence with a blank before it, or empty. */
  odds: string;
  /** Votes of a new run. */
  votes: number;
  /** Prompts to ask for: all, where the file has no others and tasks have numbers of their own. */
  n: number | 'all';
}

/** Of fewer votes nobody tells how many more decide. */
export const isReckonable = ({ remaining, units, redo }: ScopeVerdict): boolean =>
  (remaining !== null || units >= fewestVotes) && redo.asked >= fewestAsked;

/** What these scopes want, at the usual pace of somebody else. */
export function wantedOf(open: readonly ScopeVerdict[], run: RunRecord): Wanted | null {
  if (open.length === 0 || !open.every(isReckonable)) return null;
  const sizes = newRunSizes(open, run);
  const n = sizes.reduce((sum, { votes }) => sum + votes, 0);
  const isKnown = open.every((scope) => scope.remaining !== null || hasOdds(scope, run));
  const about = isKnown ? 'about' : 'more than';
  const noun = open.some(({ counts }) => counts.identical > 0) ? 'prompts' : 'votes';
  return {
    more: sizes
      // The new run asks again about those that were skipped, too.
      .map(({ task, votes }) => ({ task, votes: votes - frozenPrompts(run.tasks, task) - unasked(run) }))
      .filter(({ votes }) => votes > 0),
    about,
    inAll: `, so it takes ${about} ${n} ${noun} in all (${minutesOf(n, open, run)} min)`,
    odds: newRunOdds(open, run, sizes),
    votes: n,
    n: sizes.length > 1 && spareOf(run) === 0 ? 'all' : n,
  };
}

/** A prompt is a ballot of each pair, and none where both answers are the same: nobody reads those. */
function minutesOf(prompts: number, open: readonly ScopeVerdict[], { pairs }: RunRecord): number {
  const sum = (of: (scope: ScopeVerdict) => number): number => open.reduce((all, scope) => all + of(scope), 0);
  const units = sum((scope) => scope.units);
  const read = sum(({ redo }) => redo.asked) / Math.max(1, units);
  return votingMinutes(Math.ceil(prompts * read) * pairs.length);
}

/** Prompts of the file that the run has not even in reserve. */
function spareOf({ logged, tasks, leftOut }: RunRecord): number {
  if (logged === undefined) return 0;
  const frozen = tasks.reduce((sum, { planned, reserve }) => sum + planned + reserve, 0);
  return Math.max(0, logged.different - frozen - leftOut.reduce((sum, { prompts }) => sum + prompts, 0));
}

/** Of several tasks nobody knows which these are of. */
const unasked = (run: RunRecord): number => (run.tasks.length > 1 ? 0 : spareOf(run));

/** Votes do not move to the new run. Whoever has read the report is not blind to the prompts of this run. */
const oldOnesToo = (wanted: Wanted | null, run: RunRecord): string =>
  `A new run begins without votes${wanted?.inAll ?? ''}.${wanted?.odds ?? ''} The new run asks about the old prompts too, and whoever has read this report knows which model wrote which answer${run.arms.every(isReplay) ? ', as does whoever puts answers into the file' : ''}. If nobody else can vote, use a file of${wanted === null ? '' : ` ${wanted.about} ${wanted.votes}`} new prompts alone${run.arms.every(isReplay) ? ', and do not read its answers before you vote' : ''}`;

/** Stands before the command: without it the same run would come again. */
function firstThing(wanted: Wanted | null, tasks: readonly string[], run: RunRecord): string {
  const others = 'Let somebody else vote, under a name of their own';
  if (wanted?.more.length === 0) return others;
  const more = wanted === null ? `more prompts${ofTasks(tasks)}` : moreWords(wanted, tasks);
  return `${others}, and put ${more}${alike(run)}${answered(run)} into the file first`;
}

const ofTasks = (tasks: readonly string[]): string =>
  tasks.length === 0 ? '' : ` of ${listed(tasks.map((task) => oneLine(task, 40)))}`;

const mostNamed = 3;

/** "about 31 more prompts of notes and 4 of replies"; of many tasks the most that one of them takes. */
function moreWords({ more, about }: Wanted, tasks: readonly string[]): string {
  const [first, ...others] = more;
  if (first === undefined) return '';
  if (more.length > mostNamed)
    return `up to ${Math.max(...more.map(({ votes }) => votes))} more prompts of each of ${more.length} tasks`;
  const isNamed = tasks.length > 0 || others.length > 0;
  const of = (task: string | null): string => (isNamed && task !== null ? ofTasks([task]) : '');
  return listed([
    `${about} ${first.votes} more prompts${of(first.task)}`,
    ...others.map(({ task, votes }) => `${votes}${of(task)}`),
  ]);
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
  return {
    command: underTheirName(sameRun(run, wanted?.n, tasks)),
    first: firstThing(wanted, tasks, run),
    words: `${why}. ${oldOnesToo(wanted, run)}`,
    chance: null,
  };
}

/** The votes that a command asks for are somebody else's; one that asks for none names nobody. */
const underTheirName = (command: string): string =>
  / --no-score(?= |$)/.test(command) ? command : `${command} --rater NAME`;
