/** The rule alone: the same borders by the thousand, prompts that were skipped, and the tables of chances. */

import { neither } from '../../src/stats/neither.ts';
import type { ScopeStratum, ScoredUnit } from '../../src/verdicts/rule.ts';
import { decide } from '../../src/verdicts/rule.ts';
import { draw, seeded, truthOf } from '../helpers/vote-paths.ts';
import { atBorders, count, Tally, type Wrong } from './whole-runs.ts';

const nothingLost = { skipped: 0, openUnasked: 0, closedUnasked: 0 };

export interface RuleCell {
  shares: readonly number[];
  /** Votes planned of each task. */
  planned: readonly number[];
  /** Net preference of each task. */
  net: readonly number[];
  ties: number;
  wrong: readonly Wrong[];
}

/** A planned look and twice 15 later votes, in an order that leans to traffic. */
export function ruleTally(cell: RuleCell, runs: number, seed: number): Tally {
  const random = seeded(seed);
  const tally = new Tally();
  for (let run = 0; run < runs; run += 1) {
    const first = cell.planned.flatMap((n, task) => Array.from({ length: n }, () => vote(cell, task, random)));
    const later = [0, 1].map(() => Array.from({ length: 15 }, () => vote(cell, byShare(cell.shares, random), random)));
    const batches = [first, ...later];
    const strata = cell.shares.map(
      (share, task): ScopeStratum => ({ share, planned: cell.planned[task] ?? 0, lost: nothingLost }),
    );
    const tasks = strata.map((_, task) =>
      decide({ strata: [single], batches: batches.map((batch) => only(batch, task)) }, margin),
    );
    count(tally, { overall: decide({ strata, batches }, margin), tasks }, cell.wrong);
  }
  return tally;
}

const margin = 0.3;
const single: ScopeStratum = { share: 1, planned: 1, lost: nothingLost };

const only = (batch: readonly ScoredUnit[], task: number): ScoredUnit[] =>
  batch.flatMap(({ stratum, score }) => (stratum === task ? [{ stratum: 0, score }] : []));

function vote({ net, ties }: RuleCell, stratum: number, random: () => number): ScoredUnit {
  const theta = net[stratum] ?? 0;
  return { stratum, score: draw(random, truthOf(theta, Math.min(ties, 1 - Math.abs(theta)))) };
}

function byShare(shares: readonly number[], random: () => number): number {
  let left = random();
  const found = shares.findIndex((share) => {
    left -= share;
    return left < 0;
  });
  return Math.max(0, found);
}

/** Truths at the borders for each plan and share of ties, as `atBorders` plays them through the commands. */
export function borderCells(): RuleCell[] {
  const { plans, ties, truths } = atBorders;
  return truths.flatMap(({ net, wrong }) =>
    plans.flatMap((n) =>
      ties.map(
        (share): RuleCell => ({
          shares: [1 / 3, 1 / 3, 1 / 3],
          planned: [n / 3, n / 3, n / 3],
          net: Object.values(net),
          ties: share,
          wrong,
        }),
      ),
    ),
  );
}

/** Traffic that is nearly one task: the second is wrong when open is called good, the first when closed is. */
export function trafficCells(): { cell: RuleCell; bar: number }[] {
  const plans = [
    [8, 8, 8],
    [20, 8, 8],
    [44, 8, 8],
  ];
  return plans.flatMap((planned) =>
    atBorders.ties.flatMap((ties) => [
      {
        cell: { shares: [0.9, 0.05, 0.05], planned, net: [0.2, -0.8, -0.8], ties, wrong: ['keep' as const] },
        bar: 0.02,
      },
      { cell: { shares: [0.8, 0.1, 0.1], planned, net: [-0.4, 0.1, 0.1], ties, wrong: ['good' as const] }, bar: 0.05 },
    ]),
  );
}

/**
 * Exact chance of "good enough" at the margin when a share of the losses is skipped: every way in which `n` prompts can
 * come out as open better, tie, closed better and skipped.
 */
export function wrongWithSkips(n: number): (ties: number, skipped: number) => number {
  const rejects: { wins: number; ties: number; losses: number; skips: number }[] = [];
  for (let wins = 0; wins <= n; wins += 1)
    for (let ties = 0; wins + ties <= n; ties += 1)
      for (let losses = 0; wins + ties + losses <= n; losses += 1) {
        const skips = n - wins - ties - losses;
        if (saysGood({ wins, ties, losses }, skips)) rejects.push({ wins, ties, losses, skips });
      }
  const log = logFactorials(n);
  return (ties, skipped) => {
    const { win, tie, loss } = truthOf(-margin, ties);
    const p = { wins: win, ties: tie, losses: loss * (1 - skipped), skips: loss * skipped };
    const kinds = ['wins', 'ties', 'losses', 'skips'] as const;
    return rejects.reduce((sum, state) => {
      let logP = log[n] ?? 0;
      for (const kind of kinds)
        logP += state[kind] === 0 ? 0 : state[kind] * Math.log(p[kind]) - (log[state[kind]] ?? 0);
      return sum + Math.exp(logP);
    }, 0);
  };
}

function saysGood(counts: { wins: number; ties: number; losses: number }, skipped: number): boolean {
  const units = [1, 0, -1].flatMap((score, at) =>
    Array.from({ length: [counts.wins, counts.ties, counts.losses][at] ?? 0 }, () => ({ stratum: 0, score })),
  );
  const strata = [{ share: 1, planned: 1, lost: { ...nothingLost, skipped } }];
  return decide({ strata, batches: [units] }, margin).goodAt !== null;
}

function logFactorials(n: number): number[] {
  const logs = [0];
  for (let k = 1; k <= n; k += 1) logs.push((logs[k - 1] ?? 0) + Math.log(k));
  return logs;
}

/** Exact chance of "neither" where both answers are bad in one prompt of five. */
export function falseNeither(asked: number): number {
  const log = logFactorials(asked);
  return Array.from({ length: asked + 1 }, (_, bad) => bad)
    .filter((bad) => neither(bad, asked).neither)
    .reduce((sum, bad) => {
      const ways = (log[asked] ?? 0) - (log[bad] ?? 0) - (log[asked - bad] ?? 0);
      return sum + Math.exp(ways + bad * Math.log(0.2) + (asked - bad) * Math.log(0.8));
    }, 0);
}
