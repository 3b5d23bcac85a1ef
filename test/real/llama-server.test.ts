/** llama.cpp's own server: what it says about itself, what it cannot do, its key, and the time that it needs to load. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { startCli } from '../helpers/cli.ts';
import { type Place, place, questions } from './place.ts';
import { cache } from './servers/cache.ts';
import { launchLlamaServer, llamaServer, startLlamaServer } from './servers/llama-server.ts';
import { freePort, type Started, titleOf, tryStart } from './servers/real-server.ts';

const key = 'sk-of-this-llama';
const started: Started = await tryStart(llamaServer, () => startLlamaServer(['--api-key', key]));
afterAll(() => started.running?.stop());
const url = started.running?.url;

function asked(prompts: string, arm: Record<string, unknown> = {}, name = 'prompts.csv'): Place {
  const here = place({ LLAMA_KEY: key });
  here.write(name, prompts);
  here.write('gapcheck.config.yaml', {
    prompts: name,
    closed: 'logged',
    open: [{ spec: 'llamacpp:smol', name: 'open', baseURL: `${url}/v1`, apiKeyEnv: 'LLAMA_KEY', ...arm }],
    maxTokens: 16,
  });
  return here;
}

const jsonl = (...records: object[]): string => `${records.map((record) => JSON.stringify(record)).join('\n')}\n`;
const run = (here: Place, ...more: string[]) => here.gapcheck('run', '--no-score', '--yes', '--test-call', ...more);
const hello = { messages: [{ role: 'user', content: 'Hello?' }], answer: 'Hello!' };

/** Every file below a folder, as one text. */
const allIn = (folder: string): string =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');

