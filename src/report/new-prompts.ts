/** The step of a run that has no prompts left: more prompts, and the same comparison once more. */
import { votingMinutes } from '../blind/session/pace.ts';
import type { ArmRecord, RunRecord } from '../records/run-record.ts';
import { isReplay } from '../runs/trial.ts';
import { keptFlags } from '../text/kept-flags.ts';
import { listed } from '../text/numbers.ts';
import { oneLine, shellWord } from '../text/shell.ts';
import { fewestVotes } from '../verdicts/rule.ts';
import type { ScopeVerdict } from '../verdicts/verdict-shapes.ts';
import { newRunOf } from './new-run-odds.ts';
import { isDemo } from './source-words.ts';
import { anotherWeek, type NextStep } from './week-steps.ts';

/** Prompts to add to those of the run, votes of a new run in all, prompts of a file without the old ones, and how such a run ends; empty where nobody can say. */
export interface Wanted {
  more: string;
  inAll: string;
  alone: string;
  odds: string;
}

/** Above this nobody says how many more votes a scope wants. */
const mostSaid = 60;

const nobody: Wanted = { more: '', inAll: '', alone: '', odds: '' };

/** What these want, at the usual pace of somebody else: beside the prompts of this run, or where those are left out. Several tasks need them each. */
export function wantedOf(open: readonly ScopeVerdict[], run: RunRecord): Wanted {
  const isKnown = open.every(({ remaining, units }) => remaining !== null || units >= fewestVotes);
  if (open.length === 0 || !isKnown) return nobody;
  const most = (of: (scope: ScopeVerdict) => number): number => Math.max(...open.map(of));
  const found = newRunOf(open, run);
  const inAll = found?.votes ?? most(({ units, remaining }) => units + (remaining ?? mostSaid));
  const more = found ? most(({ units }) => inAll - units) : most(({ remaining }) => remaining ?? mostSaid);
  const about = !found && open.some(({ remaining }) => remaining === null) ? 'more than' : 'about';
  const isEach = new Set(open.map(({ task }) => task)).size > 1;
  return {
    more: `${about} ${more}`,
    inAll: `, so it takes ${about} ${inAll} votes ${isEach ? 'on each task' : 'in all'} (${votingMinutes(inAll)} min${isEach ? ' each' : ''})`,
    alone: ` ${about} ${inAll}`,
    odds: found?.odds ?? '',
  };
}

/** Votes do not move to the new run. Whoever has read the report is not blind to the prompts of this run. */
const oldOnesToo = ({ inAll, alone, odds }: Wanted, run: RunRecord): string =>
  `A new run begins without votes${inAll}.${odds} The new run asks about the old prompts too, and whoever has read this report knows which model wrote which answer${run.arms.every(isReplay) ? ', as does whoever puts answers into the file' : ''}. If nobody else can vote, use a file of${alone} new prompts alone${run.arms.every(isReplay) ? ', whose answers a program puts in' : ''}`;

/** Stands before the command: without it the same run would come again. */
const firstThing = (which: string, run: RunRecord): string =>
  `Let somebody else vote, under a name of their own, and put ${which}${answered(run)} into the file first`;

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
  const why = tasks.length === 0 ? 'no prompts left for the undecided tasks' : 'no more of them';
  const which = tasks.length === 0 ? '' : ` of ${listed(tasks.map((task) => oneLine(task, 40)))}`;
  const only = tasks.length === 0 ? '' : ` --tasks ${shellWord(tasks.join(','))}`;
  return {
    command: underTheirName(`${sameRun(run)}${only}`),
    first: firstThing(`${more} prompts${which}`, run),
    words: `this run has ${why}. ${oldOnesToo(wanted, run)}`,
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

/** The votes that a command asks for are somebody else's; one that asks for none names nobody. */
const underTheirName = (command: string): string =>
  / --no-score(?= |$)/.test(command) ? command : `${command} --rater NAME`;

/** In the place of another number; a name is taken by the run that has it. */
function withAll(command: string): string {
  const words = command.match(/(?:[^\s'\\]|'[^']*'|\\.)+/g) ?? [];
  const kept = words.filter((word, at) => !own.test(word) && !/^(?:-n|--name|--rater)$/.test(words[at - 1] ?? ''));
  return [...kept, '-n all'].join(' ');
}

const own = /^(?:-n=?\S*|--(?:name|rater)(?:=.*)?)$/;
