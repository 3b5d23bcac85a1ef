import { describe, expect, it } from 'vitest';
import { nextTask } from '../../../src/stats/next-task.ts';

const fresh = { n: 0, logEGood: 0, logEKeep: 0, decided: false, remainingPrompts: 9 };

describe('the task that is voted on next', () => {
  it.each([
    [39, 2],
    [40, 1],
  ])('of %i planned ballots: the frozen order below 40, the fewest votes from there on', (planned, next) => {
    const tasks = [
      { ...fresh, n: 3 },
      { ...fresh, n: 1 },
      { ...fresh, n: 2 },
    ];
    expect(nextTask({ planned, frozenNext: 2, tasks })).toBe(next);
  });
});
