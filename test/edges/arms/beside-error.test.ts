import { expect, it } from 'vitest';
import { createArm } from '../../../src/arms/registry.ts';
import { configOf, failureOf, requestOf } from '../../helpers/arm-request.ts';
import { json, startReplies } from '../../helpers/replies-server.ts';

it.each([
  ['a wait beside its error', { error: { message: 'slow down' }, retry_after: 9 }, 9_000],
  ['a wait of both', { error: { message: 'slow down', retry_after: 7 }, retry_after: 9 }, 7_000],
  ['no wait', { error: { message: 'slow down' }, after: 9 }, undefined],
])('reads %s', async (_, body, ms) => {
  await using server = await startReplies({ '/v1/chat/completions': json(body, 429) });
  const arm = createArm(configOf('openai', 'm1', { baseURL: `${server.url}/v1` }), {});
  const failure = await failureOf(arm.call(requestOf(), { signal: new AbortController().signal }));
  expect([failure.message.includes('slow down'), failure.retryAfterMs]).toEqual([true, ms]);
});

it.each([
  [{ statusCode: 400, error: 'Bad Request', message: 'the house is closed' }, 'api: 400 the house is closed'],
  [{ statusCode: 400, error: 'Bad Request', message: ['one', 'two'] }, 'api: 400 one; two'],
  [{ error: 'house', message: 'is closed' }, 'api: 400 house: is closed'],
  [{ error: 'The house is closed', code: 'x' }, 'api: 400 The house is closed'],
])('quotes the sentence that says most: %j', async (body, sentence) => {
  await using server = await startReplies({ '/v1/chat/completions': json(body, 400) });
  const arm = createArm(configOf('openai', 'm1', { baseURL: `${server.url}/v1` }), {});
  const { message } = await failureOf(arm.call(requestOf(), { signal: new AbortController().signal }));
  expect(message.replace(/^[\d.:]+/, 'api:')).toBe(sentence);
});
