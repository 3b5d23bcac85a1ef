import { describe, expect, it } from 'vitest';
import { evidenceOf, sidesAt, withScore } from '../../../src/stats/task-verdict.ts';
import { answerChance } from '../../../src/verdicts/answer-chance.ts';
import { decidePair } from '../../../src/verdicts/decide.ts';
import { draw, seeded } from '../../helpers/vote-paths.ts';
import { castAll, openVsClosed, votedRun } from '../../helpers/voted-run.ts';
import { announcedBetween } from '../../proof/announced.ts';

const scopeOf = (votes: string) => {
  const run = votedRun({ prompts: Array.from({ length: Math.max(1, votes.length) }, () => ({})) });
  castAll(run, votes);
  return { run: run.run, scope: decidePair(run.input, openVsClosed).overall };
};

describe('the chance of an answer', () => {
  it('averages over the truths that the votes leave open: simulated with Dirichlet .5', () => {
    const { run, scope } = scopeOf('wltlwlltwl');
    const random = seeded(11);
    let decided = 0;
    const runs = 4000;
    for (let each = 0; each < runs; each += 1) {
      const truth = dirichlet(random, [3.5, 2.5, 5.5]);
      let counts = { wins: 3, ties: 2, losses: 5 };
      for (let vote = 0; vote < 25; vote += 1) {
        counts = withScore(counts, draw(random, { win: truth[0] ?? 0, tie: truth[1] ?? 0, loss: truth[2] ?? 0 }));
        const sides = sidesAt(evidenceOf(counts, 0.3));
        if (!(sides.good || sides.keep || sides.better)) continue;
        decided += 1;
        break;
      }
    }
    expect(Math.abs((answerChance(scope, run, 25) ?? 0) - decided / runs)).toBeLessThan(0.025);
  });

  it('grows with the votes, is 1 once decided, and unknown without any', () => {
    const { run, scope } = scopeOf('lwlltl');
    const chances = [1, 5, 15, 40].map((votes) => answerChance(scope, run, votes) ?? 0);
    expect(chances).toEqual([...chances].sort((x, y) => x - y));
    expect(chances[0]).toBe(0);
    expect(chances.at(-1)).toBeLessThan(1);
    expect(answerChance(scopeOf('wwwwwwww').scope, run, 5)).toBe(1);
    expect(answerChance(scopeOf('').scope, run, 5)).toBeNull();
  });
});

/** By gamma variables of half-integer shape: sums of squares of normals and of exponentials. */
function dirichlet(random: () => number, shape: readonly number[]): number[] {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const gamma = (a: number): number => {
    let sum = a % 1 === 0.5 ? normal() ** 2 / 2 : 0;
    for (let step = 0; step < Math.floor(a); step += 1) sum -= Math.log(1 - random());
    return sum;
  };
  const parts = shape.map(gamma);
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}

describe('announced chances', { timeout: 120_000 }, () => {
  it('come true as often as they say: about 8 of 10 where 8 in 10 is announced', () => {
    const { announced, cameTrue } = announcedBetween(0.75, 0.85, 100, 20261127);
    // Three standard errors of 100 around .8; the proof asks for 2,000.
    expect(Math.abs(cameTrue / announced - 0.8)).toBeLessThanOrEqual(0.12);
  });
});
