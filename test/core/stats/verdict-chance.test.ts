import { describe, expect, it } from 'vitest';
import { defaultRule } from '../../../src/stats/verdict.ts';
import { verdictChances } from '../../../src/stats/verdict-chance.ts';
import { decisive, walkPaths } from '../../helpers/vote-paths.ts';
import { verdictTable } from '../../proof/error-rates.ts';

describe('chance of a verdict [exact]', () => {
  it('is the published one', () => {
    // statistics.md: one task, 20 % ties, closed wins 9 of 10 and 4 of 5.
    const [very, clear] = verdictChances('keep-closed', [0.1, 0.2], 30, defaultRule);
    const at = [8, 10, 15, 20, 30];
    expect(at.map((n) => Math.round(100 * (very?.[n] ?? 0)))).toEqual([23, 45, 78, 92, 99]);
    expect(at.map((n) => Math.round(100 * (clear?.[n] ?? 0)))).toEqual([10, 20, 44, 61, 80]);
  });

  it('is that of the proof, walked independently', () => {
    const walked = walkPaths(verdictTable(40), decisive(0.6)).reached['open-good-enough'] ?? [];
    const [chances] = verdictChances('open-good-enough', [0.6], 40, defaultRule);
    for (const n of [8, 17, 40]) expect(chances?.[n]).toBeCloseTo(walked[n] ?? 0, 12);
  });
});
