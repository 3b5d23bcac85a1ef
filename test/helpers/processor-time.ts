/** Milliseconds of this process's processor time since the call: what other work on the machine hardly changes. */
export function processorTime(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
}
