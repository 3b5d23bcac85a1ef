/** Refusals in words that no list has by heart: each kind in the sentences of several servers, and what looks like it. */
import { describe, expect, it } from 'vitest';
import { answerInside } from '../../../src/arms/wire/answer-inside.ts';
import { classify } from '../../../src/arms/wire/classify.ts';
import { httpFailure } from '../../../src/arms/wire/failures.ts';
import { adjust, adjustmentFor, type Learned, learn } from '../../../src/arms/wire/parameters.ts';
import { StreamError } from '../../../src/arms/wire/sdk-failures.ts';

const is = (status: number, message: string, code?: string): string => {
  const { failure, why, fault } = classify({ status, message, ...(code !== undefined && { code }) });
  return [failure, why, ...(fault ? [fault] : [])].join(' ');
};

describe('a prompt that does not fit', () => {
  it.each([
    [400, 'length of prompt_tokens (189152) must be less than max_seq_len (65536).'],
    [400, 'The provided prompt is 4309 tokens long, but the maximum supported sequence length is just 4096!'],
    [400, 'Encountered an error: Prompt length (5018) exceeds maximum input length (4096).'],
    [400, 'Cannot truncate prompt with n_keep (15028) >= n_ctx (7424)'],
    [400, 'Context length 9012 is greater than max_seq_len 8192'],
    [422, 'The conversation has more than the 8192 tokens that this deployment takes.'],
    [500, 'This request needs 9012 tokens. The maximum context is 8192 tokens.'],
    [400, '输入内容长度超过模型上限'],
    [400, 'Prompt 超长'],
  ])('%i %s', (status, message) => expect(is(status, message)).toMatch(/^too-long context/));

  it.each([
    [
      500,
      'context deadline exceeded (Client.Timeout or context cancellation while reading the prompt length)',
      'server',
    ],
    [400, "Invalid 'tools[0].function.description': input too long, at most 1024 characters of length", 'unknown'],
    [500, 'requires more system memory (9.1 GiB) than is available for context length 131072', 'memory'],
    [503, 'The prompt exceeds the maximum of this instance', 'overloaded'],
  ])('is none of these: %i %s', (status, message, why) => expect(is(status, message).split(' ')[1]).toBe(why));
});

describe('the cap of the output, in words', () => {
  const sent = { model: 'm', messages: [], max_tokens: 2_048 };
  const capAfter = (message: string): unknown => {
    const change = adjustmentFor({ status: 400, message }, sent);
    if (change === undefined) return undefined;
    const learned: Learned = new Map();
    learn(learned, change);
    return adjust(sent, learned, 10, change.now).max_tokens;
  };

  it.each([
    [
      'too many tokens: max tokens must be less than or equal to 1024, the maximum output for this model - received 2048.',
      1_024,
    ],
    ['The maximum output tokens must be at most 512 for this model', 512],
    ['input length and `max_tokens` exceed context limit: 199000 + 2048 > 200000, decrease input length', 1_000],
  ])('%s', (message, cap) => expect(capAfter(message)).toBe(cap));

  it('is left alone where the prompt is what exceeds', () => {
    expect(capAfter('The input token count (1200345) exceeds the maximum tokens allowed (1048576).')).toBeUndefined();
    expect(capAfter('input length and `max_tokens` exceed context limit: 201000 + 2048 > 200000')).toBeUndefined();
  });
});

describe('whose fault it is', () => {
  it.each([
    [404, 'No endpoints found matching your data policy (Paid model training).', 'auth permission'],
    [404, 'No endpoints available matching your guardrail restrictions and data policy.', 'auth permission'],
    [400, 'User location is not supported for the API use.', 'auth permission'],
    [404, 'No endpoints found matching m-9.', 'model-missing model'],
    [403, "Your newly created team doesn't have any credits or licenses yet.", 'quota quota'],
    [429, 'Your team has used all available credits.', 'quota quota'],
    [429, 'Rate limit exceeded: free-models-per-day. Add 10 credits to unlock more', 'quota rate-window'],
    [429, 'Model is overloaded', 'overload overloaded'],
    [429, 'Rate limit: the model is overloaded by your requests per minute', 'rate-limit rate-minute'],
    [503, 'ServiceUnavailableError: OpenAIException - Loading model', 'overload loading'],
    [500, 'llama runner process has terminated: error loading model: unknown architecture', 'server server'],
    [400, "Function id 'x': DEGRADED function cannot be invoked", 'server server'],
    [400, 'The model has crashed without additional information. (Exit code: 6)', 'server server'],
    [500, 'CUDA error: an illegal memory access was encountered', 'server server'],
    [500, 'CUDA error: out of memory', 'out-of-memory memory'],
  ])('%i %s', (status, message, expected) => expect(is(status, message)).toBe(expected));

  it('is the filter’s where a policy blocked it', () => {
    for (const message of ['Output blocked by content filtering policy', 'The request was flagged by our moderation'])
      expect(answerInside(new StreamError(message, {}), { structured: false })).toMatchObject({
        why: 'content-filter',
      });
    expect(answerInside(new StreamError('Blocked by the firewall', {}), { structured: false })).toBeUndefined();
  });
});

describe('when a limit opens again', () => {
  const of = (message: string, body: Record<string, unknown> = {}) => {
    const { why, retryAfterMs } = httpFailure(
      { status: 429, message, body, headers: new Headers() },
      { host: 'api.test', keys: [], hints: {} },
    );
    return [why, retryAfterMs === undefined ? undefined : Math.round(retryAfterMs / 1_000)];
  };

  it('is read from a date, a count of hours, and a field of the body', () => {
    const soon = new Date(Date.now() + 90_000).toISOString();
    expect(of(`Limit reached, resets at ${soon}`)).toEqual(['rate-minute', expect.closeTo(90, -1)]);
    expect(of('usage limit exceeded, 5-hour usage limit reached for Token Plan')[0]).toBe('rate-window');
    expect(of('Slow down.', { retry_after: 20 })).toEqual(['rate-minute', 20]);
    expect(of('Slow down.', { retry_after_ms: 2_500 })).toEqual(['rate-minute', 3]);
    expect(of('Usage limit.', { resets_in_seconds: 7_200 })).toEqual(['rate-window', 7_200]);
    expect(of('Slow down.', { retry: true, reset: 'soon' })).toEqual(['rate-minute', undefined]);
  });
});
