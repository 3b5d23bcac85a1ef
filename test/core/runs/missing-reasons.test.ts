/** Why answers are missing, in one sentence for each cause. */
import { expect, it } from 'vitest';
import { addReason, type MissingReason, reasonWords, sortedReasons } from '../../../src/runs/missing.ts';

const reasonsOf = (messages: readonly string[]): MissingReason[] => {
  const reasons = new Map<string, MissingReason>();
  for (const message of messages)
    addReason(reasons, { outcome: 'no-answer', cause: 'failed-in-log', message: `failed in the log: ${message}` });
  return sortedReasons(reasons);
};

it('names the causes of calls that failed in the log, each once and three at most, without a second full stop', () => {
  const [one] = reasonsOf([
    'APITimeoutError: Request timed out.',
    'RateLimitError: 429, request 8812',
    'RateLimitError: 429, request 9001',
  ]);
  expect(one).toMatchObject({ count: 3, forGood: true });
  expect(one && reasonWords(one, 41)).toBe(
    '3 of 41: failed in the log: APITimeoutError: Request timed out; RateLimitError: 429, request 8812',
  );
  const [many] = reasonsOf(['a failed.', 'b failed', 'c failed', 'd failed']);
  expect(many?.message).toBe('failed in the log: a failed; b failed; c failed');
  const [alone] = reasonsOf(['Request timed out.']);
  expect(alone && reasonWords(alone, 2)).toBe('1 of 2: failed in the log: Request timed out');
  const [dots] = reasonsOf(['loading ...']);
  expect(dots && reasonWords(dots, 2)).toBe('1 of 2: failed in the log: loading ...');
});
