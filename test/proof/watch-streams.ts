/** Weeks of votes with a known truth: how often the verdict of the week is wrong, and how often a drift is seen. */

import { isDrift } from '../../src/stats/drift.ts';
import type { Counts } from '../../src/stats/e-process.ts';
import { decide } from '../../src/verdicts/rule.ts';
import { seeded } from '../helpers/vote-paths.ts';

/** Mean score of each day, -1..1. */
export type Stream = readonly number[];

const same = (mean: number): Stream => Array.from({ length: 7 }, () => mean);
const rising = (step: number, mean: number): Stream => Array.from({ length: 7 }, (_, at) => mean + step * (at - 3));

/** One answer in five is a tie. */
const ties = 0.2;

/** The days' truths, with their mean at the border that the verdict is about. */
export const streams = {
  stationary: same,
  drifting: (mean: number) => rising(0.1, mean),
  /** Another model answers from day 4 on. */
  'changed on day 4': (mean: number): Stream => [-0.4, -0.4, -0.4, 0.3, 0.3, 0.3, 0.3].map((at) => at + mean),
} satisfies Record<string, (mean: number) => Stream>;

export interface StreamFigures {
  weeks: number;
  good: number;
  keep: number;
  better: number;
  alarms: number;
}

export function simulate(stream: Stream, perDay: number, weeks: number, seed = 3): StreamFigures {
  const random = seeded(seed);
  const found: StreamFigures = { weeks, good: 0, keep: 0, better: 0, alarms: 0 };
  for (let week = 0; week < weeks; week += 1) {
    const days = stream.map((mean) => Array.from({ length: perDay }, () => scoreOf(mean, random)));
    const units = days.flat().map((score) => ({ stratum: 0, score }));
    const { goodAt, keepAt, betterAt } = decide(
      { strata: [{ share: 1, planned: units.length, lost: nothingLost }], batches: [units] },
      0.3,
    );
    found.good += Number(goodAt !== null);
    found.keep += Number(keepAt !== null);
    found.better += Number(betterAt !== null);
    found.alarms += Number(isDrift(days.map(countsOf)));
  }
  return found;
}

const nothingLost = { skipped: 0, openUnasked: 0, closedUnasked: 0 };

function scoreOf(mean: number, random: () => number): number {
  const clipped = Math.max(-1 + ties, Math.min(1 - ties, mean));
  const wins = (1 - ties + clipped) / 2;
  const at = random();
  return at < wins ? 1 : at < wins + ties ? 0 : -1;
}

function countsOf(scores: readonly number[]): Counts {
  const wins = scores.filter((score) => score > 0).length;
  const losses = scores.filter((score) => score < 0).length;
  return { wins, losses, ties: scores.length - wins - losses };
}
