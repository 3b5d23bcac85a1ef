import { describe, expect, test } from 'vitest';
import { skipWords } from '../../../src/blind/session/after-votes.ts';
import { skipRule } from '../../../src/stats/lost-prompts.ts';
import { skipRuleWords } from '../../../src/text/skip-words.ts';

describe('the sentence on skips', () => {
  test('is one, in the session too', () => {
    expect(skipRuleWords).toBe(
      'A skip is no vote. A verdict must also hold if every skipped ballot had gone against it; a single skip among 20 ballots or more takes no verdict back.',
    );
    expect(skipWords({})).toBe(skipRuleWords);
  });

  test.each([
    [18, 1, true],
    [19, 1, false],
    [18, 2, true],
    [19, 2, true],
  ])('says what the rule does: with %i votes, %i skipped may take a verdict back: %s', (votes, skips, may) => {
    const taken = [0, 1, 2, 3, 4, 5].flatMap((ties) =>
      Array.from({ length: votes - ties + 1 }, (_, wins) => ({ wins, ties, losses: votes - ties - wins })).filter(
        (counts) => skipRule(counts, skips, 30).verdict !== skipRule(counts, 0, 30).verdict,
      ),
    );
    expect(taken.length > 0).toBe(may);
  });
});
