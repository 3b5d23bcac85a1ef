/** Whole runs, simulated with fixed seeds: several tasks, weights, late packets, the adaptive order. Not people. */
import { describe, expect, it } from 'vitest';
import { overallVerdict } from '../../../src/stats/crossing.ts';
import { startEProcess } from '../../../src/stats/e-process.ts';
import { nextTask, type TaskState } from '../../../src/stats/next-task.ts';
import { defaultRule } from '../../../src/stats/verdict.ts';
import { stratumWeights, weightedEvidence } from '../../../src/stats/weighted-evidence.ts';
import { collectEvidence } from '../../../src/verdicts/evidence.ts';
import { decisive, draw, seeded, type Truth, truthOf } from '../../helpers/vote-paths.ts';
import { openVsClosed, votedRun } from '../../helpers/voted-run.ts';

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
    const truths = [0.1, 0.27, 0.43, 0.6].map((open) => decisive(open));
    // 0.43 lies between the margin and even: both verdicts are true there
    const right: string[][] = [['keep'], ['keep'], ['keep', 'good'], ['good']];
    const budget = 120;

    /** Right and wrong verdicts after each vote, mean over runs. */
    function play(
      adaptive: boolean,
      runs: number,
      among4: readonly Truth[],
      correct: readonly string[][],
      seed: number,
    ) {
      const random = seeded(seed);
      const rights = new Array<number>(budget + 1).fill(0);
      let wrong = 0;
      for (let run = 0; run < runs; run += 1) {
        const good = among4.map(() => startEProcess(-0.3, 'gt'));
        const keep = among4.map(() => startEProcess(0, 'lt'));
        const tasks: TaskState[] = among4.map(() => ({
          n: 0,
          logEGood: 0,
          logEKeep: 0,
          decided: false,
          remainingPrompts: 60,
        }));
        let found = 0;
        for (let vote = 1; vote <= budget; vote += 1) {
          const next = adaptive ? nextTask({ planned: budget, frozenNext: null, tasks }) : roundRobin(tasks, vote);
          const task = next === null ? undefined : tasks[next];
          if (next !== null && task) {
            const score = draw(random, among4[next] as Truth);
            task.n += 1;
            task.remainingPrompts -= 1;
            task.logEGood = good[next]?.add(score) ?? 0;
            task.logEKeep = keep[next]?.add(score) ?? 0;
            const level = Math.log(20) - 1e-12;
            const verdict =
              task.n < 8 ? null : task.logEKeep >= level ? 'keep' : task.logEGood >= level ? 'good' : null;
            if (verdict !== null && !task.decided) {
              task.decided = true;
              if (correct[next]?.includes(verdict)) found += 1;
              else wrong += 1;
            }
          }
          rights[vote] = (rights[vote] ?? 0) + found / runs;
        }
      }
      return { rights, wrong: wrong / (runs * among4.length) };
    }

    /** Fixed order with the same rule: it goes on through decided tasks, as a frozen list does. */
    const roundRobin = (tasks: readonly TaskState[], vote: number): number => (vote - 1) % tasks.length;

    it('reaches the same number of right verdicts with at least 25 % fewer votes', () => {
      const fixed = play(false, 1500, truths, right, 5).rights;
      const closest = play(true, 1500, truths, right, 6).rights;
      for (const votes of [90, 120]) {
        const needed = closest.findIndex((mean) => mean >= (fixed[votes] ?? 0));
        expect(needed, `as good as ${votes} votes in fixed order`).toBeGreaterThan(0);
        expect(needed / votes).toBeLessThanOrEqual(0.75);
      }
    });

    it('keeps each task below 5 % wrong at the worst null', () => {
      const border = [0, 0, 0, 0].map((theta) => truthOf(theta, 0.2));
      expect(
        play(
          true,
          600,
          border,
          border.map(() => ['good']),
          7,
        ).wrong,
      ).toBeLessThanOrEqual(0.05);
    });
  });
});
