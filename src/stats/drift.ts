import { type Counts, unitsOf } from './e-process.ts';
import { chiSquare1Tail } from './normal.ts';

const level = 0.05;
const firstDay = 3;

/** Do scores rise or fall over the days? m2 = (N - 1) r^2 of score and day number, chi-square with one degree. */
export function dayTrend(days: readonly Counts[]): { m2: number; p: number } {
  const n = days.reduce((sum, day) => sum + unitsOf(day), 0);
  let [x, xx, y, yy, xy] = [0, 0, 0, 0, 0];
  for (const [at, day] of days.entries()) {
    const [number, score] = [at + 1, day.wins - day.losses];
    x += number * unitsOf(day);
    xx += number ** 2 * unitsOf(day);
    y += score;
    yy += day.wins + day.losses;
    xy += number * score;
  }
  const spread = (xx - x ** 2 / n) * (yy - y ** 2 / n);
  if (n < 2 || !(spread > 1e-12)) return { m2: 0, p: 1 };
  const m2 = ((n - 1) * (xy - (x * y) / n) ** 2) / spread;
  return { m2, p: chiSquare1Tail(m2) };
}

/** Looked at once, when all days are in: a trend that comes up by chance in at most 5 of 100 such streams. */
export const isDrift = (days: readonly Counts[]): boolean => days.length >= firstDay && dayTrend(days).p < level;

/** First day, counted from 1, at which the trend so far is an alarm: at most 5 % false ones over the whole stream. */
export function driftAlarm(days: readonly Counts[]): number | null {
  for (let day = firstDay; day <= days.length; day += 1) {
    if (dayTrend(days.slice(0, day)).p < level / ((day - 2) * (day - 1))) return day;
  }
  return null;
}
