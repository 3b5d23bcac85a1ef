/** Whole runs, simulated with fixed seeds: several tasks, weights, late packets, the adaptive order. Not people. */
import { describe, expect, it } from 'vitest';
import { overallVerdict } from '../../../src/stats/crossing.ts';
import { defaultRule } from '../../../src/stats/verdict.ts';
import { stratumWeights, weightedEvidence } from '../../../src/stats/weighted-evidence.ts';
import { collectEvidence } from '../../../src/verdicts/evidence.ts';
import { draw, seeded, type Truth, truthOf } from '../../helpers/vote-paths.ts';
import { openVsClosed, votedRun } from '../../helpers/voted-run.ts';
import { meanRights, playRuns, type TaskTruth } from '../../proof/closest-order.ts';

/**
 * Largest count that a true rate of 5 % exceeds once in 1,000 times: mean + 3.09 sd. With 2,000 runs that is 130,
 * a rate of .065; the true rates are about .035, so a correct rule fails about never.
 */
const tolerated = (runs: number): number => 0.05 * runs + 3.09 * Math.sqrt(runs * 0.05 * 0.95);

const isWrong = {
  keep: (scores: number[]) => overallVerdict(scores, defaultRule).keepAt !== null,
  good: (scores: number[]) => overallVerdict(scores, defaultRule).goodAt !== null,
};

function countWrong(runs: number, seed: number, one: (random: () => number) => boolean): number {
  const random = seeded(seed);
  let wrong = 0;
  for (let run = 0; run < runs; run += 1) if (one(random)) wrong += 1;
  return wrong;
}

const among = <T>(random: () => number, items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

describe('simulated runs', () => {
  it('keeps the overall error below 5 % where tasks differ and only their mix sits on the border', () => {
    const even: Truth[] = [truthOf(0.5, 0.2), truthOf(0.1, 0.4), truthOf(-0.6, 0.2)];
    const margin: Truth[] = [truthOf(0.2, 0.2), truthOf(-0.3, 0.1), truthOf(-0.8, 0.1)];
    const stream = (random: () => number, tasks: readonly Truth[]) =>
      Array.from({ length: 60 }, () => draw(random, among(random, tasks)));
    const keep = countWrong(2000, 1, (random) => isWrong.keep(stream(random, even)));
    const good = countWrong(2000, 2, (random) => isWrong.good(stream(random, margin)));
    expect(keep).toBeLessThanOrEqual(tolerated(2000));
    expect(good).toBeLessThanOrEqual(tolerated(2000));
    expect(keep + good).toBeGreaterThan(40);
  });

  it('keeps it with over-sampled hard prompts; without the weights it would not hold', () => {
    // traffic 80/20, plan 50/50; the mix by traffic is exactly even, the plan's is not
    const weights = stratumWeights({ easy: 0.8, hard: 0.2 }, { easy: 0.5, hard: 0.5 });
    const truths = { easy: truthOf(0.18, 0.2), hard: truthOf(-0.72, 0.2) };
    const scores: number[][] = [];
    const counted = countWrong(1000, 3, (random) => {
      const strata = Array.from({ length: 60 }, () => (random() < 0.5 ? ('easy' as const) : ('hard' as const)));
      const votes = strata.map((stratum) => draw(random, truths[stratum]));
      scores.push(votes);
      const scaled = weightedEvidence(
        votes,
        strata.map((stratum) => weights[stratum]),
        weights.easy,
        0.3,
      );
      return overallVerdict(scaled.scores, { ...defaultRule, margin: scaled.margin }).keepAt !== null;
    });
    expect(counted).toBeLessThanOrEqual(tolerated(1000));
    expect(scores.filter(isWrong.keep).length).toBeGreaterThan(300);
  });

  it('keeps it from votes to verdict with three raters, skips, undone votes, and packets that come back late', () => {
    const prompts = Array.from({ length: 36 }, (_, at) => ({ task: ['a', 'b'][at % 2] ?? 'a' }));
    const perTask = { keep: 0 };
    const wrong = countWrong(500, 4, (random) => {
      const run = votedRun({ prompts, raters: 3 });
      const raters = ['maria', 'john', 'li'];
      for (let at = 0; at < 36; at += 1) run.claim(raters[at % 3] ?? 'maria', at);
      // maria votes live; the two packets are merged one after the other at the end
      for (const rater of raters) {
        for (let at = raters.indexOf(rater); at < 36; at += 3) {
          if (random() < 0.05) run.cast(at, { vote: 'skip', rater, unentered: true });
          else {
            if (random() < 0.1) run.undo(rater, run.cast(at, { vote: 'loss', rater, unentered: true }));
            const score = draw(random, truthOf(0, 0.2));
            run.cast(at, { vote: score === 1 ? 'win' : score === 0 ? 'tie' : 'loss', rater });
          }
        }
      }
      const { overall, units } = collectEvidence(run.input, openVsClosed);
      const ofTask = units.filter(({ task }) => task === 'a').map(({ score }) => score);
      if (isWrong.keep(ofTask)) perTask.keep += 1;
      return isWrong.keep(overall.map(({ score }) => score));
    });
    expect(wrong).toBeLessThanOrEqual(tolerated(500));
    expect(perTask.keep).toBeLessThanOrEqual(tolerated(500));
  });

  describe('the order `closest`', () => {
    const budget = 120;

    it('reaches the same number of right verdicts with at least 25 % fewer votes', () => {
      const fixed = meanRights(playRuns('frozen', { runs: 1500, budget, seed: 5 }), budget);
      const closest = meanRights(playRuns('closest', { runs: 1500, budget, seed: 6 }), budget);
      for (const votes of [90, 120]) {
        const needed = closest.findIndex((mean) => mean >= (fixed[votes] ?? 0));
        expect(needed, `as good as ${votes} votes in fixed order`).toBeGreaterThan(0);
        expect(needed / votes).toBeLessThanOrEqual(0.75);
      }
    });

    it('keeps each task below 5 % wrong at the worst null', () => {
      const border: TaskTruth = { truth: truthOf(0, 0.2), right: ['open-good-enough'] };
      const runs = 600;
      const played = playRuns('closest', { runs, budget, seed: 7, tasks: [border, border, border, border] });
      const wrong = played.reduce((sum, run) => sum + run.wrong, 0);
      expect(wrong / (4 * runs)).toBeLessThanOrEqual(0.05);
    });
  });
});
