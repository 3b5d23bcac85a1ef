/** Ollama: windows, forms of answers, what changes or dies during a run, and the verbs around it. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { startCli } from '../helpers/cli.ts';
import { askingSmol, type Place, place, questions } from './place.ts';
import { createModel, ollama, startWithSmol, thinkingTemplate } from './servers/ollama.ts';
import { type Running, titleOf } from './servers/real-server.ts';

const started = await startWithSmol();
const server = started.running as Running;
afterAll(() => started.running?.stop());
const host = { OLLAMA_HOST: `127.0.0.1:${server?.port}` };

const asked = askingSmol(host);
const run = (here: Place, ...more: string[]) => here.gapcheck('run', '--no-score', '--yes', ...more);

/** A run that is under way with at least one answer of the open arm, and some to come. */
async function underWay(here: Place) {
  const going = startCli(['run', '--no-score', '--yes'], { cwd: here.path, env: host });
  while (!/open [1-9]\d* of/.test(going.said()) && going.child.exitCode === null) await sleep(30);
  return going;
}

/** The processes that hold the models. */
const runners = (): number[] =>
  execFileSync('pgrep', ['-P', String(server.process.pid)], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean)
    .map(Number);

describe.skipIf(started.why !== undefined)(titleOf(ollama, started), () => {
  it('serves the window of the model where a larger one was asked for: both are told', async () => {
    using here = asked(questions(1), { numCtx: 40_960 });
    expect(await run(here)).toMatchObject({ code: 0 });
    await here.gapcheck('report', here.run(), '--unblind');
    expect(here.read('report.md')).toMatch(/40,960/);
    expect(here.read('report.md')).toMatch(/8,192/);
  });

  it('keeps the digest of the name, and that of the weights, which another name shares', async () => {
    await createModel(server, 'twin', ['SYSTEM You are brief.']);
    const found = [];
    for (const spec of ['ollama:smol', 'ollama:twin']) {
      using here = asked(questions(1), { spec });
      expect(await run(here)).toMatchObject({ code: 0 });
      const { arms } = JSON.parse(here.read('run.json')) as {
        arms: { name: string; is?: object; digest?: string; weights?: string }[];
      };
      found.push(arms.find(({ name }) => name === 'open'));
    }
    const [smol, twin] = found.map((arm) => JSON.stringify(arm));
    const of = (text: string | undefined, key: string) => new RegExp(`"${key}":"([0-9a-f]{64})"`).exec(text ?? '')?.[1];
    expect(of(smol, 'weights')).toMatch(/^[0-9a-f]{64}$/);
    expect(of(twin, 'weights')).toBe(of(smol, 'weights'));
    expect(of(twin, 'digest')).not.toBe(of(smol, 'digest'));
  });

  it('answers in the form that the log asks for', async () => {
    const schema = { type: 'object', properties: { answer: { enum: ['yes', 'no'] } }, required: ['answer'] };
    const format = { type: 'json_schema', json_schema: { name: 'reply', schema } };
    const record = { messages: [{ role: 'user', content: 'Is water wet?' }], response_format: format };
    using here = asked(`${JSON.stringify({ ...record, answer: '{"answer":"yes"}' })}\n`, {}, { maxTokens: 40 });
    expect(await run(here)).toMatchObject({ code: 0 });
    expect(JSON.parse(here.attempts('open')[0]?.text ?? '')).toEqual({ answer: expect.stringMatching(/^(?:yes|no)$/) });
  });

  it('says when the window was full while it answered, and not the cap', async () => {
    const prompt = `Tell me the long story of ${'the sea and the ship and the storm and '.repeat(8)}the end.`;
    using here = asked(`prompt,answer\n${prompt},Once.\n`, { numCtx: 160 }, { maxTokens: 100 });
    await run(here);
    const [attempt] = here.attempts('open');
    expect(attempt).toMatchObject({ cause: 'length' });
    expect((attempt?.usage?.in ?? 0) + (attempt?.usage?.out ?? 0)).toBeGreaterThanOrEqual(160);
    expect(attempt?.adjusted?.join()).toContain('the window of 160 tokens was full');
  });

  it('does not think where it is told not to, and answers', async () => {
    await createModel(server, 'thinking', [`TEMPLATE """${thinkingTemplate}"""`]);
    using here = asked(questions(1), { spec: 'ollama:thinking', think: false });
    expect(await run(here)).toMatchObject({ code: 0 });
    expect(here.attempts('open')).toMatchObject([{ outcome: 'answered' }]);
  });

  it('takes no answer of a model that was made again during the run', async () => {
    await createModel(server, 'moving');
    using here = asked(questions(12), { spec: 'ollama:moving' });
    const going = await underWay(here);
    await createModel(server, 'moving', ['PARAMETER temperature 0.9', 'SYSTEM You are brief.']);
    const { code, err } = await going.done;
    expect({ code, err }).toMatchObject({ code: 3 });
    expect(err).toMatch(/changed during the run/);
    const causes = here.attempts('open').map(({ cause }) => cause ?? 'whole');
    expect(causes).toContain('substituted');
    expect(causes.slice(causes.indexOf('substituted')).every((cause) => cause === 'substituted')).toBe(true);
  });

  it('loses nothing when the process that holds the model is killed', async () => {
    using here = asked(questions(8), {}, { maxTokens: 40 });
    const going = await underWay(here);
    for (const pid of runners()) process.kill(pid, 'SIGKILL');
    const { code, err } = await going.done;
    expect({ code, err }).toMatchObject({ code: 0 });
    const attempts = here.attempts('open');
    const answers = attempts.filter(({ outcome }) => outcome === 'answered').map(({ prompt }) => prompt);
    expect(answers.length).toBe(8);
    expect(new Set(answers).size).toBe(8);
    const failed = attempts.filter(({ outcome }) => outcome !== 'answered');
    for (const { cause } of failed) expect(['server', 'cut', 'dropped']).toContain(cause);
  });

  it.each([
    ['https://127.0.0.1:PORT', /write http:/],
    ['http://127.0.0.1:PORT/v1', /leave \/v1 off/],
    ['http://127.0.0.1:PORT/api', /leave \/api off/],
    ['http://127.0.0.1', /port 80/],
  ])('has a sentence of its own for the address %s', async (address, sentence) => {
    using here = place({ OLLAMA_HOST: address.replace('PORT', String(server.port)) });
    const { out, err } = await here.gapcheck('doctor');
    expect(out + err).toMatch(sentence);
  });

  it('is what init proposes where no key is set', async () => {
    using here = place(host);
    here.write('prompts.csv', questions(4));
    expect(await here.gapcheck('init', '--yes')).toMatchObject({ code: 0 });
    expect(readFileSync(here.at('gapcheck.config.yaml'), 'utf8')).toMatch(/ollama:\w+/);
  });

  it('is asked again by ci when it was made again, and not before', async () => {
    await createModel(server, 'locked');
    using here = asked(questions(2), { spec: 'ollama:locked' });
    expect(await run(here)).toMatchObject({ code: 0 });
    expect(existsSync(here.at('gapcheck.lock.json'))).toBe(true);
    expect(await here.gapcheck('ci', '--if-changed', '-o', 'out')).toMatchObject({ code: 0 });
    await createModel(server, 'locked', ['SYSTEM Answer in one word.']);
    const { code, out, err } = await here.gapcheck('ci', '--if-changed', '-o', 'out');
    // Nobody voted on the locked run, so there is nothing to decide.
    expect({ code, out }).toMatchObject({ code: 4, out: expect.stringContaining('cannot decide yet') });
    expect(err).toMatch(/open 2 of 2/);
  });
});
