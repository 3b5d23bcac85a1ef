/** Numbers of the runner, on both sides of each border. */
import { describe, expect, it } from 'vitest';
import { ArmError } from '../../../src/arms/arm.ts';
import { decide } from '../../../src/runs/again.ts';
import { capsOf, createLimiter } from '../../../src/runs/limiter.ts';
import { runAll } from '../../../src/runs/runner.ts';
import { memorySink, promptsOf, recordOf, type ScriptedArm, scriptedArm, settings } from '../../helpers/runs.ts';
import { virtualClock } from '../../helpers/virtual-clock.ts';

function start(arm: ScriptedArm, prompts: number, total: number, clock = virtualClock()) {
  const sink = memorySink();
  return runAll({
    run: { settings: settings({ n: prompts }) },
    prompts: promptsOf(prompts),
    arms: [arm],
    existing: sink.steps,
    sink,
    checkAnswer: () => [],
    sameModel: () => true,
    concurrency: { total, arms: {} },
    now: clock.now,
    sleep: clock.sleep,
    rng: () => 0.5,
  });
}

it('asks again twice when a reply breaks off, and then gives up', () => {
  const next = (failures: number) =>
    decide({ outcome: 'cut', usable: false }, { answers: 0, failures }, 2, () => 0.5).next;
  expect([1, 2, 3].map(next)).toEqual(['again', 'again', 'give-up']);
});

it('asks a proxy that wants a login once, and one that is not there four times', () => {
  const next = (failures: number, once: boolean) =>
    decide({ outcome: 'network', cause: 'proxy', usable: false, once }, { answers: 0, failures }, 2, () => 0.5).next;
  expect([1].map((failures) => next(failures, true))).toEqual(['give-up']);
  expect([1, 2, 3, 4].map((failures) => next(failures, false))).toEqual(['again', 'again', 'again', 'give-up']);
});

describe('the limit of an arm', () => {
  it('grows by one in as many successes as it is large, and a little: at 4 the fifth makes it 5', () => {
    const limiter = createLimiter(capsOf({ total: 8, arms: {} }, [recordOf('open')]));
    limiter.throttled('open', limiter.take('open'));
    expect(limiter.limit('open')).toBe(4);
    for (let success = 1; success <= 4; success += 1) limiter.succeeded('open');
    expect(limiter.limit('open')).toBe(4);
    limiter.succeeded('open');
    expect(limiter.limit('open')).toBe(5);
  });
});

describe('starting', () => {
  it('takes four calls in one turn of the event loop', async () => {
    const clock = virtualClock();
    const arm = scriptedArm('open', () => 'fine', { clock });
    const run = start(arm, 12, 12, clock);
    for (let microtask = 0; microtask < 50; microtask += 1) await Promise.resolve();
    expect(arm.calls.length).toBe(4);
    await clock.run(run);
    expect(arm.calls.length).toBe(12);
  });

  it('replays 32 answers at once, whatever -j says', async () => {
    const clock = virtualClock();
    const arm = scriptedArm('open', () => 'fine', { clock, record: { provider: 'logged', spec: 'logged' } });
    await clock.run(start(arm, 40, 1, clock));
    expect(arm.peak).toBe(32);
  });
});

it('stops an arm at the third refusal in words that nobody knows, before any answer', async () => {
  const clock = virtualClock();
  const refusal = () => new ArmError('bad-request', 'no such thing here', { why: 'unknown' });
  const arm = scriptedArm('open', refusal, { clock });
  await clock.run(start(arm, 10, 1, clock));
  expect(arm.calls.length).toBe(3);
});
