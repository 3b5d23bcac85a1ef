/** Every case × every arm that talks HTTP: whatever the wire does, the same thing comes out. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import type { ArmConfig } from '../../src/arms/arm.ts';
import { createArm, providerOf } from '../../src/arms/registry.ts';
import { configOf, failureOf, requestOf } from '../helpers/arm-request.ts';
import {
  cutAfter,
  delay,
  garbage,
  hang,
  type ModelServer,
  reply,
  type Script,
  slow,
  startModelServer,
  status,
} from '../helpers/model-server.ts';
import type { Protocol } from '../helpers/model-wire.ts';

interface Row {
  provider: string;
  model: string;
  /** What it speaks on the wire, of the model server's protocols. */
  protocol: Protocol;
  /** The variables that it reads: where to go, and the key where it takes one. */
  env(url: string, key: string): Record<string, string>;
}

const arms: Row[] = [
  {
    provider: 'openai',
    model: 'gpt-test',
    protocol: 'openai',
    env: (url, key) => ({ OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: key }),
  },
  {
    provider: 'anthropic',
    model: 'claude-test',
    protocol: 'anthropic',
    env: (url, key) => ({ ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: key }),
  },
  { provider: 'ollama', model: 'qwen3:8b', protocol: 'ollama', env: (url) => ({ OLLAMA_HOST: url }) },
];

const never = new AbortController().signal;

