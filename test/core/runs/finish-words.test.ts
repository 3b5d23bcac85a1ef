/** The words that end an answer, in the letters and pairs in which gateways hand them on. */
import { expect, it } from 'vitest';
import { answerCause } from '../../../src/runs/answer-cause.ts';
import { isFiltered } from '../../../src/text/finish-words.ts';

const cause = (finish: string, text = '') => answerCause({ text, finish, usage: {} }, 2_048);

it.each([
  ['content_filter: RECITATION', 'content-filter'],
  ['SAFETY', 'content-filter'],
  ['function_call_filter: MALFORMED_FUNCTION_CALL', 'tool-call-unreadable'],
  ['UNEXPECTED_TOOL_CALL', 'tool-call-unreadable'],
  ['MAX_TOKENS', 'length'],
])('%s', (finish, expected) => expect(cause(finish)).toBe(expected));

it('takes no other word for a filter', () => {
  expect(cause('stop: safety_margin', 'Text.')).toBe('finish-unknown');
  expect(['stop', 'filtered_by_user', ''].map(isFiltered)).toEqual([false, false, false]);
});
