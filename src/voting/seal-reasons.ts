/** When the report of a run opens, and why it does not yet. Reads the ledger; knows no side. */
import type { PromptId } from '../records/ids.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { RunEvent } from '../records/run-events.ts';
import { pairName, type RunRecord } from '../records/run-record.ts';
import { plural } from '../text/numbers.ts';
import { claims } from './ballot-plan.ts';
import { returnedPrompts } from './left-out.ts';
import { questionsOf } from './questions.ts';
import { daysToCome } from './watched-days.ts';

/** Whether the report is sealed, and what it waits for. */
export interface Seal {
  sealed: boolean;
  /** Why it is sealed, or what opened it; a sentence for people. */
  reason: string;
  unblindedEarly?: { voted: number; planned: number };
  /** Ballots that are with somebody elsewhere. */
  packets?: PacketOut[];
  /** Planned raters who have not begun. */
  absent?: number;
  /** Days of a watched week that have not closed. */
  daysLeft?: number;
  /** Answers of a watched week that its next start asks for again. */
  owed?: number;
}

export interface PacketOut {
  rater: string;
  prompts: number;
}

/** How far a rater is. */
export interface RaterState {
  rater: string;
  votes: number;
  skipped: number;
  finished: boolean;
}

export interface Voting {
  run: RunRecord;
  prompts: readonly PromptRecord[];
  events: readonly RunEvent[];
  raters: readonly RaterState[];
  /** Answers that the next start of a watched week asks for again. */
  owed?: number;
}

/**
 * Sealed until everybody has finished: those in the middle of a session, those with a packet, and those who were planned
 * and have not begun. Opened early on request, which is recorded. `toCome`: planned raters of whom nothing is there yet.
 */
export function sealOf(voting: Voting, toCome: (packets: readonly PacketOut[]) => number): Seal {
  const { events, run } = voting;
  const early = events.find((event) => event.event === 'unblinded' && event.early);
  if (early?.event === 'unblinded') {
    const { voted, planned } = early;
    return { sealed: false, reason: 'unblinded early', unblindedEarly: { voted, planned } };
  }
  const raters = voting.raters.filter(hasVotes);
  const packets = packetsOut(events);
  const week = weekToCome(voting);
  if (week) return { sealed: true, ...week, packets };
  if (raters.length === 0 && packets.length === 0)
    return everythingSettled(voting)
      ? { sealed: false, reason: 'no ballot needs anybody' }
      : { sealed: true, reason: 'nobody has voted yet.' };
  const absent = raters.length === 0 ? 0 : toCome(packets);
  const reasons = reasonsToWait(raters, packets, absent, run.settings.raters);
  if (reasons.length === 0) return { sealed: false, reason: 'everybody who voted has finished' };
  return { sealed: true, reason: `${reasons.join('; ')}.`, packets, absent };
}

/** What a watched week still brings; undefined where it is complete, and in any other run. */
function weekToCome({ run, events, owed = 0 }: Voting): Pick<Seal, 'reason' | 'daysLeft' | 'owed'> | undefined {
  const daysLeft = daysToCome(run, events);
  if (daysLeft > 0)
    return {
      reason: `the week is not over: ${plural(daysLeft, 'day')} of ${run.settings.watch?.days ?? 0} ${daysLeft === 1 ? 'is' : 'are'} still to come.`,
      daysLeft,
    };
  if (owed === 0 || events.some(({ event }) => event === 'opened')) return undefined;
  return {
    reason: `the week is not complete: ${plural(owed, 'answer is', 'answers are')} missing and will be asked for again.`,
    owed,
  };
}

function reasonsToWait(
  raters: readonly RaterState[],
  packets: readonly PacketOut[],
  absent: number,
  planned: number,
): string[] {
  const voting = raters.filter(({ finished }) => !finished).map(({ rater }) => rater);
  const have = (count: number): string => (count === 1 ? 'has' : 'have');
  return [
    ...(voting.length > 0 ? [`${voting.join(', ')} ${have(voting.length)} not finished scoring`] : []),
    ...packets.map(
      ({ rater, prompts }) => `${rater} has ${plural(prompts, 'prompt')} in a packet that has not come back`,
    ),
    ...(absent > 0 ? [`${absent} of ${planned} raters ${have(absent)} not begun`] : []),
  ];
}

/** Packets that were given away and have not come back whole. */
export function packetsOut(events: readonly RunEvent[]): PacketOut[] {
  const voted = new Set(events.flatMap((event) => (event.event === 'entered' ? [event.prompt] : [])));
  const ballots = new Map<string, number>();
  for (const [prompt, { rater, packet }] of claims(events)) {
    if (packet && !voted.has(prompt) && !isBack(rater, events)) ballots.set(rater, (ballots.get(rater) ?? 0) + 1);
  }
  return [...ballots].map(([rater, prompts]) => ({ rater, prompts }));
}

/** The rater's votes came in, or they finished here, after the last packet that they were given. */
function isBack(rater: string, events: readonly RunEvent[]): boolean {
  const given = events.findLastIndex(
    (event) => event.event === 'claimed' && event.packet === true && event.rater === rater,
  );
  const back = events.findLastIndex(
    (event) => (event.event === 'merged' || event.event === 'finished') && event.rater === rater,
  );
  return back > given;
}

/** Somebody who opened a session and left without a vote holds nobody up. */
export const hasVotes = ({ votes, skipped }: RaterState): boolean => votes + skipped > 0;

/** Every ballot of the plan has a vote, or needs none: its answers are the same, or its vote was carried over. */
export function everythingSettled({ run, prompts, events }: Omit<Voting, 'raters'>): boolean {
  const settled = new Set<string>();
  const key = (prompt: PromptId, pair: string): string => `${prompt} ${pair}`;
  for (const event of events) {
    if (event.event === 'entered-identical' || event.event === 'carried') settled.add(key(event.prompt, event.pair));
    if (event.event === 'entered') for (const pair of run.pairs) settled.add(key(event.prompt, pairName(pair)));
  }
  const returned = returnedPrompts(run, events);
  return questionsOf(run, prompts, events).all.every(
    ({ id }) => returned.has(id) || run.pairs.every((pair) => settled.has(key(id, pairName(pair)))),
  );
}
