/** What a run waits for, in a few words and one command. Names no model: its results may be hidden still. */
import { basename } from 'node:path';
import { GapcheckError } from '../errors.ts';
import { isOldRun } from '../records/migrate.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { RunEvent } from '../records/run-events.ts';
import { pairName, type RunRecord } from '../records/run-record.ts';
import { allSkipped, toOpenSeal } from '../report/next-step.ts';
import { isToAsk, trialKey } from '../runs/trial.ts';
import { readRun } from '../store/run-folder.ts';
import { listed, plural } from '../text/numbers.ts';
import { printableLine } from '../text/printable.ts';
import { sameAnswer } from '../text/same-answer.ts';
import type { EvidenceInput } from '../verdicts/evidence.ts';
import { castVotes } from '../voting/ballot-plan.ts';
import { answerOf } from '../voting/ballots.ts';
import { returnedPrompts } from '../voting/left-out.ts';
import { questionsOf } from '../voting/questions.ts';
import { daysToCome } from '../voting/watched-days.ts';
import { promptsToAnswer } from './answer/prompts-to-answer.ts';
import type { Context } from './context.ts';
import { type Gathered, gather } from './result/gather.ts';
import { evidenceInput } from './score/decide-votes.ts';
import { runWord } from './short-path.ts';

export interface RunState {
  /** Folder name. */
  run: string;
  /** Files the prompts came from. */
  prompts: string;
  /** Answers that are there, and how many were asked for; null where the run cannot be read. */
  answers: { there: number; asked: number } | null;
  /**
   * `cast` counts ballots with a vote; `settled` of them needed none: their answers were identical, or votes were kept.
   * `skipped` of the others were skipped, and nobody has voted on them. `lost` of the others get no ballot: a model could
   * not be asked.
   */
  votes: { cast: number; planned: number; settled: number; skipped: number; lost: number } | null;
  state: string;
  /** Null where nothing is to be done. */
  next: string | null;
  /** It waits for somebody. */
  waits: boolean;
}

/** Reads the whole run. A run that cannot be read says why. */
export function runState(folder: string, context: Context): RunState {
  try {
    const run = readRun(folder);
    if (isOldRun(run)) return unread(folder, context, `made by gapcheck ${run.gapcheck}; nothing is added to it`);
    return stateOf(gather(folder, folder, context), context);
  } catch (error) {
    if (!(error instanceof GapcheckError)) throw error;
    return { ...unread(folder, context, 'cannot be read'), next: null };
  }
}

const unread = (folder: string, { cwd }: Context, state: string): RunState => ({
  run: basename(folder),
  prompts: '–',
  answers: null,
  votes: null,
  state,
  next: `gapcheck report ${runWord(cwd, folder)}`,
  waits: false,
});

type Waiting = Pick<RunState, 'state' | 'next' | 'waits'>;

function stateOf(gathered: Gathered, { cwd }: Context): RunState {
  const { run, paths } = gathered.stored;
  const answers = answersOf(gathered);
  const at = runWord(cwd, paths.folder);
  const files = run.sources.map(({ file }) => printableLine(basename(file)));
  const missing = answers.asked - answers.there - answers.lost;
  return {
    run: basename(paths.folder),
    prompts: files.length > 1 ? `${files[0]} +${files.length - 1}` : (files[0] ?? '–'),
    answers: { there: answers.there, asked: answers.asked },
    votes: votesOf(gathered),
    ...(run.settings.watch ? weekWaits(gathered, missing, at) : runWaits(gathered, missing, at)),
  };
}

function runWaits(gathered: Gathered, missing: number, at: string): Waiting {
  if (missing > 0)
    return { state: `${plural(missing, 'answer')} missing`, next: `gapcheck run --resume ${at}`, waits: true };
  return votesWait(gathered, at);
}

function weekWaits(gathered: Gathered, missing: number, at: string): Waiting {
  const { stored, events, votes, input } = gathered;
  const { seal, toShow = 0, waiting = 0 } = input;
  if (daysToCome(stored.run, events) > 0) return inTheWeek(gathered, at);
  if (seal.owed)
    return {
      state: `${plural(seal.owed, 'answer')} missing${toShow > 0 ? ', ready to vote' : ''}`,
      next: toShow > 0 ? `gapcheck score ${at}` : `gapcheck run --resume ${at}`,
      waits: true,
    };
  if (!seal.sealed && waiting > 0 && seal.unblindedEarly === undefined)
    return { state: `${plural(waiting, 'ballot')} to vote on`, next: `gapcheck score ${at}`, waits: true };
  if (seal.sealed && toShow === 0 && votes.every(({ lines }) => castVotes(lines).length === 0))
    return { state: `${plural(missing, 'answer')} missing`, next: null, waits: false };
  return votesWait(gathered, at);
}

function votesWait(gathered: Gathered, at: string): Waiting {
  const { input } = gathered;
  if (allSkipped(input))
    return { state: 'every ballot was skipped', next: `gapcheck score ${at} --rater NAME`, waits: true };
  if (!input.seal.sealed) return { state: 'report ready', next: `gapcheck report ${at}`, waits: false };
  return { state: waitingFor(gathered), next: toOpenSeal({ ...input, runFolder: at }), waits: true };
}

