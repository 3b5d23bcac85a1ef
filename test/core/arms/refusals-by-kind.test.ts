/** Refusals in words that no list has by heart: each kind in the sentences of several servers, and what looks like it. */
import { describe, expect, it } from 'vitest';
import { answerInside } from '../../../src/arms/wire/answer-inside.ts';
import { classify } from '../../../src/arms/wire/classify.ts';
import { httpFailure } from '../../../src/arms/wire/failures.ts';
import { adjust, type Learned, learn } from '../../../src/arms/wire/parameters.ts';
import { adjustmentFor } from '../../../src/arms/wire/refused-parameter.ts';
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
    [400, 'Unable to submit request because the input token count is 1100000 but model only supports up to 1048576.'],
    [
      413,
      'AiError: The estimated number of input and maximum output tokens (12000) exceeded this model context window limit (8192).',
    ],
    [400, 'Invalid request: Your request exceeded model token limit: 131072 (requested: 140000)'],
    [400, 'Conversation is too long, please shorten it.'],
    [400, 'The prompt (9012 tokens) does not fit into the model (8192).'],
    [400, 'Expected the prompt to have at most 8192 tokens, got 9012'],
    [400, 'the input of 9012 must not exceed session_len 8192'],
    [400, 'prompt length (9012) + query length (0) should not exceed max_num_tokens (8192)'],
    [412, 'Number of prompt tokens: 9012 exceeds the maximum length of this model: 8192'],
    [422, 'the maximum input characters is 11200'],
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
    [409, 'The input does not exceed anything of length', 'server'],
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
    ['max_new_tokens must be <= 256', 256],
    ['Requests with max_tokens > 900 need something else', 900],
    ['max_tokens is too big', 1_024],
    ['send 900 in place of 2048 as max_tokens', 900],
    ['The maximum response is 900 tokens', 900],
    ['max_tokens=2048 goes beyond the 900 of this model', 900],
    ['a maxOutputTokens value of 2048, but the range is from 1 (inclusive) to 901 (exclusive)', 900],
    ['max_tokens 参数有误，取值范围 [1, 900]', 900],
    ['input length and `max_tokens` exceed context limit: 199000 + 2048 > 200000, decrease input length', 1_000],
  ])('%s', (message, cap) => expect(capAfter(message)).toBe(cap));

  it('goes by the other name where both are named', () => {
    const change = adjustmentFor({ status: 400, message: 'send max_completion_tokens in place of max_tokens' }, sent);
    expect(change?.how).toEqual({ way: 'rename', to: 'max_completion_tokens' });
  });

  it('is left alone where the prompt is what exceeds', () => {
    expect(capAfter('The input token count (1200345) exceeds the maximum tokens allowed (1048576).')).toBeUndefined();
    expect(capAfter('input length and `max_tokens` exceed context limit: 201000 + 2048 > 200000')).toBeUndefined();
    expect(capAfter('no max_tokens here, and 3 > 2')).toBeUndefined();
    expect(capAfter('The prompt of 9012 tokens and max_tokens=2048 go beyond 8192')).toBeUndefined();
  });
});

