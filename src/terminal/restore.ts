/** Whatever ends the process, the terminal is restored first: signals, a crash, an ordinary exit. */

const endings = ['SIGHUP', 'SIGQUIT'] as const;

/**
 * Calls `restore` before the process ends by SIGHUP, SIGQUIT or a crash, then lets it end as it would have. SIGINT and
 * SIGTERM end the session instead, so that what was voted is entered and said: in raw mode Ctrl-C is a key, but another
 * process may send the signal.
 */
export function guardTerminal(
  restore: () => void,
  { onInterrupt, onTerminate }: { onInterrupt: () => void; onTerminate: () => void },
): { release(): void } {
  const end = (signal: NodeJS.Signals): void => {
    restore();
    release();
    process.kill(process.pid, signal);
  };
  const release = (): void => {
    for (const signal of endings) process.off(signal, end);
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onTerminate);
    process.off('uncaughtExceptionMonitor', restore);
    process.off('exit', restore);
  };
  for (const signal of endings) process.on(signal, end);
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  // Before Node prints the stack, which would vanish with the alternate screen.
  process.on('uncaughtExceptionMonitor', restore);
  process.on('exit', restore);
  return { release };
}
