/** The next command to type, with what it costs in minutes; always one that works on this run. */
import { usualBallotMs, votingMinutes } from '../blind/session/pace.ts';
import type { ArmRecord, RunRecord } from '../records/run-record.ts';
import { isReplay } from '../runs/trial.ts';
import { costsOf, isCostly } from '../stats/lost-prompts.ts';
import { plural, quantile } from '../text/numbers.ts';
import { oneLine, shellWord } from '../text/shell.ts';
import { answerChance } from '../verdicts/answer-chance.ts';
import { type MayRest, mayRestOn } from '../verdicts/may-rest-on.ts';
import type { PairVerdicts, ScopeVerdict } from '../verdicts/verdict-shapes.ts';
import { lookAgainOf } from './five-answers.ts';
import { allSteps, type ReportInput, type Step } from './report-input.ts';
import { anotherWeek, emptyWeek, inTheWeek, type NextStep, nothingToShow } from './week-steps.ts';

export type { NextStep };

type Facts = Pick<
  ReportInput,
  'run' | 'raters' | 'runFolder' | 'seal' | 'waiting' | 'toShow' | 'quality' | 'command' | 'moneyFlags' | 'hasLock'
> & {
  missing: number;
  steps?: readonly Step[];
};

export function nextStep(facts: Facts, pairs: readonly PairVerdicts[]): NextStep {
  const steps = facts.steps ?? allSteps;
  const at = facts.runFolder === undefined ? '' : ` ${shellWord(facts.runFolder)}`;
  // A week sorts its missing answers out by itself: its seal says which are asked for again.
  if (facts.missing > 0 && !facts.run.settings.watch && steps.includes('resume')) {
    const resume = facts.runFolder === undefined ? '--resume' : `--resume${at}`;
    return {
      command: `gapcheck run ${resume}`,
      words: `${plural(facts.missing, 'answer')} missing; only those are asked again`,
      chance: null,
    };
  }
  if (facts.seal.sealed) return finishScoring(facts, at);
  const rest = mayRestOn({ ...facts, unblindedEarly: facts.seal.unblindedEarly !== undefined });
  if (!rest.ok) return voteAgain(facts, rest.cause);
  if (pairs.every((pair) => pair.overall.units === 0) && facts.toShow === 0) return emptyWeek(facts.run);
  if (pairs.every((pair) => pair.overall.units === 0))
    return { command: `gapcheck score${at}`, words: firstSession(facts), chance: null };
  const waiting = facts.waiting ?? 0;
  if (waiting > 0 && steps.includes('score'))
    return {
      command: `gapcheck score${at}`,
      words: `${plural(waiting, 'ballot')} waiting, about ${votingMinutes(waiting, ballotMs(pairs))} min`,
      chance: null,
    };
  return moreVotes(facts, pairs, steps, at);
}

const againWords = {
  haste: 'vote on the same answers in a new order, and take time to read',
  recognised: 'the same answers in a new order, for somebody who does not know the models',
  seal: 'the same answers in a new order; nothing may rest on these votes',
} satisfies Record<Extract<MayRest, { ok: false }>['cause'], string>;

/** The same answers in a new deal: votes that are locked do not change, and after an early opening none is taken. */
function voteAgain({ command = '', run }: Facts, cause: keyof typeof againWords): NextStep {
  // The same start would find this week again, and a new order of the same answers is a thing of `run`.
  if (run.settings.watch)
    return { command: anotherWeek(run), words: 'another week; nothing may rest on these votes', chance: null };
  const again = command.startsWith('gapcheck run ') && !command.includes('--reuse') ? `${command} --reuse` : command;
  return {
    command: again || null,
    words: againWords[cause],
    chance: null,
  };
}

/** What has to happen before a sealed run says anything, as a command. */
export function toOpenSeal(facts: Omit<Facts, 'missing'>): string {
  const { command, words } = finishScoring(
    facts,
    facts.runFolder === undefined ? '' : ` ${shellWord(facts.runFolder)}`,
  );
  return command ?? words;
}