/** The week goes on by itself; meanwhile somebody can vote. */
function inTheWeek({ stored: { run }, events, input: { toShow = 0, seal } }: Gathered, at: string): Waiting {
  const days = run.settings.watch?.days ?? 0;
  const closed = days - daysToCome(run, events);
  const waits = toShow > 0 && seal.sealed;
  const state = closed === 0 ? `day 1 of ${days} is running` : `day ${closed} of ${days}`;
  return { state: `${state}${waits ? ', ready to vote' : ''}`, next: waits ? `gapcheck score ${at}` : null, waits };
}

function waitingFor({ input: { raters, seal } }: Gathered): string {
  const voting = raters.filter(({ finished, votes, skipped }) => !finished && votes + skipped > 0);
  if (voting.length > 0)
    return `${listed(voting.map(({ rater }) => printableLine(rater)))} ${voting.length === 1 ? 'has' : 'have'} not finished`;
  const out = seal.packets ?? [];
  if (out.length > 0) return `waiting for votes of ${listed(out.map(({ rater }) => printableLine(rater)))}`;
  return (seal.absent ?? 0) > 0 ? `${plural(seal.absent ?? 0, 'rater')} still to vote` : 'ready to vote';
}

/** First answers of every prompt that is wanted: the plan, what machine checks read, and what `more` or a day added. */
function answersOf({ stored, events, input }: Gathered): { there: number; asked: number; lost: number } {
  const { run, prompts } = stored;
  const wanted = run.settings.watch ? questionsOf(run, prompts, events).all : promptsToAnswer(stored, events);
  const all = run.arms.flatMap(({ name }) => wanted.map(({ id }) => input.trials[name]?.get(trialKey(id, 1))));
  const there = all.filter((trial) => (trial?.state ?? 'missing') !== 'missing').length;
  const lost = all.filter((trial) => trial?.state === 'missing' && !isToAsk(trial)).length;
  return { there, asked: wanted.length * run.arms.length, lost };
}

/** Each prompt of a pair counts once: hidden repeats and second votes on it are no further ballots. */
function votesOf({ stored, events, votes, input }: Gathered): NonNullable<RunState['votes']> {
  const { run, prompts } = stored;
  const { voted, skipped } = castOn(evidenceInput({ stored, events, files: votes, trials: input.trials }));
  const returned = returnedPrompts(run, events);
  const asked = questionsOf(run, prompts, events).all.filter(({ id }) => !returned.has(id));
  const entered = events.flatMap((event) => (isSettled(event) ? [`${event.prompt} ${event.pair}`] : []));
  const settled = new Set([...entered, ...sameTwice(run, asked, input)]);
  const done = new Set([...voted, ...settled]);
  const planned = asked.length * run.pairs.length;
  const cast = Math.min(planned, done.size);
  const skips = Math.min(planned - cast, [...skipped].filter((one) => !done.has(one)).length);
  const lost = run.pairs.reduce((sum, { a, b }) => sum + lostPrompts([a, b], asked, input), 0);
  return {
    cast,
    planned,
    settled: Math.min(planned, settled.size),
    skipped: skips,
    lost: Math.min(planned - cast - skips, lost),
  };
}

/** One of the two models is missing there, and no start of the run asks it. */
const lostPrompts = (pair: readonly string[], asked: readonly PromptRecord[], { trials }: Gathered['input']): number =>
  asked.filter(({ id }) => pair.some((arm) => trials[arm]?.get(trialKey(id, 1))?.forGood === true)).length;

/** Pairs of equal answers. A session enters them at its end; until then they are counted here. */
function sameTwice({ pairs }: RunRecord, asked: readonly PromptRecord[], { trials }: Gathered['input']): string[] {
  if (asked.length > mostCompared) return [];
  return pairs.flatMap((pair) =>
    asked.flatMap(({ id }) => {
      const [a, b] = [pair.a, pair.b].map((arm) => answerOf(trials[arm]?.get(trialKey(id, 1))));
      return a && b && sameAnswer(a, b) ? [`${id} ${pairName(pair)}`] : [];
    }),
  );
}

/** Texts of a larger run are read from the disk: nobody waits for them to see a list. */
const mostCompared = 2_000;

/** Identical answers, or votes of an earlier run that were kept. */
const isSettled = (event: RunEvent): event is Extract<RunEvent, { event: 'entered-identical' | 'carried' }> =>
  event.event === 'entered-identical' || event.event === 'carried';

function castOn({
  votes,
  ballots,
}: Pick<EvidenceInput, 'votes' | 'ballots'>): Record<'voted' | 'skipped', Set<string>> {
  const on = { voted: new Set<string>(), skipped: new Set<string>() };
  for (const { ballot, choice } of [...votes.values()].flatMap(castVotes)) {
    const dealt = ballots.get(ballot);
    if (dealt) on[choice === 'skip' ? 'skipped' : 'voted'].add(`${dealt.prompt} ${dealt.pair}`);
  }
  return on;
}
