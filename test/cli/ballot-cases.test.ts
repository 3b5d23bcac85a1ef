/** Identical answers and hidden texts, through the built command and real HTTP. */
import { describe, expect, it } from 'vitest';
import { ballotCases } from '../helpers/ballot-cases.ts';
import { hideMisses, identicalMisses, reasoningMisses } from '../helpers/played-ballots.ts';

describe('the cases of ballots, played through the command line', () => {
  it.skipIf(ballotCases('identical').length === 0)('ask nobody exactly where two records are equal', async () => {
    expect((await identicalMisses()).misses).toEqual([]);
  });

  it.skipIf(ballotCases('hide').length === 0)('hide no text, whatever a check says', async () => {
    expect((await hideMisses()).misses).toEqual([]);
  });

  it.skipIf(ballotCases('reasoning').length === 0)('have the right text in each step of the pipeline', async () => {
    expect((await reasoningMisses()).misses).toEqual([]);
  });
});
