/** Batches of votes: what entered between two moments at which a result could be seen. (What `more` or a day adds is a draw.) */
import type { PromptId } from '../records/ids.ts';
import type { RunEvent } from '../records/run-events.ts';

/** Batch of a line of the ledger: 0 before the first opening, j between opening j and the next. */
export function batchAt(events: readonly RunEvent[]): (position: number) => number {
  const openings = events.flatMap(({ event }, at) => (event === 'opened' ? [at] : []));
  return (position) => openings.filter((at) => at < position).length;
}

const entersEvidence = ({ event }: RunEvent): boolean =>
  event === 'entered' || event === 'entered-identical' || event === 'carried';

/** The line to write before a result is shown; none where nothing has entered since the last one. */
export function openingEvents(events: readonly RunEvent[]): Omit<Extract<RunEvent, { event: 'opened' }>, 'at'>[] {
  const last = events.findLastIndex(({ event }) => event === 'opened');
  if (!events.slice(last + 1).some(entersEvidence)) return [];
  const batch = events.filter(({ event }) => event === 'opened').length;
  return [{ event: 'opened', batch, units: events.filter(entersEvidence).length }];
}

/** Somebody may have read the result. */
export const wasOpen = (events: readonly RunEvent[]): boolean =>
  events.some(({ event }) => event === 'opened' || event === 'unblinded');

/** Votes that entered after the result had been open once. */
export function votedAfterOpening(events: readonly RunEvent[]): number {
  const first = events.findIndex(({ event }) => event === 'opened');
  return first === -1 ? 0 : events.slice(first).filter(({ event }) => event === 'entered').length;
}

/** Prompts of those votes. */
export function promptsAfterOpening(events: readonly RunEvent[]): Set<PromptId> {
  const first = events.findIndex(({ event }) => event === 'opened');
  const after = first === -1 ? [] : events.slice(first);
  return new Set(after.flatMap((event) => (event.event === 'entered' ? [event.prompt] : [])));
}
