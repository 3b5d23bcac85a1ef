/** The step of a run that has no prompts left: more prompts, and the same comparison once more. */
import type { ArmRecord, RunRecord } from '../records/run-record.ts';
import { isReplay } from '../runs/trial.ts';
import { keptFlags } from '../text/kept-flags.ts';
import { capital, listed } from '../text/numbers.ts';
import { oneLine, shellWord } from '../text/shell.ts';
import { fewestVotes } from '../verdicts/rule.ts';
import type { ScopeVerdict } from '../verdicts/verdict-shapes.ts';
import { isDemo } from './source-words.ts';
import { anotherWeek, type NextStep } from './week-steps.ts';

/** Prompts to add to those of the run, votes of a new run in all, and prompts of a file without the old ones; empty where nobody can say. */
export interface Wanted {
  more: string;
  inAll: string;
  alone: string;
}

/** Above this nobody says how many more votes a scope wants. */
const mostSaid = 60;

const nobody: Wanted = { more: '', inAll: '', alone: '' };

/** What these want: beside the prompts of this run, or where those are left out. Several tasks need them each. */
export function wantedOf(open: readonly ScopeVerdict[]): Wanted {
  const isKnown = open.every(({ remaining, units }) => remaining !== null || units >= fewestVotes);
  if (open.length === 0 || !isKnown) return nobody;
  const about = open.some(({ remaining }) => remaining === null) ? 'more than' : 'about';
  const most = (of: (scope: ScopeVerdict) => number): number => Math.max(...open.map(of));
  const more = most(({ remaining }) => remaining ?? mostSaid);
  const inAll = most(({ units, remaining }) => units + (remaining ?? mostSaid));
  const isEach = new Set(open.map(({ task }) => task)).size > 1;
  return {
    more: `${about} ${more}`,
    inAll: `, so it takes ${about} ${inAll} votes ${isEach ? 'on each task' : 'in all'}`,
    alone: ` ${about} ${inAll}`,
  };
}

/** Votes do not move to the new run. Whoever has read the report is not blind to the prompts of this run. */
const oldOnesToo = ({ inAll, alone }: Wanted, run: RunRecord): string =>
  `A new run begins without votes${inAll}. It asks about the old prompts too, and whoever has read this report knows which model wrote which answer${run.arms.every(isReplay) ? ', as does whoever puts answers into the file' : ''}. If nobody else can vote, use a file of${alone} new prompts alone`;

/** In every short form this stands before the command. */
const others = 'Let somebody else vote (--rater NAME), and put';

/** Answers that were there before the run come with their prompts. */
const answered = ({ arms }: RunRecord): string => (arms.every(isReplay) ? ', with both answers,' : '');

/** Where this run has no prompts left; for these tasks alone, if any are named. */
export function newPrompts(run: RunRecord, tasks: readonly string[] = [], wanted = nobody): NextStep {
  const more = wanted.more === '' ? 'more' : `${wanted.more} more`;
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
  if (tasks.length === 0)
    return {
      command: sameRun(run),
      words: `this run has no prompts left for the undecided tasks. ${oldOnesToo(wanted, run)}. ${others} ${more} prompts${answered(run)} into the file first`,
      chance: null,
    };
  const which = listed(tasks.map((task) => oneLine(task, 40)));
  return {
    command: `${sameRun(run)} --tasks ${shellWord(tasks.join(','))}`,
    words: `this run has no more of them. ${oldOnesToo(wanted, run)}. ${others} ${more} prompts of ${which}${answered(run)} into the file first`,
    chance: null,
  };
}

/**
 * Ready answers are named, but for the two columns that a file is compared by without a word. The set-up of agents stands
 * in the command that was typed: scripts, folder, end check and limits.
 */
export function sameRun({ arms, command, sources }: RunRecord): string {
  if (command?.startsWith('gapcheck run ') && arms.some(({ agent }) => agent)) return withAll(command);
  const isUsual = ({ spec, role }: ArmRecord): boolean => spec === `column:${role}`;
  const named = arms.every(isReplay) && !arms.every(isUsual) ? arms : [];
  const flags = named.map(({ role, spec }) => ` --${role} ${shellWord(spec)}`).join('');
  return `gapcheck run ${shellWord(sources[0]?.file ?? 'prompts.csv')} -n all${flags}${keptFlags(command)}`;
}

/** In the place of another number; a name is taken by the run that has it. */
function withAll(command: string): string {
  const words = command.match(/(?:[^\s'\\]|'[^']*'|\\.)+/g) ?? [];
  const kept = words.filter((word, at) => !own.test(word) && !/^(?:-n|--name)$/.test(words[at - 1] ?? ''));
  return [...kept, '-n all'].join(' ');
}

const own = /^(?:-n=?\S*|--name(?:=.*)?)$/;

/** Words of a next step in two parts, why and what to do before the command works; without the second, all is the first. */
export function firstOf(words: string): [why: string, first: string | undefined] {
  const [whole, first] = /(?:^|[:.] )([^:.]+ into the file first)$/.exec(words) ?? [];
  return whole === undefined ? [words, undefined] : [words.slice(0, -whole.length), `${capital(first ?? '')}. Then:`];
}
