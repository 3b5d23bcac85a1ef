import { describe, expect, it } from 'vitest';
import { votingRows } from '../../../src/app/plan/voting-rows.ts';
import type { PromptRecord } from '../../../src/records/prompt-record.ts';
import type { RunRecord } from '../../../src/records/run-record.ts';

const column = (name: string, model: string) => ({ name, provider: 'column', model });
const runOf = (n: number, { raters = 1, open = column('open', 'candidate') } = {}): RunRecord =>
  ({
    arms: [column('closed', 'prod'), open],
    pairs: [{ a: 'closed', b: 'open' }],
    settings: { n, raters },
  }) as unknown as RunRecord;

const answered = (...pairs: [string, string][]): PromptRecord[] =>
  pairs.map(([prod, candidate]) => ({
    answers: { prod: { text: prod }, candidate: { text: candidate } },
  })) as unknown as PromptRecord[];

const said = (run: RunRecord, prompts: PromptRecord[]): string[] => votingRows(run, prompts).map(([, text]) => text);

describe('the voting of a plan', () => {
  const prompts = answered(['Yes.', 'Yes.\r\n'], ['Yes.', 'No.'], ['Four.', 'Four'], ['a', 'a']);

  it('counts no ballot for answers that are known to be the same', () => {
    expect(said(runOf(4), prompts)).toEqual([
      '1 rater, 2 ballots, about 2 minutes',
      '2 more prompts have the same answer twice: they count as ties and need no vote',
    ]);
    expect(said(runOf(2), prompts)[1]).toBe(
      '1 more prompt has the same answer twice: it counts as a tie and needs no vote',
    );
  });

  it('compares the words of a refusal field where there is no other text', () => {
    const refused = (prod: string, candidate: string) =>
      [
        { answers: { prod: { text: ' ', refusal: prod }, candidate: { text: '', refusal: candidate } } },
      ] as unknown as PromptRecord[];
    expect(said(runOf(1), refused('I cannot.', 'I will not.'))).toHaveLength(1);
    expect(said(runOf(1), refused('I cannot.', 'I cannot.'))).toHaveLength(2);
  });

  it('cannot say whose ballots they are where several raters vote', () => {
    expect(said(runOf(2, { raters: 2 }), prompts)[0]).toBe('2 raters, at most 2 ballots each, about 2 minutes each');
  });

  it('counts every ballot where a model has still to answer, or the call failed in the log', () => {
    const asked = runOf(4, { open: { name: 'open', provider: 'ollama', model: 'qwen3:8b' } });
    expect(said(asked, prompts)).toEqual(['1 rater, 4 ballots, about 3 minutes']);
    const failed = prompts.map((prompt) => ({
      ...prompt,
      answers: { ...prompt.answers, prod: { text: '', error: '500' } },
    }));
    expect(said(runOf(4), failed as PromptRecord[])).toHaveLength(1);
  });
});