describe.each(arms)('$provider arm', ({ provider, model, protocol, env }) => {
  const armAt = (url: string, key: string, more: Partial<ArmConfig> = {}) =>
    createArm(configOf(provider, model, more), env(url, key));
  const armOn = ({ url }: ModelServer, more: Partial<ArmConfig> = {}) => armAt(url, 'sk-of-the-test', more);
  const callOn = async (script: Script, more: Partial<ArmConfig> = {}, request = requestOf()) => {
    await using server = await startModelServer(script);
    // Awaited here: the server is gone when this scope ends.
    return await armOn(server, more).call(request, { signal: never });
  };

  it('gives the text, finish, counts, model and timings of a streamed reply', async () => {
    const told = reply('One, two,\n three 👋', { usage: { in: 12, out: 5 }, delayMs: 60, spreadMs: 200, chunks: 6 });
    await using server = await startModelServer([reply('loads the SDK'), told, told, told, told, told]);
    const arm = armOn(server);
    const asked = async () => {
      const before = performance.now();
      return { answer: await arm.call(requestOf(), { signal: never }), wall: performance.now() - before };
    };
    await asked();
    let { answer, wall } = await asked();
    // A machine that stands still for a fifth of a second gets the reply in one burst, which says nothing about speed.
    for (let left = 4; left > 0 && answer.ms?.tokensPerSecond === undefined; left -= 1)
      ({ answer, wall } = await asked());
    expect(answer.text).toBe('One, two,\n three 👋');
    expect(answer.usage).toMatchObject({ in: 12, out: 5 });
    expect(answer.model).toBe(model);
    expect(['stop', 'end_turn']).toContain(answer.finish);
    expect(answer.ms?.total).toBeGreaterThanOrEqual(240);
    expect(answer.ms?.total).toBeLessThanOrEqual(Math.max(260, Math.ceil(wall)));
    expect(answer.ms?.ttft).toBeGreaterThanOrEqual(55);
    expect(answer.ms?.ttft).toBeLessThanOrEqual(answer.ms?.total ?? 0);
    expect(answer.ms?.tokensPerSecond).toBeGreaterThan(0);
  });

  it('sends the messages byte for byte', async () => {
    await using server = await startModelServer(reply('ok'));
    const text = '{{ env.X }} file:///etc/hosts {"a":1}\r\n"quoted" \u{feff} 👩‍👩‍👧 ﷽ \u0000 end ';
    await armOn(server).call(requestOf(text), { signal: never });
    expect(server.calls[0]?.body.messages[0].content).toBe(text);
    expect(server.calls[0]?.raw.toString('utf8')).toContain(JSON.stringify(text).slice(1, -1));
  });

  it('leaves unknown counts unknown', async () => {
    const { usage } = await callOn(reply('hello', { usage: null }));
    expect(usage.in).toBeUndefined();
  });

  it('keeps a field of reasoning apart, and cuts nothing out of the text', async () => {
    const inField = await callOn(reply('answer', { reasoning: 'let me see' }));
    expect(inField).toMatchObject({ text: 'answer', reasoning: 'let me see' });
    const inText = '<think>\nlet me see\n</think>\n\nanswer<|im_end|>';
    expect(await callOn(reply(inText))).toMatchObject({ text: inText });
    expect(await callOn(reply('let me see</think>answer'))).toMatchObject({ text: 'let me see</think>answer' });
  });

  it('reports a length cut as such, with whatever there is', async () => {
    const answer = await callOn(reply('only a beg', { finish: 'length' }));
    expect(answer.text).toBe('only a beg');
    expect(['length', 'max_tokens']).toContain(answer.finish);
  });

  it('gives tool calls with JSON text as arguments', async () => {
    const tools = [{ name: 'get_weather', parameters: { type: 'dict', properties: { city: { type: 'string' } } } }];
    await using server = await startModelServer(
      reply('', { toolCalls: [{ id: 'c1', name: 'get_weather', arguments: '{"city":"Rome","days":2}' }] }),
    );
    const answer = await armOn(server).call(requestOf('weather?', { tools }), { signal: never });
    expect(answer.toolCalls?.map((call) => [call.name, JSON.parse(call.arguments)])).toEqual([
      ['get_weather', { city: 'Rome', days: 2 }],
    ]);
    expect(JSON.stringify(server.calls[0]?.body.tools)).toContain('"type":"object"');
  });

  it.each([
    [400, undefined, 'bad-request'],
    [401, undefined, 'auth'],
    [403, undefined, 'auth'],
    [404, undefined, 'model-missing'],
    [408, undefined, 'timeout'],
    [413, undefined, 'too-long'],
    [422, { detail: [{ loc: ['body', 'messages'], msg: 'field required' }] }, 'bad-request'],
    [429, undefined, 'rate-limit'],
    [500, undefined, 'server'],
    [502, '<html>Bad gateway</html>', 'server'],
    [503, undefined, 'overload'],
    [529, undefined, 'overload'],
  ] as const)('turns status %i into an ArmError', async (code, body, failure) => {
    const error = await failureOf(callOn(status(code, { body })));
    expect(error).toMatchObject({ failure, status: code });
    expect(error.message).toMatch(/127\.0\.0\.1:\d+/);
  });

  it('asks once per call, and passes Retry-After on in ms', async () => {
    await using server = await startModelServer(status(429, { retryAfter: 3 }));
    const error = await failureOf(armOn(server).call(requestOf(), { signal: never }));
    expect(error).toMatchObject({ failure: 'rate-limit', retryAfterMs: 3000 });
    expect(server.calls).toHaveLength(1);
  });

  it('tells a spent quota, a prompt that is too long and missing memory from what may be retried', async () => {
    const said = (message: string) => {
      const bodies = {
        openai: { error: { message } },
        anthropic: { error: { type: 'x', message } },
        ollama: { error: message },
      };
      return bodies[protocol];
    };
    const cases = [
      [429, 'You exceeded your current quota, please check your plan', 'quota'],
      [400, 'Your credit balance is too low to access the API', 'quota'],
      [400, 'request (4825 tokens) exceeds the available context size (2048 tokens), try increasing it', 'too-long'],
      [400, 'prompt is too long: 300000 tokens > 200000 maximum', 'too-long'],
      [400, 'the prompt is longer than the context length currently available to the model', 'too-long'],
      [500, 'model requires more system memory (9.1 GiB) than is available (4.0 GiB)', 'out-of-memory'],
      [503, 'server busy, please try again.  maximum pending requests exceeded', 'overload'],
    ] as const;
    for (const [code, message, failure] of cases) {
      const error = await failureOf(callOn(status(code, { body: said(message) })));
      expect([message, error.failure]).toEqual([message, failure]);
    }
  });

  it('never takes a broken reply for an answer, and keeps SDK chatter off the terminal', async () => {
    const chatter = [
      vi.spyOn(console, 'log'),
      vi.spyOn(console, 'warn'),
      vi.spyOn(console, 'error'),
      vi.spyOn(console, 'debug'),
    ];
    const cases: [string, Script, string[]][] = [
      ['cut after two pieces', cutAfter({ chunks: 2 }), ['cut']],
      ['cut inside a piece', cutAfter({ bytes: 150 }), ['cut', 'network', 'garbage']],
      // With `[DONE]` after the text, chat completions have ended all the same.
      ...(protocol === 'openai'
        ? []
        : [
            ['ends without a finish', reply('half an answer', { noFinish: true }), ['cut']] as [
              string,
              Script,
              string[],
            ],
          ]),
      ['ends politely half-way', cutAfter({ chunks: 3, how: 'end' }), ['cut']],
      ['HTML under 200', garbage('html'), ['garbage']],
      ['an error under 200', garbage('error-200'), ['server', 'garbage']],
      ['an error in the stream', garbage('error-in-stream'), ['server']],
      ['an error event without a key', garbage('error-event'), ['server', 'too-long', 'cut']],
      ['nothing at all', garbage('empty'), ['garbage', 'cut']],
      ['broken JSON', garbage('bad-json'), ['garbage']],
      ['JSON of another kind', garbage('no-choices'), ['garbage', 'cut']],
    ];
    for (const [name, script, failures] of cases) {
      const error = await failureOf(callOn(script));
      expect(failures, `${name}: ${error.failure} ${error.message}`).toContain(error.failure);
    }
    for (const spy of chatter) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  it('stops a body that stalls, a reply that never comes and one that takes too long', async () => {
    const idle = await failureOf(callOn(hang({ afterChunks: 2 }), { idleMs: 80 }));
    expect(idle).toMatchObject({ failure: 'timeout', partial: expect.stringContaining('one') });
    const silent = await failureOf(callOn(hang(), { timeoutMs: 80 }));
    expect(silent.failure).toBe('timeout');
    const long = await failureOf(callOn(slow('a b c d e f g h i j', 5000), { timeoutMs: 150, idleMs: 4000 }));
    expect(long.failure).toBe('timeout');
  });

  it('is not idle while tokens arrive, however slowly', async () => {
    const answer = await callOn(slow('a b c d e f', 360, 6), { idleMs: 200 });
    expect(answer.text).toBe('a b c d e f');
  });

  it('ends at once when the caller aborts, before and within the reply', async () => {
    for (const script of [delay(5000, reply('late')), hang({ afterChunks: 2 })]) {
      await using server = await startModelServer(script);
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 60);
      const start = performance.now();
      const error = await failureOf(armOn(server).call(requestOf(), { signal: controller.signal }));
      expect(error.failure).toBe('aborted');
      expect(performance.now() - start).toBeLessThan(1000);
    }
  });

  it('says who cannot be reached', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const url = `http://127.0.0.1:${port}`;
    const arm = armAt(url, 'k');
    for (const attempt of [() => arm.call(requestOf(), { signal: never }), () => arm.describe(never)]) {
      const error = await failureOf(attempt());
      expect(error).toMatchObject({ failure: 'network', hint: expect.any(String) });
      expect(error.message).toContain(`127.0.0.1:${port}`);
      expect(error.message).toContain('ECONNREFUSED');
    }
  });

  // Ollama on this machine takes no key.
  const withKey = Object.values(env('', 'key')).includes('key') ? it : () => {};
  withKey('never shows a key, not in messages, hints, causes or stacks', async () => {
    const key = 'sk-planted-0123456789abcdefXYZ';
    await using server = await startModelServer((call) => {
      const sent = String(call.headers.authorization ?? call.headers['x-api-key']);
      return status(call.nth === 0 ? 401 : 500, { body: { error: { message: `bad key ${sent} in request` } } });
    });
    const arm = armAt(server.url, key);
    for (let n = 0; n < 2; n += 1) {
      const error = await failureOf(arm.call(requestOf(), { signal: never }));
      const seen: string[] = [];
      for (let at: unknown = error; at instanceof Error; at = at.cause)
        seen.push(at.message, at.stack ?? '', JSON.stringify(at));
      expect(seen.join('\n')).not.toContain('planted');
      expect(error.message).toContain('[key]');
    }
    expect(JSON.stringify(server.calls[0]?.headers)).toContain(key);
  });

  it('sends the headers of its provider with every request, and those of the config in their place', async () => {
    const own = providerOf(provider);
    if (own === undefined) throw new Error(`no provider ${provider}`);
    const before = own.headers;
    await using server = await startModelServer(reply('ok'));
    own.headers = { 'X-Tenant': 'house', 'X-Client': 'gapcheck' };
    try {
      const arm = armOn(server, { headers: { 'x-tenant': 'search' } });
      await arm.describe(never);
      await arm.call(requestOf(), { signal: never });
    } finally {
      own.headers = before;
    }
    expect(server.calls.length).toBeGreaterThan(0);
    for (const { headers } of server.calls)
      expect(headers).toMatchObject({ 'x-tenant': 'search', 'x-client': 'gapcheck' });
  });

  it('describes itself without generating anything', async () => {
    await using server = await startModelServer(reply('ok'));
    const description = await armOn(server).describe(never);
    expect(description).toMatchObject({ provider, model, host: new URL(server.url).host, leavesMachine: false });
    expect(server.calls).toHaveLength(0);
  });

  it('keeps many calls at once apart', async () => {
    await using server = await startModelServer((call) =>
      reply(`echo ${call.lastUserText}`, { spreadMs: 30, chunks: 5 }),
    );
    const arm = armOn(server);
    const texts = Array.from({ length: 40 }, (_, index) => `prompt ${index}`);
    const answers = await Promise.all(texts.map((text) => arm.call(requestOf(text), { signal: never })));
    expect(answers.map((answer) => answer.text)).toEqual(texts.map((text) => `echo ${text}`));
  });
});
