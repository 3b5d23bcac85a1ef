/** Ollama: tool calls that it hands over and those that it keeps, replies that come whole, and the time of loading. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { startCli } from '../helpers/cli.ts';
import { askingSmol, type Place, place, questions } from './place.ts';
import { callingOf, createModel, ollama, startOllama, startWithSmol, unstamped } from './servers/ollama.ts';
import { type Running, titleOf } from './servers/real-server.ts';

const started = await startWithSmol();
const server = started.running as Running;
afterAll(() => started.running?.stop());
const host = { OLLAMA_HOST: `127.0.0.1:${server?.port}` };

const order = { type: 'object', properties: { order: { type: 'integer' } }, required: ['order'] };
const lookUp = { type: 'function', function: { name: 'look_up', description: 'Finds an order.', parameters: order } };
const whereIs = (number: number) => ({
  messages: [{ role: 'user', content: `Where is order ${number}?` }],
  tools: [lookUp],
  answer: 'It is on its way.',
});
const jsonl = (...records: object[]): string => `${records.map((record) => JSON.stringify(record)).join('\n')}\n`;

const asked = askingSmol(host);
const run = (here: Place, ...more: string[]) => here.gapcheck('run', '--no-score', '--yes', ...more);
/** What the server logged of its chat calls, in ms. */
const callTimes = (said: string): number[] =>
  [...said.matchAll(/\| +200 \| +([\d.]+)(ms|s|µs) .*"\/api\/chat"/g)].map(
    ([, time, unit]) => Number(time) * (unit === 's' ? 1000 : unit === 'ms' ? 1 : 0.001),
  );

