import { describe, expect, it } from 'vitest';
import { countsAfter, furtherVotes } from '../../../src/stats/polya-urn.ts';

const seen = { wins: 4, ties: 1, losses: 3 };
const sum = (chances: readonly { chance: number }[]): number => chances.reduce((all, { chance }) => all + chance, 0);

describe('what further votes may add', () => {
  // One more vote: (4.5, 1.5, 3.5) of 9.5. Two more wins: 4.5 / 9.5 times 5.5 / 10.5.
  it('shifts its odds with each vote', () => {
    for (const drawn of [furtherVotes, countsAfter]) {
      const one = drawn(seen, 1).find(({ counts }) => counts.losses === 1);
      expect(one?.chance).toBeCloseTo(3.5 / 9.5, 12);
      const two = drawn(seen, 2).find(({ counts }) => counts.wins === 2);
      expect(two?.chance).toBeCloseTo((4.5 / 9.5) * (5.5 / 10.5), 12);
      const mixed = drawn(seen, 2).find(({ counts }) => counts.wins === 1 && counts.losses === 1);
      expect(mixed?.chance).toBeCloseTo((2 * 4.5 * 3.5) / (9.5 * 10.5), 12);
    }
  });

  it('is the same over all paths and in closed form, and adds up to 1', () => {
    const paths = new Map(furtherVotes(seen, 30).map(({ counts, chance }) => [JSON.stringify(counts), chance]));
    const closed = countsAfter(seen, 30);
    expect(closed).toHaveLength(paths.size);
    for (const { counts, chance } of closed) expect(paths.get(JSON.stringify(counts))).toBeCloseTo(chance, 12);
    expect(sum(closed)).toBeCloseTo(1, 12);
  });

  it('leaves out the paths that ended, at their first vote that ends them', () => {
    const without = furtherVotes(seen, 2, ({ losses }) => losses > 0);
    expect(sum(without)).toBeCloseTo((6 / 9.5) * (7 / 10.5), 12);
  });
});
