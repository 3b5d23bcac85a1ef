import { describe, expect, it } from 'vitest';
import type { PairRecord } from '../../../src/records/run-record.ts';
import type { Side } from '../../../src/records/vote-lines.ts';
import { type Battle, battleLines, battlesOf, parseBattles, placeBattle, voteOf } from '../../../src/releases/arena.ts';
import { collectEvidence } from '../../../src/verdicts/evidence.ts';
import { castAll, votedRun } from '../../helpers/voted-run.ts';

const arms = [
  { name: 'open', model: 'qwen3:8b', spec: 'ollama:qwen3:8b' },
  { name: 'closed', model: 'gpt-test', spec: 'openai:gpt-test' },
];
const pair: PairRecord = { a: 'open', b: 'closed', decides: true };

describe('the arena battle format', () => {
  it('names models by side and comes back as the same votes, whichever way this run deals', () => {
    const run = votedRun({ prompts: Array.from({ length: 6 }, () => ({})) });
    castAll(run, 'wltbw');
    run.cast(5, { vote: 'win', redo: ['b'] });
    const { units } = collectEvidence(run.input, pair);
    const battles = parseBattles(battleLines(battlesOf(arms, pair, units)), 'b.jsonl');
    expect(battles.map(({ winner }) => winner).slice(2, 4)).toEqual(['tie', 'tie (bothbad)']);
    for (const aSide of ['left', 'right'] as Side[]) {
      const other = aSide === 'left' ? 'right' : 'left';
      const back = battles.map((battle) => {
        const placed = placeBattle(battle, arms, [pair], run.prompts);
        if (!placed) throw new Error('not placed');
        return voteOf(placed, aSide);
      });
      expect(back).toEqual([
        { choice: aSide, retry: [] },
        { choice: other, retry: [] },
        { choice: 'tie', retry: [] },
        { choice: 'both-bad', retry: ['left', 'right'] },
        { choice: aSide, retry: [] },
        { choice: aSide, retry: [other] },
      ]);
    }
  });

  it('reads what arenas write: an array, numbers as ids, older words; refuses the rest with its line', () => {
    const rows: object[] = [{ question_id: 81, model_a: 'x', model_b: 'y', winner: 'tie(bothbad)', turn: 1 }];
    const [battle] = parseBattles(JSON.stringify(rows), 'f.json') as [Battle];
    expect(battle).toEqual({ question_id: '81', model_a: 'x', model_b: 'y', winner: 'tie (bothbad)', judge: 'arena' });
    expect(placeBattle(battle, arms, [pair], [])).toBeUndefined();
    expect(() => parseBattles('{"question_id":1}\n', 'f.jsonl')).toThrow('f.jsonl:1: there is no model_a');
    expect(() => parseBattles('{', 'f.jsonl')).toThrow('f.jsonl:1: this is not JSON');
  });
});
