/**
 * How many answers a second the machine of an arm gives, from the calls of the run itself. Where many calls were in
 * flight it is what the server did under that load; else what it does one call at a time.
 */

import type { Trial } from '../runs/trial.ts';

/** One answered call, milliseconds of one clock. */
export interface TimedCall {
  start: number;
  end: number;
}

export interface Capacity {
  /** Answers a second of one machine. */
  perSecond: number;
  /** Calls in flight while it was measured; 1 = one call at a time. */
  inFlight: number;
  /** Seconds under that load, and the calls that it rests on. */
  seconds: number;
  answers: number;
  basis: 'measured';
}

/** Answered model calls of this run that were timed; answers taken over from another run were not made under its load. */
export const timedCalls = (trials: Iterable<Trial>): TimedCall[] =>
  [...trials].flatMap(({ attempts }) =>
    attempts.flatMap(({ steps }) =>
      steps.flatMap((step): TimedCall[] => {
        const { outcome, reused, ms } = step;
        if (outcome !== 'answered' || reused !== undefined || ms?.total === undefined) return [];
        // Of a long file the time is read again: only where it is needed.
        const end = Date.parse(step.at);
        return [{ start: end - ms.total, end }];
      }),
    ),
  );

/** Below so many answers a load says little: the words are then "one call at a time". */
const leastAnswers = 50;
/** Below so many seconds of load there is no plan. */
export const leastSeconds = 30;
/** A level counts when it was held for this share of the busy time: ends and starts of calls overlap by a clock tick. */
const heldShare = 0.05;

/** Null without a call that took time. `machines` answered together in this run. */
export function capacityOf(calls: readonly TimedCall[], machines = 1): Capacity | null {
  const timed = calls.filter(({ start, end }) => end > start);
  if (timed.length === 0) return null;
  const spans = spansOf(timed);
  const level = heldLevel(spans);
  const stretch = spans.filter(({ active }) => active >= 0.9 * level);
  const seconds = stretch.reduce((sum, { ms }) => sum + ms, 0) / 1000;
  const answers = stretch.reduce((sum, { ms, rate }) => sum + ms * rate, 0);
  if (level === 1 || timed.length < leastAnswers) return oneAtATime(timed, machines);
  return {
    perSecond: answers / seconds / machines,
    inFlight: level,
    seconds,
    answers: timed.length,
    basis: 'measured',
  };
}

function oneAtATime(timed: readonly TimedCall[], machines: number): Capacity {
  const seconds = timed.reduce((sum, { start, end }) => sum + end - start, 0) / 1000;
  const answers = timed.length;
  return { perSecond: answers / seconds / machines, inFlight: 1, seconds, answers, basis: 'measured' };
}

/** Stretches between two borders: how long, how many calls in flight, and the answers per millisecond they stand for. */
interface Span {
  ms: number;
  active: number;
  rate: number;
}

function spansOf(timed: readonly TimedCall[]): Span[] {
  const borders = timed
    .flatMap(({ start, end }) => [
      { at: start, step: 1, rate: 1 / (end - start) },
      { at: end, step: -1, rate: -1 / (end - start) },
    ])
    .sort((x, y) => x.at - y.at);
  const spans: Span[] = [];
  let [active, rate] = [0, 0];
  for (const [index, border] of borders.entries()) {
    active += border.step;
    rate += border.rate;
    const ms = (borders[index + 1]?.at ?? border.at) - border.at;
    if (ms > 0 && active > 0) spans.push({ ms, active, rate });
  }
  return spans;
}

/** The highest number of calls in flight that was held for a while. */
function heldLevel(spans: readonly Span[]): number {
  const busy = spans.reduce((sum, { ms }) => sum + ms, 0);
  const byLevel = new Map<number, number>();
  for (const { active, ms } of spans) byLevel.set(active, (byLevel.get(active) ?? 0) + ms);
  const levels = [...byLevel].sort(([x], [y]) => y - x);
  let above = 0;
  for (const [level, ms] of levels) {
    above += ms;
    if (above >= heldShare * busy) return level;
  }
  return 1;
}
