/** Bytes that are gzip under a header that does not say so. */
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { createArm } from '../../../src/arms/registry.ts';
import { configOf, failureOf, requestOf } from '../../helpers/arm-request.ts';
import { startReplies } from '../../helpers/replies-server.ts';

const { signal } = new AbortController();
const reply = {
  choices: [{ index: 0, message: { role: 'assistant', content: 'Roses need sun.' }, finish_reason: 'stop' }],
};
const packed = gzipSync(JSON.stringify(reply));

async function armAt(body: Buffer[]) {
  const server = await startReplies({
    '/v1/chat/completions': { headers: { 'content-type': 'application/json' }, body },
  });
  const arm = createArm(configOf('openai', 'm', { baseURL: `${server.url}/v1` }), {});
  return { arm, server };
}

it('are unpacked, in whatever pieces they come; a half of them is no answer', async () => {
  const { arm, server } = await armAt([packed.subarray(0, 20), packed.subarray(20)]);
  await using _ = server;
  expect(await arm.call(requestOf('hi'), { signal })).toMatchObject({ text: 'Roses need sun.', finish: 'stop' });
  const half = await armAt([packed.subarray(0, 40)]);
  await using __ = half.server;
  expect((await failureOf(half.arm.call(requestOf('hi'), { signal }))).failure).toMatch(/^(?:cut|garbage|network)$/);
});
