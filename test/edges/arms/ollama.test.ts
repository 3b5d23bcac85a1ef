import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ollamaServer } from '../../../src/arms/ollama/ollama-address.ts';
import { pullModel } from '../../../src/arms/ollama/ollama-pull.ts';
import { createArm } from '../../../src/arms/registry.ts';
import { configOf, failureOf, promptOf, requestOf } from '../../helpers/arm-request.ts';
import { ollamaModel, reply, startModelServer, status } from '../../helpers/model-server.ts';

const { signal } = new AbortController();
const config = configOf('ollama', 'qwen3:8b');

describe('describing an Ollama model', () => {
  it('records digest, quantization, size, context, parameters, template, system, licence and version', async () => {
    await using server = await startModelServer();
    server.ollama.models = [ollamaModel('qwen3:8b', { system: 'You are Qwen.', template: 'T {{ .Prompt }}' })];
    const description = await createArm(config, server.env).describe(signal);
    expect(description).toEqual({
      provider: 'ollama',
      model: 'qwen3:8b',
      host: new URL(server.url).host,
      leavesMachine: false,
      digest: '0123456789abcdef'.repeat(4),
      quantization: 'Q4_K_M',
      parameterSize: '8.2B',
      contextMax: 40960,
      modelBytes: 5_200_000_000,
      template: createHash('sha256').update('T {{ .Prompt }}').digest('hex'),
      system: 'You are Qwen.',
      modelParameters: { stop: '<|im_end|>', temperature: '0.6' },
      think: false,
      capabilities: ['completion', 'tools'],
      licence: { text: 'Apache License\nVersion 2.0, January 2004\n' },
      serverVersion: '0.33.0',
      sends: { truncate: false, shift: false },
    });
  });

  it('says how to get a model that is not there, and what is', async () => {
    await using server = await startModelServer();
    const error = await failureOf(createArm(configOf('ollama', 'llama3.3:70b'), server.env).describe(signal));
    expect(error).toMatchObject({
      failure: 'model-missing',
      hint: /^ollama pull llama3\.3:70b/,
      message: /has no model "llama3.3:70b"; it has qwen3:8b/,
    });
  });

  it('labels cloud models as leaving the machine', async () => {
    await using server = await startModelServer();
    server.ollama.models = [ollamaModel('big:480b-cloud', { remote_host: 'https://ollama.com:443' })];
    const description = await createArm(configOf('ollama', 'big:480b-cloud'), server.env).describe(signal);
    expect(description.leavesMachine).toBe(true);
  });

  it('refuses what the model cannot do before anything is asked', async () => {
    await using server = await startModelServer();
    server.ollama.models = [ollamaModel('embed:1b', { capabilities: ['embedding'] }), ollamaModel('qwen3:8b')];
    expect(await failureOf(createArm(configOf('ollama', 'embed:1b'), server.env).describe(signal))).toMatchObject({
      message: /cannot chat/,
    });
    const thinking = createArm(configOf('ollama', 'qwen3:8b', { think: true }), server.env);
    expect(await failureOf(thinking.describe(signal))).toMatchObject({ message: /cannot think/ });
  });

  it('says so when something else answers there', async () => {
    await using server = await startModelServer();
    const env = { OLLAMA_HOST: `${server.url}/v1/models/elsewhere` };
    const error = await failureOf(createArm(config, env).describe(signal));
    expect(error.message).toMatch(/127\.0\.0\.1/);
  });
});

describe('the window', () => {
  it('is loaded before anything is timed, fits the prompts, and is read back', async () => {
    await using server = await startModelServer(reply('ok'));
    const arm = createArm(config, server.env);
    expect(await arm.warmUp?.(signal, { contextTokens: 9000 })).toMatchObject({ context: 12288 });
    await arm.call(requestOf(), { signal });
    const [load, call] = server.requests.filter(({ path }) => path === '/api/chat');
    const fixed = { stream: true, think: false, truncate: false, shift: false, keep_alive: '15m' };
    expect(load?.body).toEqual({ model: 'qwen3:8b', messages: [], options: { num_ctx: 12288 }, ...fixed });
    expect(call?.body).toEqual({
      model: 'qwen3:8b',
      messages: [{ role: 'user', content: 'hello' }],
      options: { num_ctx: 12288, num_predict: 256, temperature: 0.5, seed: 7 },
      ...fixed,
    });
  });

  it('reports what is served when that is less', async () => {
    await using server = await startModelServer();
    server.ollama.maxContext = 4096;
    expect(await createArm(config, server.env).warmUp?.(signal, { contextTokens: 9000 })).toMatchObject({
      context: 4096,
    });
  });

  it('is the config’s where that says one, and never above the model’s own', async () => {
    await using server = await startModelServer(reply('ok'));
    await createArm({ ...config, numCtx: 5000 }, server.env).warmUp?.(signal, { contextTokens: 99_999 });
    await createArm(config, server.env).warmUp?.(signal, { contextTokens: 99_999 });
    const sizes = server.requests.filter(({ path }) => path === '/api/chat').map(({ body }) => body.options.num_ctx);
    expect(sizes).toEqual([5000, 40960]);
  });

  it('grows only for a request that would not fit', async () => {
    await using server = await startModelServer(reply('ok'));
    const arm = createArm(config, server.env);
    await arm.warmUp?.(signal, { contextTokens: 1000 });
    await arm.call(requestOf('x'.repeat(3000)), { signal });
    await arm.call(requestOf('x'.repeat(30_000)), { signal });
    await arm.call(requestOf('short'), { signal });
    expect(server.calls.map(({ body }) => body.options.num_ctx)).toEqual([4096, 12288, 12288]);
  });

  it('calls a prompt that an old server cut too long, and no answer', async () => {
    // 7,900 tokens into 4,096: the server kept num_keep and about half the window.
    await using server = await startModelServer(reply('ok', { usage: { in: 2052, out: 1 } }));
    const long = requestOf('word '.repeat(7900));
    const error = await failureOf(createArm({ ...config, numCtx: 4096 }, server.env).call(long, { signal }));
    expect(error).toMatchObject({ failure: 'too-long', message: /does not fit into 4096/ });
  });

  it('tells a full window from the output cap', async () => {
    await using server = await startModelServer(reply('half', { finish: 'length', usage: { in: 4000, out: 96 } }));
    const answer = await createArm({ ...config, numCtx: 4096 }, server.env).call(requestOf('word '.repeat(3900)), {
      signal,
    });
    expect(answer.adjusted).toEqual(['answer cut: the window of 4,096 tokens was full']);
  });
});

