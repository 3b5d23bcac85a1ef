/** What Ctrl-C and SIGTERM do: while answers come, and wherever nothing else listens for them. */

/** Ctrl-C while work is under way: the first asks it to end soon, the second ends it at once. */
export interface Interrupt extends Disposable {
  /** Aborts at the first Ctrl-C, SIGTERM or SIGHUP. */
  soon: AbortSignal;
  /** Aborts at the second. */
  now: AbortSignal;
  /** True when the first was SIGTERM: the exit code then is 143. */
  isTerminated(): boolean;
}

export function watchInterrupt(): Interrupt {
  const soon = new AbortController();
  const now = new AbortController();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  let first: NodeJS.Signals | undefined;
  const listener = (signal: NodeJS.Signals): void => {
    first ??= signal;
    (soon.signal.aborted ? now : soon).abort();
  };
  for (const signal of signals) process.on(signal, listener);
  return {
    soon: soon.signal,
    now: now.signal,
    isTerminated: () => first === 'SIGTERM',
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, listener);
    },
  };
}

/**
 * Where nothing else listens, `say` speaks and the signal then ends the process as it always would, so that a shell
 * sees 130 and a script that loops over us ends too.
 */
export function sayWhenStopped(say: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const listener = (): void => {
      if (process.listenerCount(signal) > 1) return;
      process.off(signal, listener);
      say();
      process.kill(process.pid, signal);
    };
    process.on(signal, listener);
  }
}
