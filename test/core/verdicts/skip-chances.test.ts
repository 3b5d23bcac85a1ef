/** What skips cost in a plan is said at the start of a session: only where it can be reckoned in a moment. */
import { describe, expect, it } from 'vitest';
import { goodAfterSkips } from '../../../src/verdicts/rule-chance.ts';

const truth = { open: 0.5, ties: 0.2 };
const planOf = (planned: number) => [{ share: 1, planned, upTo: planned }];

describe('what skips cost', () => {
  it('is exact in a plan of one task, and falls with each skip', () => {
    const found = goodAfterSkips(planOf(36), truth, 0.3, 3) ?? [];
    expect(found).toHaveLength(4);
    expect(found.every((chance) => chance >= 0 && chance <= 1)).toBe(true);
    expect([...found].sort((a, b) => b - a)).toEqual(found);
  });

  it('is left out where a session of thousands of ballots would wait for it', () => {
    const before = process.cpuUsage();
    expect(goodAfterSkips(planOf(5_000), truth, 0.3, 3)).toBeNull();
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
  });
});
