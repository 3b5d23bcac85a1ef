import { describe, expect, it } from 'vitest';
import { planChances } from '../../src/app/plan/plan-chances.ts';

/** Figures in the sentence: of 100 sessions with equal models, and where closed wins 4 of 5. */
function said(sizes: number[], traffic: number[]): { text: string; equal: number; keep: number } {
  const text = planChances({
    tasks: sizes.map((planned, at) => ({
      task: `task ${at}`,
      planned,
      reserve: 0,
      traffic: traffic[at] ?? 0,
      hardTraffic: 0,
      hardPlan: 0,
    })),
    margin: 0.3,
    settings: { hard: null },
  });
  const [equal = Number.NaN, keep = Number.NaN] = [...text.matchAll(/about (\d+)/g)].map((found) => Number(found[1]));
  return { text, equal, keep };
}

describe('what the plan says it can decide', () => {
  // The published table: traffic and plan, equal models, closed wins 4 of 5.
  it.each([
    [[12, 12, 12], [1, 1, 1], 56, 91],
    [[20, 8, 8], [0.7, 0.2, 0.1], 47, 86],
    [[8, 8, 8], [0.7, 0.2, 0.1], 24, 48],
    [[20, 8, 8], [0.9, 0.05, 0.05], 33, 72],
    [[8], [1], 12, 22],
    [[24], [1], 43, 81],
    [[60], [1], 76, 99],
  ])('of %j prompts by traffic %j', (sizes, traffic, equal, keep) => {
    const found = said(sizes, traffic);
    expect(Math.abs(found.equal - equal)).toBeLessThanOrEqual(3);
    expect(Math.abs(found.keep - keep)).toBeLessThanOrEqual(3);
  });

  it('says what one task alone can settle, and what is too little', () => {
    expect(said([20, 8, 8], [0.7, 0.2, 0.1]).text).toMatch(
      /A single task with 8 votes settles only what is very clear\.$/,
    );
    expect(said([7], [1]).text).toMatch(/^Too few to decide anything/);
    // 25 prompts in four small tasks: the overall rule reads them all.
    const small = said([7, 6, 6, 6], [1, 1, 1, 1]).text;
    expect(small).toMatch(/^If the models are equal/);
    expect(small).toMatch(/A task of its own needs 8 votes for a verdict; the smallest has 6\.$/);
  });
});