describe('an answer from Ollama', () => {
  it('is timed without loading and queueing', async () => {
    await using server = await startModelServer(
      reply('a b c', { spreadMs: 120, loadMs: 2000, extra: { eval_count: 60, eval_duration: 2e9 } }),
    );
    const answer = await createArm(config, server.env).call(requestOf(), { signal });
    expect(answer.ms).toMatchObject({ total: 120, load: 2000, tokensPerSecond: 30 });
    expect(answer.ms?.ttft).toBeLessThanOrEqual(120);
  });

  it('to half a prompt is none: a count far below the text says that the server cut it', async () => {
    await using server = await startModelServer(reply('ok', { usage: { in: 30, out: 1 } }));
    await expect(createArm(config, server.env).call(requestOf('word '.repeat(500)), { signal })).rejects.toMatchObject({
      failure: 'too-long',
      why: 'cut-by-server',
      fault: 'setup',
    });
  });

  it('asks again without thinking when the model cannot, and says so from then on', async () => {
    await using server = await startModelServer((call) =>
      call.body.think ? status(400, { body: { error: '"qwen3:8b" does not support thinking' } }) : reply('ok'),
    );
    const arm = createArm({ ...config, think: 'high' }, server.env);
    for (let n = 0; n < 2; n += 1)
      expect((await arm.call(requestOf(), { signal })).adjusted).toEqual(['think: off, the model cannot']);
    expect(server.calls.map(({ body }) => body.think)).toEqual(['high', false, false]);
  });

  it('sends schema, tools, images and tool results in Ollama’s own words', async () => {
    await using server = await startModelServer(reply('{}'));
    const prompt = promptOf('', {
      messages: [
        { role: 'developer', content: 'be brief' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'see' },
            {
              type: 'media',
              media: 'image',
              value: { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            },
          ],
        },
        { role: 'assistant', content: null, tool_calls: [{ id: 'c1', name: 'a.b', arguments: '{"x":1}' }] },
        { role: 'tool', content: '2', name: 'a.b', tool_call_id: 'c1' },
      ],
    });
    const responseFormat = { type: 'json_schema' as const, schema: { type: 'object' } };
    const answer = await createArm(config, server.env).call(
      requestOf('', { prompt, responseFormat, tools: [{ name: 'a.b' }], toolChoice: 'required' }),
      { signal },
    );
    expect(answer.adjusted).toEqual(['tool_choice: not sent']);
    const { body } = server.calls[0] ?? {};
    expect(body.format).toEqual({ type: 'object' });
    expect(body.tools[0].function.name).toBe('a.b');
    expect(body.messages).toEqual([
      { role: 'system', content: 'be brief' },
      { role: 'user', content: 'see', images: ['AAAA'] },
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ id: 'c1', function: { index: 0, name: 'a.b', arguments: { x: 1 } } }],
      },
      { role: 'tool', content: '2', tool_name: 'a.b', tool_call_id: 'c1' },
    ]);
  });
});

describe('pulling', () => {
  it('shows its progress and ends when the server says so', async () => {
    await using server = await startModelServer();
    server.ollama.pullable.push('new:1b');
    const seen: string[] = [];
    await pullModel(ollamaServer(server.env), 'new:1b', signal, ({ status: what, completed, total }) =>
      seen.push(`${what} ${completed ?? '-'}/${total ?? '-'}`),
    );
    expect(seen).toEqual([
      'pulling manifest -/-',
      'pulling 0123 -/1000',
      'pulling 0123 400/1000',
      'pulling 0123 1000/1000',
      'success -/-',
    ]);
    expect(await createArm(configOf('ollama', 'new:1b'), server.env).describe(signal)).toMatchObject({
      model: 'new:1b',
    });
  });

  it('says when there is no such model', async () => {
    await using server = await startModelServer();
    const error = await failureOf(pullModel(ollamaServer(server.env), 'nope', signal, () => {}));
    expect(error).toMatchObject({ failure: 'model-missing', message: /no model "nope" to pull/ });
  });
});
