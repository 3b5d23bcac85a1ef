/**
 * Ballots out of a run folder and votes into it. A vote is on the disk before the next ballot is chosen; it becomes
 * evidence (`entered`) when it can no longer be taken back. The ledger's lock keeps two raters apart.
 */
import { isFinished, lineBody, mostGuesses, paceOf } from '../../blind/packet-port.ts';
import type { SessionLine, SessionPort } from '../../blind/session/engine.ts';
import type { PromptsToCome } from '../../blind/session/leave-out.ts';
import type { GuessBallot } from '../../blind/session/state.ts';
import { GapcheckError } from '../../errors.ts';
import type { PromptId } from '../../records/ids.ts';
import type { RunEvent } from '../../records/run-events.ts';
import type { RunRecord } from '../../records/run-record.ts';
import { leftOutNames, type VoteLine } from '../../records/vote-lines.ts';
import { safely } from '../../store/cannot-write.ts';
import { addEvents, readEvents } from '../../store/events-file.ts';
import type { VotesFile, VotesWriter } from '../../store/votes-file.ts';
import type { BallotsToCome } from '../../verdicts/next-ballot.ts';
import { castVotes, claims } from '../../voting/ballot-plan.ts';
import type { DealtBallot } from '../../voting/ballots.ts';
import { lastAddition } from '../../voting/further-starts.ts';
import { wasOpen } from '../../voting/openings.ts';
import { isDraw } from '../../voting/questions.ts';
import { skipChances } from '../plan/plan-chances.ts';
import { leftOutEvents } from './left-out-events.ts';
import { freshBallots, orderBallots } from './open-ballots.ts';
import { runNotes } from './run-notes.ts';
import type { Scoring } from './scoring.ts';
import { seenWarnings } from './seen-warnings.ts';
import { weekOwes } from './week-owes.ts';

export interface RunPort extends SessionPort {
  /** Ballots that can still come to this rater. */
  atMost(): number;
  /** Standing votes, skips included. */
  votes(): number;
  /** Those of them that were skipped. */
  skips(): number;
  /** Ballots that can still come and need somebody to read them, hidden repeats included. */
  toRead(): number;
  /** Prompts that this session met whose answers were identical. */
  identical(): number;
  /** The session is over: what could be taken back no longer can. */
  leave(): Promise<void>;
}

export type Untimed = Parameters<Parameters<typeof addEvents>[2]>[0] extends (infer E)[]
  ? E extends RunEvent
    ? Omit<E, 'at'>
    : never
  : never;

