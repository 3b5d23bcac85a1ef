/** Errors under 200 in envelopes of their own, and what looks like one and is none. */
import { describe, expect, it } from 'vitest';
import { addEvent } from '../../../src/arms/wire/accumulate.ts';
import { answerInside } from '../../../src/arms/wire/answer-inside.ts';
import { errorInEnvelope } from '../../../src/arms/wire/error-envelope.ts';
import { emptyFold } from '../../../src/arms/wire/folded.ts';
import { armErrorOf, StreamError } from '../../../src/arms/wire/sdk-failures.ts';

const thrownBy = (value: Record<string, unknown>): unknown => {
  try {
    addEvent(emptyFold(), { is: 'object', value, whole: true });
    return undefined;
  } catch (error) {
    return error;
  }
};

const whyOf = (value: Record<string, unknown>): string | undefined => {
  const error = thrownBy(value);
  return error === undefined ? undefined : armErrorOf(error, { host: 'api.test', keys: [], hints: {} }, true).why;
};

describe('an error under 200', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['a code and a sentence inside', { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }, 'quota'],
    [
      'the same beside empty choices',
      { choices: null, base_resp: { status_code: 2013, status_msg: 'the prompt exceeds the context limit' } },
      'context',
    ],
    ['a code and a sentence of its own', { error_code: 18, error_msg: 'qps request limit reached' }, 'rate-minute'],
    ['a code as text', { ret_code: '7', retMsg: 'access token is invalid' }, 'key'],
    ['a status of HTTP', { code: 503, msg: 'come back later' }, 'overloaded'],
    ['success: false', { success: false, msg: 'api key is invalid' }, 'key'],
    ['a list', { errors: [{ message: 'the workers are busy', code: 9 }], success: false }, 'overloaded'],
    ['a list of texts', { errors: ['the server is busy'] }, 'overloaded'],
    ['nothing but a detail', { detail: 'Something went wrong' }, 'server'],
  ])('%s', (_, value, why) => expect(whyOf(value)).toBe(why));

  it('of a filter is an answer', () => {
    const error = thrownBy({ choices: null, base_resp: { status_code: 1027, status_msg: 'output new_sensitive' } });
    expect(error).toBeInstanceOf(StreamError);
    expect(answerInside(error, { structured: false })).toMatchObject({ why: 'content-filter' });
  });
});

describe('no error', () => {
  it.each<[string, Record<string, unknown>]>([
    ['a code that says that all is well', { code: 0, msg: 'ok' }],
    ['the same of HTTP', { status: 200, detail: 'accepted' }],
    ['a place in a queue', { status: 102, msg: 'waiting' }],
    ['a code without a sentence', { code: 7, id: 'x' }],
    ['a sentence without a code', { state: { msg: 'thinking' } }],
    ['a detail beside something else', { detail: 'slow', queue: 3 }],
    ['an empty list', { errors: [], success: true }],
    ['a status in words', { status: 'in_progress', status_msg: 'x' }],
  ])('is %s', (_, value) => expect(errorInEnvelope(value)).toBeUndefined());

  it('is a code beside an answer', () => {
    const choices = [{ index: 0, delta: { content: 'Roses.' }, finish_reason: 'stop' }];
    expect(thrownBy({ choices, base_resp: { status_code: 1, status_msg: 'x' } })).toBeUndefined();
    expect(thrownBy({ type: 'response.created', response: { code: 5, msg: 'x' } })).toBeUndefined();
    expect(thrownBy({ message: { content: 'a' }, done: false, x: { code: 5, msg: 'x' } })).toBeUndefined();
  });
});
