/** Waiting that can be called off, over the `sleep` that the runner is given. */
export interface Timers {
  /** Returns when the time is over or the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Does something later, unless what it returns is aborted before. */
  after(ms: number, then: () => void): AbortController;
}

export function createTimers(given: (ms: number, signal: AbortSignal) => Promise<void>): Timers {
  const sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
    try {
      await given(ms, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  };
  return {
    sleep,
    after(ms, then) {
      const cancel = new AbortController();
      void sleep(ms, cancel.signal).then(() => {
        if (!cancel.signal.aborted) then();
      });
      return cancel;
    },
  };
}

/** Milliseconds that never go back: a wall clock that is set back must not stretch every wait by as much. */
export function steadyClock(now: () => Date): () => number {
  let lastWall = 0;
  let setBackMs = 0;
  return () => {
    const wall = now().getTime();
    if (wall < lastWall) setBackMs += lastWall - wall;
    lastWall = wall;
    return wall + setBackMs;
  };
}
