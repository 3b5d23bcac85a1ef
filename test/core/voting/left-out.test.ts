import { describe, expect, it } from 'vitest';
import type { PromptRecord } from '../../../src/records/prompt-record.ts';
import type { RunEvent } from '../../../src/records/run-events.ts';
import { returnedPrompts } from '../../../src/voting/left-out.ts';
import { unusedPrompts } from '../../../src/voting/questions.ts';
import { makePrompts, makeRun } from '../../helpers/run-record.ts';

const [english, german] = makePrompts(2) as [PromptRecord, PromptRecord];
const at = '2026-11-21T10:00:00.000Z';
type Line = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'at'> : never) : never;
const ledger = (...lines: Line[]): RunEvent[] => lines.map((line) => ({ ...line, at }) as RunEvent);

const leaves = (rater: string, ...prompts: { id: string }[]): Line =>
  ({ event: 'left-out', rater, names: ['German'], prompts: prompts.map(({ id }) => id) }) as Line;
const votes = (rater: string): Line =>
  ({ event: 'entered', rater, n: 1, ballot: `b_${rater}`, prompt: english.id }) as Line;
const ends = (rater: string, count: number): Line =>
  ({ event: 'finished', rater, votes: count, lastHash: 'f'.repeat(64) }) as Line;
const holds = (rater: string, packet: boolean): Line =>
  ({ event: 'claimed', rater, prompt: german.id, ...(packet && { packet }) }) as Line;

/** One planned rater, who leaves German out and votes on the English prompt, which was the plan. */
const { run } = makeRun([english]);
const ann = [leaves('ann', german), votes('ann'), ends('ann', 1)];

describe('who reads what a rater left out', () => {
  it.each([
    ['nobody', false, []],
    ['a rater who votes', true, [votes('ben')]],
    ['a rater who only skips, which enters nothing', true, [ends('ben', 3)]],
    ['a rater with a packet', true, [holds('ben', true)]],
    ['somebody who looked in and left', false, [ends('ben', 0)]],
    ['somebody who opened a session and closed the window', false, [holds('ben', false)]],
  ])('beside her %s: `more` may draw it: %s', (_, may, lines) => {
    const unused = unusedPrompts(run, [english, german], ledger(...ann, ...lines)).map(({ id }) => id);
    expect(unused.includes(german.id)).toBe(may);
  });

  it.each([
    ['nobody', true, []],
    ['a rater who has finished', true, [votes('ben'), ends('ben', 1)]],
    ['a rater who is voting', false, [votes('ben')]],
    ['a rater whose packet it is in', false, [holds('ben', true)]],
    ['somebody who opened a session and closed the window', true, [holds('ben', false)]],
  ])('beside her %s: it is back with the unused ones: %s', (_, is, lines) => {
    expect(returnedPrompts(run, ledger(...ann, ...lines)).has(german.id)).toBe(is);
  });
});