describe.skipIf(started.why !== undefined)(titleOf(ollama, started), () => {
  it('calls a tool: the call is the answer, and is judged as one', async () => {
    await createModel(server, 'calling', callingOf('look_up'));
    using here = asked(jsonl(whereIs(7)), { spec: 'ollama:calling' }, { maxTokens: 36 });
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 0 });
    const [attempt] = here.attempts('open');
    expect(attempt).toMatchObject({ outcome: 'answered', finish: 'stop', tool_calls: [{ name: 'look_up' }] });
    expect(JSON.parse(attempt?.tool_calls?.[0]?.arguments ?? '')).toEqual({ order: 7 });
    expect(attempt?.checks).toContainEqual({ check: 'toolCall', pass: true });
    await here.gapcheck('report', here.run(), '--unblind');
    expect(here.read('report.md')).toMatch(/look_up|tool call/i);
  });

  it.each([
    ['is cut by the cap', 'look_up', 9, 'length'],
    ['names no tool of the prompt', 'find_parcel', 36, undefined],
  ])('says what the server kept to itself of a call that %s', async (_, name, maxTokens, finish) => {
    await createModel(server, 'keeping', callingOf(name));
    using here = asked(jsonl(whereIs(7)), { spec: 'ollama:keeping' }, { maxTokens });
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 0 });
    const [attempt] = here.attempts('open');
    expect(attempt).toMatchObject({ outcome: 'answered', cause: 'tool-call-unreadable', fault: 'model', text: '' });
    if (finish) expect(attempt).toMatchObject({ finish });
    const out = attempt?.usage?.out ?? 0;
    expect(out).toBeGreaterThan(8);
    expect(err).toContain(
      `The server could not read the tool call in 1 of 1 answer of open; ${out} tokens were written and not handed over.`,
    );
    expect(JSON.stringify(attempt?.checks)).not.toMatch(/answer is empty|reasoning may have/);
  });

  it('gives the text of a call where the prompt has no tools', async () => {
    await createModel(server, 'calling', callingOf('look_up'));
    const { tools: _, ...plain } = whereIs(7);
    using here = asked(jsonl(plain), { spec: 'ollama:calling' }, { maxTokens: 20 });
    expect(await run(here)).toMatchObject({ code: 0 });
    expect(here.attempts('open')[0]?.text).toContain('<tool_call>{"name": "look_up"');
  });

  it('is read whole where something between does not stream: no time to the first token then', async () => {
    await using between = await startUnstreamed(server.url);
    using here = place({ OLLAMA_HOST: between.url.replace('http://', '') });
    here.write('prompts.csv', questions(2));
    here.write('gapcheck.config.yaml', { closed: 'logged', open: 'ollama:smol', maxTokens: 12, retries: 0 });
    const { code, err } = await run(here, 'prompts.csv');
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(between.types.filter((type) => type.startsWith('application/json'))).toHaveLength(3);
    for (const { outcome, text, usage, ms } of here.attempts('open')) {
      expect({ outcome, usage }).toMatchObject({ outcome: 'answered', usage: { out: expect.any(Number) } });
      expect(text).not.toBe('');
      expect(ms?.tokensPerSecond).toBeGreaterThan(0);
      expect(ms).not.toHaveProperty('ttft');
    }
  });

  it('leaves the time of loading a model again out of what an answer took', async () => {
    using here = asked(questions(6));
    const going = startCli(['run', '--no-score', '--yes'], { cwd: here.path, env: host });
    while (!/open [1-4] of 6/.test(going.said()) && going.child.exitCode === null) await sleep(20);
    // Unloaded when the answer of now is there: the next call loads the model once more.
    await fetch(`${server.url}/api/generate`, {
      method: 'POST',
      body: JSON.stringify({ model: 'smol', keep_alive: 0 }),
    });
    const { code, err } = await going.done;
    expect({ code, err }).toMatchObject({ code: 0 });
    const attempts = here.attempts('open');
    const loads = attempts.map(({ ms }) => ms?.load ?? 0).sort((a, b) => a - b);
    const [median = 0, most = 0] = [loads[2], loads.at(-1)];
    expect(most).toBeGreaterThan(2 * median);
    // The server's own clock, of whole calls: loading and answering together.
    const { load = 0, total = 0, ttft = 0 } = attempts.find(({ ms }) => ms?.load === most)?.ms ?? {};
    const calls = callTimes(server.said());
    expect(Math.min(...calls.map((time) => Math.abs(time - load - total)))).toBeLessThan(100);
    expect(ttft).toBeLessThanOrEqual(total);
  });

  it.skipIf(!existsSync(unstamped))('is not told to be old by a version of 0.0.0', async () => {
    await using nameless = await startOllama(undefined, {}, unstamped);
    expect(await fetch(`${nameless.url}/api/version`).then((reply) => reply.json())).toEqual({ version: '0.0.0' });
    using here = place({ OLLAMA_HOST: `127.0.0.1:${nameless.port}` });
    here.write('prompts.csv', questions(2));
    here.write('gapcheck.config.yaml', { closed: 'logged', open: 'ollama:smol', maxTokens: 12, retries: 0 });
    const doctor = await here.gapcheck('doctor');
    const { code, out, err } = await run(here, 'prompts.csv');
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(doctor.out).toContain('smol:latest');
    for (const said of [doctor.out, out, err]) expect(said).not.toMatch(/update|too old|older than/i);
    expect(readFileSync(`${here.run()}/run.json`, 'utf8')).not.toMatch(/update Ollama/);
  });
});

/** A gateway that asks for replies that are not streamed, whatever it is asked for; `types` of what came back. */
async function startUnstreamed(target: string): Promise<AsyncDisposable & { url: string; types: string[] }> {
  const types: string[] = [];
  const gateway = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces).toString();
    const reply = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      ...(body !== '' && { body: JSON.stringify({ ...JSON.parse(body), stream: false }) }),
    });
    const type = reply.headers.get('content-type') ?? '';
    if (request.url === '/api/chat') types.push(type);
    response.writeHead(reply.status, { 'content-type': type }).end(await reply.text());
  });
  await new Promise<void>((ready) => gateway.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`,
    types,
    [Symbol.asyncDispose]: async () => {
      gateway.closeAllConnections();
      await new Promise((closed) => gateway.close(closed));
    },
  };
}
