import { describe, expect, it } from 'vitest';
import { planChances } from '../../src/app/plan/plan-chances.ts';
import { defaultRule } from '../../src/stats/verdict.ts';

describe('what the plan says it can decide', () => {
  const said = (planned: number[], hard: number | null = null): string =>
    planChances({
      tasks: planned.map((count) => ({ planned: count })),
      margin: defaultRule.margin,
      alpha: defaultRule.alpha,
      settings: { hard },
    });

  it.each([
    [[7, 7], /^Too few to decide anything/],
    [
      [8, 8, 8],
      /^8 per task: a verdict about 1 time in 4 where closed wins 9 of 10, about 1 time in 10 where it wins 4/,
    ],
    [
      [8, 8, 8],
      /All 24 together: nearly always and about 2 times in 3\. 15 of a task: about 4 times in 5 and 1 time in 2\./,
    ],
    [[12, 12], /^12 per task: a verdict about 2 times in 3 where closed wins 9 of 10, about 1 time in 3/],
    [[10, 8, 6], /^10 in the largest task: a verdict about 1 time in 2/],
    [[15], /^15 prompts: a verdict about 4 times in 5 where closed wins 9 of 10, .*hint\. 30 of a task: nearly always/],
    [[20], /^20 prompts: a verdict about 9 times in 10/],
    [[30], /^30 prompts: a verdict nearly always .* 4 times in 5 .* About equal models need 60 and more\.$/],
    [[60], /^60 prompts: a verdict nearly always where closed wins 4 of 5\.$/],
  ])('of %j prompts', (planned, words) => {
    expect(said(planned)).toMatch(words);
  });

  it('with --hard, that its votes weigh less', () => {
    expect(said([8], 0.4)).toMatch(/votes weigh less/);
    expect(said([8])).not.toMatch(/--hard/);
  });
});
