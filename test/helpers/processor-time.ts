/** Milliseconds of this process's processor time since the call: what other work on the machine hardly changes. */
export function processorTime(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
}

/** The least of 6 tries: other tests share the machine. Ends early at `enough` milliseconds, such as the bar of a test. */
export function leastProcessorTime(work: () => void, { tries = 6, enough = 0 } = {}): number {
  let least = Number.POSITIVE_INFINITY;
  for (let left = tries; left > 0 && least > enough; left -= 1) {
    const spent = processorTime();
    work();
    least = Math.min(least, spent());
  }
  return least;
}
