/** What withdrawing a packet and voiding votes left standing of the ledger. The lines themselves stay in the file. */
import type { RunEvent } from './run-events.ts';

/** What a voided file had brought, and what a withdrawn packet had claimed. */
const ofVotes: ReadonlySet<string> = new Set(['claimed', 'entered', 'left-out', 'merged', 'finished']);

const isPacketClaim = (event: RunEvent): event is Extract<RunEvent, { event: 'claimed' }> =>
  event.event === 'claimed' && event.packet === true;

/** The ledger in its order, without lines that a later line of it takes back. */
export function standingEvents(events: readonly RunEvent[]): RunEvent[] {
  const until = new Map<string, number>();
  const freed = new Map<string, number>();
  let lastVoid = -1;
  for (const [at, event] of events.entries()) {
    if (event.event === 'withdrawn') freed.set(event.rater, at);
    if (event.event !== 'voided') continue;
    until.set(event.rater, at);
    lastVoid = at;
  }
  if (until.size === 0 && freed.size === 0) return [...events];
  const voted = new Set(
    events.flatMap((event, at) =>
      event.event === 'entered' && at > (until.get(event.rater) ?? -1) ? [`${event.rater} ${event.prompt}`] : [],
    ),
  );
  return events.filter((event, at) => {
    // A verdict rested on the votes as they were.
    if (event.event === 'verdict') return at > lastVoid;
    if (!('rater' in event) || !ofVotes.has(event.event)) return true;
    if (at < (until.get(event.rater) ?? -1)) return false;
    return !(
      isPacketClaim(event) &&
      at < (freed.get(event.rater) ?? -1) &&
      !voted.has(`${event.rater} ${event.prompt}`)
    );
  });
}

/** SHA-256, hex, of the token that votes of this rater must carry; undefined where no packet of theirs counts. */
export function tokenHashOf(rater: string, events: readonly RunEvent[]): string | undefined {
  const last = events.findLast(
    (event) => (event.event === 'given' || event.event === 'withdrawn') && event.rater === rater,
  );
  return last?.event === 'given' ? last.token : undefined;
}

/** How often a packet or votes of this rater were taken back: each time the next packet gets another token. */
export const roundOf = (rater: string, events: readonly RunEvent[]): number =>
  events.filter((event) => (event.event === 'voided' || event.event === 'withdrawn') && event.rater === rater).length;

export type Voided = Extract<RunEvent, { event: 'voided' }>;

/** Voided votes, oldest first, and whether a result could be seen before. */
export function voidings(events: readonly RunEvent[]): { voided: Voided; afterOpening: boolean }[] {
  const opened = events.findIndex(({ event }) => event === 'opened' || event === 'unblinded');
  return events.flatMap((event, at) =>
    event.event === 'voided' ? [{ voided: event, afterOpening: opened !== -1 && opened < at }] : [],
  );
}
