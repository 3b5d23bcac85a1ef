/** A run folder → what the report is made from. */

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isFinished } from '../../blind/packet-port.ts';
import type { RunEvent } from '../../records/run-events.ts';
import { voidings } from '../../records/standing-events.ts';
import type { ObservedInput, RaterInput, ReportInput, SkippedInput } from '../../report/report-input.ts';
import type { Trial } from '../../runs/trial.ts';
import { readEvents } from '../../store/events-file.ts';
import { runPaths } from '../../store/layout.ts';
import { findRun, openSealedRun, type StoredRun } from '../../store/run-folder.ts';
import { readAllVotes, type VotesFile } from '../../store/votes-file.ts';
import { agentTries } from '../../verdicts/agent-tries.ts';
import type { EvidenceInput } from '../../verdicts/evidence.ts';
import { castVotes } from '../../voting/ballot-plan.ts';
import { carriedVotes } from '../../voting/carried-votes.ts';
import { lastAddition } from '../../voting/further-starts.ts';
import { leftOutBy, returnedPrompts } from '../../voting/left-out.ts';
import { votedAfterOpening } from '../../voting/openings.ts';
import { questionsOf } from '../../voting/questions.ts';
import { sealOf } from '../../voting/seal-reasons.ts';
import { type SkipsVoted, skipsVoted } from '../../voting/skips-voted.ts';
import { closedDays, weekAsPlan } from '../../voting/watched-days.ts';
import { unbegunAnswers } from '../answer/prompts-to-answer.ts';
import { lockPath } from '../ci/lock-path.ts';
import { configDefaults } from '../config/config-defaults.ts';
import type { Context } from '../context.ts';
import { collectOftenIfLarge } from '../large-run.ts';
import { refuseOldRun } from '../old-run.ts';
import { readTrials } from '../run-trials.ts';
import { checkLedger } from '../score/check-ledger.ts';
import { decideVotes, evidenceInput } from '../score/decide-votes.ts';
import { ballotsFor, ballotsToShow, ballotsWaiting, ratersToCome } from '../score/still-out.ts';
import { owedAnswers } from '../score/week-owes.ts';
import { runRef } from '../short-path.ts';
import { againOn } from './same-prompts.ts';

export interface Gathered {
  stored: StoredRun;
  events: RunEvent[];
  votes: VotesFile[];
  input: ReportInput;
  /** Torn lines that were skipped. */
  warnings: string[];
}

export function gather(results: string, ref: string | undefined, context: Context): Gathered {
  const folder = findRun(results, ref);
  collectOftenIfLarge(runPaths(folder), context);
  const stored = openSealedRun(folder);
  refuseOldRun(stored);
  const { run, prompts, paths } = stored;
  const events = readEvents(paths);
  const votes = readAllVotes(paths, run);
  const trials: Record<string, Map<string, Trial>> = {};
  const torn: string[] = [];
  for (const arm of run.arms) {
    const read = readTrials(stored, arm, events);
    trials[arm.name] = read.trials;
    torn.push(...read.warnings);
  }
  checkLedger(paths, votes, events, () => evidenceInput({ stored, events, files: votes, trials }).ballots);
  const at = { stored, events, files: votes, trials };
  const cast = evidenceInput(at);
  const votedSince = skipsVoted(cast.votes, cast.ballots);
  const raters = withLastDay(
    votes.map((file) => ({
      ...raterInput(file, events),
      ...leftOutInput(stored, file, events),
      ...skipsInput(file, votedSince),
    })),
    at,
  );
  const owed = owedAnswers(at, events);
  const seal = sealOf({ ...stored, events, raters, owed }, (packets) => ratersToCome({ ...at, raters }, packets));
  const newest = ref === undefined && dirname(folder) === join(context.cwd, 'results');
  const carried = carriedVotes(events);
  const decided = seal.sealed ? undefined : decideVotes(at);
  const input: ReportInput = {
    ...weekAsPlan(run, prompts, events),
    trials,
    pairs: decided?.pairs ?? 'sealed',
    raters,
    seal,
    hasLock: existsSync(lockPath({}, context)),
    isDefaultMargin: run.margin === configDefaults.margin[run.settings.endpoint],
    generatedAt: context.now().toISOString(),
    observed: events.flatMap(observedInput),
    ...(run.settings.agent && {
      agents: { checked: run.settings.agent.endCheck !== undefined, tries: agentTries(events) },
    }),
    ...(decided && { quality: decided.quality, bestOf: decided.bestOf, notBlind: decided.notBlind }),
    votedAfterOpen: votedAfterOpening(events),
    ...(carried && { carried }),
    ...(decided && run.baseline === undefined && againOn(stored, raters, trials)),
    voided: voidings(events).map(({ voided: { rater, votes }, afterOpening }) => ({ rater, votes, afterOpening })),
    ...(decided && { skips: skipsIn(votes, cast.ballots) }),
    ...(decided && { waiting: ballotsWaiting({ ...at, raters }) }),
    ...(run.command !== undefined && { command: run.command }),
    ...(run.settings.watch && { toShow: ballotsToShow(at), days: daysOf(events) }),
    toVote: questionsOf(run, prompts, events).all.map(({ id }) => id),
    unbegun: unbegunAnswers(stored, events, trials),
    ...(newest ? {} : { runFolder: runRef(context.cwd, folder) }),
  };
  const warnings = [...stored.warnings, ...votes.flatMap((file) => file.warnings), ...torn];
  return { stored, events, votes, input, warnings };
}