function finishScoring(facts: Omit<Facts, 'missing'>, at: string): NextStep {
  const { raters, seal } = facts;
  const waiting = raters.filter((rater) => !rater.finished);
  const [packet] = seal.packets ?? [];
  const anyway = `gapcheck report${at} --unblind opens it now, is recorded and ends the voting`;
  if (seal.daysLeft || seal.owed) return inTheWeek(facts, at, anyway);
  if (waiting.length === 0 && packet)
    return {
      command: `gapcheck merge${at} ${shellWord(`${packet.rater}.votes.jsonl`)}`,
      words: `the file that ${oneLine(packet.rater, 40)} sends back; ${anyway}`,
      chance: null,
    };
  if (waiting.length === 0 && seal.absent)
    return {
      command: `gapcheck score${at} --rater NAME`,
      words: `for each who has not begun; ${anyway}`,
      chance: null,
    };
  if (facts.toShow === 0 && waiting.length === 0) return nothingToShow(facts.run);
  const only = waiting.length === 1 ? waiting[0] : undefined;
  const rater = only ? ` --rater ${shellWord(only.rater)}` : '';
  const who =
    waiting.length === 0
      ? firstSession(facts)
      : `not finished: ${waiting.map((one) => oneLine(one.rater, 40)).join(', ')}`;
  return { command: `gapcheck score${at}${rater}`, words: who, chance: null };
}

/** `plannedBallots` counts prompts; each pair has a ballot for each of them. */
function firstSession({ run: { plannedBallots, pairs }, toShow }: Omit<Facts, 'missing'>): string {
  const ballots = toShow ?? plannedBallots * pairs.length;
  return `${plural(ballots, 'ballot')}, about ${votingMinutes(ballots)} min of voting`;
}

function moreVotes(facts: Facts, pairs: readonly PairVerdicts[], steps: readonly Step[], at: string): NextStep {
  const deciding = pairs.filter((pair) => pair.pair.decides);
  const open = deciding.flatMap(({ pair, tasks }) => tasks.filter(isOpen).map((task) => ({ ...task, pair })));
  const undecidedOverall = deciding.some((pair) => isOpen(pair.overall));
  // Nobody routes traffic to answers that were written by hand.
  if (open.length === 0 && !undecidedOverall) {
    if (isDemo(facts.run)) return newPrompts(facts.run);
    const stays = deciding.every(({ tasks }) => tasks.every(staysClosed));
    return (stays && lookAgain(facts, at)) || decided(facts, steps, at);
  }
  const worth = open.filter((task) => task.remaining !== null && reserveLeft(facts.run, task) > 0);
  // The fewest votes first. Over 6,000 simulated sessions a verdict cost 3 to 8 % fewer votes this way than with the task
  // whose evidence is nearest to a verdict, which is what `nextTask` of statistics.md asks for.
  const best = [...worth].sort((a, b) => (a.remaining ?? 0) - (b.remaining ?? 0))[0];
  if (best && steps.includes('more')) return moreOfTask(best, facts.run, at, ballotMs(pairs));
  // The demo has shown what it can; prompts of one's own come next.
  if (open.every((task) => task.remaining === null) && open.length > 0 && !isDemo(facts.run)) {
    return {
      command: `gapcheck report${at} -o report.html`,
      words: 'the whole report; no task is worth more votes',
      chance: null,
    };
  }
  return newPrompts(facts.run);
}

const staysClosed = ({ verdict, neither }: ScopeVerdict): boolean => neither || verdict === 'keep-closed';

/** Where nothing moves there is nothing to route: what a newer model needs. Undefined where no command prepares it. */
function lookAgain({ run, hasLock }: Facts, at: string): NextStep | undefined {
  const open = run.arms.find(({ role }) => role === 'open');
  const again = open && lookAgainOf(run, open, hasLock);
  const step = (command: string, words: string): NextStep => ({
    command,
    words: `no task moves; ${words}`,
    chance: null,
  });
  if (again === 'outdated') return step('gapcheck outdated', 'says when a new release is worth another look');
  if (again === 'lock')
    return step(
      `gapcheck run --resume${at} --lock`,
      'locks this run, so that gapcheck outdated finds the next release',
    );
  if (again === 'answers') return step(sameRun(run), 'put the answers of a newer model into the file first');
  return undefined;
}

type OpenTask = ScopeVerdict & Pick<PairVerdicts, 'pair'>;

function moreOfTask(task: OpenTask, run: RunRecord, at: string, each: number): NextStep {
  const wanted = Math.max(task.remaining ?? 1, 1);
  const reserve = reserveLeft(run, task);
  const votes = Math.min(wanted, reserve);
  const short = votes < wanted ? `; all that are left, about ${wanted} are wanted` : '';
  const chance = chanceOfVerdict(task, run, votes);
  const open = run.pairs.length > 1 ? modelOf(run, task.pair.a) : 'open';
  return {
    command: `gapcheck more${at} ${votes} --task ${shellWord(task.task ?? '')}`,
    words: `about ${votingMinutes(votes * run.pairs.length, each)} min of voting${short}${chanceWords(chance, open)}`,
    chance,
  };
}

