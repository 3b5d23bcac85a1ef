import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../../src/records/attempt-record.ts';
import { foldTrials, isReplay, retriesOf, trialKey } from '../../../src/runs/trial.ts';
import { processorTime } from '../../helpers/processor-time.ts';
import { promptAt } from '../../helpers/runs.ts';

const { id } = promptAt(0);
const step = (attempt: number, changes: Partial<StepRecord> = {}): StepRecord => ({
  prompt: id,
  trial: 1,
  attempt,
  step: 1,
  outcome: 'answered',
  checks: [{ check: 'empty', pass: true }],
  last: true,
  at: '2026-11-21T09:30:00.000Z',
  ...changes,
});
const bad = { checks: [{ check: 'json', pass: false }] };
const fold = (steps: StepRecord[], retries = 2) => foldTrials(steps, retries).get(trialKey(id, 1));

describe('foldTrials', () => {
  it.each<[string, StepRecord[], string, number, number]>([
    ['one good answer', [step(1)], 'usable', 0, 0],
    ['good after two bad ones', [step(1, bad), step(2, bad), step(3)], 'usable', 2, 0],
    ['bad, retries left', [step(1, bad), step(2, { ...bad, text: 'other' })], 'missing', 1, 0],
    ['bad, retries spent', [step(1, bad), step(2, { ...bad, text: 'other' }), step(3, bad)], 'unusable', 2, 0],
    ['the same bad answer again', [step(1, bad), step(2, bad)], 'unusable', 1, 0],
    [
      'the same bad text with another tool call',
      [step(1, bad), step(2, { ...bad, tool_calls: [{ id: 'a', name: 'f', arguments: '{}' }] })],
      'missing',
      1,
      0,
    ],
    ['good after a 429', [step(1, { outcome: 'rate-limit' }), step(2)], 'usable', 0, 1],
    ['never reached', [step(1, { outcome: 'network' }), step(2, { outcome: 'network' })], 'missing', 0, 1],
    ['does not fit', [step(1, { outcome: 'too-long' })], 'missing', 0, 0],
    ['refused by the server', [step(1, { outcome: 'bad-request' })], 'missing', 0, 0],
    ['nothing in the log', [step(1, { outcome: 'no-answer' })], 'unusable', 0, 0],
    ['asked again after a quota stop', [step(1, { outcome: 'quota' }), step(2)], 'usable', 0, 0],
    ['aborted', [step(1, { outcome: 'aborted' })], 'missing', 0, 0],
    ['one of each', [step(1, bad), step(2, { outcome: 'server' }), step(3)], 'usable', 1, 1],
  ])('%s', (_, steps, state, answerRetries, transportRetries) => {
    expect(fold(steps)).toMatchObject({ state, answerRetries, transportRetries });
  });

  it('counts retries that add up to the attempts after the first, when no stop came between', () => {
    const trial = fold([step(1, { outcome: 'cut' }), step(2, bad), step(3, { outcome: 'timeout' }), step(4)]);
    expect(trial && trial.answerRetries + trial.transportRetries).toBe(3);
  });

  it('keeps a tool loop that a crash cut apart, to go on with', () => {
    const loop = [step(1, bad), step(2, { step: 1, last: false }), step(2, { step: 2, last: false })];
    const trial = fold(loop);
    expect(trial?.attempts.map((attempt) => attempt.attempt)).toEqual([1]);
    expect(trial?.unfinished?.steps).toHaveLength(2);
    expect(trial).toMatchObject({ state: 'missing', lastAttempt: 2, unfinished: { attempt: 2 } });
  });

  it('does not go on with a loop that lost a step, and never uses its number again', () => {
    const trial = fold([step(1, { step: 2, last: false })]);
    expect(trial).toMatchObject({ state: 'missing', attempts: [], lastAttempt: 1 });
    expect(trial?.unfinished).toBeUndefined();
  });

  it('asks nothing twice of answers that were there before', () => {
    const logged = { provider: 'logged' };
    expect(isReplay(logged)).toBe(true);
    expect(fold([step(1, bad)], retriesOf(logged, { retries: 2 }))?.state).toBe('unusable');
    expect(retriesOf({ provider: 'openai' }, { retries: 2 })).toBe(2);
  });

  it('takes time in proportion to the steps', () => {
    const loop = Array.from({ length: 100_000 }, (_, index) => step(1, { step: index + 1, last: index === 99_999 }));
    const spent = processorTime();
    const trial = fold(loop);
    expect(spent()).toBeLessThan(5_000);
    expect(trial?.attempts[0]?.steps.length).toBe(100_000);
  });
});
