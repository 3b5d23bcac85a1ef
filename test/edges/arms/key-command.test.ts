import { expect, it } from 'vitest';
import { createArm } from '../../../src/arms/registry.ts';
import { configOf, failureOf, requestOf } from '../../helpers/arm-request.ts';
import { json, said, startReplies } from '../../helpers/replies-server.ts';

const { signal } = new AbortController();
const chat = '/v1/chat/completions';
const program = (code: string) => [process.execPath, '-e', code];

async function setUp() {
  const server = await startReplies({ '/v1/models': json({ data: [] }), [chat]: said('fine') });
  const arm = (keyCommand: string | string[]) =>
    createArm(configOf('vertex', 'google/m', { baseURL: `${server.url}/v1`, keyCommand }), {});
  return { server, arm };
}

it.each([
  ['a program', program('console.log("ya29.token-0123456789")')],
  ['a line for the shell', `echo ya29.token-0123456789`],
])('%s gives the key, once for many calls', async (_, keyCommand) => {
  const { server, arm: make } = await setUp();
  await using _server = server;
  const arm = make(keyCommand);
  await arm.describe(signal);
  await Promise.all([1, 2, 3].map(() => arm.call(requestOf(), { signal })));
  const sent = server.requests.map(({ headers }) => headers.authorization);
  expect(new Set(sent)).toEqual(new Set(['Bearer ya29.token-0123456789']));
  expect(sent).toHaveLength(4);
});

it.each([
  ['that fails', program('console.error("please log in again"); process.exit(1)'), /gave no key: please log in again/],
  ['that prints something else', program('console.log("two words")'), /gave no key: what it printed is no key/],
  ['that is not there', ['/no/such/program'], /gave no key: .*ENOENT/],
])('a program %s ends with a way out, and nothing is sent', async (_, keyCommand, words) => {
  const { server, arm } = await setUp();
  await using _server = server;
  const error = await failureOf(arm(keyCommand).call(requestOf(), { signal }));
  expect(error).toMatchObject({ failure: 'auth', hint: expect.stringMatching(/^run it by itself/) });
  expect(error.message).toMatch(words);
  expect(server.requests).toEqual([]);
});

it('never is in a message of the server', async () => {
  const { server, arm } = await setUp();
  await using _server = server;
  server.play(chat, json({ error: { message: 'bad token ya29.token-0123456789' } }, 401));
  const error = await failureOf(arm('echo ya29.token-0123456789').call(requestOf(), { signal }));
  expect(error.failure).toBe('auth');
  expect(error.message).not.toContain('ya29');
});
