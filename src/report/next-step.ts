/** The next command to type, with what it costs in minutes; always one that works on this run. */
import { usualBallotMs, votingMinutes } from '../blind/session/pace.ts';
import type { RunRecord } from '../records/run-record.ts';
import { isReplay } from '../runs/trial.ts';
import { capital, listed, plural, quantile } from '../text/numbers.ts';
import { oneLine, shellWord } from '../text/shell.ts';
import { type MayRest, mayRestOn } from '../verdicts/may-rest-on.ts';
import type { PairVerdicts, ScopeVerdict } from '../verdicts/verdict-shapes.ts';
import { lookAgainOf } from './five-answers.ts';
import { proposeMore } from './more-votes.ts';
import { isReckonable, newPrompts, wantedOf } from './new-prompts.ts';
import { allSteps, type ReportInput, type Step } from './report-input.ts';
import { sameRun } from './same-run.ts';
import { isDemo } from './source-words.ts';
import { isWithdrawnBySkips } from './verdict-words.ts';
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
  if (allSkipped(facts))
    return {
      command: `gapcheck score${at} --rater NAME`,
      words: 'every ballot was skipped: somebody else may be able to judge these; or begin a run with other prompts',
      chance: null,
    };
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

/** Whoever skipped has finished: for them there is nothing left to vote on. */
export const allSkipped = ({ raters, seal }: Pick<ReportInput, 'raters' | 'seal'>): boolean =>
  !seal.sealed && raters.some(({ skipped }) => skipped > 0) && raters.every(({ votes }) => votes === 0);

const againWords = {
  haste: 'the same answers in a new left/right order, for somebody who has not read this report and takes time to read',
  recognised:
    'the same answers in a new left/right order, for somebody who does not know the models and has not read this report',
  seal: 'the same answers in a new left/right order; nothing may rest on these votes',
} satisfies Record<Extract<MayRest, { ok: false }>['cause'], string>;

/** The same answers in a new deal: votes that are locked do not change, and after an early opening none is taken. */
function voteAgain({ command = '', run }: Facts, cause: keyof typeof againWords): NextStep {
  // The same start would find this week again, and a new order of the same answers is a thing of `run`.
  if (run.settings.watch)
    return { command: anotherWeek(run), words: 'another week; nothing may rest on these votes', chance: null };
  return {
    command: command.startsWith('gapcheck run ') ? forAnother(command) : command || null,
    words: againWords[cause],
    chance: null,
  };
}

