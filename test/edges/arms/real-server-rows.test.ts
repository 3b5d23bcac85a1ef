/** What our own arms make of the raw replies of real servers, one row of their table after the other. */
import { describe, expect, it } from 'vitest';
import { ArmError, type ArmReply } from '../../../src/arms/arm.ts';
import { createArm } from '../../../src/arms/registry.ts';
import { answerCause } from '../../../src/runs/answer-cause.ts';
import { configOf, failureOf, promptOf, requestOf } from '../../helpers/arm-request.ts';
import { hasRealReplies, ownReplayed, replayed } from '../../helpers/real-replies.ts';
import { type PlayedReply, said, startReplies } from '../../helpers/replies-server.ts';

const { signal } = new AbortController();
const chat = '/v1/chat/completions';
const tools = [{ name: 'forecast', parameters: { type: 'object' } }];
const words = (count: number): string => Array.from({ length: count }, (_, at) => `word${at}`).join(' ');

/** The reply of an arm whose server only knows these replies; its failure where it has none. */
async function asked(
  provider: string,
  replies: Parameters<typeof startReplies>[0],
  more = requestOf('hi'),
  is = false,
) {
  await using server = await startReplies(replies);
  const isOllama = provider === 'ollama';
  const config = isOllama ? configOf(provider, 'smol') : configOf(provider, 'smol', { baseURL: `${server.url}/v1` });
  const arm = createArm(config, isOllama ? { OLLAMA_HOST: server.url } : {});
  if (is) await arm.describe(signal);
  const end = await arm.call(more, { signal }).catch((error: unknown) => {
    if (error instanceof ArmError) return error;
    throw error;
  });
  return { end, requests: server.requests };
}

const ollama = async (reply: PlayedReply, more = requestOf('hi')) =>
  (await asked('ollama', { '/api/chat': reply }, more)).end;

