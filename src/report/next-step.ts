/** The next command to type, with what it costs in minutes; always one that works on this run. */
import type { RunRecord } from '../records.ts';
import type { PairVerdicts, ScopeVerdict } from '../verdicts/verdict.ts';
import { minutes, plural, quantile } from './numbers.ts';
import { allSteps, type ReportInput, type Step } from './report-input.ts';
import { oneLine, shellWord } from './visible-text.ts';

export interface NextStep {
  /** What to type; null when there is nothing to do. */
  command: string | null;
  /** Why, or what it costs; a phrase for brackets after the command, a sentence when there is none. */
  words: string;
}

/** A ballot takes about this long until this run's own votes say better. */
const usualBallotMs = 45_000;

type Facts = Pick<ReportInput, 'run' | 'raters' | 'runFolder' | 'seal'> & { missing: number; steps?: readonly Step[] };

export function nextStep(facts: Facts, pairs: readonly PairVerdicts[]): NextStep {
  const steps = facts.steps ?? allSteps;
  const at = facts.runFolder === undefined ? '' : ` ${shellWord(facts.runFolder)}`;
  if (facts.missing > 0 && steps.includes('resume')) {
    const resume = facts.runFolder === undefined ? '--resume' : `--resume${at}`;
    return {
      command: `gapcheck run ${resume}`,
      words: `${plural(facts.missing, 'answer')} missing; only those are asked again`,
    };
  }
  if (facts.seal.sealed) return finishScoring(facts, at);
  if (pairs.every((pair) => pair.overall.units === 0))
    return { command: `gapcheck score${at}`, words: 'nobody has voted yet' };
  return moreVotes(facts, pairs, steps, at);
}

function finishScoring({ raters }: Facts, at: string): NextStep {
  const waiting = raters.filter((rater) => !rater.finished);
  const only = waiting.length === 1 ? waiting[0] : undefined;
  const rater = only ? ` --rater ${shellWord(only.rater)}` : '';
  const who =
    waiting.length === 0
      ? 'nobody has voted yet'
      : `not finished: ${waiting.map((one) => oneLine(one.rater, 40)).join(', ')}`;
  return { command: `gapcheck score${at}${rater}`, words: who };
}

function moreVotes(facts: Facts, pairs: readonly PairVerdicts[], steps: readonly Step[], at: string): NextStep {
  const deciding = pairs.filter((pair) => pair.pair.decides);
  const open = deciding.flatMap((pair) => pair.tasks).filter(isOpen);
  const undecidedOverall = deciding.some((pair) => isOpen(pair.overall));
  if (open.length === 0 && !undecidedOverall) return decided(steps, at);
  const worth = open.filter((task) => task.remaining !== null && reserveLeft(facts.run, task) > 0);
  // The fewest votes first: the next command should be the one most likely to end in a verdict.
  const best = [...worth].sort((a, b) => (a.remaining ?? 0) - (b.remaining ?? 0))[0];
  if (best && steps.includes('more')) return moreOfTask(best, facts.run, at, ballotMs(pairs));
  if (open.every((task) => task.remaining === null) && open.length > 0) {
    return {
      command: null,
      words: 'More votes are unlikely to separate them: let cost, latency, retries and licences decide.',
    };
  }
  return newPrompts(facts.run);
}

function moreOfTask(task: ScopeVerdict, run: RunRecord, at: string, each: number): NextStep {
  const wanted = Math.max(task.remaining ?? 1, 1);
  const reserve = reserveLeft(run, task);
  const votes = Math.min(wanted, reserve);
  const short = votes < wanted ? `; all that are left, about ${wanted} are wanted` : '';
  return {
    command: `gapcheck more${at} ${votes} --task ${shellWord(task.task ?? '')}`,
    words: `about ${minutes(votes * each)} min of voting${short}`,
  };
}

function newPrompts(run: RunRecord): NextStep {
  if (isDemo(run)) return { command: 'gapcheck run prompts.csv', words: 'your own prompts; these were the demo' };
  const file = run.sources[0]?.file ?? 'prompts.csv';
  return {
    command: `gapcheck run ${shellWord(file)} -n all`,
    words: 'this run has no prompts left for the open tasks: put more of your own into the file first',
  };
}

/** The packaged file cannot be added to. */
const isDemo = ({ sources }: RunRecord): boolean =>
  sources.length === 1 && /(^|[\\/])prompts[\\/]demo\.csv$/.test(sources[0]?.file ?? '');

const decided = (steps: readonly Step[], at: string): NextStep =>
  steps.includes('routes')
    ? { command: `gapcheck report${at} --routes routes.json`, words: 'writes which model each task goes to' }
    : { command: null, words: 'Every task has its verdict; no more votes are needed.' };

const isOpen = (scope: ScopeVerdict): boolean => scope.verdict === 'undecided' && !scope.neither;

/** Prompts of a task still in reserve: `more` moves them to the planned ones. */
function reserveLeft(run: RunRecord, { task, planned }: ScopeVerdict): number {
  const plan = run.tasks.find((one) => one.task === task);
  return plan ? Math.max(0, plan.planned + plan.reserve - planned) : 0;
}

/** Median time on screen of this run's votes, ms; the usual one below five votes. */
export function ballotMs(pairs: readonly PairVerdicts[]): number {
  const times = pairs.flatMap((pair) => pair.evidence.flatMap((unit) => unit.votes.map((vote) => vote.ms)));
  return times.length < 5 ? usualBallotMs : (quantile(times, 0.5) ?? usualBallotMs);
}
