import { describe, expect, it } from 'vitest';
import { createArm } from '../../../src/arms/registry.ts';
import { configOf, failureOf, requestOf } from '../../helpers/arm-request.ts';
import { ollamaModel, reply, startModelServer } from '../../helpers/model-server.ts';
import { hasRealReplies, realReply, replayed } from '../../helpers/real-replies.ts';
import { json, said, startReplies } from '../../helpers/replies-server.ts';

const { signal } = new AbortController();
const chat = '/v1/chat/completions';
const vllm = json({ object: 'list', data: [{ id: 'm1', owned_by: 'vllm', root: 'ORG/m1', max_model_len: 1024 }] });

describe('the window that a server says it serves', () => {
  it('keeps a prompt that cannot fit from being sent, and the cap within what is left for the others', async () => {
    await using server = await startReplies({ '/v1/models': vllm, [chat]: said('fine') });
    const arm = createArm(configOf('vllm', 'm1', { baseURL: `${server.url}/v1` }), {});
    expect(await arm.describe(signal)).toMatchObject({ contextServed: 1024 });
    const error = await failureOf(arm.call(requestOf('long words '.repeat(1_000)), { signal }));
    expect(error).toMatchObject({ failure: 'too-long', why: 'context' });
    expect(server.to(chat)).toEqual([]);
    const request = requestOf('hi', { params: { max_tokens: 5_000 } });
    expect((await arm.call(request, { signal })).adjusted).toEqual(['max_tokens: 1,017']);
    expect(server.to(chat)[0]?.body.max_tokens).toBe(1017);
  });

  it('is that of the list or of numCtx for Ollama, and numCtx below the maximum is a setting', async () => {
    await using server = await startModelServer(reply('fine'));
    const arm = createArm(configOf('ollama', 'qwen3:8b', { numCtx: 512 }), server.env);
    await arm.describe(signal);
    const error = await failureOf(arm.call(requestOf('long words '.repeat(1_000)), { signal }));
    expect(error).toMatchObject({ why: 'context', fault: 'setup' });
    expect(error.hint).toBe('the window asked for is 512 tokens, the model has 40,960: raise numCtx');
    expect(server.calls).toEqual([]);
  });
});

describe('Ollama behind another protocol', () => {
  it('is known by its port or by its list', async () => {
    const models = json({ object: 'list', data: [{ id: 'smol:latest', owned_by: 'library' }] });
    await using server = await startReplies({ '/v1/models': models });
    const arm = createArm(configOf('openai', 'smol', { baseURL: `${server.url}/v1` }), {});
    expect((await arm.describe(signal)).notes).toEqual(['this is Ollama: use ollama:smol, which sets the window']);
  });
});

describe('an Ollama model that is made again', () => {
  const changed = ollamaModel('qwen3:8b', { digest: 'fedcba9876543210'.repeat(4) });

  it('in the middle of a run gives no more answers, and is asked no more', async () => {
    await using server = await startModelServer(reply('fine'));
    const arm = createArm(configOf('ollama', 'qwen3:8b'), server.env);
    await arm.describe(signal);
    expect((await arm.call(requestOf('one'), { signal })).text).toBe('fine');
    server.ollama.models = [changed];
    const error = await failureOf(arm.call(requestOf('two'), { signal }));
    expect(error).toMatchObject({ failure: 'garbage', why: 'substituted', fault: 'setup' });
    expect(error.message).toBe('qwen3:8b changed during the run: its digest was 0123456789ab and is fedcba987654');
    await failureOf(arm.call(requestOf('three'), { signal }));
    expect(server.calls).toHaveLength(2);
  });

  it('between a run and its resumption is found before anything is asked', async () => {
    await using server = await startModelServer(reply('fine'));
    server.ollama.models = [changed];
    const arm = createArm(configOf('ollama', 'qwen3:8b'), server.env);
    const needs = { contextTokens: 4_096, digest: '0123456789abcdef'.repeat(4) };
    const error = await failureOf(arm.warmUp?.(signal, needs) ?? Promise.resolve());
    expect(error).toMatchObject({ why: 'substituted' });
  });
});

describe.skipIf(!hasRealReplies)('what real servers serve (skipped where ../shared is absent)', () => {
  it('llama.cpp: quantization, parameters, windows and template come from its own pages', async () => {
    await using server = await startReplies({
      '/v1/models': replayed('llama-server/models'),
      '/props': replayed('llama-server/props'),
      [chat]: replayed('llama-server/stream-usage'),
    });
    const arm = createArm(configOf('llamacpp', 'smol', { baseURL: `${server.url}/v1` }), {});
    const is = await arm.describe(signal);
    expect(is).toMatchObject({
      quantization: 'Q4_1',
      parameterSize: '134.5M',
      contextServed: 512,
      contextMax: 8192,
      serverVersion: 'b1-7e4c0a9',
    });
    expect(JSON.stringify(is)).not.toContain('/opt/');
    const said = await arm.call(requestOf('hi'), { signal });
    expect(said.ms?.tokensPerSecond).toBeGreaterThan(1);
    const tools = [{ name: 'f', parameters: {} }];
    expect(await failureOf(arm.call(requestOf('hi', { tools }), { signal }))).toMatchObject({ why: 'feature' });
    expect(await failureOf(arm.call(requestOf('word '.repeat(2_000)), { signal }))).toMatchObject({
      why: 'context',
      fault: 'setup',
    });
    expect(server.to(chat)).toHaveLength(1);
  });

  it('Ollama: the digest of the weights, which other machines have too, and no path', async () => {
    const { models } = JSON.parse(realReply('ollama-0.24/tags').body);
    await using server = await startReplies({
      '/api/version': replayed('ollama-0.24/version'),
      '/api/tags': json({ models }),
      '/api/show': replayed('ollama-0.24/show'),
    });
    const arm = createArm(configOf('ollama', 'smol'), { OLLAMA_HOST: server.url });
    const is = await arm.describe(signal);
    expect(is.weights).toBe('b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53');
    expect(JSON.stringify(is)).not.toContain('/opt/');
  });
});