describe.skipIf(!hasRealReplies)('Ollama (skipped where ../shared is absent)', () => {
  const pages = {
    '/api/version': replayed('ollama-0.24/version'),
    '/api/tags': replayed('ollama-0.24/tags'),
    '/api/show': replayed('ollama-0.24/show'),
  };
  const described = async (more: Parameters<typeof startReplies>[0] = {}, config = {}) => {
    await using server = await startReplies({ ...pages, ...more });
    const arm = createArm(configOf('ollama', 'smol', config), { OLLAMA_HOST: server.url });
    const is = await arm.describe(signal);
    return { is, arm, server };
  };

  it('a version 0.0.0 is no old version: nothing says "update"', async () => {
    const { is } = await described();
    expect(JSON.stringify(is.notes ?? [])).not.toMatch(/update|old/i);
    expect(is.serverVersion).toBe('0.0.0');
  });

  it('keeps what is named of a page of 20 KB, no tensor and no path', async () => {
    const { is } = await described();
    expect(JSON.stringify(is).length).toBeLessThan(4_000);
    expect(JSON.stringify(is)).not.toMatch(/tensors|blk\.|\/opt\/|parent_model/);
  });

  it('sends no image to a model whose page names no vision', async () => {
    await using server = await startReplies({ ...pages, '/api/chat': ownReplayed('ollama-0.24/images') });
    const arm = createArm(configOf('ollama', 'smol'), { OLLAMA_HOST: server.url });
    await arm.describe(signal);
    const image = { type: 'media' as const, media: 'image', value: { url: 'data:image/png;base64,iVBORw0KGgo=' } };
    const prompt = promptOf('', { messages: [{ role: 'user', content: [{ type: 'text', text: 'What?' }, image] }] });
    const error = await failureOf(arm.call(requestOf('', { prompt, messages: prompt.messages }), { signal }));
    expect(error).toMatchObject({ failure: 'bad-request', why: 'feature' });
    expect(server.to('/api/chat')).toEqual([]);
  });

  it('a count that is the whole window means a prompt that was cut, by default and with `truncate` alone', async () => {
    const long = requestOf(words(2_000));
    for (const reply of [ownReplayed('ollama-0.24/cut-default'), ownReplayed('ollama-0.24/too-long-kept')])
      expect(await ollama(reply, long)).toMatchObject({ failure: 'too-long', why: 'cut-by-server', fault: 'setup' });
  });

  it('a text that the server kept to itself is a call that cannot be read, never an empty answer', async () => {
    for (const [name, out] of [
      ['ollama-0.24/toolcall-length', 9],
      ['ollama-0.24/toolcall-other-name', 28],
    ] as const)
      expect(await ollama(replayed(name), requestOf('hi', { tools }))).toMatchObject({
        text: '',
        why: 'tool-call-unreadable',
        usage: { out },
      });
  });

  it('a call is handed over, streamed and whole; one that is cut or names no tool is kept, at /v1 as well', async () => {
    const request = requestOf('hi', { tools: [{ name: 'look_up', parameters: { type: 'object' } }] });
    for (const name of ['tool-call-stream', 'tool-call-whole'])
      expect(await ollama(ownReplayed(`ollama-0.24/${name}`), request)).toMatchObject({
        toolCalls: [{ name: 'look_up', arguments: '{"order":7}' }],
        usage: { out: 28 },
      });
    for (const [name, out] of [
      ['tool-call-cut', 9],
      ['tool-call-other-name', 60],
    ] as const)
      expect(await ollama(ownReplayed(`ollama-0.24/${name}`), request)).toMatchObject({
        text: '',
        why: 'tool-call-unreadable',
        usage: { out },
      });
    const v1 = (reply: PlayedReply, more = request) => asked('openai', { [chat]: reply }, more);
    const cut = ownReplayed('ollama-0.24/v1-tool-call-cut');
    expect((await v1(cut)).end).toMatchObject({ text: '', why: 'tool-call-unreadable', usage: { out: 9 } });
    expect((await v1(cut, requestOf('hi'))).end).not.toHaveProperty('why');
    // Elsewhere tokens without a text may be reasoning that is not handed over.
    expect((await v1({ ...cut, body: String(cut.body).replaceAll('fp_ollama', 'fp_other') })).end).not.toHaveProperty(
      'why',
    );
  });

  it('a call that is no JSON is refused with 500, and its text is the answer', async () => {
    const reply = ownReplayed('ollama-0.24/tool-call-unreadable');
    expect(reply.status).toBe(500);
    expect(await ollama(reply, requestOf('hi', { tools }))).toMatchObject({
      text: '{order: 7, }',
      why: 'tool-call-unreadable',
    });
  });

  it('a model that is too large for the memory is not asked again', async () => {
    const end = await ollama(ownReplayed('ollama-0.24/memory'));
    expect(end).toMatchObject({ failure: 'out-of-memory', why: 'memory' });
    expect((end as ArmError).message).toContain('70.4 GiB');
  });

  it('its Messages API is read like that of Anthropic', async () => {
    await using server = await startReplies({ '/v1/messages': ownReplayed('ollama-0.24/messages-stream') });
    const arm = createArm(configOf('anthropic', 'smol', { baseURL: server.url }), { ANTHROPIC_API_KEY: 'none' });
    const reply = await arm.call(requestOf('hi'), { signal });
    expect(reply).toMatchObject({ text: expect.stringMatching(/\w/), finish: 'max_tokens', usage: { out: 8 } });
    expect(reply.usage.in).toBeGreaterThan(8);
  });

  it('a reply that came whole has no time to its first token, and no loading in its time', async () => {
    const whole = (await ollama(ownReplayed('ollama-0.24/chat-whole'))) as { ms?: { total?: number; load?: number } };
    expect(whole).toMatchObject({ text: expect.stringMatching(/\S/), ms: { total: expect.any(Number) } });
    expect(whole.ms).not.toHaveProperty('ttft');
    const streamed = (await ollama(ownReplayed('ollama-0.24/chat-stream'))) as { ms?: object };
    expect(streamed.ms).toHaveProperty('ttft');
  });

  it('an empty answer without tools stays empty', async () => {
    expect(await ollama(replayed('ollama-0.24/toolcall-other-name'))).not.toHaveProperty('why');
  });

  it('a process that died is the server, whole and in mid-stream: asked again', async () => {
    expect(await ollama(ownReplayed('ollama-0.24/runner-killed-stream'))).toMatchObject({ failure: 'server' });
    expect(await ollama(replayed('ollama-0.24/runner-killed-nostream'))).toMatchObject({ failure: 'server' });
    const v1 = await asked('openai', { [chat]: replayed('ollama-0.24/runner-killed-v1-stream') });
    expect(v1.end).toMatchObject({ failure: 'cut' });
  });

  it('a process that had answered and is gone is asked again once; one that never answered lacks memory', async () => {
    const gone = ownReplayed('ollama-0.24/runner-killed-whole');
    expect(await ollama(gone)).toMatchObject({ failure: 'out-of-memory', why: 'memory' });
    await using server = await startReplies({ '/api/chat': ownReplayed('ollama-0.24/chat-whole') });
    const arm = createArm(configOf('ollama', 'smol'), { OLLAMA_HOST: server.url });
    const call = () => arm.call(requestOf('hi'), { signal });
    await call();
    server.play('/api/chat', gone);
    const [first, second] = [await failureOf(call()), await failureOf(call())];
    expect([first.why, second.why]).toEqual(['server', 'memory']);
    expect(first.message).toContain('runner has unexpectedly stopped');
  });

  it.each([
    ['openai', '/v1', chat, 'ollama-0.24/v1-stream', 'ollama-0.24/v1-runner-gone'],
    ['anthropic', '', '/v1/messages', 'ollama-0.24/messages-stream', 'ollama-0.24/messages-runner-gone'],
  ])('so it is at its address for %s arms', async (provider, base, path, answer, end) => {
    await using server = await startReplies({ [path]: ownReplayed(answer) });
    const arm = createArm(configOf(provider, 'smol', { baseURL: `${server.url}${base}` }), {});
    const call = () => arm.call(requestOf('hi'), { signal });
    await call();
    server.play(path, ownReplayed(end));
    const [first, second] = [await failureOf(call()), await failureOf(call())];
    expect([first.why, second.why]).toEqual(['server', 'memory']);
  });

  it('a schema that is not valid is a feature: the same for each try', async () => {
    const end = await ollama(ownReplayed('ollama-0.24/schema-bad'));
    expect(end).toMatchObject({ failure: 'bad-request', why: 'feature' });
    expect((end as ArmError).message).toMatch(/schema/);
  });

  it('a reply without counts is unknown, never 0', async () => {
    const end = await ollama(ownReplayed('ollama-0.24/empty-messages'));
    expect(end).toMatchObject({ failure: 'garbage', why: 'not-generated' });
    // One token: the server says no duration of it.
    const one = (await ollama(ownReplayed('ollama-0.24/one-token'))) as { ms?: object; usage: object };
    expect(one.usage).toMatchObject({ in: 15, out: 1 });
    expect(one.ms).not.toHaveProperty('tokensPerSecond');
  });

  it('a window that was full before the cap is told from it', async () => {
    await using server = await startReplies({ '/api/chat': ownReplayed('ollama-0.24/window-full') });
    const arm = createArm(configOf('ollama', 'smol', { numCtx: 128 }), { OLLAMA_HOST: server.url });
    const reply = await arm.call(requestOf('hi', { params: { max_tokens: 600 } }), { signal });
    expect(reply).toMatchObject({ finish: 'length', adjusted: ['answer cut: the window of 128 tokens was full'] });
  });

  it('the window that is served is that of /api/ps, whatever was asked for', async () => {
    await using server = await startReplies({
      ...pages,
      '/api/chat': ownReplayed('ollama-0.24/empty-messages'),
      '/api/ps': ownReplayed('ollama-0.24/ps-above-max'),
    });
    const arm = createArm(configOf('ollama', 'smol', { numCtx: 40_960 }), { OLLAMA_HOST: server.url });
    expect(await arm.warmUp?.(signal, { contextTokens: 512 })).toMatchObject({ contextAsked: 40_960, context: 8_192 });
  });

  it('`completed` with the whole cap used is `length`', async () => {
    await using server = await startReplies({ '/v1/responses': ownReplayed('ollama-0.24/responses') });
    const arm = createArm(configOf('openai', 'smol', { baseURL: `${server.url}/v1`, api: 'responses' }), {});
    const reply = await arm.call(requestOf('hi', { params: { max_tokens: 4 } }), { signal });
    expect(reply).toMatchObject({ finish: 'length', usage: { out: 4 } });
  });

  it('the cap of a local server goes under the name that Ollama heeds', async () => {
    const { requests } = await asked('openai', { [chat]: said('fine') });
    const [body] = requests.filter(({ path }) => path === chat).map(({ body: sent }) => sent);
    expect(body).toMatchObject({ max_tokens: 256 });
    expect(body).not.toHaveProperty('max_completion_tokens');
  });

  it('both ways of cutting are switched off', async () => {
    const { requests } = await asked('ollama', { '/api/chat': replayed('ollama-0.24/chat-stream') });
    expect(requests.find(({ path }) => path === '/api/chat')?.body).toMatchObject({ truncate: false, shift: false });
  });

  it('old messages that were dropped whole show in the tokens per character of short prompts', async () => {
    const short = (text: string) =>
      `${JSON.stringify({ model: 'smol', message: { content: 'ok' }, done: true, done_reason: 'stop', prompt_eval_count: Math.round(text.length / 3), eval_count: 1 })}\n`;
    const text = words(80);
    await using server = await startReplies({ '/api/chat': { body: short(text) } });
    const arm = createArm(configOf('ollama', 'smol'), { OLLAMA_HOST: server.url });
    for (let at = 0; at < 5; at += 1) await arm.call(requestOf(text), { signal });
    server.play('/api/chat', ownReplayed('ollama-0.24/messages-dropped'));
    // 3,600 characters: 600 by the low estimate, 1,200 by what was learned; 360 were read.
    const messages = Array.from({ length: 6 }, () => ({ role: 'user' as const, content: words(85) }));
    const prompt = promptOf('', { messages });
    const error = await failureOf(arm.call(requestOf('', { prompt, messages }), { signal }));
    expect(error).toMatchObject({ failure: 'too-long', why: 'cut-by-server' });
  });

  it('thinking that took the whole cap is told from an empty answer', async () => {
    expect(await ollama(replayed('ollama-0.24/thinking-cap-spent'))).toMatchObject({ text: '', finish: 'length' });
    expect(await ollama(replayed('ollama-0.24/thinking-true-nostream'))).toMatchObject({
      text: expect.stringContaining('Paris'),
      reasoning: expect.stringContaining('easy'),
    });
  });
});

