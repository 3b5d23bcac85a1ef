/** Prompts that raters left out by their language before they voted: for somebody else, or back to the unused ones. */
import type { PromptId } from '../records/ids.ts';
import type { RunEvent } from '../records/run-events.ts';
import type { RunRecord } from '../records/run-record.ts';

export type LeftOut = Extract<RunEvent, { event: 'left-out' }>;

/** By rater, the last line of each. */
export function leftOutBy(events: readonly RunEvent[]): Map<string, LeftOut> {
  const last = new Map<string, LeftOut>();
  for (const event of events) if (event.event === 'left-out') last.set(event.rater, event);
  return last;
}

/** What this rater does not read. */
export const leftOutOf = (rater: string, events: readonly RunEvent[]): ReadonlySet<PromptId> =>
  new Set(leftOutBy(events).get(rater)?.prompts);

/**
 * Left out, without a vote, and nobody to come who could read them: they are as unused as the reserve. Planned raters
 * who have not begun could; those who have finished cannot.
 */
export function returnedPrompts({ settings }: Pick<RunRecord, 'settings'>, events: readonly RunEvent[]): Set<PromptId> {
  const by = leftOutBy(events);
  if (by.size === 0) return new Set();
  const known = new Set([...by.keys(), ...ratersIn(events)]);
  const toCome = Math.max(0, settings.raters - known.size);
  const voted = new Set(events.flatMap((event) => (decides(event) ? [event.prompt] : [])));
  const all = [...by.values()].flatMap(({ prompts }) => prompts);
  const couldRead = (prompt: PromptId): boolean =>
    toCome > 0 || [...known].some((rater) => !by.get(rater)?.prompts.includes(prompt) && !isDone(rater, events));
  return new Set(all.filter((prompt) => !voted.has(prompt) && !couldRead(prompt)));
}

/**
 * Raters of whom the ledger has something: a vote, votes from elsewhere, an end (of a session of skips too, which enters
 * nothing), or a packet that is with them. Who opened a session and left is none.
 */
export const ratersIn = (events: readonly RunEvent[]): string[] =>
  events.flatMap((event) => {
    const came = event.event === 'entered' || event.event === 'finished' || event.event === 'merged';
    return came || (event.event === 'claimed' && event.packet === true) ? [event.rater] : [];
  });

const decides = (event: RunEvent): event is Extract<RunEvent, { event: 'entered' | 'entered-identical' | 'carried' }> =>
  event.event === 'entered' || event.event === 'entered-identical' || event.event === 'carried';

const isDone = (rater: string, events: readonly RunEvent[]): boolean =>
  events.some((event) => (event.event === 'finished' || event.event === 'withdrawn') && event.rater === rater);
