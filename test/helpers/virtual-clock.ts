/** Time that jumps to the next thing to happen as soon as nothing else moves: minutes of back-off in milliseconds. */
export interface VirtualClock {
  now(): Date;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Lets time pass until the promise settles. Fails when nothing is left that could settle it. */
  run<T>(promise: Promise<T>): Promise<T>;
  /** Milliseconds since the start. */
  readonly elapsed: number;
}

const start = Date.UTC(2026, 10, 21, 9, 30);

export function virtualClock(): VirtualClock {
  let elapsed = 0;
  let timers: { at: number; ring: () => void }[] = [];
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    get elapsed() {
      return elapsed;
    },
    now: () => new Date(start + elapsed),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const stop = (): void => {
          timers = timers.filter((other) => other !== timer);
          reject(signal?.reason);
        };
        const ring = (): void => {
          signal?.removeEventListener('abort', stop);
          resolve();
        };
        const timer = { at: elapsed + ms, ring };
        timers.push(timer);
        signal?.addEventListener('abort', stop, { once: true });
      }),
    async run(promise) {
      let settled = false;
      const mark = (): void => {
        settled = true;
      };
      promise.then(mark, mark);
      for (;;) {
        for (let turns = 0; turns < 8 && !settled; turns += 1) await turn();
        if (settled) return promise;
        const next = timers.reduce<(typeof timers)[0] | undefined>((a, b) => (a && a.at <= b.at ? a : b), undefined);
        if (!next) {
          for (let turns = 0; turns < 200 && !settled; turns += 1) await turn();
          if (settled) return promise;
          if (timers.length === 0) throw new Error(`nothing left to happen after ${elapsed} ms`);
          continue;
        }
        timers = timers.filter((other) => other !== next);
        elapsed = Math.max(elapsed, next.at);
        next.ring();
      }
    },
  };
}
