/** A storm of transport faults, on real HTTP and through the real clients: every prompt comes through. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createArm } from '../../src/arms/registry.ts';
import { runAll } from '../../src/runs/runner.ts';
import { cutAfter, garbage, reply, type Step, startModelServer, status } from '../helpers/model-server.ts';
import { memorySink, promptsOf, recordOf, settings } from '../helpers/runs.ts';

const haste = 200;
const prompts = promptsOf(60);
const mostFaults = 2;

const faults: Step[] = [
  status(429, { retryAfter: 0, body: { error: { message: 'Rate limit reached.', code: 'rate_limit_exceeded' } } }),
  status(500, { body: { error: { message: 'The server had an error.' } } }),
  status(502, { body: '<html><h1>502 Bad Gateway</h1></html>' }),
  status(503, { body: { error: { message: 'server busy, please try again' } } }),
  status(503, { body: { error: { message: 'Loading model', code: 503 } } }),
  status(529, { body: { error: { type: 'overloaded_error', message: 'Overloaded' } } }),
  status(524, { body: 'A timeout occurred' }),
  cutAfter({ chunks: 1 }),
  cutAfter({ bytes: 60 }),
  cutAfter({ chunks: 1, how: 'end' }),
  garbage('error-in-stream'),
  garbage('bad-json'),
  garbage('html'),
];
/** Patience for time-outs ends with the second of a trial. */
const timeOut = status(504, { body: { error: { message: 'upstream request timed out' } } });

/** Numbers in [0, 1) that are the same each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

it.each([1, 2, 3])(
  'loses no prompt of three arms (seed %i)',
  async (seed) => {
    const random = seeded(seed);
    const met = new Map<string, number>();
    await using server = await startModelServer(({ protocol, lastUserText }) => {
      const key = `${protocol} ${lastUserText}`;
      const before = met.get(key) ?? 0;
      if (before >= mostFaults || random() < 0.3) return reply('good answer');
      met.set(key, before + 1);
      if (before === 0 && random() < 0.1) return timeOut;
      return faults[Math.floor(random() * faults.length)] ?? reply('good answer');
    });
    const arms = (['openai', 'anthropic', 'ollama'] as const).map((provider) => {
      const model = provider === 'ollama' ? 'qwen3:8b' : 'm';
      const config = { name: provider, role: 'open' as const, spec: `${provider}:${model}`, provider, model };
      return { arm: createArm(config, { ...server.env }), record: recordOf(provider, { provider, model }) };
    });
    const start = Date.now();
    const sink = memorySink();
    const outcome = await runAll({
      run: { settings: settings({ retries: 0 }) },
      prompts,
      arms: arms.map(({ arm: { warmUp: _, ...arm }, record }) => ({ arm, record })),
      existing: {},
      sink,
      checkAnswer: (_, { text }) => [{ check: 'good', pass: text === 'good answer' }],
      sameModel: () => true,
      concurrency: { total: 24, arms: { openai: 8, anthropic: 8, ollama: 8 } },
      now: () => new Date(start + (Date.now() - start) * haste),
      sleep: (ms, signal) => delay(ms / haste, undefined, { signal }),
      rng: random,
    });
    expect(outcome.arms).toEqual(
      ['openai', 'anthropic', 'ollama'].map((arm) => ({
        arm,
        total: prompts.length,
        usable: prompts.length,
        unusable: 0,
        missing: 0,
      })),
    );
    expect(outcome.ended).toBe('complete');
    expect([...met.values()].reduce((sum, times) => sum + times, 0)).toBeGreaterThan(prompts.length);
  },
  60_000,
);
