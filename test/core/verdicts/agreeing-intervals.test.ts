import { expect, it } from 'vitest';
import { contradictions } from '../../proof/agreeing-intervals.ts';

// The proof plays 1,000 of them.
it('prints no interval that contradicts its verdict, and no verdict that the votes do not give', () => {
  expect(contradictions(60)).toEqual([]);
});