describe.skipIf(started.why !== undefined)(titleOf(llamaServer, started), () => {
  it('is named in the report with quantization, parameters, window and tokens per second', async () => {
    using here = asked(questions(4));
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(here.attempts('open').every(({ ms }) => (ms?.tokensPerSecond ?? 0) > 1)).toBe(true);
    await here.gapcheck('report', here.run(), '--unblind');
    const report = here.read('report.md');
    expect(report).toMatch(/134\.5M/);
    expect(report).toMatch(/Q4_1/);
    expect(report).toMatch(/\b512\b/);
    expect(here.read('run.json')).toMatch(/"serverVersion": ?"b\d+-[0-9a-f]{7}"/);
    expect(report).toMatch(/\d+ tokens\/s|tokens per second/);
  });

  it('leaves no path of the disk of the server in what is shared', async () => {
    using here = asked(questions(2));
    await run(here);
    await here.gapcheck('report', here.run(), '--unblind');
    const shared = `${allIn(here.run())}${readFileSync(here.at('gapcheck.lock.json'), 'utf8')}`;
    expect(shared).not.toContain(cache);
    expect(shared).not.toContain('/SmolLM2');
  });

  it('is not asked for tools and images that it does not have', async () => {
    const tool = { type: 'function', function: { name: 'look_up', parameters: { type: 'object', properties: {} } } };
    const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const image = { type: 'image_url', image_url: { url: `data:image/png;base64,${dot}` } };
    using here = asked(
      jsonl(
        hello,
        { messages: [{ role: 'user', content: 'Where is order 7?' }], tools: [tool], answer: 'On its way.' },
        { messages: [{ role: 'user', content: [{ type: 'text', text: 'What is this?' }, image] }], answer: 'A dot.' },
      ),
      {},
      'log.jsonl',
    );
    const { code, err } = await run(here, '--include-flagged');
    expect({ code, err }).toMatchObject({ code: 3 });
    const refused = here.attempts('open').filter(({ cause }) => cause === 'feature');
    expect(refused).toHaveLength(2);
    // Known before: no call took any time.
    for (const { ms, fault } of refused) expect({ ms, fault }).toEqual({ ms: undefined, fault: 'model' });
    expect(err).toMatch(/tools/);
    expect(err).toMatch(/image/);
  });

  it('writes JSON where the log asks for it, by a schema', async () => {
    using here = asked(
      jsonl({ ...hello, response_format: { type: 'json_object' }, answer: '{"a":1}' }),
      {},
      'log.jsonl',
    );
    expect(await run(here)).toMatchObject({ code: 0 });
    const [attempt] = here.attempts('open');
    expect(attempt?.adjusted).toContain('response_format: sent as a schema');
    expect(attempt?.text?.trimStart()[0]).toBe('{');
  });

  it('leaves a prompt that does not fit the window out, with its reason', async () => {
    const long = `Summarise: ${'the order of the customer came late again and nobody called. '.repeat(120)}`;
    using here = asked(`prompt,answer\n"${long}",It was late.\nWhat is two and two?,Four.\n`);
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 3 });
    expect(here.attempts('open').filter(({ cause }) => cause === 'context')).toHaveLength(1);
    expect(err).toMatch(/window/);
    expect(err).toMatch(/\b512\b/);
  });

  it('writes no lock file when there is no answer', async () => {
    const long = `Summarise: ${'the order of the customer came late again and nobody called. '.repeat(120)}`;
    using here = asked(`prompt,answer\n"${long}",It was late.\n`);
    expect(await run(here)).toMatchObject({ code: expect.not.stringMatching(/^0$/) });
    expect(existsSync(here.at('gapcheck.lock.json'))).toBe(false);
  });

  it('lists its models to a wrong key: doctor and the test call find out all the same', async () => {
    using here = asked(questions(1), { apiKeyEnv: 'WRONG_KEY' });
    here.write('.env', 'WRONG_KEY=sk-of-somebody-else\n');
    const listed = await fetch(`${url}/v1/models`, { headers: { authorization: 'Bearer sk-of-somebody-else' } });
    expect(listed.status).toBe(200);
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('WRONG_KEY') });
    expect(existsSync(here.at('results'))).toBe(false);
    expect((await here.gapcheck('doctor')).out).toMatch(/open +✗[\s\S]*WRONG_KEY/);
  });

  it('says that /v1 is missing from a base URL where it answers without it, or works', async () => {
    using here = asked(questions(1), { baseURL: url });
    const { code, err } = await run(here);
    if (code !== 0) expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('/v1') });
    const { out } = await here.gapcheck('doctor');
    expect(out).toMatch(code === 0 ? /open +✓/ : /open +✗[\s\S]*\/v1/);
  });

  it('gives up a call on a server that hangs, and asks again when it goes on', async () => {
    const pid = started.running?.process.pid ?? 0;
    using here = asked(questions(4), { idleSeconds: 2, timeoutSeconds: 8 });
    const going = startCli(['run', '--no-score', '--yes'], { cwd: here.path, env: { LLAMA_KEY: key } });
    while (!/open [1-3] of 4/.test(going.said()) && going.child.exitCode === null) await sleep(20);
    process.kill(pid, 'SIGSTOP');
    const hung = () => here.attempts('open').some(({ outcome }) => outcome !== 'answered');
    while (!hung() && going.child.exitCode === null) await sleep(50);
    process.kill(pid, 'SIGCONT');
    const { code, err } = await going.done;
    expect({ code, err }).toMatchObject({ code: 0 });
    const attempts = here.attempts('open');
    const failed = attempts.filter(({ outcome }) => outcome !== 'answered');
    // Behind its first token, or before it.
    expect(failed[0]?.cause).toBeOneOf(['idle', 'total']);
    expect(failed[0]?.outcome).toBe('timeout');
    const answered = attempts.filter(({ outcome }) => outcome === 'answered').map(({ prompt }) => prompt);
    expect(new Set(answered).size).toBe(4);
  });

  it('waits for a server that is still loading its model', async () => {
    const port = await freePort();
    await using slow = launchLlamaServer(['--api-key', key], port);
    const loading = crawl(slow.process.pid ?? 0);
    await slow.until('/health', ({ status }) => status === 503);
    using here = asked(questions(2), { baseURL: `http://127.0.0.1:${port}/v1` });
    const going = startCli(['run', '--no-score', '--yes'], { cwd: here.path, env: { LLAMA_KEY: key } });
    await sleep(3_000);
    loading.stop();
    const { code, err } = await going.done;
    expect({ code, err }).toMatchObject({ code: 0 });
    const attempts = here.attempts('open');
    expect(attempts.some(({ cause }) => cause === 'loading')).toBe(true);
    const answers = attempts.filter(({ outcome }) => outcome === 'answered');
    expect(new Set(answers.map(({ prompt }) => prompt)).size).toBe(2);
  });
});

/** Gives a process a twentieth of its time, so that what takes a blink takes seconds. */
function crawl(pid: number): { stop(): void } {
  let isOver = false;
  const turns = async (): Promise<void> => {
    while (!isOver) {
      process.kill(pid, 'SIGSTOP');
      await sleep(95);
      process.kill(pid, 'SIGCONT');
      await sleep(5);
    }
  };
  void turns();
  return {
    stop: () => {
      isOver = true;
    },
  };
}
