/** The step of a run that has no prompts left: more prompts, and the same comparison once more. */
import type { ArmRecord, RunRecord } from '../records/run-record.ts';
import { isReplay } from '../runs/trial.ts';
import { keptFlags } from '../text/kept-flags.ts';
import { listed, plural } from '../text/numbers.ts';
import { oneLine, shellWord } from '../text/shell.ts';
import type { ScopeVerdict } from '../verdicts/verdict-shapes.ts';
import { isDemo } from './source-words.ts';
import { anotherWeek, type NextStep } from './week-steps.ts';

/**
 * How many prompts a new run needs for these, about: as many as had a vote here and those that are missing. Several tasks
 * need them each. Empty where that is not known.
 */
export function promptsInAll(open: readonly ScopeVerdict[]): string {
  const all = open.map(({ units, remaining }) => (remaining === null ? null : units + remaining));
  if (all.length === 0 || all.includes(null)) return '';
  const wanted = Math.max(...all.map((votes) => votes ?? 0));
  if (new Set(open.map(({ task }) => task)).size > 1) return `, about ${wanted} of each task`;
  const here = Math.max(...open.map(({ units }) => units));
  return `, about ${wanted} of them, because the ${plural(here, 'vote')} of this run ${here === 1 ? 'stays' : 'stay'} with it`;
}

/** Votes do not move to the new run. Whoever has read the report is not blind to the prompts of this run. */
const oldOnesToo = (wanted: string): string =>
  `A new run begins without votes and asks about the old prompts too. This report shows which model wrote which answer: let somebody else vote, or use a file of new prompts alone${wanted}`;

/** Where this run has no prompts left; for these tasks alone, if any are named. `wanted`: of `promptsInAll`. */
export function newPrompts(run: RunRecord, tasks: readonly string[] = [], wanted = ''): NextStep {
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
      words: `this run has no prompts left for the undecided tasks. ${oldOnesToo(wanted)}. Put more of your own into the file first`,
      chance: null,
    };
  const which = listed(tasks.map((task) => oneLine(task, 40)));
  return {
    command: `${sameRun(run)} --tasks ${shellWord(tasks.join(','))}`,
    words: `this run has none left. ${oldOnesToo(wanted)}. Put more prompts of ${which} into the file first`,
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
