import { describe, expect, it } from 'vitest';
import { createMask } from '../../../src/blind/mask.ts';
import type { StepRecord } from '../../../src/records/attempt-record.ts';
import type { PromptId } from '../../../src/records/ids.ts';
import { foldTrials, type Trial, trialKey } from '../../../src/runs/trial.ts';
import { judgedAnswer } from '../../../src/voting/ballots.ts';
import { ballotKinds, isBalloted, whatCame } from '../../../src/voting/what-came.ts';

const prompt = {
  id: 'p_0000000000000001' as PromptId,
  messages: [{ role: 'user' as const, content: 'Reply to Ada.' }],
};
const refusalSeen = [{ check: 'refusal', pass: true, kind: 'refusal' }];

function trialOf(step: Partial<StepRecord>): Trial | undefined {
  const whole: StepRecord = {
    prompt: prompt.id,
    trial: 1,
    attempt: 1,
    step: 1,
    outcome: 'answered',
    text: '',
    finish: 'stop',
    checks: [{ check: 'refusal', pass: true }],
    last: true,
    at: '2026-11-21T09:01:00.000Z',
    ...step,
  };
  return foldTrials([whole], 0).get(trialKey(prompt.id, 1));
}

const emptyCheck = [
  { check: 'refusal', pass: true },
  { check: 'empty', pass: false, kind: 'empty', why: 'The answer is empty.' },
];
const failed = (check: string) => [
  { check: 'refusal', pass: true },
  { check, pass: false, kind: check, why: 'It failed.' },
];
const call = { id: 'c1', name: 'lookup', arguments: '{}' };

/** What came, what the rater sees, what the report counts. */
const rows: [string, Partial<StepRecord>, 'answer' | 'unusable' | 'none', string][] = [
  ['a text', { text: 'Dear Ada.' }, 'answer', 'answered'],
  ['a tool call alone', { tool_calls: [call], finish: 'tool_calls' }, 'answer', 'answered'],
  [
    'a text that was cut off',
    { text: 'Dear', finish: 'length', cause: 'length', checks: failed('truncated') },
    'answer',
    'answered',
  ],
  ['broken JSON', { text: '{"a":', checks: failed('json') }, 'answer', 'answered'],
  ['a text that refuses', { text: 'I cannot help.', checks: refusalSeen }, 'answer', 'refused'],
  [
    'a text that refuses where that is forbidden',
    { text: 'No.', checks: [{ check: 'refusal', pass: false, kind: 'refusal' }] },
    'answer',
    'refused',
  ],
  [
    'words in the field for refusals',
    { refusal: 'I cannot help.', cause: 'refusal', checks: refusalSeen },
    'answer',
    'refused',
  ],
  [
    'a text that declines a part',
    { text: 'Not this. But that:', checks: [{ check: 'refusal', pass: true, kind: 'partial-refusal' }] },
    'answer',
    'partial',
  ],
  ['nothing', { cause: 'empty', checks: emptyCheck }, 'unusable', 'empty'],
  ['nothing, with every check switched off', { checks: [] }, 'unusable', 'empty'],
  [
    'a block of thought alone',
    { text: '<think>Hm.</think>', cause: 'all-reasoning', checks: emptyCheck },
    'unusable',
    'empty',
  ],
  ['end tokens alone', { text: '<|im_end|>', cause: 'empty', checks: emptyCheck }, 'unusable', 'empty'],
  ['invisible characters alone', { text: '\u200b\u2060', cause: 'empty', checks: emptyCheck }, 'unusable', 'empty'],
  [
    'the whole cap in thought',
    { reasoning: 'Hm.', finish: 'length', cause: 'cap-spent', checks: emptyCheck },
    'unusable',
    'empty',
  ],
  ['an empty cell of an answer column', { outcome: 'no-answer', checks: [] }, 'unusable', 'empty'],
  [
    'a tool call that the server kept',
    { cause: 'tool-call-unreadable', checks: failed('empty') },
    'unusable',
    'unread',
  ],
  [
    "a filter's end without text",
    { finish: 'content_filter', cause: 'content-filter', checks: refusalSeen },
    'unusable',
    'withheld',
  ],
  ['the same in a record without a cause', { finish: 'SAFETY', checks: refusalSeen }, 'unusable', 'withheld'],
  ["a policy's end without text", { finish: 'refusal', cause: 'refusal', checks: refusalSeen }, 'unusable', 'withheld'],
  [
    'thought alone that a filter ended',
    { text: '<think>Hm.</think>', finish: 'content_filter', cause: 'content-filter', checks: refusalSeen },
    'unusable',
    'withheld',
  ],
  [
    "a filter's end behind a text",
    { text: 'Dear Ada, we', finish: 'content_filter', cause: 'content-filter', checks: refusalSeen },
    'answer',
    'refused',
  ],
  [
    'a call that failed in the log',
    { outcome: 'no-answer', cause: 'failed-in-log', checks: undefined },
    'none',
    'not-taken',
  ],
  ['a lost connection', { outcome: 'network', cause: 'dropped', checks: undefined }, 'none', 'lost'],
  ['a time-out', { outcome: 'timeout', cause: 'total', checks: undefined }, 'none', 'lost'],
  ['429 after all retries', { outcome: 'rate-limit', cause: 'rate-minute', checks: undefined }, 'none', 'lost'],
  ['503 after all retries', { outcome: 'overload', cause: 'overloaded', checks: undefined }, 'none', 'lost'],
  [
    'a role that the server does not know',
    { outcome: 'bad-request', cause: 'role', checks: undefined },
    'none',
    'not-taken',
  ],
  ['a 400 with unknown words', { outcome: 'bad-request', cause: 'unknown', checks: undefined }, 'none', 'not-taken'],
  [
    'a prompt longer than the window',
    { outcome: 'too-long', cause: 'context', fault: 'model', checks: undefined },
    'none',
    'limit',
  ],
  [
    'tools that the model cannot use',
    { outcome: 'bad-request', cause: 'feature', fault: 'model', checks: undefined },
    'none',
    'limit',
  ],
];

describe('what came, what stands on the ballot, what the report counts', () => {
  it.each(rows)('%s', (_, step, ballot, counted) => {
    const trial = trialOf(step);
    const came = whatCame(trial, { prompt });
    expect([came, ballotKinds[came], isBalloted(trial)]).toEqual([counted, ballot, ballot !== 'none']);
  });

  it('is "lost" for a prompt that was never asked', () => {
    expect(whatCame(undefined, { prompt })).toBe('lost');
  });

  it.each(rows.filter(([, , ballot]) => ballot !== 'none'))('agrees with the mask about %s', (_, step, ballot) => {
    const { view } = createMask({ promptText: 'Reply to Ada.' })(judgedAnswer(trialOf(step), { prompt }));
    expect(view.kind).toBe(ballot === 'answer' ? 'text' : 'unusable');
  });
});