/** Reckoned from preferences as they are: it knows neither the retry endpoint nor weights, nor what lost prompts cost. */
const chanceOfVerdict = (task: ScopeVerdict, run: RunRecord, votes: number): number | null =>
  run.settings.endpoint === 'preference' && run.settings.hard === null && !losesPrompts(task)
    ? answerChance(task, run, votes)
    : null;

/** Prompts that were skipped, or that one model could not be asked, may take a verdict back. */
function losesPrompts({ skipped, unasked, units }: ScopeVerdict): boolean {
  const costs = costsOf({ skipped, openUnasked: unasked.a, closedUnasked: unasked.b }, units);
  return isCostly(costs.losses) || isCostly(costs.wins);
}

/** Whole tenths: the reckoning is no finer. "Either way", or it would be read as the chance that open wins. */
function chanceWords(chance: number | null, open: string): string {
  if (chance === null) return '';
  const tenths = Math.min(9, Math.max(1, Math.round(chance * 10)));
  const border = chance < 0.05 ? ' or less' : chance >= 0.95 ? ' or more' : '';
  return `; chance of a verdict for this task, for or against ${open}: about ${tenths} in 10${border}`;
}

const modelOf = (run: RunRecord, name: string): string =>
  oneLine(run.arms.find((arm) => arm.name === name)?.model ?? name, 60);

/** Where this run has no prompts left. */
export function newPrompts(run: RunRecord): NextStep {
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
  return {
    command: sameRun(run),
    words: 'this run has no prompts left for the undecided tasks: put more of your own into the file first',
    chance: null,
  };
}

/**
 * Ready answers are named, but for the two columns that a file is compared by without a word. The set-up of agents stands
 * in the command that was typed: scripts, folder, end check and limits.
 */
function sameRun({ arms, command, sources }: RunRecord): string {
  if (command?.startsWith('gapcheck run ') && arms.some(({ agent }) => agent)) return withAll(command);
  const isUsual = ({ spec, role }: ArmRecord): boolean => spec === `column:${role}`;
  const named = arms.every(isReplay) && !arms.every(isUsual) ? arms : [];
  const flags = named.map(({ role, spec }) => ` --${role} ${shellWord(spec)}`).join('');
  return `gapcheck run ${shellWord(sources[0]?.file ?? 'prompts.csv')} -n all${flags}`;
}

/** In the place of another number; a name is taken by the run that has it. */
function withAll(command: string): string {
  const words = command.match(/(?:[^\s'\\]|'[^']*'|\\.)+/g) ?? [];
  const kept = words.filter((word, at) => !own.test(word) && !/^(?:-n|--name)$/.test(words[at - 1] ?? ''));
  return [...kept, '-n all'].join(' ');
}

const own = /^(?:-n=?\S*|--name(?:=.*)?)$/;

/** The packaged file cannot be added to. */
export const isDemo = ({ sources }: RunRecord): boolean =>
  sources.length === 1 && /(^|[\\/])prompts[\\/]demo\.csv$/.test(sources[0]?.file ?? '');

/** Whole agents give no routes. */
const decided = ({ run, moneyFlags: money = '' }: Facts, steps: readonly Step[], at: string): NextStep =>
  steps.includes('routes') && !run.settings.agent
    ? {
        command: `gapcheck report${at} --routes routes.json${money}`,
        words: 'writes which model each task goes to',
        chance: null,
      }
    : { command: `gapcheck report${at} -o report.html`, words: 'every task has its verdict', chance: null };

const isOpen = (scope: ScopeVerdict): boolean => scope.verdict === 'undecided' && !scope.neither;

/** Prompts of a task still in reserve: `more` moves them to the planned ones. */
function reserveLeft(run: RunRecord, { task, planned }: ScopeVerdict): number {
  const plan = run.tasks.find((one) => one.task === task);
  return plan ? Math.max(0, plan.planned + plan.reserve - planned) : 0;
}

/** Median time on screen of this run's votes, ms; the usual one below five votes. */
export function ballotMs(pairs: readonly PairVerdicts[]): number {
  const times = pairs.flatMap((pair) => pair.evidence.flatMap((unit) => unit.votes.flatMap((vote) => vote.ms ?? [])));
  return times.length < 5 ? usualBallotMs : (quantile(times, 0.5) ?? usualBallotMs);
}
