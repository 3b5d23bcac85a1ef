/**
 * A job for a whole agent: what a person asked at the beginning of a session, before any agent had worked on it. Later
 * turns rest on what had been done by then, which a fresh copy of a folder does not hold.
 */
import { type Draft, type Mapped, skip } from './draft.ts';

export const laterTurn = 'later turns of a session: they rest on what was done before';

/** Everything that is not a prompt passes as it is. */
export function asJob(mapped: Mapped): Mapped {
  if (!('draft' in mapped)) return mapped;
  const { messages, source_id, ts, session_id, task, model, count, tags, source } = mapped.draft;
  const asked = messages.findIndex(({ role }) => role === 'user');
  const worked = messages.findIndex(({ role }) => role === 'assistant' || role === 'tool');
  if (asked === -1) return skip('nothing that a person asked');
  const end = worked === -1 ? messages.length : worked;
  const isLater = end < asked || messages.slice(end).some(({ role }) => role === 'user');
  if (isLater) return skip(laterTurn);
  const draft: Draft = { messages: messages.slice(0, end) };
  const kept = { source_id, ts, session_id, task, model, count, tags, source };
  return {
    draft: { ...draft, ...Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)) },
  };
}
