import { spawn } from 'node:child_process';
import { Ollama } from 'ollama';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { cutAfter, delay, garbage, reply, startModelServer, status } from '../helpers/model-server.ts';

const body = (text: string, stream = true) => ({
  model: 'm',
  stream,
  messages: [{ role: 'user' as const, content: text }],
});

describe('the loopback model server', () => {
  it('talks to the real openai SDK: stream with usage, tool calls in fragments, JSON', async () => {
    await using server = await startModelServer([
      reply('héllo wörld 👋', { chunks: 4, usage: { in: 7, out: 3 }, reasoning: 'hm' }),
      reply('', { toolCalls: [{ name: 'f', arguments: '{"city":"Rome"}' }] }),
      reply('plain'),
    ]);
    const client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'k', maxRetries: 0 });
    let text = '';
    let total: number | undefined;
    const stream = await client.chat.completions.create({
      ...body('hi'),
      stream: true,
      stream_options: { include_usage: true },
    });
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      total = chunk.usage?.total_tokens ?? total;
    }
    expect({ text, total }).toEqual({ text: 'héllo wörld 👋', total: 10 });
    let args = '';
    for await (const chunk of await client.chat.completions.create({ ...body('hi'), stream: true }))
      args += chunk.choices[0]?.delta.tool_calls?.[0]?.function?.arguments ?? '';
    expect(args).toBe('{"city":"Rome"}');
    const whole = await client.chat.completions.create({ ...body('hi'), stream: false });
    expect(whole.choices[0]?.message.content).toBe('plain');
    expect(server.calls.map((call) => call.lastUserText)).toEqual(['hi', 'hi', 'hi']);
  });

  it('talks to the real ollama SDK: load, chat, tags, show, ps, pull', async () => {
    await using server = await startModelServer(reply('a b c', { chunks: 3 }));
    server.ollama.pullable.push('new:1b');
    const client = new Ollama({ host: server.url });
    expect((await client.chat({ model: 'qwen3:8b', messages: [], options: { num_ctx: 8192 } })).done_reason).toBe(
      'load',
    );
    const ps = (await (await fetch(`${server.url}/api/ps`)).json()) as { models: { context_length: number }[] };
    expect(ps.models[0]?.context_length).toBe(8192);
    let text = '';
    for await (const part of await client.chat({ ...body('hi'), model: 'qwen3:8b', stream: true }))
      text += part.message.content;
    expect(text).toBe('a b c');
    for await (const _ of await client.pull({ model: 'new:1b', stream: true }));
    expect((await client.list()).models.map((model) => model.name)).toEqual(['qwen3:8b', 'new:1b']);
    expect((await client.show({ model: 'new:1b' })).details.quantization_level).toBe('Q4_K_M');
    expect(server.calls).toHaveLength(1);
  });

  it('delays, refuses, cuts and babbles as scripted, and keeps the raw bytes', async () => {
    await using server = await startModelServer([
      delay(60, reply('late')),
      status(429, { retryAfter: 3 }),
      cutAfter({ chunks: 2 }),
      garbage('html'),
    ]);
    const post = () =>
      fetch(`${server.url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(body('x\r\n{{y}}')) });
    const start = performance.now();
    await (await post()).text();
    expect(performance.now() - start).toBeGreaterThan(55);
    const refused = await post();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3']);
    await expect((await post()).text()).rejects.toThrow();
    expect(await (await post()).text()).toContain('<html>');
    expect(server.calls[0]?.raw.toString()).toContain('x\\r\\n{{y}}');
  });

  it('runs as a process of its own', async () => {
    const child = spawn(
      process.execPath,
      ['node_modules/tsx/dist/cli.mjs', 'test/helpers/model-server.ts', '--latency', '40', '--chunks', '4'],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const url = await new Promise<string>((resolve) =>
      child.stdout.once('data', (data) => resolve(String(data).trim())),
    );
    const start = performance.now();
    await (await fetch(`${url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(body('x')) })).text();
    expect(performance.now() - start).toBeGreaterThan(38);
    expect(await (await fetch(`${url}/__stats`)).json()).toEqual({ calls: 1, peak: 1 });
    child.stdin.end();
    await new Promise((resolve) => child.once('exit', resolve));
  });
});
