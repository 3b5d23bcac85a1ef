/** events.jsonl: what happened when, by anybody. One lock, one line at a time, on the disk before it returns. */

import type { RunEvent } from '../records/run-events.ts';
import { oddInEvent } from '../records/run-events.ts';
import { oddRecord } from '../records/schema-number.ts';
import { standingEvents } from '../records/standing-events.ts';
import { cannotWrite } from './cannot-write.ts';
import { takeLock, withLock } from './folder-lock.ts';
import { eachLine, openAppender } from './jsonl.ts';
import type { RunPaths } from './layout.ts';

export type Untimed = RunEvent extends infer Event ? (Event extends RunEvent ? Omit<Event, 'at'> : never) : never;

/** The lines of the ledger that hold: lines that a later one took back are left out. */
export const readEvents = ({ events }: RunPaths): RunEvent[] => standingEvents([...eachEvent(events)]);

function* eachEvent(path: string): Generator<RunEvent> {
  for (const { value, line } of eachLine(path)) {
    const odd = oddInEvent(value);
    if (odd !== undefined) throw oddRecord(`${path}:${line}`, odd);
    yield value as RunEvent;
  }
}

/**
 * Reads the ledger and adds to it in one locked moment: `decide` sees every line so far and says what to add, so two
 * raters cannot claim the same prompt.
 */
export async function addEvents<T extends Untimed[]>(
  paths: RunPaths,
  now: () => Date,
  decide: (sofar: RunEvent[]) => T,
): Promise<T> {
  return withLock(paths.eventsLock, () => decideAndWrite(paths, now, decide));
}

/** The same for callers that cannot wait. Throws (exit 2) where another process keeps the ledger locked. */
export function addEventsNow<T extends Untimed[]>(
  paths: RunPaths,
  now: () => Date,
  decide: (sofar: RunEvent[]) => T,
): T {
  const lock = takeLock(paths.eventsLock, 'Another process keeps the ledger of this run locked');
  try {
    return decideAndWrite(paths, now, decide);
  } finally {
    lock.release();
  }
}

function decideAndWrite<T extends Untimed[]>(paths: RunPaths, now: () => Date, decide: (sofar: RunEvent[]) => T): T {
  const added = decide(readEvents(paths));
  if (added.length === 0) return added;
  try {
    write(paths.events, now().toISOString(), added);
  } catch (error) {
    throw cannotWrite(paths.events, error);
  }
  return added;
}

function write(path: string, at: string, added: readonly Untimed[]): void {
  const appender = openAppender(path);
  try {
    for (const event of added) appender.append({ at, ...event }, { durable: event === added.at(-1) });
  } finally {
    appender.close();
  }
}