/** `before`: what a rater hears of earlier runs, if none of the answers is known to have been seen; `always` in any case. */
export function createRunPort(
  scoring: Scoring,
  writer: VotesWriter,
  now: () => Date,
  { always = [], before = [] }: { always?: readonly string[]; before?: readonly string[] } = {},
): RunPort {
  const { stored, rater } = scoring;
  const standing = (): VoteLine[] => castVotes(writer.file.lines);
  const skips = (): number => standing().filter(({ choice }) => choice === 'skip').length;
  let same = new Set<string>();
  const add = (decide: (sofar: RunEvent[]) => Untimed[]): Promise<Untimed[]> =>
    safely("the run's ledger", () => addEvents(stored.paths, now, decide));
  const toCome = (events: readonly RunEvent[]): BallotsToCome =>
    hasLeft(rater, writer.file, stored.run, events)
      ? { ballots: [], atMost: 0 }
      : orderBallots(scoring, standing(), events);
  const enter = (upTo: number): Promise<unknown> => add((sofar) => enteringEvents(scoring, standing(), sofar, upTo));
  // The vote itself is on the disk: what the ledger misses now is entered with the next vote, or at the next start.
  const enterLater = (upTo: number): Promise<unknown> =>
    enter(upTo).catch((error: unknown) => {
      if (!(error instanceof GapcheckError)) throw error;
    });
  const append = (line: SessionLine): Promise<{ n: number }> =>
    safely('your votes file', async () => ({
      n: writer.append({ ...lineBody(line), at: now().toISOString() }).n,
    }));
  return {
    atMost: () => toCome(readEvents(stored.paths)).atMost,
    votes: () => standing().length,
    skips,
    toRead: () => toReadOf(scoring, toCome(readEvents(stored.paths))),
    identical: () => same.size,
    async next() {
      let chosen: DealtBallot | undefined;
      let left = 0;
      let met: string[] = [];
      await add((sofar) => {
        const { ballots, atMost } = toCome(sofar);
        const { identical, first } = untilDifferent(scoring, ballots);
        chosen = first;
        left = toReadOf(scoring, { ballots, atMost });
        const settled = identicalEvents(scoring, identical, sofar);
        met = settled.flatMap((event) => (event.event === 'entered-identical' && !event.empty ? [event.prompt] : []));
        return [...settled, ...claimEvents(scoring, first, sofar)];
      });
      same = new Set([...same, ...met]);
      const voted = standing().length;
      if (!chosen) {
        // No vote is no result to lock, and a week that is not complete brings more.
        const later = (voted === 0 || weekOwes(scoring, readEvents(stored.paths)).any) && { later: true as const };
        const isOpen = !isFinished(writer.file);
        return { votes: voted, skips: skips(), identical: same.size, ...(isOpen && { open: isOpen }), ...later };
      }
      return { ballot: scoring.ballot(chosen), progress: { number: voted + 1, atMost: left, voted } };
    },
    async append(line) {
      if (line.kind === 'finish' && isFinished(writer.file)) return { n: writer.file.lines.at(-1)?.n ?? 0 };
      const { n } = await append(line);
      if (line.kind === 'leave-out') await add((sofar) => leftOutEvents(scoring, writer.file, sofar));
      // The vote before this one can no longer be taken back.
      if (line.kind === 'vote' || line.kind === 'finish') await enterLater(n - 1);
      return { n };
    },
    toCome() {
      const fresh = freshBallots(scoring, writer.file, readEvents(stored.paths));
      const seen = seenWarnings(scoring, fresh, { now });
      return promptsToCome(scoring, fresh, writer.file, [...always, ...(seen.length > 0 ? seen : before)]);
    },
    pace: () => paceOf(standing()),
    // More prompts than planned are read one by one: no figure of the plan is about them.
    skipCost: () => (readEvents(stored.paths).some(isDraw) ? '' : skipChances(stored.run)),
    // Whoever has read a report guesses from what it says.
    guesses: async () => (wasOpen(readEvents(stored.paths)) ? [] : guessBallots(scoring, standing(), writer)),
    async close(asked) {
      await enter(Number.POSITIVE_INFINITY);
      const fingerprint = writer.file.lastHash;
      const votes = standing().length;
      await add((sofar) =>
        sofar.some((event) => event.event === 'finished' && event.rater === rater && event.lastHash === fingerprint)
          ? []
          : [{ event: 'finished', rater, votes, lastHash: fingerprint, ...(asked && { asked }) }],
      );
      return { votes, skips: skips(), fingerprint };
    },
    async leave() {
      await add((sofar) => leftOutEvents(scoring, writer.file, sofar));
      await enter(Number.POSITIVE_INFINITY);
    },
  };
}

/** `warnings`: what is said before anything else. */
function promptsToCome(
  scoring: Scoring,
  toCome: readonly DealtBallot[],
  { lines }: VotesFile,
  warnings: readonly string[],
): PromptsToCome {
  const open = toCome.filter((dealt) => scoring.settledAs(dealt) === undefined);
  const prompts = [...new Set(open.map(({ prompt }) => prompt))];
  const tasks = [...new Map(open.map((dealt) => [dealt.prompt, scoring.taskOf(dealt)])).values()];
  const own = { tasks, few: 2 * toCome.length < scoring.share };
  const notes = [...warnings, ...runNotes(scoring.stored.run, own)];
  return { prompts: prompts.map(scoring.kindOf), leftOut: leftOutNames(lines), notes };
}

/** Without those whose answers are the same: they are settled when they come, and nobody reads them. */
const toReadOf = (scoring: Scoring, { ballots, atMost }: BallotsToCome): number =>
  atMost - ballots.filter((dealt) => dealt.copy === 1 && scoring.settledAs(dealt) !== undefined).length;