/** Whoever has read the report has seen every answer beside its model's name: another rater is named. */
function forAnother(command: string): string {
  const kept = command.replace(/ --rater(?:=| )(?:'[^']*'|\\.|\S)+/, '').replace(/ --reuse(?= |$)/, '');
  return `${kept} --reuse --rater NAME`;
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
  const { raters, seal, run } = facts;
  const waiting = raters.filter((rater) => !rater.finished);
  // As the job names the packets of a run that it made.
  const prefix = run.baseline === undefined ? '' : 'packet-';
  const [packet] = seal.packets ?? [];
  const anyway = `gapcheck report${at} --unblind opens it now, is recorded and ends the voting`;
  if (seal.daysLeft || seal.owed) return inTheWeek(facts, at, anyway);
  if (waiting.length === 0 && packet)
    return {
      command: `gapcheck merge${at} ${shellWord(`${prefix}${packet.rater}.votes.jsonl`)}`,
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
    const all = deciding.flatMap(({ tasks }) => tasks);
    if (!all.every(staysClosed)) return decided(facts, steps, at);
    if (all.some(isYourCall)) return yourCall(steps, at);
    if (all.every(({ neither }) => neither)) return neitherDoes(facts.run);
    return lookAgain(facts, at) ?? decided(facts, steps, at);
  }
  const bySkips = undecidedBySkips(deciding);
  if (bySkips.length > 0 && steps.includes('score'))
    return { command: `gapcheck score${at} --rater NAME`, words: skippedWords(bySkips, deciding), chance: null };
  const overall = deciding.map((pair) => pair.overall).filter(isOpen);
  const more = steps.includes('more')
    ? proposeMore({ run: facts.run, open, overall, at, each: ballotMs(pairs) })
    : 'nothing-left';
  if (typeof more === 'object') return more;
  // A task with hardly a vote is left aside: nobody can say how many it takes.
  const known = open.filter(isReckonable);
  const tasks = known.length > 0 ? known : open;
  const alone = openAmong(deciding, tasks);
  const wanted = wantedOf(undecidedOverall && alone.length === 0 ? overall : tasks, facts.run);
  return newPrompts(facts.run, alone, { wanted, isLittleLeft: more === 'too-unlikely' });
}

/** What would have a verdict without its skipped ballots: one vote on each may settle it. */
const undecidedBySkips = (pairs: readonly PairVerdicts[]): ScopeVerdict[] =>
  pairs
    .flatMap(({ overall, tasks }) => [...tasks, overall])
    .filter((scope) => isOpen(scope) && isWithdrawnBySkips(scope));

/** Of whose answer is told where others have theirs, or wait for more than skips. */
function skippedWords(scopes: readonly ScopeVerdict[], deciding: readonly PairVerdicts[]): string {
  const skipped = Math.max(...scopes.map((scope) => scope.skipped));
  const names = [...new Set(scopes.map(({ task }) => (task === null ? 'all prompts' : oneLine(task, 40))))];
  const isAll = deciding.every(({ tasks }) => tasks.length < 2);
  const which = isAll ? 'the answer' : `the answer for ${listed(names)}`;
  return `${plural(skipped, 'skipped ballot')} could change ${which}: for somebody else who can judge ${skipped === 1 ? 'it' : 'them'}`;
}

/** Tasks to ask about alone: where the others have their answer, nobody votes on them again. Empty where all are open. */
function openAmong(pairs: readonly PairVerdicts[], open: readonly ScopeVerdict[]): string[] {
  const every = new Set(pairs.flatMap(({ tasks }) => tasks.map(({ task }) => task)));
  const names = [...new Set(open.flatMap(({ task }) => task ?? []))];
  return names.length < every.size && names.every((name) => !name.includes(',')) ? names : [];
}

const staysClosed = ({ verdict, neither }: ScopeVerdict): boolean => neither || verdict === 'keep-closed';

const isYourCall = ({ verdict, withinMargin, neither }: ScopeVerdict): boolean =>
  !neither && verdict === 'keep-closed' && withinMargin;

/** More votes do not take this decision. */
function yourCall(steps: readonly Step[], at: string): NextStep {
  const yours = 'the decision is yours: closed is better, by less than you said you accept';
  return pageStep(steps, at, `${yours}; the page has what to weigh`, yours);
}

/** Whoever has just written the page is told the rest, as a sentence. */
const pageStep = (steps: readonly Step[], at: string, words: string, rest: string): NextStep =>
  steps.includes('page')
    ? { command: `gapcheck report${at} -o report.html`, words, chance: null }
    : { command: null, words: `${capital(rest)}.`, chance: null };

/** A newer open model alone does not help where closed fails too. */
const neitherDoes = (run: RunRecord): NextStep => ({
  command: sameRun(run),
  words: 'neither model does this work: change the prompts, or compare two other models, before you vote again',
  chance: null,
});

/** How the step begins that says itself when to look again. */
export const noTaskMoves = 'no task moves';

/** Where nothing moves there is nothing to route: what a newer model needs. Undefined where no command prepares it. */
function lookAgain({ run, hasLock }: Facts, at: string): NextStep | undefined {
  const open = run.arms.find(({ role }) => role === 'open');
  const again = open && lookAgainOf(run, open, hasLock);
  const step = (command: string, words: string): NextStep => ({
    command,
    words: `${noTaskMoves}; ${words}`,
    chance: null,
  });
  if (again === 'outdated') return step('gapcheck outdated', 'says when a new release is worth another look');
  if (again === 'lock')
    return step(
      `gapcheck run --resume${at} --lock`,
      'locks this run, so that gapcheck outdated finds the next release',
    );
  if (again === 'answers')
    return {
      command: sameRun(run),
      first: 'Put the answers of a newer model into the file first',
      words: noTaskMoves,
      chance: null,
    };
  return undefined;
}

/** Whole agents give no routes: the page is their last step. */
function decided({ run, moneyFlags: money = '' }: Facts, steps: readonly Step[], at: string): NextStep {
  const all = 'every task has its verdict';
  const last = `nothing is left to do: ${all}`;
  if (run.settings.agent) return pageStep(steps, at, all, last);
  if (!steps.includes('routes')) return pageStep([], at, all, last);
  return {
    command: `gapcheck report${at} --routes routes.json${money}`,
    words: `writes a file that tells your app which model each task goes to${run.arms.some(isReplay) ? '; name your models in it first, because this run knows only their answers' : ''}`,
    chance: null,
  };
}

const isOpen = (scope: ScopeVerdict): boolean => scope.verdict === 'undecided' && !scope.neither;

/** Median time on screen of this run's votes, ms; the usual one below five votes. */
export function ballotMs(pairs: readonly PairVerdicts[]): number {
  const times = pairs.flatMap((pair) => pair.evidence.flatMap((unit) => unit.votes.flatMap((vote) => vote.ms ?? [])));
  return times.length < 5 ? usualBallotMs : (quantile(times, 0.5) ?? usualBallotMs);
}
