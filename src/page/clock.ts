/** Milliseconds that the answers could be seen: it stands still while the page is hidden or covered. */
export interface Clock {
  now(): number;
  /** Stops it for a reason, until every reason is gone. */
  hold(reason: string, held: boolean): void;
}

export function createClock(read: () => number): Clock {
  const reasons = new Set<string>();
  let lost = 0;
  let stoppedAt = 0;
  return {
    now: () => (reasons.size > 0 ? stoppedAt : read()) - lost,
    hold(reason, held) {
      if (held && reasons.size === 0) stoppedAt = read();
      const before = reasons.size;
      if (held) reasons.add(reason);
      else reasons.delete(reason);
      if (before > 0 && reasons.size === 0) lost += read() - stoppedAt;
    },
  };
}
