import { describe, expect, it } from 'vitest';
import { createArm } from '../../../src/arms/registry.ts';
import { configOf, failureOf, requestOf } from '../../helpers/arm-request.ts';
import { hasRealReplies, replayed } from '../../helpers/real-replies.ts';
import { json, said, startReplies } from '../../helpers/replies-server.ts';

const { signal } = new AbortController();
const chat = '/v1/chat/completions';
const words = Array.from({ length: 500 }, () => ' over and over');

describe('a looping answer of a local server', () => {
  it('is ended early as `length`, with a note, and the stream is closed', async () => {
    await using server = await startReplies({ [chat]: said(words) });
    const arm = createArm(configOf('llamacpp', 'm1', { baseURL: `${server.url}/v1` }), {});
    const answer = await arm.call(requestOf(), { signal });
    expect(answer).toMatchObject({ finish: 'length', adjusted: ['answer ended: it repeated the same words'] });
    expect(answer.text.length).toBeLessThan(2_000);
    expect(answer.usage).toEqual({});
  });

  it('is ended on Ollama, too', async () => {
    const line = (content: string) =>
      `${JSON.stringify({ model: 'm', message: { role: 'assistant', content }, done: false })}\n`;
    const end = `${JSON.stringify({ model: 'm', message: { content: '' }, done: true, done_reason: 'stop', eval_count: 500 })}\n`;
    await using server = await startReplies({ '/api/chat': { body: [...words.map(line), end] } });
    const answer = await createArm(configOf('ollama', 'm'), { OLLAMA_HOST: server.url }).call(requestOf(), { signal });
    expect(answer).toMatchObject({ finish: 'length', adjusted: ['answer ended: it repeated the same words'] });
  });
});

describe('a window that was full', () => {
  it('is told from the cap by the counts', async () => {
    const list = json({ data: [{ id: 'm1', owned_by: 'llamacpp', meta: { n_ctx: 512 } }] });
    const usage = (prompt_tokens: number, completion_tokens: number) => ({
      usage: { prompt_tokens, completion_tokens },
    });
    await using server = await startReplies({
      '/v1/models': list,
      [chat]: [said('one', 'length', usage(400, 112)), said('two', 'length', usage(10, 200))],
    });
    const arm = createArm(configOf('llamacpp', 'm1', { baseURL: `${server.url}/v1` }), {});
    await arm.describe(signal);
    const request = requestOf('hi', { params: { max_tokens: 200 } });
    expect((await arm.call(request, { signal })).adjusted).toEqual(['answer cut: the window of 512 tokens was full']);
    expect((await arm.call(request, { signal })).adjusted).toBeUndefined();
  });
});

describe.skipIf(!hasRealReplies)('ends of real servers (skipped where ../shared is absent)', () => {
  it('llama-cpp-python: [DONE] without a finish reason is a cut by another request', async () => {
    const { body, ...rest } = replayed('llama-cpp-python/interrupted');
    await using server = await startReplies({ [chat]: [said('whole'), { ...rest, body: [String(body), null] }] });
    const arm = createArm(configOf('llamacpp', 'smol', { baseURL: `${server.url}/v1` }), {});
    await arm.call(requestOf(), { signal });
    expect(await failureOf(arm.call(requestOf(), { signal }))).toMatchObject({ failure: 'cut', crowded: true });
  });

  it('vLLM: a killed engine is a cut, and nobody else’s request', async () => {
    await using server = await startReplies({ [chat]: replayed('vllm-0.32/killed') });
    const arm = createArm(configOf('vllm', 'smol', { baseURL: `${server.url}/v1` }), {});
    expect(await failureOf(arm.call(requestOf(), { signal }))).toMatchObject({ failure: 'cut', crowded: false });
  });

  it('Ollama: `completed` with the whole cap used is `length`', async () => {
    await using server = await startReplies({ '/v1/responses': replayed('ollama-0.24/v1-responses') });
    const arm = createArm(configOf('openai', 'smol', { baseURL: `${server.url}/v1`, api: 'responses' }), {});
    expect(await arm.call(requestOf(), { signal })).toMatchObject({ finish: 'length', usage: { out: 4 } });
  });

  it('LiteLLM: 500 without a key asks whether it wants one', async () => {
    await using server = await startReplies({ [chat]: replayed('litellm-1.108/nokey') });
    const base = { baseURL: `${server.url}/v1` };
    const error = await failureOf(createArm(configOf('openai', 'm', base), {}).call(requestOf(), { signal }));
    expect(error).toMatchObject({ why: 'server', status: 500 });
    expect(error.hint).toBe('does it want a key? apiKeyEnv of this arm names the variable that holds one');
    const keyed = configOf('openai', 'm', { ...base, apiKeyEnv: 'K' });
    expect((await failureOf(createArm(keyed, { K: 'sk-1' }).call(requestOf(), { signal }))).hint).toBeUndefined();
  });
});

describe('a connection that breaks within the first document of a reply', () => {
  const halves: [string, string, string, string][] = [
    ['chat completions', 'openai', chat, '{"choices":[{"message":{"content":"Gardens ne'],
    ['a stream', 'openai', chat, 'data: {"choices":[{"del'],
    ['messages', 'anthropic', '/v1/messages', '{"type":"message","role":"assistant","content":[{"ty'],
    ['Ollama', 'ollama', '/api/chat', '{"message":{"content":"Gard'],
  ];

  it.each(halves)('is a reply that was cut: %s', async (_, provider, path, half) => {
    await using server = await startReplies({ [path]: { body: [half, null] } });
    const base = provider === 'openai' ? `${server.url}/v1` : server.url;
    const arm = createArm(configOf(provider, 'm1', { ...(provider !== 'ollama' && { baseURL: base }) }), {
      OLLAMA_HOST: server.url,
      ANTHROPIC_API_KEY: 'sk-1',
    });
    expect(await failureOf(arm.call(requestOf(), { signal }))).toMatchObject({ why: 'cut', fault: 'network' });
  });

  it('is a dropped connection where nothing had arrived', async () => {
    await using server = await startReplies({ [chat]: { body: [null] } });
    const arm = createArm(configOf('openai', 'm1', { baseURL: `${server.url}/v1` }), {});
    expect(await failureOf(arm.call(requestOf(), { signal }))).toMatchObject({ why: 'dropped' });
  });
});
