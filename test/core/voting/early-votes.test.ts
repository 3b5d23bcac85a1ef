import { expect, it } from 'vitest';
import type { ChainedLine } from '../../../src/records/vote-lines.ts';
import { votesBefore } from '../../../src/voting/early-votes.ts';

const vote = (n: number, at: string): ChainedLine =>
  ({
    n,
    prev: '',
    at,
    ballot: `b_${n}`,
    prompt: `p_${n}`,
    choice: 'left',
    shown: {},
    ms: 4_000,
  }) as unknown as ChainedLine;

it.each([
  ['1970-01-01T00:00:00.000Z', 1],
  ['2026-11-26T09:59:00.000Z', 1],
  // A clock that is wrong by a time zone.
  ['2026-11-26T22:00:00.000Z', 0],
  ['2026-11-28T10:00:00.000Z', 0],
])('a vote of %s for a run of 2026-11-27: %i', (at, early) => {
  const lines = [vote(1, at), vote(2, '2026-11-28T10:00:00.000Z')];
  expect(votesBefore(lines, '2026-11-27T10:00:00.000Z')).toBe(early);
});
