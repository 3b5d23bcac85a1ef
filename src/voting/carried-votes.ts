/** Votes that an earlier run gave to this one, because both answers are what they were. */
import type { PromptId } from '../records/ids.ts';
import type { RunEvent } from '../records/run-events.ts';

export interface CarriedVotes {
  /** Id of the run in which they were cast. */
  from: string;
  /** By rater, in the order of the ledger; at least one. */
  raters: { rater: string; votes: number }[];
  /** Those of them that came when that run's result had been open once. */
  afterOpen: number;
}

/** Undefined where every vote was cast in this run. */
export function carriedVotes(events: readonly RunEvent[]): CarriedVotes | undefined {
  const carried = events.flatMap((event) => (event.event === 'carried' ? [event] : []));
  const [first] = carried;
  if (!first) return undefined;
  const votes = carried.flatMap((event) => event.votes);
  const byRater = new Map<string, number>();
  for (const { rater } of votes) byRater.set(rater, (byRater.get(rater) ?? 0) + 1);
  return {
    from: first.from,
    raters: [...byRater].map(([rater, count]) => ({ rater, votes: count })),
    afterOpen: votes.filter(({ afterOpen }) => afterOpen).length,
  };
}

/** Prompts of which no vote came before the result was open. */
export function onlyAfterOpening(events: readonly RunEvent[]): Set<PromptId> {
  const first = events.findIndex(({ event }) => event === 'opened');
  const entered = (some: readonly RunEvent[]): PromptId[] =>
    some.flatMap((event) => (event.event === 'entered' ? [event.prompt] : []));
  if (first === -1) return new Set();
  const before = new Set(entered(events.slice(0, first)));
  return new Set(entered(events.slice(first)).filter((prompt) => !before.has(prompt)));
}
