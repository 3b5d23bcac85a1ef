import { describe, expect, it } from 'vitest';
import type { ArmConfig, ArmDescription } from '../../../src/arms/arm.ts';
import type { StepRecord } from '../../../src/records/attempt-record.ts';
import { armRecord, identityOf } from '../../../src/runs/identity.ts';
import { createObserver } from '../../../src/runs/observed-arm.ts';
import { reuseIndex } from '../../../src/runs/reuse.ts';
import { runAll } from '../../../src/runs/runner.ts';
import { hashing } from '../../../src/store/hashing.ts';
import { memorySink, promptsOf, scriptedArm, settings } from '../../helpers/runs.ts';
import { virtualClock } from '../../helpers/virtual-clock.ts';

const config: ArmConfig = { name: 'open', role: 'open', spec: 'ollama:m', provider: 'ollama', model: 'm' };
const description: ArmDescription = {
  provider: 'ollama',
  model: 'm',
  host: '127.0.0.1:11434',
  leavesMachine: false,
  digest: 'sha256:1',
  quantization: 'Q4_K_M',
  sends: { num_ctx: 4096, think: false },
};

describe('identity', () => {
  it('changes with everything that makes another system, and with nothing else', () => {
    const identity = identityOf(config, description, hashing);
    const others: ArmDescription[] = [
      { ...description, host: 'other:11434' },
      { ...description, model: 'n' },
      { ...description, digest: 'sha256:2' },
      { ...description, quantization: 'Q8_0' },
      { ...description, template: 't' },
      { ...description, system: 's' },
      { ...description, think: true },
      { ...description, sends: { num_ctx: 8192, think: false } },
    ];
    const all = [identity, ...others.map((other) => identityOf(config, other, hashing))];
    all.push(identityOf({ ...config, temperature: 1 }, description, hashing));
    expect(new Set(all).size).toBe(all.length);
    const same = {
      ...description,
      licence: { spdx: 'MIT' },
      serverVersion: '0.33',
      contextMax: 9,
      sends: { think: false, num_ctx: 4096 },
    };
    expect(identityOf({ ...config, name: 'x', concurrency: 3 }, same, hashing)).toBe(identity);
    expect(identity).toMatch(/^[0-9a-f]{64}$/);
  });

  it('makes the record that run.json keeps', () => {
    const record = armRecord(config, description, undefined, hashing);
    expect(record).toMatchObject({ ...description, name: 'open', role: 'open', spec: 'ollama:m' });
    expect(record).not.toHaveProperty('price');
  });
});

describe('observer', () => {
  const step = (model?: string): StepRecord => ({
    prompt: 'p_1',
    trial: 1,
    attempt: 1,
    step: 1,
    outcome: 'answered',
    last: true,
    at: '',
    ...(model !== undefined && { model }),
  });
  const same = (asked: string, observed: string) => observed.startsWith(asked);

  it('tells the first model, and every later one that is new', () => {
    const observe = createObserver('m', same, []);
    expect(observe(step('m-2026-08-01'))).toEqual({ model: 'm-2026-08-01' });
    expect(observe(step('m-2026-08-01'))).toBeUndefined();
    expect(observe(step('other'))?.warning).toBe('asked for m, answered by other');
    expect(observe(step('other'))).toBeUndefined();
  });

  it('says nothing again after a resume', () => {
    expect(createObserver('m', same, [step('m')])(step('m'))).toBeUndefined();
  });
});

describe('--reuse', () => {
  const prompts = promptsOf(5);
  async function answer(reply: string, changes: Parameters<typeof settings>[0], reuse?: ReturnType<typeof reuseIndex>) {
    const clock = virtualClock();
    const sink = memorySink();
    const arm = scriptedArm('open', ({ before }) => (before === 0 && reply === 'late' ? 'bad' : reply), { clock });
    const running = runAll({
      run: { settings: settings(changes) },
      prompts,
      arms: [arm],
      existing: {},
      sink,
      checkAnswer: (_, { text }) => [{ check: 'good', pass: !text.startsWith('bad') }],
      sameModel: () => true,
      now: clock.now,
      sleep: clock.sleep,
      rng: () => 0,
      ...(reuse && { reuse }),
    });
    const outcome = await clock.run(running);
    return { outcome, arm, steps: sink.steps.open ?? [] };
  }
  const earlier = async (reply: string, changes = {}) => {
    const { arm, steps } = await answer(reply, changes);
    return { run: 'r_1', arm: arm.record, settings: settings(changes), prompts, steps };
  };

  it('takes over what was answered, marked, retries and all, and asks nothing', async () => {
    const index = reuseIndex([await earlier('late')]);
    const { outcome, arm, steps } = await answer('new', {}, index);
    expect(arm.calls).toHaveLength(0);
    expect(outcome).toMatchObject({ ended: 'complete', spentUsd: 0 });
    expect(steps).toHaveLength(10);
    expect(steps.every((step) => step.reused === 'r_1')).toBe(true);
    expect(steps.filter((step) => step.text === 'bad')).toHaveLength(5);
  });

  it('asks again with another temperature or cap, but not with another seed of the run', async () => {
    const index = reuseIndex([await earlier('old')]);
    expect((await answer('new', { temperature: 1 }, index)).arm.calls).toHaveLength(5);
    expect((await answer('new', { maxTokens: 7 }, index)).arm.calls).toHaveLength(5);
    expect((await answer('new', { seed: 99 }, index)).arm.calls).toHaveLength(0);
  });

  it('judges by the checks of today: what fails them now is asked again', async () => {
    const old = await earlier('old');
    const index = reuseIndex([{ ...old, steps: old.steps.map((step) => ({ ...step, text: 'bad now' })) }]);
    const { arm, steps } = await answer('new', {}, index);
    expect(arm.calls).toHaveLength(5);
    expect(steps.filter((step) => step.attempt === 2 && step.text === 'new')).toHaveLength(5);
  });
});
