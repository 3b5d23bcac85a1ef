import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createMask, type RawAnswer } from '../../../src/blind/mask.ts';
import { ballotId, type Hashing } from '../../../src/records/ids.ts';
import type { PromptRecord } from '../../../src/records/prompt-record.ts';
import type { Trial } from '../../../src/runs/trial.ts';
import { answerOf, dealBallots, settledAs, toBallot } from '../../../src/voting/ballots.ts';

const hashing: Hashing = {
  sha256: (data) => createHash('sha256').update(data).digest('hex'),
  hmac: (key, message) => createHmac('sha256', key).update(message).digest('hex'),
};
const seed = new Uint8Array(32).fill(7);
const prompt = (at: number): PromptRecord => ({
  id: `p_${at}`,
  task: 'mail',
  messages: [{ role: 'user', content: 'Reply.' }],
  difficulty: 'easy',
  weight: 1,
  source: { format: 'csv', file: 'x.csv', line: at },
});
const pair = { a: 'open', b: 'closed' };
const prompts = Array.from({ length: 11 }, (_, at) => prompt(at));
const deal = (extra = {}) =>
  dealBallots({ run: 'r_1', version: 2, seed, rater: 'ann', prompts, pairs: [pair], hashing, ...extra });

describe('ballots', () => {
  test('ids are HMACs of run, rater, prompt, pair and copy; a repeat has its sides swapped', () => {
    const dealt = deal({ copies: 2 });
    expect(dealt).toHaveLength(22);
    const [first, repeat] = dealt;
    expect(first?.id).toBe(
      ballotId({ run: 'r_1', rater: 'ann', prompt: 'p_0', pair: 'open:closed', copy: 1 }, seed, hashing),
    );
    expect(repeat?.copy).toBe(2);
    expect(new Set([first?.aSide, repeat?.aSide]).size).toBe(2);
    expect(deal().map(({ aSide }) => aSide)).toEqual(dealt.filter(({ copy }) => copy === 1).map(({ aSide }) => aSide));
  });

  test('prompts added later leave earlier ballots as they were', () => {
    const later = Array.from({ length: 5 }, (_, at) => prompt(100 + at));
    expect(deal({ draws: [later] }).slice(0, 11)).toEqual(deal());
  });

  test('the screen gets sides and texts, and no key in it names an arm', () => {
    const answers = new Map([['open', { text: 'I am Qwen.' }]]);
    for (const dealt of deal()) {
      const ballot = toBallot(dealt, prompt(0), pair, answers, createMask({ promptText: 'Reply.' }));
      const open = dealt.aSide === 'left' ? ballot.left : ballot.right;
      expect(open).toEqual({ kind: 'text', text: 'I am [assistant].' });
      expect(dealt.aSide === 'left' ? ballot.right : ballot.left).toEqual({ kind: 'unusable' });
      expect(Object.keys(ballot).sort()).toEqual(['id', 'left', 'prompt', 'right', 'task']);
      expect(JSON.stringify(ballot)).not.toMatch(/open|closed/);
    }
  });

  test('nobody is asked about equal records, or where there is nothing to read', () => {
    const both = (answer: RawAnswer) => ({ recorded: answer, judged: answer });
    const settled = (one: RawAnswer, other: RawAnswer) => settledAs(both(one), both(other));
    expect(settled({ text: 'Done.\n' }, { text: 'Done.' })).toBe('identical');
    expect(settled({ text: 'Result: ✅' }, { text: 'Result: ❌' })).toBeUndefined();
    expect(settled({ text: '' }, { text: ' \u200b\n' })).toBe('no-answer');
    expect(settled({ text: '' }, { text: '.' })).toBeUndefined();
    // Records that differ in thought alone are two answers; records without anything behind the thought are none.
    const thought = (text: string) => ({ recorded: { text }, judged: { text: '' } });
    expect(settledAs(thought('<think>a</think>'), thought('<think>b</think>'))).toBe('no-answer');
  });

  test.each([
    [{ text: '', refusal: 'No.' }, 'No.'],
    [{ text: ' \n\u200b', refusal: 'No.' }, 'No.'],
    [{ text: 'Yes.', refusal: 'No.' }, 'Yes.'],
    [{ text: ' ', refusal: '' }, ' '],
  ])('words in a refusal field are what was said where there is nothing else to read: %j', (step, said) => {
    const answer = { outcome: 'answered', steps: [{ outcome: 'answered', ...step }] };
    expect(answerOf({ answer } as unknown as Trial)?.text).toBe(said);
  });
});
