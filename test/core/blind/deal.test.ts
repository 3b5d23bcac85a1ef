import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DealPrompt, dealSides } from '../../../src/blind/deal.ts';
import type { Hashing } from '../../../src/records/ids.ts';

const hashing: Hashing = {
  sha256: (data) => createHash('sha256').update(data).digest('hex'),
  hmac: (key, message) => createHmac('sha256', key).update(message).digest('hex'),
};
const prompts = (counts: Record<string, number>, prefix = ''): DealPrompt[] =>
  Object.entries(counts).flatMap(([task, n]) =>
    Array.from({ length: n }, (_, at): DealPrompt => ({ id: `p_${prefix}${task}${at}`, task })),
  );
const deal = (batches: DealPrompt[][], { seed = 1, rater = 'ann' } = {}) =>
  dealSides({
    version: 2,
    run: 'r_1',
    rater,
    seed: new Uint8Array(32).fill(seed),
    batches,
    pairs: [{ a: 'open', b: 'closed' }],
    hashing,
  });
const lefts = (sides: { aSide: string }[]): number => sides.filter(({ aSide }) => aSide === 'left').length;

describe('deal', () => {
  test('is balanced over the run, and within each task of 16 or more', () => {
    const counts = fc.record({ x: fc.nat(40), y: fc.nat(40), z: fc.nat(40) });
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 255 }), (sizes, seed) => {
        const sides = deal([prompts(sizes)], { seed });
        const n = sizes.x + sizes.y + sizes.z;
        expect([Math.floor(n / 2), Math.ceil(n / 2)]).toContain(lefts(sides));
        for (const [task, size] of Object.entries(sizes)) {
          if (size < 16) continue;
          const left = lefts(sides.filter(({ prompt }) => prompt.startsWith(`p_${task}`)));
          expect([Math.floor(size / 2), Math.ceil(size / 2)]).toContain(left);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('prompts added later are dealt apart: earlier sides never change, and the new ones are balanced too', () => {
    const first = prompts({ x: 9 });
    const more = prompts({ x: 17 }, 'new');
    const before = deal([first]);
    const after = deal([first, more]);
    expect(after.slice(0, 9)).toEqual(before);
    expect([8, 9]).toContain(lefts(after.slice(9)));
    expect(deal([first, [...first, ...more]])).toEqual(after);
  });

  test('a small draw has a coin for each ballot: its last one is not given away', () => {
    const first = prompts({ x: 9 });
    const six = prompts({ x: 6 }, 'new');
    const counts = Array.from({ length: 256 }, (_, seed) => lefts(deal([first, six], { seed }).slice(9)));
    const often = (count: number): number => counts.filter((one) => one === count).length;
    // Halved, it would be three each time; coins give 3 of 6 in 20 of 64 cases, 0 or 6 in 2 of 64.
    expect(often(3)).toBeGreaterThan(256 * (20 / 64) - 35);
    expect(often(3)).toBeLessThan(256 * (20 / 64) + 35);
    expect(often(0) + often(6)).toBeGreaterThan(0);
    expect(often(1) + often(5)).toBeGreaterThan(20);
  });

  test('a run of before keeps the halves of its small draws', () => {
    const sides = (version: number): number[] =>
      Array.from({ length: 20 }, (_, seed) =>
        lefts(
          dealSides({
            version,
            run: 'r_1',
            rater: 'ann',
            seed: new Uint8Array(32).fill(seed),
            batches: [[], prompts({ x: 6 })],
            pairs: [{ a: 'open', b: 'closed' }],
            hashing,
          }),
        ),
      );
    expect(new Set(sides(1))).toEqual(new Set([3]));
    expect(new Set(sides(2)).size).toBeGreaterThan(2);
  });

  test('a fresh draw per rater and per seed; sides do not alternate', () => {
    const list = prompts({ x: 24 });
    const ann = deal([list]).map(({ aSide }) => aSide);
    expect(deal([list], { rater: 'bob' }).map(({ aSide }) => aSide)).not.toEqual(ann);
    expect(deal([list], { seed: 2 }).map(({ aSide }) => aSide)).not.toEqual(ann);
    expect(
      deal([[...list].reverse()])
        .map(({ aSide }) => aSide)
        .reverse(),
    ).toEqual(ann);
  });

  test('each position is left about half the time, the odd one too', () => {
    const single = prompts({ x: 1 });
    const odd = Array.from({ length: 200 }, (_, at) => lefts(deal([single], { rater: `r${at}` })));
    const share = odd.reduce((sum, left) => sum + left, 0) / 200;
    expect(share).toBeGreaterThan(0.35);
    expect(share).toBeLessThan(0.65);
  });
});
