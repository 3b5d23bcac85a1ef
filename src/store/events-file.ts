/** events.jsonl: what happened when, by anybody. One lock, one line at a time, on the disk before it returns. */
import type { RunEvent } from '../records.ts';
import { openAppender, readJsonl } from './jsonl.ts';
import type { RunPaths } from './layout.ts';
import { withLock } from './lock.ts';

type Untimed = RunEvent extends infer Event ? (Event extends RunEvent ? Omit<Event, 'at'> : never) : never;

export const readEvents = ({ events }: RunPaths): RunEvent[] =>
  readJsonl(events).lines.map((line) => line.value as RunEvent);

/**
 * Reads the ledger and adds to it in one locked moment: `decide` sees every line so far and says what to add, so two
 * raters cannot claim the same prompt.
 */
export async function addEvents<T extends Untimed[]>(
  paths: RunPaths,
  now: () => Date,
  decide: (sofar: RunEvent[]) => T,
): Promise<T> {
  return withLock(paths.eventsLock, () => {
    const added = decide(readEvents(paths));
    if (added.length === 0) return added;
    const appender = openAppender(paths.events);
    try {
      const at = now().toISOString();
      for (const event of added) appender.append({ at, ...event }, { durable: event === added.at(-1) });
      return added;
    } finally {
      appender.close();
    }
  });
}
