/** Ollama with a real quantized model on this machine's processor. Answers are kept short: a slow machine has two cores. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { bin, startCli } from '../helpers/cli.ts';
import { begin, hasTmux, openTerminal } from '../helpers/terminal.ts';
import { type Place, place, questions } from './place.ts';
import { createModel, ollama, startOllama, startWithSmol, thinkingTemplate } from './servers/ollama.ts';
import { type Running, titleOf } from './servers/real-server.ts';

const started = await startWithSmol();
const server = started.running as Running;
afterAll(() => started.running?.stop());

/** Prompts with production's answers, and the model as the open arm, answering at most 16 tokens. */
function asked(prompts: string, more: Record<string, unknown> = {}, name = 'prompts.csv'): Place {
  const here = place({ OLLAMA_HOST: `127.0.0.1:${server.port}` });
  here.write(name, prompts);
  here.write('gapcheck.config.yaml', {
    prompts: name,
    closed: 'logged',
    open: [{ spec: 'ollama:smol', name: 'open', ...more }],
    maxTokens: 16,
  });
  return here;
}

const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const jsonl = (...records: object[]): string => `${records.map((record) => JSON.stringify(record)).join('\n')}\n`;
const run = (here: Place, ...more: string[]) => here.gapcheck('run', '--no-score', '--yes', '--test-call', ...more);
const causes = (here: Place): string[] =>
  here.attempts('open').map(({ outcome, cause }) => (cause === undefined ? outcome : `${outcome} ${cause}`));

