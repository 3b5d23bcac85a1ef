/** When a log's calls came, and how much of their input was cached: what a bill for the same traffic rests on. */
import type { LogTraffic } from '../records/run-record.ts';
import { quantile } from '../text/numbers.ts';

const hourMs = 3_600_000;
const hoursPerWeek = 168;
/** Eleven years of hours: a log with wilder times has no traffic to speak of. */
const mostHours = 100_000;

export class TrafficTally {
  /** By the beginning of the time, as in 2026-11-01T09: parsing a million times takes longer than counting them. */
  private readonly seen = new Map<string, number>();
  private input = 0;
  private cached = 0;

  /** `ts`: ISO 8601 of one call; `usage`: as its log says, absent where it says nothing. */
  add(ts: string | undefined, usage: { in?: number | undefined; cached?: number | undefined } | undefined): void {
    if (usage?.in !== undefined && usage.cached !== undefined) {
      this.input += usage.in;
      this.cached += Math.min(usage.cached, usage.in);
    }
    if (ts === undefined) return;
    const hour = ts.slice(0, 13);
    if (this.seen.size < mostHours || this.seen.has(hour)) this.seen.set(hour, (this.seen.get(hour) ?? 0) + 1);
  }

  /** Undefined without two times. Whole weeks end with the last hour of the log. */
  finish(from: string | undefined, to: string | undefined): LogTraffic | undefined {
    if (from === undefined || to === undefined || from === to) return undefined;
    const [first, last] = [from, to].map((ts) => Math.floor(Date.parse(ts) / hourMs)) as [number, number];
    if (Number.isNaN(first) || Number.isNaN(last) || last - first > mostHours) return undefined;
    const cachedShare = this.input > 0 ? this.cached / this.input : null;
    const hourly = this.hourly(first, last);
    return { from, to, weekly: weeklyOf(hourly), peak: peakOf(hourly), cachedShare };
  }

  /** Calls of every hour between both, those without a call too. */
  private hourly(first: number, last: number): number[] {
    const calls = Array.from({ length: last - first + 1 }, () => 0);
    for (const [hour, count] of this.seen) {
      const at = Math.floor(Date.parse(`${hour}:00:00.000Z`) / hourMs) - first;
      if (at >= 0 && at < calls.length) calls[at] = (calls[at] ?? 0) + count;
    }
    return calls;
  }
}

function weeklyOf(hourly: readonly number[]): number[] {
  const weeks = Math.floor(hourly.length / hoursPerWeek);
  const whole = hourly.slice(hourly.length - weeks * hoursPerWeek);
  return Array.from({ length: weeks }, (_, week) =>
    whole.slice(week * hoursPerWeek, (week + 1) * hoursPerWeek).reduce((sum, calls) => sum + calls, 0),
  );
}

/** 95th percentile of the calls an hour over their mean; null below seven days. */
function peakOf(hourly: readonly number[]): number | null {
  if (hourly.length < hoursPerWeek) return null;
  const mean = hourly.reduce((sum, calls) => sum + calls, 0) / hourly.length;
  return mean > 0 ? (quantile(hourly, 0.95) ?? 0) / mean : null;
}
