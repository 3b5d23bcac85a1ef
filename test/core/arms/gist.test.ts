/** Refusals in words that are in no list: told by what they are about and what they say of it, and by nothing else. */
import { describe, expect, it } from 'vitest';
import { answerInside } from '../../../src/arms/wire/answer-inside.ts';
import { classify } from '../../../src/arms/wire/classify.ts';
import { httpFailure } from '../../../src/arms/wire/failures.ts';
import { StreamError } from '../../../src/arms/wire/sdk-failures.ts';

const rowOf = (status: number, message: string, type = 'invalid_request_error'): string => {
  const { failure, why } = classify({ status, message, type });
  return `${failure} ${why}`;
};

describe('what happened, in new words', () => {
  it.each<[number, string, string]>([
    [400, 'You sent a text of 9,012 tokens, this one takes 8,192.', 'too-long context'],
    [400, 'Too many messages for the context of this model.', 'too-long context'],
    [400, 'The messages have more tokens than fit here.', 'too-long context'],
    [400, 'The cap for an input is 8,192 tokens, this one has 9,012.', 'too-long context'],
    [413, 'Overflow: the history is beyond the window.', 'too-long context'],
    [400, 'L’entrée dépasse la fenêtre.', 'too-long context'],
    [400, 'The credentials are wrong.', 'auth key'],
    [403, 'Your bearer token was revoked.', 'auth key'],
    [400, 'The API token is malformed', 'auth key'],
    [400, 'Supply your credentials first', 'auth key'],
    [422, 'Authorization is required', 'auth key'],
    [400, 'This project is not entitled to use m-9.', 'auth permission'],
    [400, 'm-9 is blocked in your country.', 'auth permission'],
    [400, 'This team may not use m-9', 'auth permission'],
    [400, 'Access to this is restricted to partners', 'auth permission'],
    [400, 'There is no deployment for that.', 'model-missing model'],
    [404, 'Adapter m-9 is gone', 'model-missing model'],
    [400, 'm-9 is not a served model', 'model-missing model'],
    [400, 'm-9 isn’t here: model id m-9 could not be found', 'model-missing model'],
    [404, 'Engine m-9 has reached end of life', 'model-missing model'],
    [400, "m-9 isn't a model of ours", 'model-missing model'],
    [403, 'Your funds are depleted.', 'quota quota'],
    [400, 'A payment is required.', 'quota quota'],
    [403, 'Your invoice is overdue.', 'quota quota'],
    [429, 'The wallet of this team is empty.', 'quota quota'],
    [429, 'You may ask 40 times every 12 hours.', 'quota rate-window'],
    [429, 'Opens again next Monday', 'quota rate-window'],
    [429, 'Counted anew at midnight', 'quota rate-window'],
    [429, 'No more than 20 calls a day', 'quota rate-window'],
    [400, 'ThrottlingException', 'rate-limit rate-minute'],
    [503, 'The engine is still booting', 'overload loading'],
    [500, 'Weights are being loaded', 'overload loading'],
    [503, 'Scaling up', 'overload loading'],
    [500, 'The queue is full', 'overload overloaded'],
    [400, 'No free worker: all backends are busy', 'overload overloaded'],
    [500, 'terminate called after bad_alloc', 'out-of-memory memory'],
    [503, 'The card has not enough memory', 'out-of-memory memory'],
    [400, 'The last message has to be of the user', 'bad-request role'],
    [400, 'Unknown role', 'bad-request role'],
    [400, 'Pictures? This model has no vision.', 'bad-request feature'],
    [400, 'Tools are off', 'bad-request feature'],
    [400, 'm-9 is a completion model, and not made for chats', 'bad-request feature'],
  ])('%i %s', (status, message, row) => expect(rowOf(status, message)).toBe(row));

  it('is the model where the body names that field', () => {
    const why = (body: Record<string, unknown>, status = 422) => classify({ status, message: 'no', body }).why;
    expect(why({ param: 'model' })).toBe('model');
    expect(why({ detail: [{ loc: ['body', 'model'], msg: 'permitted: a, b' }] })).toBe('model');
    expect(why({ detail: [{ loc: ['body', 'messages'], msg: 'x' }] })).toBe('unknown');
    expect(why({ param: 'model' }, 418)).toBe('unknown');
  });

  it('is in a code, too', () => {
    expect(rowOf(400, 'No.', 'prompt_exceeds_context')).toBe('too-long context');
    expect(rowOf(422, 'No.', 'bad_credentials')).toBe('auth key');
  });
});