/** Finished, and nothing was added since. */
export function hasLeft(
  rater: string,
  file: Pick<VotesFile, 'lines'>,
  run: Pick<RunRecord, 'settings'>,
  events: readonly RunEvent[],
): boolean {
  if (!isFinished(file)) return false;
  const finished = events.findLastIndex((event) => event.event === 'finished' && event.rater === rater);
  return finished === -1 || lastAddition(run, events) < finished;
}

/** Ballots at the head that need nobody are settled without asking. */
function untilDifferent(
  scoring: Scoring,
  candidates: readonly DealtBallot[],
): { identical: DealtBallot[]; first?: DealtBallot } {
  const at = candidates.findIndex((dealt) => dealt.copy > 1 || scoring.settledAs(dealt) === undefined);
  const first = candidates[at];
  return { identical: candidates.slice(0, at === -1 ? candidates.length : at), ...(first ? { first } : {}) };
}

export function identicalEvents(
  { settledAs }: Pick<Scoring, 'settledAs'>,
  identical: readonly DealtBallot[],
  sofar: readonly RunEvent[],
): Untimed[] {
  const known = new Set(
    sofar.flatMap((event) => (event.event === 'entered-identical' ? [`${event.prompt} ${event.pair}`] : [])),
  );
  return identical.flatMap((dealt) => {
    const { prompt, pair } = dealt;
    if (known.has(`${prompt} ${pair}`)) return [];
    const empty = settledAs(dealt) === 'no-answer' ? { empty: true as const } : {};
    return [{ event: 'entered-identical' as const, prompt, pair, ...empty }];
  });
}

function claimEvents(
  { rater, overlap }: Scoring,
  chosen: DealtBallot | undefined,
  sofar: readonly RunEvent[],
): Untimed[] {
  if (!chosen || overlap.has(chosen.prompt) || claims(sofar).get(chosen.prompt)?.rater === rater) return [];
  return [{ event: 'claimed', rater, prompt: chosen.prompt }];
}

/** Votes up to line `upTo` that are not in the ledger yet, in order. Skips and hidden repeats are no evidence. */
export function enteringEvents(
  scoring: Pick<Scoring, 'rater' | 'byId' | 'seen'>,
  votes: readonly VoteLine[],
  sofar: readonly RunEvent[],
  upTo: number,
): Untimed[] {
  const { rater, byId } = scoring;
  const entered = new Set(
    sofar.flatMap((event) => (event.event === 'entered' && event.rater === rater ? [event.n] : [])),
  );
  // A packet is voted on by another machine's clock: what was known when it was dealt was known when it was read.
  const dealtAt = new Map(
    sofar.flatMap((event): [PromptId, number][] =>
      event.event === 'claimed' && event.rater === rater ? [[event.prompt, Date.parse(event.at)]] : [],
    ),
  );
  return votes.flatMap(({ n, ballot, choice, at }) => {
    const dealt = byId.get(ballot);
    if (n > upTo || choice === 'skip' || entered.has(n) || dealt?.copy !== 1) return [];
    const seen = scoring.seen(dealt, Math.max(Date.parse(at), dealtAt.get(dealt.prompt) ?? 0));
    return [{ event: 'entered' as const, rater, n, ballot, prompt: dealt.prompt as PromptId, ...(seen && { seen }) }];
  });
}

/** Up to 20 of the voted ballots, drawn by their ids (HMACs of the seed), minus those already asked about. */
function guessBallots(scoring: Scoring, votes: readonly VoteLine[], writer: VotesWriter): GuessBallot[] {
  const asked = new Set(writer.file.lines.flatMap((line) => ('guess' in line ? [line.of] : [])));
  const drawn = votes
    .filter(({ ballot, choice }) => choice !== 'skip' && scoring.byId.get(ballot)?.copy === 1)
    .sort((a, b) => (a.ballot < b.ballot ? -1 : 1))
    .slice(0, mostGuesses);
  return drawn.flatMap(({ n, ballot }) => {
    const dealt = scoring.byId.get(ballot);
    return dealt && !asked.has(n) ? [{ ballot: scoring.ballot(dealt), of: n }] : [];
  });
}
