/** The chances that README and the plan print, beside those published with the rule: literals, one task in five a tie. */
import { overallLook } from '../../src/stats/overall-look.ts';
import { stratifiedLogE, type VotedStratum } from '../../src/stats/stratified-evidence.ts';
import { taskChance } from '../../src/stats/task-chance.ts';
import { decisive, draw, seeded } from '../helpers/vote-paths.ts';

const ties = 0.2;
const margin = 0.3;

export interface Figure {
  what: string;
  published: number;
  found: number;
  /** How far apart the two may be. */
  within: number;
}

/** Open's share of the decisive votes, and which verdict is right. */
const truths = [
  [0.1, 'keep'],
  [0.2, 'keep'],
  [0.3, 'keep'],
  [0.4, 'keep'],
  [0.5, 'good'],
  [0.6, 'good'],
  [0.8, 'good'],
  [0.9, 'good'],
] as const;

const oneTask: Record<number, readonly number[]> = {
  8: [0.48, 0.22, 0.1, 0.04, 0.12, 0.25, 0.67, 0.89],
  12: [0.78, 0.46, 0.21, 0.08, 0.25, 0.47, 0.91, 0.99],
  15: [0.88, 0.55, 0.25, 0.09, 0.26, 0.52, 0.95, 1],
  24: [0.99, 0.81, 0.44, 0.14, 0.43, 0.76, 1, 1],
  30: [1, 0.89, 0.53, 0.17, 0.48, 0.83, 1, 1],
  60: [1, 0.99, 0.81, 0.28, 0.76, 0.98, 1, 1],
};

/** So many planned, then 15 more. */
const extended: Record<number, readonly (readonly [open: number, side: 'keep' | 'good', chance: number])[]> = {
  12: [
    [0.1, 'keep', 0.98],
    [0.2, 'keep', 0.77],
    [0.5, 'good', 0.35],
    [0.6, 'good', 0.67],
  ],
  8: [
    [0.1, 'keep', 0.96],
    [0.2, 'keep', 0.69],
    [0.5, 'good', 0.29],
    [0.6, 'good', 0.58],
  ],
};

/** Chance of a verdict on one task: exact, so only rounding may differ from what was published. */
export function taskFigures(): Figure[] {
  const chance = (open: number, side: 'keep' | 'good', planned: number, upTo: number) => {
    const { win, tie } = decisive(open, ties);
    return taskChance({ planned, upTo, win, tie, margin, side });
  };
  const figures = Object.entries(oneTask).flatMap(([n, row]) =>
    truths.map(([open, side], at) => ({
      what: `${n} votes, open ${open}`,
      published: row[at] ?? 0,
      found: chance(open, side, Number(n), Number(n)).atPlan,
      within: 0.02,
    })),
  );
  const later = Object.entries(extended).flatMap(([n, row]) =>
    row.map(([open, side, published]) => ({
      what: `${n} + 15 votes, open ${open}`,
      published,
      found: chance(open, side, Number(n), Number(n) + 15).atEnd,
      within: 0.02,
    })),
  );
  return [...figures, ...later];
}

interface OverallRow {
  shares: readonly number[];
  plan: readonly number[];
  /** With equal models, at 6 : 4 for open ("within the margin") and at 1 : 4 ("keep"). */
  look: readonly [number, number, number];
  /** The same by the e-process alone, read after every vote. */
  later: readonly [number, number, number];
}

const equally = [1 / 3, 1 / 3, 1 / 3];
const mostly = [0.7, 0.2, 0.1];
const nearlyAll = [0.9, 0.05, 0.05];

const overall: readonly OverallRow[] = [
  { shares: equally, plan: [8, 8, 8], look: [0.42, 0.76, 0.75], later: [0.23, 0.53, 0.67] },
  { shares: equally, plan: [12, 12, 12], look: [0.56, 0.89, 0.91], later: [0.36, 0.73, 0.85] },
  { shares: equally, plan: [16, 16, 16], look: [0.67, 0.95, 0.97], later: [0.47, 0.85, 0.93] },
  { shares: equally, plan: [20, 20, 20], look: [0.75, 0.98, 0.99], later: [0.55, 0.92, 0.97] },
  { shares: equally, plan: [32, 32, 32], look: [0.9, 1, 1], later: [0.72, 0.99, 1] },
  { shares: mostly, plan: [8, 8, 8], look: [0.24, 0.51, 0.48], later: [0.16, 0.35, 0.31] },
  { shares: mostly, plan: [12, 12, 12], look: [0.35, 0.68, 0.68], later: [0.26, 0.54, 0.58] },
  { shares: mostly, plan: [20, 8, 8], look: [0.47, 0.83, 0.86], later: [0.35, 0.7, 0.81] },
  { shares: nearlyAll, plan: [8, 8, 8], look: [0.15, 0.32, 0.28], later: [0.11, 0.23, 0.18] },
  { shares: nearlyAll, plan: [20, 8, 8], look: [0.33, 0.67, 0.72], later: [0.29, 0.58, 0.67] },
];

const overallTruths = [
  [0.5, 'good'],
  [0.6, 'good'],
  [0.2, 'keep'],
] as const;

/** Chance of a verdict on all traffic, simulated with a fixed seed; .02, or three standard errors of the difference. */
export function overallFigures(draws: number): Figure[] {
  return overall.flatMap(({ shares, plan, look, later }) =>
    overallTruths.flatMap(([open, side], at) => {
      const found = shareDecided(shares, plan, open, side, draws);
      const what = `${plan.join('/')} at ${shares.map((share) => share.toFixed(2)).join('/')}, open ${open}`;
      return [
        figure(`${what}, look`, look[at] ?? 0, found.look, draws),
        figure(`${what}, every vote`, later[at] ?? 0, found.later, draws),
      ];
    }),
  );
}

/** The published figures are simulated as well, with this many draws at least. */
const publishedDraws = 2000;

const figure = (what: string, published: number, found: number, draws: number): Figure => ({
  what,
  published,
  found,
  within: Math.max(0.02, 3 * Math.sqrt(published * (1 - published) * (1 / draws + 1 / publishedDraws))),
});

function shareDecided(
  shares: readonly number[],
  plan: readonly number[],
  open: number,
  side: 'good' | 'keep',
  draws: number,
): { look: number; later: number } {
  const random = seeded(20261127);
  const said = { look: 0, later: 0 };
  for (let round = 0; round < draws; round += 1) {
    const order = shuffled(
      plan.flatMap((n, stratum) => Array.from({ length: n }, () => stratum)),
      random,
    );
    const strata = plan.map(
      (planned, at): VotedStratum => ({ weight: shares[at] ?? 0, planned, wins: 0, ties: 0, losses: 0 }),
    );
    let reached = false;
    for (const stratum of order) {
      const score = draw(random, decisive(open, ties));
      const voted = strata[stratum];
      if (voted) voted[score > 0 ? 'wins' : score < 0 ? 'losses' : 'ties'] += 1;
      reached ||= stratifiedLogE(strata, side === 'good' ? -margin : 0, side === 'good' ? 'gt' : 'lt') >= Math.log(20);
    }
    said.look += Number(overallLook(strata, margin)[side]);
    said.later += Number(reached);
  }
  return { look: said.look / draws, later: said.later / draws };
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = [...items];
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] as T, order[at] as T];
  }
  return order;
}

export const isOff = ({ published, found, within }: Figure): boolean => Math.abs(published - found) > within;
