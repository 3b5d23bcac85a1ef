import { describe, expect, it } from 'vitest';
import { bradleyTerry, type Comparison } from '../../../src/stats/bradley-terry.ts';
import { seeded } from '../../helpers/vote-paths.ts';

/** The sandwich as its formula has it, with a whole score vector per prompt. */
function plainSandwich(beta: readonly number[], comparisons: readonly Comparison[]): number[] {
  const strengths = [0, ...beta];
  const size = beta.length;
  const zeros = (): number[][] => beta.map(() => new Array<number>(size).fill(0));
  const [hessian, meat] = [zeros(), zeros()];
  const byPrompt = new Map<string | number, number[]>();
  for (const { a, b, score, prompt } of comparisons) {
    const x = beta.map((_, j) => Number(a === j + 1) - Number(b === j + 1));
    const p = 1 / (1 + Math.exp((strengths[b] ?? 0) - (strengths[a] ?? 0)));
    const u = byPrompt.get(prompt) ?? new Array<number>(size).fill(0);
    byPrompt.set(
      prompt,
      u.map((value, j) => value + (x[j] ?? 0) * (score - p)),
    );
    for (let i = 0; i < size; i += 1) {
      for (let j = 0; j < size; j += 1)
        (hessian[i] as number[])[j] = (hessian[i]?.[j] ?? 0) + p * (1 - p) * (x[i] ?? 0) * (x[j] ?? 0);
    }
  }
  for (const u of byPrompt.values()) {
    for (let i = 0; i < size; i += 1) {
      for (let j = 0; j < size; j += 1) (meat[i] as number[])[j] = (meat[i]?.[j] ?? 0) + (u[i] ?? 0) * (u[j] ?? 0);
    }
  }
  // two unknown arms: the inverse by hand
  const [[h11 = 0, h12 = 0] = [], [, h22 = 0] = []] = hessian;
  const [[m11 = 0, m12 = 0] = [], [, m22 = 0] = []] = meat;
  const det = h11 * h22 - h12 * h12;
  const first = (h22 * h22 * m11 - 2 * h22 * h12 * m12 + h12 * h12 * m22) / det ** 2;
  const second = (h12 * h12 * m11 - 2 * h12 * h11 * m12 + h11 * h11 * m22) / det ** 2;
  return [Math.sqrt(first), Math.sqrt(second)];
}

describe('Bradley-Terry', () => {
  it('clusters by prompt exactly, however often a pair repeats within one', () => {
    const random = seeded(3);
    for (let round = 0; round < 20; round += 1) {
      const comparisons = Array.from({ length: 80 }, (): Comparison => {
        const a = Math.floor(random() * 3);
        const b = (a + 1 + Math.floor(random() * 2)) % 3;
        return { a, b, score: Math.floor(random() * 3) / 2, prompt: Math.floor(random() * 12) };
      });
      const { beta, seCluster } = bradleyTerry(3, comparisons);
      const expected = plainSandwich(
        beta.map((value) => value ?? 0),
        comparisons,
      );
      for (const [at, se] of seCluster.entries()) expect(se).toBeCloseTo(expected[at] ?? 0, 9);
    }
  });

  it('does not care about the order of comparisons or the direction of a pair', () => {
    const comparisons: Comparison[] = [
      { a: 0, b: 1, score: 1, prompt: 'x' },
      { a: 1, b: 2, score: 0.5, prompt: 'x' },
      { a: 2, b: 0, score: 1, prompt: 'y' },
      { a: 1, b: 0, score: 1, prompt: 'z' },
    ];
    const turned = comparisons.map(({ a, b, score, prompt }) => ({ a: b, b: a, score: 1 - score, prompt })).reverse();
    const [one, other] = [bradleyTerry(3, comparisons), bradleyTerry(3, turned)];
    for (const [at, value] of one.beta.entries()) expect(other.beta[at]).toBeCloseTo(value ?? 0, 9);
    for (const [at, value] of one.seCluster.entries()) expect(other.seCluster[at]).toBeCloseTo(value ?? 0, 9);
  });

  it('refuses an arm against itself, and has nothing to say about arms without comparisons', () => {
    expect(() => bradleyTerry(2, [{ a: 1, b: 1, score: 1, prompt: 0 }])).toThrow(RangeError);
    expect(bradleyTerry(3, [])).toMatchObject({ beta: [null, null], regularised: false, prompts: 0 });
  });
});
