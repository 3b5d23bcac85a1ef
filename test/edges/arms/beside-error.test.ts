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