describe('llama.cpp', () => {
  const pages = {
    '/v1/models': ownReplayed('llama-server/models'),
    '/props': ownReplayed('llama-server/props'),
  };

  it('says both numbers of a prompt that is too long', async () => {
    const { end } = await asked('llamacpp', { [chat]: ownReplayed('llama-server/too-long') });
    expect(end).toMatchObject({ failure: 'too-long', why: 'context' });
    expect((end as ArmError).message).toMatch(/1475[\s\S]*512/);
  });

  it('loading is no failure of the model list, and no answer', async () => {
    const loading = ownReplayed('llama-server/loading');
    const { end } = await asked('llamacpp', { [chat]: loading, '/v1/models': loading });
    expect(end).toMatchObject({ failure: 'overload', why: 'loading' });
  });

  it('names parameters, quantization, windows and version of its own accord, and keeps its path', async () => {
    await using server = await startReplies({ ...pages, [chat]: ownReplayed('llama-server/stream') });
    const arm = createArm(configOf('llamacpp', 'smol', { baseURL: `${server.url}/v1` }), {});
    const is = await arm.describe(signal);
    expect(is).toMatchObject({
      quantization: 'Q4_1',
      parameterSize: '134.5M',
      contextServed: 512,
      contextMax: 8_192,
      serverVersion: expect.stringMatching(/^b\d+-/),
    });
    const reply = await arm.call(requestOf('hi'), { signal });
    expect(reply.ms?.tokensPerSecond).toBeGreaterThan(1);
    expect(JSON.stringify([is, reply])).not.toContain('/opt/');
  });

  it('is not asked for tools that it would ignore, and asked for JSON by a schema', async () => {
    const refused = await asked(
      'llamacpp',
      { ...pages, [chat]: ownReplayed('llama-server/tools') },
      requestOf('hi', { tools }),
      true,
    );
    expect(refused.end).toMatchObject({ why: 'feature' });
    expect(refused.requests.filter(({ path }) => path === chat)).toEqual([]);
    const formed = await asked(
      'llamacpp',
      { ...pages, [chat]: ownReplayed('llama-server/json-schema') },
      requestOf('hi', { responseFormat: { type: 'json_object' } }),
      true,
    );
    expect(formed.requests.find(({ path }) => path === chat)?.body.response_format.type).toBe('json_schema');
    expect(formed.end).toMatchObject({ adjusted: expect.arrayContaining(['response_format: sent as a schema']) });
  });

  it('lists its models to a wrong key, and refuses the call', async () => {
    const { end } = await asked(
      'llamacpp',
      { '/v1/models': ownReplayed('llama-server/models-wrong-key'), [chat]: ownReplayed('llama-server/wrong-key') },
      requestOf('hi'),
      true,
    );
    expect(end).toMatchObject({ failure: 'auth', why: 'key' });
  });

  it('says that the window was full, and not the cap', async () => {
    const request = requestOf('hi', { params: { max_tokens: 2_000 } });
    const { end } = await asked(
      'llamacpp',
      { ...pages, [chat]: ownReplayed('llama-server/window-full') },
      request,
      true,
    );
    expect(end).toMatchObject({
      finish: 'length',
      adjusted: expect.arrayContaining(['answer cut: the window of 512 tokens was full']),
    });
  });
});