/**
 * A rater has finished when nothing was added after the finish: neither a vote to their file nor one to the ledger.
 * The ledger's `finished` comes behind the guesses, so that no report is there while the question who is who is open.
 */
function raterInput({ header, lines, lastHash }: VotesFile, events: readonly RunEvent[]): RaterInput {
  const cast = castVotes(lines);
  const skipped = cast.filter(({ choice }) => choice === 'skip').length;
  const last = (kind: RunEvent['event']): number =>
    events.findLastIndex((event) => event.event === kind && 'rater' in event && event.rater === header.rater);
  const hasFinished = isFinished({ lines }) && last('finished') > last('entered');
  // Nothing more is taken from a packet that was withdrawn half-way.
  const finished = hasFinished || last('withdrawn') > last('entered');
  const wasAsked = events.some((event) => event.event === 'finished' && event.rater === header.rater && event.asked);
  const gaveNoGuess = wasAsked && !lines.some((line) => 'guess' in line);
  return {
    rater: header.rater,
    votes: cast.length - skipped,
    skipped,
    lastHash,
    finished,
    chainOk: true,
    ...(gaveNoGuess && { gaveNoGuess }),
  };
}

const skipsInput = ({ header }: VotesFile, voted: ReadonlyMap<string, SkipsVoted>): Pick<RaterInput, 'skipsVoted'> => {
  const found = voted.get(header.rater);
  return found ? { skipsVoted: found } : {};
};

const skipsIn = (votes: readonly VotesFile[], ballots: EvidenceInput['ballots']): SkippedInput[] =>
  votes.flatMap(({ header, lines }) =>
    castVotes(lines).flatMap(({ choice, ballot, reason }) => {
      const dealt = choice === 'skip' ? ballots.get(ballot) : undefined;
      return dealt ? [{ prompt: dealt.prompt, rater: header.rater, reason: reason ?? null }] : [];
    }),
  );

const daysOf = (events: readonly RunEvent[]): ReportInput['days'] =>
  closedDays(events).map(({ day, records, late, different, prompts, toRead }) => ({
    day,
    records,
    late,
    different,
    prompts: prompts.slice(0, toRead),
  }));

/** Of the prompts that are voted on: what this rater left out, and how much of that nobody else can read. */
function leftOutInput(
  { run, prompts }: Pick<StoredRun, 'run' | 'prompts'>,
  { header }: VotesFile,
  events: readonly RunEvent[],
): Pick<RaterInput, 'leftOut'> {
  const left = leftOutBy(events).get(header.rater);
  if (!left || left.names.length === 0) return {};
  const asked = questionsOf(run, prompts, events).all.filter(({ id }) => left.prompts.includes(id));
  const returned = returnedPrompts(run, events);
  const unread = asked.filter(({ id }) => returned.has(id)).length;
  return { leftOut: { names: left.names, prompts: asked.length, unread } };
}

/** Raters who finished before a later day brought more for them to read have not finished. */
function withLastDay(raters: RaterInput[], at: Omit<Parameters<typeof ballotsFor>[1], 'raters'>): RaterInput[] {
  const { events } = at;
  if (!at.stored.run.settings.watch || events.some(({ event }) => event === 'opened')) return raters;
  const lastDay = lastAddition(at.stored.run, events);
  if (lastDay === -1) return raters;
  const finishedAt = (rater: string): number =>
    events.findLastIndex((event) => event.event === 'finished' && event.rater === rater);
  return raters.map((one) => {
    if (!one.finished || finishedAt(one.rater) > lastDay) return one;
    return { ...one, finished: ballotsFor(one.rater, { ...at, raters }) === 0 };
  });
}

function observedInput(event: RunEvent): ObservedInput[] {
  if (event.event !== 'arm-observed') return [];
  const { event: _event, at: _at, ...observed } = event;
  return [observed];
}