describe.skipIf(started.why !== undefined)(titleOf(ollama, started), () => {
  it('is found by doctor, with version, size, quantization and window', async () => {
    using here = place({ OLLAMA_HOST: `127.0.0.1:${server.port}` });
    const doctor = await here.gapcheck('doctor');
    expect(doctor.out).toMatch(
      /version 0\.24\.0[\s\S]*smol:latest: 134\.52M Q4_1, 0\.1 GB, up to 8,192 tokens of context/,
    );
  });

  it('answers a run; record and report name quantization, parameters, digest and window', async () => {
    using here = asked(questions(4), { numCtx: 2048 });
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 0 });
    for (const { text, usage } of here.attempts('open')) {
      expect(text).not.toBe('');
      expect(usage?.out).toBeLessThanOrEqual(16);
    }
    const { out } = await here.gapcheck('report', here.run(), '--unblind');
    expect(out).toContain('Q4_1');
    const report = readFileSync(`${here.run()}/report.md`, 'utf8');
    expect(report).toMatch(/134\.52M/);
    expect(report).toMatch(/2,048/);
    expect(report).toMatch(/digest [0-9a-f]{64}/);
    expect(report).not.toMatch(/\/blobs\/|\.gguf/);
  });

  it('takes the name in other letters, and every form of OLLAMA_HOST', async () => {
    for (const host of [`http://127.0.0.1:${server.port}`, `127.0.0.1:${server.port}/`, `localhost:${server.port}`]) {
      using here = place({ OLLAMA_HOST: host });
      expect((await here.gapcheck('doctor')).out).toContain('smol:latest');
    }
    using here = asked(questions(2), { spec: 'ollama:SMOL' });
    expect(await run(here)).toMatchObject({ code: 0 });
  });

  it('leaves a prompt that does not fit the window out, with its reason', async () => {
    const long = `Summarise: ${'the order of the customer came late again and nobody called. '.repeat(120)}`;
    using here = asked(`prompt,answer\n"${long}",It was late.\nWhat is two and two?,Four.\n`, { numCtx: 512 });
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 3 });
    expect(causes(here).filter((cause) => cause.startsWith('too-long'))).toHaveLength(1);
    expect(err).toMatch(/too long|window/);
  });

  it('asks for no tools that the model cannot call', async () => {
    const tool = { type: 'function', function: { name: 'look_up', parameters: { type: 'object', properties: {} } } };
    const messages = [{ role: 'user', content: 'Where is order 7?' }];
    using here = asked(
      jsonl(
        { messages, tools: [tool], answer: 'On its way.' },
        { messages: [{ role: 'user', content: 'Hello?' }], answer: 'Hello!' },
      ),
      {},
      'log.jsonl',
    );
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 3 });
    expect(err).toMatch(/tools/);
    expect(causes(here).filter((cause) => cause === 'answered' || cause.startsWith('answered')).length).toBeGreaterThan(
      0,
    );
  });

  it('thinks where its template lets it, and spends its cap on it', async () => {
    await createModel(server, 'thinking', [`TEMPLATE """${thinkingTemplate}"""`]);
    using here = asked('prompt,answer\nTell me a long story about the sea.,Once there was a sea.\n', {
      spec: 'ollama:thinking',
      think: true,
    });
    expect(await run(here)).toMatchObject({ code: 0 });
    expect(causes(here)[0]).toBe('answered cap-spent');
  });

  it('sends no image to a model that cannot see', async () => {
    const image = { type: 'image_url', image_url: { url: `data:image/png;base64,${onePixel}` } };
    const messages = [{ role: 'user', content: [{ type: 'text', text: 'What is this?' }, image] }];
    using here = asked(
      jsonl({ messages, answer: 'A dot.' }, { messages: [{ role: 'user', content: 'Hello?' }], answer: 'Hello!' }),
      {},
      'log.jsonl',
    );
    const { code, err } = await run(here, '--include-flagged');
    expect({ code, err }).toMatchObject({ code: 3 });
    expect(causes(here).filter((cause) => cause === 'bad-request feature')).toHaveLength(1);
    expect(err).toMatch(/does not support images/);
  });

  it('finds a prompt that /v1 cut in silence', async () => {
    await using small = await startOllama(undefined, { OLLAMA_CONTEXT_LENGTH: '256' });
    const long = `Summarise: ${'the order of the customer came late again and nobody called. '.repeat(120)}`;
    using here = place({ OPENAI_API_KEY: 'none' });
    here.write('prompts.csv', `prompt,answer\n"${long}",It was late.\nWhat is two and two?,Four.\n`);
    here.write('gapcheck.config.yaml', {
      closed: 'logged',
      open: [{ spec: 'openai:smol', name: 'open', baseURL: `${small.url}/v1` }],
      maxTokens: 16,
    });
    const { code, err } = await here.gapcheck('run', 'prompts.csv', '--no-score', '--yes');
    expect({ code, err }).toMatchObject({ code: 3 });
    expect(causes(here).filter((cause) => cause.startsWith('too-long'))).toHaveLength(1);
  });

  it('says that /v1 is missing from a base URL', async () => {
    using here = place({ OPENAI_API_KEY: 'none' });
    here.write('prompts.csv', questions(1));
    here.write('gapcheck.config.yaml', {
      closed: 'logged',
      open: [{ spec: 'openai:smol', name: 'open', baseURL: server.url }],
    });
    const { code, err } = await here.gapcheck('run', 'prompts.csv', '--no-score', '--yes', '--test-call');
    expect({ code, err }).toMatchObject({ code: 2 });
    expect(err).toMatch(/\/v1/);
    expect(existsSync(here.at('results'))).toBe(false);
    expect((await here.gapcheck('doctor')).out).toMatch(/open +✗[\s\S]*\/v1/);
  });

  it('goes on with a run after Ctrl-C, and asks nothing twice', async () => {
    using here = asked(questions(4));
    const first = startCli(['run', '--no-score', '--yes'], {
      cwd: here.path,
      env: { OLLAMA_HOST: `127.0.0.1:${server.port}` },
    });
    while (!/open [1-3] of 4/.test(first.said()) && first.child.exitCode === null) await sleep(50);
    first.child.kill('SIGINT');
    expect(await first.done).toMatchObject({ code: 130 });
    const { code, err } = await here.gapcheck('run', '--resume', here.run(), '--no-score', '--yes');
    expect({ code, err }).toMatchObject({ code: 0 });
    const whole = here.attempts('open').filter(({ outcome, attempt }) => outcome === 'answered' && attempt === 1);
    expect(whole.map(({ prompt }) => prompt).sort()).toEqual([...new Set(whole.map(({ prompt }) => prompt))].sort());
    expect(new Set(here.attempts('open').map(({ prompt }) => prompt)).size).toBe(4);
  });

  it('is recognised behind /v1', async () => {
    using here = place({ OPENAI_API_KEY: 'none' });
    here.write('prompts.csv', questions(2));
    here.write('gapcheck.config.yaml', {
      closed: 'logged',
      open: [{ spec: 'openai:smol', name: 'open', baseURL: `${server.url}/v1` }],
      maxTokens: 16,
    });
    const { code, out, err } = await here.gapcheck('run', 'prompts.csv', '--no-score', '--yes', '--test-call');
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(out + err).toMatch(/this is Ollama|ollama:smol/);
  });

  it('tells a model that was made again under its name', async () => {
    using here = asked(questions(2), { spec: 'ollama:changing' });
    await createModel(server, 'changing');
    expect(await run(here, '--lock', here.at('gapcheck.lock.json'))).toMatchObject({ code: 0 });
    expect(await here.gapcheck('outdated')).toMatchObject({ code: 0 });
    await createModel(server, 'changing', ['PARAMETER temperature 0.9', 'SYSTEM You are brief.']);
    const { code, out } = await here.gapcheck('outdated');
    expect({ code, out }).toMatchObject({ code: 1 });
    expect(out).toMatch(/changed/);
  });

  it('goes on with a run after a kill, and asks nothing twice', async () => {
    using here = asked(questions(6));
    const args = ['run', '--no-score', '--yes'];
    const first = startCli(args, { cwd: here.path, env: { OLLAMA_HOST: `127.0.0.1:${server.port}` } });
    while (!/open [1-5](?:\/| of )6/.test(first.said()) && first.child.exitCode === null) await sleep(50);
    first.child.kill('SIGKILL');
    await first.done;
    const before = here.attempts('open').length;
    const { code, err } = await here.gapcheck('run', '--resume', here.run(), '--no-score', '--yes');
    expect({ code, err }).toMatchObject({ code: 0 });
    const after = here.attempts('open');
    expect(new Set(after.map(({ prompt }) => prompt)).size).toBe(6);
    // One at a time: only the prompt that was in flight may be asked once more.
    const done = new Set(after.slice(0, before).map(({ prompt }) => prompt));
    done.delete(after[before - 1]?.prompt ?? '');
    expect(after.slice(before).filter(({ prompt }) => done.has(prompt))).toEqual([]);
  });

  it('loses nothing when the server is ended and started within a run', async () => {
    await using second = await startOllama();
    using here = asked(questions(6));
    const env = { OLLAMA_HOST: `127.0.0.1:${second.port}` };
    const going = startCli(['run', '--no-score', '--yes'], { cwd: here.path, env });
    while (!/open [1-5](?:\/| of )6/.test(going.said()) && going.child.exitCode === null) await sleep(50);
    await second.stop('SIGKILL');
    await using _third = await startOllama(second.port);
    const { code, err } = await going.done;
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(
      new Set(
        here
          .attempts('open')
          .filter(({ outcome }) => outcome === 'answered')
          .map(({ prompt }) => prompt),
      ).size,
    ).toBe(6);
  });

  it.skipIf(!hasTmux)('is voted on blind in a terminal; the report says what it was and how fast', async () => {
    using here = asked(questions(3), { numCtx: 40_960 });
    await run(here);
    writeFileSync(here.at('.env'), '');
    await using terminal = openTerminal(`node ${bin} score --rater maria`, { cwd: here.path, cols: 110, rows: 30 });
    await begin(terminal);
    for (const n of [1, 2, 3]) {
      await terminal.see(new RegExp(`ballot ${n}\\b`));
      await sleep(2_100);
      terminal.press('d');
    }
    await terminal.see(/That was the last ballot/);
    terminal.press('Enter');
    await terminal.see(/Your 3 votes are final|could you tell the models apart/);
    expect(terminal.everything().toLowerCase()).not.toMatch(/smol|ollama/);
    if (/could you tell/.test(terminal.everything())) terminal.press('n');
    await terminal.see(/Thank you, maria/);
    expect(await here.gapcheck('report')).toMatchObject({ code: 0 });
    const report = here.read('report.md');
    expect(report).toMatch(/smol ran at Q4_1 \(4-bit\), 134\.52M parameters, 8,192 tokens of context/);
    expect(report).toMatch(/smol wrote [\d.]+ tokens per second and read prompts at [\d.,]+, on the (?:processor|GPU)/);
    expect(report).toMatch(/digest [0-9a-f]{64}, weights [0-9a-f]{64}/);
    expect(report).toContain('window: asked 40,960 tokens, served 8,192');
  });
});
