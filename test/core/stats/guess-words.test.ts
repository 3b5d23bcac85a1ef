import { expect, it } from 'vitest';
import { adjustedBlindingIndex, type GuessCell, type GuessCounts } from '../../../src/stats/adjusted-blinding-index.ts';

const none: GuessCell = { left: 0, right: 0, unknown: 0 };
const nobody = { closedLeft: none, closedRight: none };
/** Every guess was right. */
const allRight = (onLeft: number, onRight: number): GuessCounts => ({
  tie: nobody,
  right: nobody,
  left: { closedLeft: { ...none, left: onLeft }, closedRight: { ...none, right: onRight } },
});

it('says "recognised" from the tenth guess on, and "not enough" after nine, however right they were', () => {
  expect(adjustedBlindingIndex(allRight(5, 4)).word).toBe('not-enough');
  expect(adjustedBlindingIndex(allRight(5, 5)).word).toBe('recognised');
});
