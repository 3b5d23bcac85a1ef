/**
 * Time limits of one call. SDK time-outs end at the response headers, so a body that stalls would hang for ever.
 * Before the first token only the total limit counts: loading, prefill and hidden reasoning are silent for minutes.
 */
import { setMaxListeners } from 'node:events';
import { ArmError } from '../arm.ts';

export interface Limits {
  /** Whole call, ms. */
  totalMs: number;
  /** Silence after the first token, ms. */
  idleMs: number;
  /** Limits of gapcheck's own: no key of the config raises them, so no hint names one. */
  fixed?: true;
}

export interface Watch {
  /** Hand this to the SDK: aborts on the caller's abort and on both limits. */
  signal: AbortSignal;
  /** A token arrived. */
  alive(): void;
  /** Something else arrived: the server lives, and silence is counted from here on. */
  beat(): void;
  /** Why the call was stopped, as an ArmError; undefined when nobody stopped it. */
  stopped(partial?: string): ArmError | undefined;
  /** Ends the watch; always call it. */
  end(): void;
}

const seconds = (ms: number): string => `${ms >= 10_000 ? Math.round(ms / 1000) : ms / 1000} s`;

export function watch(outer: AbortSignal, { totalMs, idleMs, fixed }: Limits): Watch {
  const controller = new AbortController();
  let reason: 'aborted' | 'total' | 'idle' | undefined;
  let last = 0;
  let idleTimer: NodeJS.Timeout | undefined;
  const stop = (why: 'aborted' | 'total' | 'idle') => {
    reason ??= why;
    controller.abort();
  };
  const onAbort = () => stop('aborted');
  const totalTimer = setTimeout(stop, totalMs, 'total');
  // Re-armed with what is left instead of once per token: a token costs one clock reading.
  const checkIdle = () => {
    const left = last + idleMs - performance.now();
    if (left <= 0) stop('idle');
    else idleTimer = setTimeout(checkIdle, left);
  };
  // One signal may stop many calls at once; Node would warn of a leak above ten.
  setMaxListeners(0, outer);
  if (outer.aborted) onAbort();
  else outer.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    alive: () => {
      last = performance.now();
      idleTimer ??= setTimeout(checkIdle, idleMs);
    },
    beat: () => {
      last = performance.now();
    },
    stopped: (partial) => {
      if (reason === undefined) return undefined;
      const options = partial ? { partial } : {};
      if (reason === 'aborted') return new ArmError('aborted', 'stopped before it had answered', options);
      if (reason === 'idle')
        return new ArmError('timeout', `nothing more arrived for ${seconds(idleMs)}`, {
          ...options,
          why: 'idle',
          ...(!fixed && { hint: 'idleSeconds of this arm in the config allows a longer silence' }),
        });
      return new ArmError('timeout', `not finished after ${seconds(totalMs)}`, {
        ...options,
        why: 'total',
        ...(!fixed && { hint: 'timeoutSeconds of this arm in the config allows more' }),
      });
    },
    end: () => {
      clearTimeout(totalTimer);
      clearTimeout(idleTimer);
      outer.removeEventListener('abort', onAbort);
    },
  };
}
