import type { RunEvent } from '../records/run-events.ts';

/**
 * Position in the ledger at which scoring was finished, null while it is not: at the first unblinding; when the last of
 * the expected raters finished; or, at the end of the ledger, when everybody who voted has finished.
 * A packet that was merged is a rater who finished, once its last vote has entered.
 */
export function scoringFinishedAt(events: readonly RunEvent[], raters: number): number | null {
  const packetEnds = mergedUntil(events);
  const voting = new Set<string>();
  const finished = new Set<string>();
  for (const [at, event] of events.entries()) {
    if (event.event === 'unblinded') return at;
    if (!('rater' in event) || !isVoting.has(event.event)) continue;
    voting.add(event.rater);
    const ends = event.event === 'finished' || event.event === 'withdrawn' || packetEnds.get(event.rater) === at;
    if (ends) finished.add(event.rater);
    else if (event.event === 'entered' && !packetEnds.has(event.rater)) finished.delete(event.rater);
    // Behind that line, which may itself be a vote that enters.
    if (ends && finished.size >= raters && finished.size === voting.size) return at + 0.5;
  }
  // At the end of the ledger, somebody who opened a session and left without a vote holds nobody up.
  const holding = [...voting].filter((rater) => !finished.has(rater) && hasVoteOrPacket(rater, events));
  return finished.size > 0 && holding.length === 0 ? events.length : null;
}

const isVoting: ReadonlySet<string> = new Set(['claimed', 'entered', 'merged', 'finished', 'withdrawn']);

const hasVoteOrPacket = (rater: string, events: readonly RunEvent[]): boolean =>
  events.some(
    (event) =>
      'rater' in event &&
      event.rater === rater &&
      (event.event === 'entered' || (event.event === 'claimed' && event.packet === true)),
  );

/** Per merged rater the last line that brought a vote of theirs, or the merge itself. */
function mergedUntil(events: readonly RunEvent[]): Map<string, number> {
  const merged = new Set(events.flatMap((event) => (event.event === 'merged' ? [event.rater] : [])));
  const until = new Map<string, number>();
  for (const [at, event] of events.entries()) {
    const counts = event.event === 'merged' || event.event === 'entered';
    if (counts && merged.has(event.rater)) until.set(event.rater, at);
  }
  return until;
}
