import { describe, expect, it } from 'vitest';
import { verdict } from '../../../src/stats/verdict.ts';
import { answerChance } from '../../../src/verdicts/answer-chance.ts';
import { decidePair } from '../../../src/verdicts/decide.ts';
import { outcomeTable, walkPaths } from '../../helpers/vote-paths.ts';
import { castAll, openVsClosed, votedRun } from '../../helpers/voted-run.ts';

const scopeOf = (votes: string) => {
  const run = votedRun({ prompts: Array.from({ length: Math.max(1, votes.length) }, () => ({})) });
  castAll(run, votes);
  return { run: run.run, scope: decidePair(run.input, openVsClosed).overall };
};

describe('the chance of an answer', () => {
  it('is what walking every path gives', () => {
    const { run, scope } = scopeOf('wltlwlltwl');
    // 3 wins, 2 ties, 5 losses, and 25 more
    const more = outcomeTable(25, ({ wins, ties, losses }, n) => {
      if (n === 0) return null;
      const found = verdict({ wins: wins + 3, ties: ties + 2, losses: losses + 5 }).verdict;
      return found === 'undecided' ? null : 'decided';
    });
    const truth = { win: 3.5 / 11.5, tie: 2.5 / 11.5, loss: 5.5 / 11.5 };
    expect(answerChance(scope, run, 25)).toBeCloseTo(walkPaths(more, truth).reached.decided?.[25] ?? 0, 9);
  });

  it('grows with the votes, is 1 once decided, and unknown without any', () => {
    const { run, scope } = scopeOf('lwlltl');
    const chances = [1, 5, 15, 40].map((votes) => answerChance(scope, run, votes) ?? 0);
    expect(chances).toEqual([...chances].sort((x, y) => x - y));
    expect(chances[0]).toBe(0);
    expect(chances.at(-1)).toBeLessThan(1);
    expect(answerChance(scopeOf('wwwwwwww').scope, run, 5)).toBe(1);
    expect(answerChance(scopeOf('').scope, run, 5)).toBeNull();
  });
});
