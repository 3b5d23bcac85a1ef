/** A storm of transport faults, on real HTTP and through the real clients: every prompt comes through. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createArm } from '../../src/arms/registry.ts';
import { runAll } from '../../src/runs/runner.ts';
import { startModelServer } from '../helpers/model-server.ts';
import { memorySink, promptsOf, recordOf, settings } from '../helpers/runs.ts';
import { createStorm, seeded } from '../helpers/storm.ts';

const haste = 200;
const prompts = promptsOf(60);
/** Real milliseconds. */
const idleMs = 1_500;

// With a chance of 1 each prompt meets both of its faults before its answer.
it.each([
  [1, 0.7],
  [2, 0.7],
  [3, 1],
  [4, 1],
  [5, 0.3],
])(
  'loses no prompt of three arms (seed %i, chance %f)',
  async (seed, chance) => {
    const random = seeded(seed);
    const storm = createStorm(random, chance);
    await using server = await startModelServer((call) => storm.script(call));
    const arms = (['openai', 'anthropic', 'ollama'] as const).map((provider) => {
      const model = provider === 'ollama' ? 'qwen3:8b' : 'm';
      const config = { name: provider, role: 'open' as const, spec: `${provider}:${model}`, provider, model, idleMs };
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
    expect(storm.faults()).toBeGreaterThan(chance * prompts.length);
  },
  90_000,
);
