/** Calendar days of a time zone: which one a moment is in, when one begins, which one is next. Days are YYYY-MM-DD. */
import { userError } from '../errors.ts';

const dayMs = 86_400_000;
const earliest = Date.parse('1000-01-03T00:00:00Z');
const latest = Date.parse('9999-12-29T00:00:00Z');

export interface Calendar {
  /** Throws RangeError on a time that is none. */
  dayOf(ms: number): string;
  /** First millisecond of the day. */
  startOf(day: string): number;
  /** `count` days after it; before it where negative. */
  plus(day: string, count: number): string;
}

/** Throws (exit 2) where the system knows no such time zone. */
export function calendar(tz: string): Calendar {
  const dayOf = dayIn(tz);
  return { dayOf, startOf: (day) => startOf(day, dayOf), plus };
}

function dayIn(timeZone: string): Calendar['dayOf'] {
  try {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    // A record may carry any time; days have four digits of year.
    return (ms) => (ms >= latest ? '9999-12-31' : ms < earliest ? '1000-01-01' : format.format(ms));
  } catch (error) {
    throw userError(
      'watch.time-zone',
      `--tz ${timeZone}: there is no such time zone.`,
      'names such as UTC, Europe/Berlin or America/New_York',
      error,
    );
  }
}

function plus(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}

/** A zone is at most 14 hours from UTC, and its day may begin at 01:00 where the clocks change at midnight. */
function startOf(day: string, dayOf: Calendar['dayOf']): number {
  let [before, inside] = [Date.parse(`${day}T00:00:00Z`) - 15 * 3_600_000, Date.parse(`${day}T00:00:00Z`) + dayMs];
  while (inside - before > 1) {
    const middle = Math.floor((before + inside) / 2);
    if (dayOf(middle) < day) before = middle;
    else inside = middle;
  }
  return inside;
}

/** Reckons the day of many moments: nearly all fall into a day that was looked up before. */
export function quickDays({ dayOf, startOf: start, plus: after }: Calendar): (ms: number) => string {
  const known: { day: string; from: number; to: number }[] = [];
  return (ms) => {
    const hit = known.find(({ from, to }) => ms >= from && ms < to);
    if (hit) return hit.day;
    const day = dayOf(ms);
    known.unshift({ day, from: start(day), to: start(after(day, 1)) });
    if (known.length > 64) known.pop();
    return day;
  };
}