describe('llama-cpp-python', () => {
  it('gives back any name: the served model is not identified', async () => {
    await using server = await startReplies({ '/v1/models': ownReplayed('llama-cpp-python/models') });
    const { notes } = await createArm(configOf('llamacpp', 'other', { baseURL: `${server.url}/v1` }), {}).describe(
      signal,
    );
    expect(notes).toEqual(['the served model is not identified: this server answers to any name']);
  });

  it('a stream without any event is asked for once more, whole, and that reply decides', async () => {
    const { end, requests } = await asked('llamacpp', {
      [chat]: [ownReplayed('llama-cpp-python/too-long-stream'), ownReplayed('llama-cpp-python/too-long')],
    });
    expect(end).toMatchObject({ failure: 'too-long', why: 'context' });
    const bodies = requests.filter(({ path }) => path === chat).map(({ body }) => body.stream);
    expect(bodies).toEqual([true, undefined]);
  });

  it('a comment in the middle of a stream is no event', async () => {
    const reply = ownReplayed('llama-cpp-python/ping');
    expect(String(reply.body)).toContain('\n: ping - ');
    const { end } = await asked('llamacpp', { [chat]: reply });
    expect(end).toMatchObject({ text: expect.stringMatching(/^One of the most/), finish: 'length' });
    expect((end as ArmReply).text).not.toContain('ping');
  });

  it('gets the parts of a text as one text', async () => {
    const messages = [
      {
        role: 'user' as const,
        content: [
          { type: 'text' as const, text: 'one ' },
          { type: 'text' as const, text: 'two' },
        ],
      },
    ];
    const prompt = promptOf('', { messages });
    const { requests } = await asked('llamacpp', { [chat]: said('fine') }, requestOf('', { prompt, messages }));
    expect(requests.find(({ path }) => path === chat)?.body.messages).toEqual([{ role: 'user', content: 'one two' }]);
  });
});

