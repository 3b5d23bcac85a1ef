/** Ollama: its other two wires, a call that it refuses to read, an answer without text, and a model too large for the memory. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { startCli } from '../helpers/cli.ts';
import { type Place, place, questions } from './place.ts';
import { callingBadly, createModel, ollama, startOllama, startWithSmol } from './servers/ollama.ts';
import { type Running, titleOf } from './servers/real-server.ts';

const started = await startWithSmol();
const server = started.running as Running;
afterAll(() => started.running?.stop());

const order = { type: 'object', properties: { order: { type: 'integer' } }, required: ['order'] };
const called = {
  messages: [{ role: 'user', content: 'Where is order 7?' }],
  tools: [{ type: 'function', function: { name: 'look_up', description: 'Finds an order.', parameters: order } }],
  answer: 'It is on its way.',
};

function asked(prompts: string, arm: Record<string, unknown>, more: Record<string, unknown> = {}): Place {
  const here = place({ OLLAMA_HOST: `127.0.0.1:${server.port}`, OPENAI_API_KEY: 'none', ANTHROPIC_API_KEY: 'none' });
  const name = prompts.startsWith('{') ? 'log.jsonl' : 'prompts.csv';
  here.write(name, prompts);
  const open = [{ name: 'open', ...arm }];
  here.write('gapcheck.config.yaml', { prompts: name, closed: 'logged', open, maxTokens: 12, retries: 0, ...more });
  return here;
}

/** The processes that hold the models. */
const runners = (): number[] =>
  execFileSync('pgrep', ['-P', String(server.process.pid)], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean)
    .map(Number);

const run = (here: Place, ...more: string[]) => here.gapcheck('run', '--no-score', '--yes', ...more);

describe.skipIf(started.why !== undefined)(titleOf(ollama, started), () => {
  it.each([
    ['Responses API', { spec: 'openai:smol', api: 'responses', baseURL: '/v1' }, 'length'],
    ['Messages API', { spec: 'anthropic:smol', baseURL: '' }, 'max_tokens'],
  ])('answers by the %s that it has, too', async (_, { baseURL, ...arm }, finish) => {
    using here = asked(questions(2), { ...arm, baseURL: `${server.url}${baseURL}` });
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 0 });
    const attempts = here.attempts('open');
    expect(attempts).toHaveLength(2);
    for (const attempt of attempts) {
      expect(attempt).toMatchObject({ outcome: 'answered', text: expect.stringMatching(/\w/), model: 'smol' });
      expect(attempt.usage).toMatchObject({ in: expect.any(Number), out: expect.any(Number) });
      // Which word it ends by is the wire's own.
      if (attempt.cause === 'length') expect(attempt.finish).toBe(finish);
    }
  });

  it('asks again where its Messages API breaks off without an end, because the process behind it is gone', async () => {
    const arm = { spec: 'anthropic:smol', baseURL: server.url, concurrency: 1 };
    using here = asked(questions(5), arm, { maxTokens: 60, retries: 0 });
    const going = startCli(['run', '--no-score', '--yes'], { cwd: here.path, env: { ANTHROPIC_API_KEY: 'none' } });
    while (!/open [1-3] of 5/.test(going.said()) && going.child.exitCode === null) await sleep(20);
    // In the middle of the next answer.
    await sleep(700);
    for (const pid of runners()) process.kill(pid, 'SIGKILL');
    const { code, err } = await going.done;
    expect({ code, err }).toMatchObject({ code: 0 });
    const attempts = here.attempts('open');
    const failed = attempts.filter(({ outcome }) => outcome !== 'answered');
    expect(failed.length).toBeGreaterThan(0);
    for (const { cause } of failed) expect(cause).toBeOneOf(['cut', 'server', 'dropped']);
    const answered = attempts.filter(({ outcome }) => outcome === 'answered').map(({ prompt }) => prompt);
    expect(new Set(answered).size).toBe(5);
    expect(answered).toHaveLength(5);
  });

  it('takes a call that the server refuses to read as what the model said', async () => {
    await createModel(server, 'badly', callingBadly);
    using here = asked(`${JSON.stringify(called)}\n`, { spec: 'ollama:badly' }, { maxTokens: 60 });
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(here.attempts('open')).toMatchObject([
      { outcome: 'answered', cause: 'tool-call-unreadable', fault: 'model', text: expect.stringMatching(/^\{order:/) },
    ]);
    expect(err).toContain('The server could not read the tool call in 1 of 1 answer of open.');
  });

  it('says that an answer without a text is empty', async () => {
    const stop = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
    using here = asked(questions(1), { spec: 'ollama:smol', stop });
    expect(await run(here)).toMatchObject({ code: 0 });
    expect(here.attempts('open')).toMatchObject([{ outcome: 'answered', cause: 'empty', text: '', finish: 'stop' }]);
  });

  it('stops at once where the model does not fit into the memory, with the sentence of the server and a way out', async () => {
    // Memory for so many answers at once has no machine.
    await using greedy = await startOllama(undefined, { OLLAMA_NUM_PARALLEL: '20000' });
    using here = place({ OLLAMA_HOST: `127.0.0.1:${greedy.port}` });
    here.write('prompts.csv', questions(3));
    here.write('gapcheck.config.yaml', { closed: 'logged', open: [{ spec: 'ollama:smol', numCtx: 8192 }] });
    const { code, err } = await run(here, 'prompts.csv');
    expect({ code, err }).toMatchObject({ code: expect.toBeOneOf([2, 3]) });
    expect(err).toMatch(/model requires more system memory \([\d.]+ [GT]iB\)/);
    expect(err).toMatch(/Next: .*(?:smaller|numCtx|memory)/);
    expect(existsSync(here.at('gapcheck.lock.json'))).toBe(false);
  });
});