describe('whose fault it is', () => {
  it.each([
    [404, 'No endpoints found matching your data policy (Paid model training).', 'auth permission'],
    [404, 'No endpoints available matching your guardrail restrictions and data policy.', 'auth permission'],
    [400, 'User location is not supported for the API use.', 'auth permission'],
    [404, 'No endpoints found matching m-9.', 'model-missing model'],
    [404, 'Could not find model with id m-9', 'model-missing model'],
    [400, 'Unable to access non-serverless model m-9. Create and start a dedicated endpoint.', 'model-missing model'],
    [400, "The requested model 'm-9' is not supported by any provider you have enabled.", 'model-missing model'],
    [404, 'The model m-9 has been retired', 'model-missing model'],
    [404, 'The model `m-9` does not exist or you do not have access to it.', 'model-missing model'],
    [404, 'You do not have access to this model', 'auth permission'],
    [500, 'Model is not available right now, please retry', 'server server'],
    [200, 'Unexpected endpoint or method. (POST /chat/completions)', 'model-missing base-url'],
    [400, 'API key expired. Please renew the API key.', 'auth key'],
    [403, 'Your API key was reported as leaked. Please use another API key.', 'auth key'],
    [412, 'Account a1 is suspended, possibly due to reaching the monthly spending limit.', 'quota quota'],
    [403, 'Key limit exceeded (total limit). Manage it in the settings.', 'quota quota'],
    [403, 'Your free credits have expired', 'quota quota'],
    [429, '已达到 5 小时的使用上限。您的限额将在 2099-01-01 18:00:00 重置。', 'quota rate-window'],
    [429, 'You have used all of today’s requests. Try again tomorrow.', 'quota rate-window'],
    [403, 'You have reached the quota of your plan.', 'quota quota'],
    [403, 'The free tier of this model has been used up.', 'quota quota'],
    [403, 'This account has an overdue balance.', 'quota quota'],
    [403, 'The quota for today has been reached, try again tomorrow.', 'auth permission'],
    [403, 'Your daily quota is exhausted.', 'quota rate-window'],
    [429, 'Your daily quota is exhausted.', 'quota rate-window'],
    [429, 'The quota is used up.', 'quota quota'],
    [429, 'You have reached your usage limits. You will regain access on 2099-01-01.', 'quota rate-window'],
    [429, 'Requests per minute: the quota is used up.', 'rate-limit rate-minute'],
    [429, 'Quota exceeded for requests of this model.', 'rate-limit rate-minute'],
    [200, 'QPS limit exceeded', 'rate-limit rate-minute'],
    [400, 'Model does not exist. Please check it.', 'model-missing model'],
    [400, 'The model `org/m-9` is not deployed', 'model-missing model'],
    [404, 'There is no session for this model', 'model-missing model'],
    [404, 'Repository not found', 'model-missing model'],
    [404, 'Not found: /v1/models/chat/completions', 'model-missing base-url'],
    [404, `Page not found. Our models: ${'about us. '.repeat(30)}`, 'model-missing base-url'],
    [403, 'No access to model: m-9', 'auth permission'],
    [500, 'unable to load model: /models/m-9.gguf', 'server server'],
    [400, 'This endpoint does not support the model that you chose.', 'model-missing model'],
    [400, 'High traffic, please ask again.', 'overload overloaded'],
    [400, 'Audio inputs are not supported by m-9.', 'bad-request feature model'],
    [400, 'Other roles are allowed nowhere.', 'bad-request role setup'],
    [400, 'Two consecutive user messages are one too many.', 'bad-request role setup'],
    [400, 'A call turn must come directly after a user turn.', 'bad-request role setup'],
    [429, 'Rate limit exceeded. Upgrade today for more.', 'rate-limit rate-minute'],
    [503, 'model m-9 is warming up', 'overload loading'],
    [400, 'All workers are busy', 'overload overloaded'],
    [500, 'Not enough memory to load the model', 'out-of-memory memory'],
    [400, 'Structured outputs are not supported by this model', 'bad-request feature model'],
    [400, 'model does not have tool calling capability', 'bad-request feature model'],
    [400, 'Last message must have role `user`', 'bad-request role setup'],
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
    for (const message of [
      'Output blocked by content filtering policy',
      'The request was flagged by our moderation',
      'Your request was rejected as a result of our safety system',
      'The input text may contain sensitive information.',
      '系统检测到输入或生成内容可能包含不安全或敏感内容',
    ])
      expect(answerInside(new StreamError(message, {}), { structured: false })).toMatchObject({
        why: 'content-filter',
      });
    for (const [message, body] of [
      ['Blocked by network policy', {}],
      ['Too many requests to the content moderation endpoint', { code: 429 }],
    ] as const)
      expect(answerInside(new StreamError(message, body), { structured: false })).toBeUndefined();
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