describe('vLLM', () => {
  it('a cap above max_model_len shrinks to what is left, at once', async () => {
    const request = requestOf('hi', { params: { max_tokens: 5_000 } });
    const { end, requests } = await asked(
      'vllm',
      { [chat]: [ownReplayed('vllm-0.32/cap-too-large'), said('fine')] },
      request,
    );
    expect(end).toMatchObject({ text: 'fine' });
    const caps = requests.filter(({ path }) => path === chat).map(({ body }) => body.max_tokens);
    expect(caps[0]).toBe(5_000);
    expect(caps[1]).toBeGreaterThan(900);
    expect(caps[1]).toBeLessThan(1_024);
  });

  it('a prompt that is too long quotes "at least", because it stops counting', async () => {
    const { end } = await asked('vllm', { [chat]: ownReplayed('vllm-0.32/too-long') });
    expect(end).toMatchObject({ failure: 'too-long', why: 'context' });
    expect((end as ArmError).message).toContain('at least 1025');
  });

  it('names the models that are served where there is no such one', async () => {
    const { end } = await asked('vllm', { [chat]: ownReplayed('vllm-0.32/unknown-model') });
    expect(end).toMatchObject({ failure: 'model-missing', why: 'model' });
    expect((end as ArmError).message).toContain('Valid aliases: smol.');
  });

  it('tells its version in each reply', async () => {
    const { end } = await asked('vllm', { [chat]: ownReplayed('vllm-0.32/stream') });
    expect(end).toMatchObject({ fingerprint: expect.stringMatching(/^vllm-0\.32\.0-/), finish: 'length' });
  });

  it.skipIf(!hasRealReplies)('an error wins over the [DONE] behind it', async () => {
    const { end } = await asked('vllm', { [chat]: replayed('vllm-0.32/killed-engine') });
    expect(end).toMatchObject({ failure: 'server' });
    expect((end as ArmError).message).toContain('EngineCore encountered an issue');
  });

  it('two flags that are missing are the setup, a model without eyes is the model', async () => {
    const flags = await asked('vllm', { [chat]: ownReplayed('vllm-0.32/tools') }, requestOf('hi', { tools }));
    expect(flags.end).toMatchObject({ why: 'feature', fault: 'setup' });
    const eyes = await asked('vllm', { [chat]: ownReplayed('vllm-0.32/image') });
    expect(eyes.end).toMatchObject({ why: 'feature', fault: 'model' });
  });

  it('all text that comes as reasoning, and an end for repetition', async () => {
    const parsed = (await asked('vllm', { [chat]: ownReplayed('vllm-0.32/all-reasoning') })).end as ArmReply;
    expect(parsed).toMatchObject({ text: '', reasoning: 'Water is not wet.', finish: 'stop' });
    expect(answerCause(parsed, 120)).toBe('all-reasoning');
    const looped = (await asked('vllm', { [chat]: ownReplayed('vllm-0.32/repetition') })).end as ArmReply;
    expect(looped).toMatchObject({ finish: 'repetition', usage: { out: 140 } });
    expect(answerCause({ ...looped, text: 'ha ha ha' }, 200)).toBe('length');
  });
});

