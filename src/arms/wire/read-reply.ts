/** One reply from its first byte to its end, with times in ms from the request. */
import { addEvent } from './accumulate.ts';
import type { Folded } from './folded.ts';
import { loopWatch } from './loop-watch.ts';
import { readBatches, type WireEvent } from './stream-events.ts';
import type { Watch } from './watchdog.ts';

export interface ReadReply {
  headers: Headers;
  /** To the first thing that the model generated; of a reply that came whole there is no such time. */
  ttft: number | undefined;
  total: number;
  /** The text repeated itself, so the stream was closed. */
  looped: boolean;
}

export interface Reading {
  onToken?: (() => void) | undefined;
  /** Closes the stream of a text that repeats itself. */
  endLoops?: boolean;
}

/** Folds what `open` answers with into `folded`. Throws what broke, and ArmErrors for what is no reply. */
export async function readReply(
  open: () => Promise<Response>,
  folded: Folded,
  guard: Watch,
  { onToken, endLoops = false }: Reading = {},
): Promise<ReadReply> {
  const start = performance.now();
  const response = await open();
  let ttft: number | undefined;
  let total = 0;
  let looped = false;
  const watching = endLoops ? loopWatch() : undefined;
  /** True when the text loops: nothing more is read then. */
  const loopsAfter = (event: WireEvent): boolean => {
    if (event.is !== 'done') total = performance.now() - start;
    if (!addEvent(folded, event)) {
      guard.beat();
      return false;
    }
    ttft ??= total;
    guard.alive();
    onToken?.();
    return watching?.loops(folded.text) === true;
  };
  for await (const events of readBatches(response.body)) {
    folded.begun = true;
    for (const event of events) {
      looped = loopsAfter(event);
      if (looped) break;
    }
    if (!looped) continue;
    Object.assign(folded, { finish: 'length', ended: true });
    break;
  }
  const isWhole = folded.objects === 1 && /^application\/json\b/i.test(response.headers.get('content-type') ?? '');
  return { headers: response.headers, ttft: isWhole ? undefined : ttft, total, looped };
}
