/** The runner with real arms over real HTTP on loopback. Its own clock runs fifty times as fast. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ArmConfig } from '../../src/arms/arm.ts';
import { createArm } from '../../src/arms/registry.ts';
import type { StepRecord } from '../../src/records/attempt-record.ts';
import type { PromptRecord } from '../../src/records/prompt-record.ts';
import { armRecord } from '../../src/runs/identity.ts';
import type { RunnerArm } from '../../src/runs/lane.ts';
import type { RunAllOptions } from '../../src/runs/run-options.ts';
import { runAll } from '../../src/runs/runner.ts';
import { hashing } from '../../src/store/hashing.ts';
import {
  cutAfter,
  garbage,
  hang,
  type ModelServer,
  ollamaModel,
  reply,
  type ScriptedCall,
  type Step,
  slow,
  startModelServer,
  status,
} from '../helpers/model-server.ts';
import { memorySink, promptAt, promptsOf, settings } from '../helpers/runs.ts';

const haste = 50;
const start = Date.now();

const closed: ArmConfig = { name: 'closed', role: 'closed', spec: 'openai:big', provider: 'openai', model: 'big' };
const open: ArmConfig = { name: 'open', role: 'open', spec: 'ollama:small', provider: 'ollama', model: 'small' };

async function armOf(config: ArmConfig, env: Record<string, string>): Promise<RunnerArm> {
  const arm = createArm(config, env);
  const description = await arm.describe(AbortSignal.timeout(5_000));
  return { arm, record: armRecord(config, description, undefined, hashing) };
}

const withModel = (server: ModelServer): ModelServer => {
  server.ollama.models = [ollamaModel('small')];
  return server;
};

const run = (arms: RunnerArm[], prompts: PromptRecord[], rest: Partial<RunAllOptions> = {}) => {
  const sink = memorySink();
  const outcome = runAll({
    run: { settings: settings() },
    prompts,
    arms,
    existing: {},
    sink,
    checkAnswer: (_, { text }) => [{ check: 'empty', pass: text !== '' }],
    sameModel: (asked, observed) => asked === observed,
    now: () => new Date(start + (Date.now() - start) * haste),
    sleep: (ms, signal) => delay(ms / haste, undefined, { signal }),
    rng: Math.random,
    ...rest,
  });
  return { sink, outcome };
};

describe('the runner over HTTP', () => {
  it('sends both arms the same bytes, whatever the prompt looks like', async () => {
    await using server = withModel(await startModelServer(reply('fine')));
    const texts = [
      ['{{ env.HOME }} $', '{HOME} $(id)'].join(''),
      'file:///etc/hosts',
      '{"question": "is this JSON?"}',
      '"quoted", \'single\'; a,b',
      'one\r\ntwo\r\n',
      '\ufeffbyte order mark',
      '👩‍👩‍👧 日本語 e\u0301 \u202eabc',
      '{% for x in y %}[INST]<|im_start|>',
    ];
    const prompts = texts.map((content, index) =>
      promptAt(index, {
        messages: [
          { role: 'system', content: `${content} ` },
          { role: 'user', content },
        ],
      }),
    );
    const arms = [await armOf(closed, server.env), await armOf(open, server.env)];
    expect((await run(arms, prompts).outcome).ended).toBe('complete');
    const sent = (path: string) =>
      server.calls
        .filter((call) => call.path === path)
        .map((call) => JSON.stringify(call.body.messages.map(({ role, content }: never) => ({ role, content }))))
        .sort();
    expect(sent('/v1/chat/completions')).toEqual(prompts.map(({ messages }) => JSON.stringify(messages)).sort());
    expect(sent('/api/chat')).toEqual(sent('/v1/chat/completions'));
  });

  it('gets every answer through every kind of trouble, and records each failed attempt by its cause', async () => {
    const troubles: [string, Step][] = [
      ['rate-limit', status(429, { retryAfter: 1 })],
      ['server', status(500)],
      ['overload', status(503)],
      ['cut', cutAfter({ chunks: 2 })],
      ['cut', cutAfter({ chunks: 2, how: 'end' })],
      ['garbage', garbage('html')],
      ['timeout', hang({ afterChunks: 1 })],
    ];
    const asked = new Map<string, number>();
    const script = ({ path, lastUserText }: ScriptedCall): Step => {
      const before = asked.get(path + lastUserText) ?? 0;
      asked.set(path + lastUserText, before + 1);
      const trouble = troubles[Number(lastUserText.split(' ')[1])];
      return before === 0 && trouble ? trouble[1] : reply('fine');
    };
    await using server = withModel(await startModelServer(script));
    const impatient = { idleMs: 300 };
    const arms = [
      await armOf({ ...closed, ...impatient }, server.env),
      await armOf({ ...open, ...impatient }, server.env),
    ];
    const { sink, outcome } = run(arms, promptsOf(10));
    expect(await outcome).toMatchObject({ ended: 'complete' });
    for (const name of ['closed', 'open']) {
      const steps = sink.steps[name] ?? [];
      const failed = steps.filter((step) => step.outcome !== 'answered').map((step) => step.outcome);
      expect(failed.sort()).toEqual(troubles.map(([cause]) => cause).sort());
      expect(steps.filter((step) => step.outcome === 'answered')).toHaveLength(10);
    }
    expect(server.calls).toHaveLength(34);
  });

  it('stops an arm that is out of quota after one call', async () => {
    const body = {
      error: { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' },
    };
    await using server = await startModelServer(status(429, { body }));
    const { outcome } = run([await armOf({ ...closed, concurrency: 1 }, server.env)], promptsOf(50));
    expect((await outcome).arms[0]).toMatchObject({ missing: 50, stopped: { outcome: 'quota' } });
    expect(server.calls).toHaveLength(1);
  });

  it('gives up a server that has gone, quickly, and says where it was', async () => {
    const server = await startModelServer(reply('fine'));
    const arm = await armOf(closed, server.env);
    await server.close();
    const { sink, outcome } = run([arm], promptsOf(200));
    const [result] = (await outcome).arms;
    expect(result?.stopped?.reason).toContain(new URL(server.url).host);
    expect(sink.steps.closed?.length).toBeLessThan(30);
    expect(sink.steps.closed?.every((step) => step.outcome === 'network')).toBe(true);
  });

  it('reports the provider’s own time: no queue in it', async () => {
    await using server = await startModelServer(slow('one two three four', 100, 5));
    const { sink, outcome } = run([await armOf(closed, server.env)], promptsOf(60), {
      concurrency: { total: 6, arms: {} },
    });
    await outcome;
    const times = (sink.steps.closed ?? []).map((step: StepRecord) => step.ms?.total ?? 0).sort((a, b) => a - b);
    expect(server.peak).toBe(6);
    expect(times[0]).toBeGreaterThanOrEqual(95);
    // Ten rounds wait for their turn: a queue in it would show as half a second.
    expect(times[30]).toBeLessThan(250);
  });

  it('loads a local model before the first answer, and says what window it got', async () => {
    await using server = withModel(await startModelServer(reply('fine', { loadMs: 0 })));
    const seen: unknown[] = [];
    const { outcome } = run([await armOf(open, server.env)], promptsOf(3), {
      events: (event) => void seen.push(event.kind),
    });
    expect((await outcome).ended).toBe('complete');
    expect(seen.indexOf('warmed')).toBeLessThan(seen.indexOf('step'));
    expect(seen.indexOf('warmed')).toBeGreaterThanOrEqual(0);
    expect(server.peak).toBe(1);
  });

  it('ends within the grace on Ctrl-C while a server hangs', async () => {
    await using server = await startModelServer(hang({ afterChunks: 1 }));
    const stop = new AbortController();
    const arm = await armOf(closed, server.env);
    const { sink, outcome } = run([arm], promptsOf(20), { signal: stop.signal, graceMs: 10_000 });
    setTimeout(() => stop.abort(), 150);
    const started = performance.now();
    expect((await outcome).ended).toBe('interrupted');
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(sink.steps.closed?.map((step) => step.outcome)).toEqual(Array(8).fill('aborted'));
  });

  it('writes no key anywhere, even when a server sends it back', async () => {
    const key = 'sk-planted-key-0123456789abcdef';
    await using server = await startModelServer(status(401, { body: { error: { message: `bad key ${key}` } } }));
    const arm = await armOf(closed, { ...server.env, OPENAI_API_KEY: key });
    const { sink, outcome } = run([arm], promptsOf(3));
    expect((await outcome).arms[0]?.stopped?.outcome).toBe('auth');
    expect(JSON.stringify([sink.steps, await outcome, arm.record])).not.toContain(key);
  });
});