describe('Ray Serve', () => {
  it('a replica that ended is the server: asked again; an answer that it gives whole has no first token', async () => {
    const gone = ownReplayed('ray-serve-2.60/replica-killed');
    expect((await asked('openai', { [chat]: gone })).end).toMatchObject({ failure: 'server', why: 'server' });
    const { end } = await asked('openai', { [chat]: ownReplayed('ray-serve-2.60/whole') });
    expect(end).toMatchObject({ text: 'It is 5.', finish: 'stop', usage: { in: 9, out: 4 } });
    expect((end as ArmReply).ms).not.toHaveProperty('ttft');
  });
});

describe('LiteLLM', () => {
  it('an answer of another model is none, and it names both', async () => {
    await using server = await startReplies({ [chat]: ownReplayed('litellm-1.108/fallback') });
    const arm = createArm(configOf('openai', 'down', { baseURL: `${server.url}/v1` }), {});
    const error = await failureOf(arm.call(requestOf(), { signal }));
    expect(error).toMatchObject({ failure: 'garbage', why: 'substituted', fault: 'setup' });
    expect(error.message).toMatch(/: the proxy answered with good in place of down$/);
  });

  it('the price of a call is that of the proxy: from the header, or of the last chunk', async () => {
    const whole = await asked('openai', { [chat]: ownReplayed('litellm-1.108/whole') });
    expect((whole.end as { costUsd?: number }).costUsd).toBeCloseTo(0.00013, 8);
    const streamed = await asked('openai', { [chat]: ownReplayed('litellm-1.108/stream') });
    expect((streamed.end as { costUsd?: number }).costUsd).not.toBe(0);
  });

  it.skipIf(!hasRealReplies)('a streamed price is never the 0.0 of a part', async () => {
    const { end } = await asked('openai', { [chat]: replayed('litellm-1.108/stream-usage-llama') });
    expect((end as { costUsd?: number }).costUsd).toBeGreaterThan(0);
  });

  it.skipIf(!hasRealReplies)(
    'what it does not support goes, one parameter after the other, as if refused by name',
    async () => {
      const params = { max_tokens: 8, logit_bias: { 5: 1 }, parallel_tool_calls: false };
      const replies = { [chat]: [replayed('litellm-1.108/unsupported-param'), said('fine')] };
      const { end } = await asked('openai', replies, requestOf('hi', { params: params as never }));
      expect(end).toMatchObject({ text: 'fine', adjusted: ['parallel_tool_calls: not sent'] });
    },
  );
});