describe('what only looks like it', () => {
  it.each<[number, string, string]>([
    [400, 'The text must have at least 3 tokens of its own.', 'bad-request unknown'],
    [400, 'The text needs at least 1 token; the limit is open.', 'bad-request unknown'],
    [400, 'The user message must not be empty', 'bad-request unknown'],
    [400, 'model m-9 is not supported with an option like that', 'bad-request unknown'],
    [403, 'Authentication went well, and the house is the wrong one', 'auth permission'],
    [429, 'Rate limit: the credits of this moment are used up', 'rate-limit rate-minute'],
    [400, 'A stop sequence is too long: at most 16 tokens', 'bad-request unknown'],
    [400, 'The request is over.', 'bad-request unknown'],
    [403, 'The API key has invalid scopes', 'auth permission'],
    [400, 'The field "key" is missing in the JSON object', 'bad-request unknown'],
    [429, 'You hit the limit, see billing.', 'rate-limit rate-minute'],
    [429, 'The budget of 10 per minute is used up.', 'rate-limit rate-minute'],
    [404, 'Endpoint /v1/chat/completions not found', 'model-missing base-url'],
    [404, 'Endpoint is not found', 'model-missing base-url'],
    [500, 'The memory of this chat could not be read', 'server server'],
    [500, 'The worker failed while loading the model', 'server server'],
    [503, 'This server is shutting down and not starting anything', 'overload overloaded'],
    [500, 'The prompt is over the window', 'server server'],
    [502, 'unknown model', 'server server'],
    [400, 'The result of a tool is not there', 'bad-request unknown'],
    [400, 'The chat template cannot be filled: the conversation is empty', 'bad-request unknown'],
    [400, 'See https://api.test/billing/expired for more', 'bad-request unknown'],
    [400, `Something odd. ${'And more of it. '.repeat(20)} The wallet is empty.`, 'bad-request unknown'],
  ])('%i %s', (status, message, row) => expect(rowOf(status, message)).toBe(row));
});

describe('a filter in new words', () => {
  const of = (message: string) => answerInside(new StreamError(message, { code: 400 }), { structured: false })?.why;

  it('is an answer', () => {
    for (const message of [
      'Declined by our safety rules.',
      'This harmful text was rejected',
      'usage policy: refused',
      'guardrail_blocked',
    ])
      expect(of(message)).toBe('content-filter');
  });

  it('is none where an account is meant, or nothing was turned down', () => {
    for (const message of [
      'Account suspended: usage policy violated',
      'See our usage policy',
      'The request was rejected',
    ])
      expect(of(message)).toBeUndefined();
  });
});

describe('a wait beside an error, or deeper in its body', () => {
  const waitOf = (body: Record<string, unknown>, message = 'slow') =>
    httpFailure({ status: 429, message, body, headers: new Headers() }, { host: 'h', keys: [], hints: {} })
      .retryAfterMs;

  it('is read', () => {
    expect(waitOf({ parameters: { retry_after: 9 } })).toBe(9_000);
    expect(waitOf({ details: { retry_after_ms: 900 } })).toBe(900);
    expect(waitOf({ parameters: { after: 9 } })).toBeUndefined();
    expect(waitOf({}, 'Come back in 2 hours')).toBe(7_200_000);
  });
});
