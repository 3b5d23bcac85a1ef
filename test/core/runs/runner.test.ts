import { describe, expect, it } from 'vitest';
import { ArmError } from '../../../src/arms/arm.ts';
import type { RunAllOptions } from '../../../src/runs/run-options.ts';
import { exitCodeOf, runAll } from '../../../src/runs/runner.ts';
import type { RunnerEvent } from '../../../src/runs/runner-events.ts';
import { memorySink, promptsOf, scriptedArm, settings } from '../../helpers/runs.ts';
import { virtualClock } from '../../helpers/virtual-clock.ts';

type Rest = Partial<RunAllOptions> & Pick<RunAllOptions, 'arms'>;

function setUp(clock = virtualClock()) {
  const sink = memorySink();
  const events: RunnerEvent[] = [];
  const start = (rest: Rest) =>
    runAll({
      run: { settings: settings() },
      prompts: promptsOf(10),
      existing: sink.steps,
      sink,
      checkAnswer: (_, { text }) => [{ check: 'good', pass: !text.startsWith('bad') }],
      sameModel: (asked, observed) => asked === observed,
      now: clock.now,
      sleep: clock.sleep,
      rng: () => 0.5,
      events: (event) => void events.push(event),
      ...rest,
    });
  return { clock, sink, events, start, run: (rest: Rest) => clock.run(start(rest)) };
}

const ok = () => 'fine';

describe('runAll', () => {
  it('asks every arm every prompt once, with the same messages', async () => {
    const { clock, sink, run } = setUp();
    const closed = scriptedArm('closed', ok, { clock });
    const open = scriptedArm('open', ok, { clock });
    const outcome = await run({ arms: [closed, open] });
    expect(outcome.ended).toBe('complete');
    expect(exitCodeOf(outcome)).toBe(0);
    expect(sink.steps.closed).toHaveLength(10);
    const bytes = (arm: typeof closed) => arm.calls.map((call) => JSON.stringify([call.messages, call.params]));
    expect(bytes(closed)).toEqual(bytes(open));
  });

  it('asks again after a bad answer, with another seed, and stops after the retries', async () => {
    const { clock, sink, run } = setUp();
    const arm = scriptedArm(
      'open',
      ({ before, request }) => (before < 2 || request.prompt.id.endsWith('3') ? `bad ${before}` : 'good'),
      { clock },
    );
    const outcome = await run({ arms: [arm] });
    expect(outcome.arms[0]).toMatchObject({ usable: 9, unusable: 1, missing: 0 });
    expect(sink.steps.open).toHaveLength(30);
    const seeds = arm.calls.filter((call) => call.prompt.id.endsWith('0')).map((call) => call.params.seed);
    expect(new Set(seeds).size).toBe(3);
  });

  it('ends the tries of a prompt when a retry gives the same answer again, and says so', async () => {
    const { clock, sink, run } = setUp();
    const arm = scriptedArm('open', () => 'bad', { clock });
    const outcome = await run({ arms: [arm], prompts: promptsOf(1) });
    expect(outcome.arms[0]).toMatchObject({ usable: 0, unusable: 1, missing: 0 });
    expect(sink.steps.open?.map(({ message }) => message)).toEqual([undefined, 'the same answer again']);
    const again = await run({ arms: [arm], prompts: promptsOf(1) });
    expect(again.arms[0]).toMatchObject({ unusable: 1, missing: 0 });
    expect(sink.steps.open).toHaveLength(2);
  });

  it('goes down to one call at a time when two in a row were ended by others, and says so once', async () => {
    const { clock, events, sink, run } = setUp();
    const cut = new ArmError('cut', 'the reply ended without a finish reason', { crowded: true });
    let [inside, most, calls] = [0, 0, 0];
    const isSaid = () => events.some(({ kind }) => kind === 'single');
    const arm = scriptedArm(
      'open',
      async ({ signal }) => {
        calls += 1;
        const isCut = calls <= 2;
        inside += 1;
        if (isSaid()) most = Math.max(most, inside);
        await clock.sleep(50, signal);
        inside -= 1;
        return isCut ? cut : 'good';
      },
      { clock },
    );
    await run({ arms: [arm], prompts: promptsOf(30) });
    expect(events.filter(({ kind }) => kind === 'single')).toEqual([{ kind: 'single', arm: 'open' }]);
    expect(most).toBe(1);
    expect(arm.peak).toBe(8);
    expect(sink.steps.open?.filter(({ outcome }) => outcome === 'answered')).toHaveLength(30);
  });

  it('keeps its calls at once when only one in a row was ended so', async () => {
    const { clock, events, run } = setUp();
    const cut = new ArmError('cut', 'the reply ended without a finish reason', { crowded: true });
    let calls = 0;
    const arm = scriptedArm(
      'open',
      () => {
        calls += 1;
        return calls % 2 === 1 && calls < 8 ? cut : 'good';
      },
      { clock },
    );
    await run({ arms: [arm], prompts: promptsOf(30) });
    expect(events.filter(({ kind }) => kind === 'single')).toEqual([]);
  });

  it('tells the model what was wrong in feedback mode', async () => {
    const { clock, run } = setUp();
    const arm = scriptedArm('open', ({ before }) => (before === 0 ? 'bad one' : 'good'), { clock });
    await run({ arms: [arm], prompts: promptsOf(1), run: { settings: settings({ retryMode: 'feedback' }) } });
    expect(arm.calls[1]?.messages.map((message) => message.role)).toEqual(['user', 'assistant', 'user']);
    expect(arm.calls[1]?.messages[1]?.content).toBe('bad one');
    expect(arm.calls[1]?.messages[2]?.content).toContain('- good');
  });

  it('records transport failures, waits as told, and gets the answer', async () => {
    const { clock, sink, run } = setUp();
    const arm = scriptedArm(
      'open',
      ({ before }) => (before === 0 ? new ArmError('rate-limit', 'too many', { retryAfterMs: 3_000 }) : 'good'),
      { clock },
    );
    const outcome = await run({ arms: [arm] });
    expect(outcome.ended).toBe('complete');
    expect(sink.steps.open?.filter((step) => step.outcome === 'rate-limit')).toHaveLength(10);
    expect(sink.steps.open?.filter((step) => step.outcome === 'answered' && (step.waited ?? 0) >= 3_000)).toHaveLength(
      10,
    );
    expect(clock.elapsed).toBeGreaterThan(3_000);
    expect(clock.elapsed).toBeLessThan(20_000);
  });

  it('caps an hour of Retry-After', async () => {
    const { clock, run } = setUp();
    const arm = scriptedArm(
      'open',
      ({ before }) => (before === 0 ? new ArmError('rate-limit', 'too many', { retryAfterMs: 3_600_000 }) : 'good'),
      { clock },
    );
    await run({ arms: [arm], prompts: promptsOf(1) });
    expect(clock.elapsed).toBeLessThan(340_000);
  });

  it.each(['auth', 'quota', 'model-missing', 'out-of-memory'] as const)(
    'stops one arm at once on %s, and goes on with the other',
    async (failure) => {
      const { clock, sink, run } = setUp();
      const closed = scriptedArm('closed', () => new ArmError(failure, 'no', { hint: 'do this' }), { clock });
      const open = scriptedArm('open', ok, { clock });
      const outcome = await run({ arms: [closed, open], concurrency: { arms: { closed: 2 } } });
      expect(outcome.ended).toBe('incomplete');
      expect(exitCodeOf(outcome)).toBe(3);
      expect(outcome.arms[0]).toMatchObject({
        missing: 10,
        stopped: { outcome: failure, reason: 'no', hint: 'do this' },
      });
      expect(outcome.arms[1]).toMatchObject({ usable: 10, missing: 0 });
      expect(closed.calls.length).toBeLessThanOrEqual(2);
      expect(sink.steps.closed).toHaveLength(closed.calls.length);
    },
  );

  it.each(['model-missing', 'bad-request'] as const)(
    'spends nothing more on an arm whose partner stopped for good (%s): what is in flight is kept',
    async (failure) => {
      const { clock, sink, start } = setUp();
      const pairs = [{ a: 'open', b: 'closed', decides: true }];
      const closed = scriptedArm('closed', ok, { clock });
      const open = scriptedArm('open', () => new ArmError(failure, 'no such thing'), { clock, ms: 50 });
      const arms = [closed, open];
      const prompts = promptsOf(100);
      const outcome = await clock.run(start({ arms, prompts, run: { settings: settings(), pairs } }));
      expect(outcome.ended).toBe('incomplete');
      expect(outcome.arms[1]?.stopped).toMatchObject({ outcome: failure, forGood: true });
      expect(outcome.arms[0]?.stopped?.reason).toBe(
        'open has stopped for good, and nothing else is left to compare with',
      );
      expect(closed.calls.length).toBeLessThan(20);
      expect(sink.steps.closed).toHaveLength(closed.calls.length);
      expect(outcome.arms[0]?.usable).toBe(closed.calls.length);
    },
  );

  it.each([
    ['a key that can be set right', new ArmError('auth', 'no'), {}],
    ['a model that can be pulled', new ArmError('model-missing', 'no'), { provider: 'ollama' }],
  ])('goes on with the partner after %s', async (_what, failure, record) => {
    const { clock, run } = setUp();
    const pairs = [{ a: 'open', b: 'closed', decides: true }];
    const closed = scriptedArm('closed', ok, { clock });
    const open = scriptedArm('open', () => failure, { clock, record });
    const outcome = await run({ arms: [closed, open], run: { settings: settings(), pairs } });
    expect(outcome.arms[0]).toMatchObject({ usable: 10, missing: 0 });
    expect(outcome.arms[1]?.stopped?.forGood).toBeUndefined();
  });

  it('goes on where another pair needs the arm', async () => {
    const { clock, run } = setUp();
    const pairs = ['open', 'other'].map((a) => ({ a, b: 'closed', decides: true }));
    const [closed, other] = ['closed', 'other'].map((name) => scriptedArm(name, ok, { clock }));
    const open = scriptedArm('open', () => new ArmError('model-missing', 'no'), { clock });
    const arms = [closed, open, other].flatMap((arm) => arm ?? []);
    const outcome = await run({ arms, prompts: promptsOf(60), run: { settings: settings(), pairs } });
    expect(outcome.arms.map(({ usable }) => usable)).toEqual([60, 0, 60]);
  });

  it('stops an arm that is in no pair, such as a control arm, with the last pair', async () => {
    const { clock, run } = setUp();
    const pairs = [{ a: 'open', b: 'closed', decides: true }];
    const closed = scriptedArm('closed', () => new ArmError('model-missing', 'no'), { clock, ms: 20 });
    const arms = [closed, scriptedArm('open', ok, { clock }), scriptedArm('control', ok, { clock })];
    const outcome = await run({ arms, prompts: promptsOf(60), run: { settings: settings(), pairs } });
    for (const arm of outcome.arms.slice(1)) expect(arm.missing).toBeGreaterThan(40);
  });

  it('gives a dead backend up in seconds, not minutes', async () => {
    const { clock, run } = setUp();
    const arm = scriptedArm('open', () => new ArmError('network', 'connection refused'), { clock, ms: 1 });
    const outcome = await run({ arms: [arm], prompts: promptsOf(500) });
    expect(outcome.arms[0]?.stopped).toMatchObject({ outcome: 'network', reason: 'connection refused' });
    expect(clock.elapsed).toBeLessThan(20_000);
    expect(arm.calls.length).toBeLessThan(20);
  });

  it('goes on when the backend comes back', async () => {
    const { clock, run } = setUp();
    const arm = scriptedArm('open', () => (clock.elapsed < 5_000 ? new ArmError('network', 'refused') : 'good'), {
      clock,
      ms: 1,
    });
    expect((await run({ arms: [arm], prompts: promptsOf(100) })).ended).toBe('complete');
  });

  it('gives up a backend that answers nothing but 500, and one that only says 429', async () => {
    for (const failure of ['server', 'rate-limit'] as const) {
      const { clock, run } = setUp();
      const arm = scriptedArm('open', () => new ArmError(failure, 'no'), { clock });
      const outcome = await run({ arms: [arm], prompts: promptsOf(500) });
      expect(outcome.arms[0]?.stopped?.outcome).toBe(failure);
      expect(clock.elapsed).toBeLessThan(240_000);
    }
  });

  it('does not lose every prompt to a request that is always refused', async () => {
    const { clock, run } = setUp();
    const arm = scriptedArm('open', () => new ArmError('bad-request', 'unknown parameter'), { clock });
    const outcome = await run({ arms: [arm], prompts: promptsOf(500) });
    expect(outcome.arms[0]?.stopped?.reason).toContain('unknown parameter');
    expect(arm.calls.length).toBeLessThan(12);
  });

  it('keeps the cap over all arms and lets one arm use all of it', async () => {
    const { clock, run } = setUp();
    const closed = scriptedArm('closed', ok, { clock });
    const open = scriptedArm('open', ok, { clock, ms: 400 });
    await run({ arms: [closed, open], prompts: promptsOf(100), concurrency: { total: 20, arms: {} } });
    expect(closed.peak + open.peak).toBeGreaterThan(20);
    // 100 × (200 + 400) ms through 20 slots is 3 s when no slot ever idles.
    expect(clock.elapsed).toBeLessThan(3_500);
    const alone = setUp();
    const only = scriptedArm('closed', ok, { clock: alone.clock });
    await alone.run({ arms: [only], prompts: promptsOf(100), concurrency: { total: 20, arms: {} } });
    expect(only.peak).toBe(20);
  });

  it('asks Ollama one at a time unless told otherwise, and never counts logged answers', async () => {
    const { clock, run } = setUp();
    const open = scriptedArm('open', ok, { clock, record: { provider: 'ollama' } });
    const closed = scriptedArm('closed', ok, { record: { provider: 'logged', host: null } });
    await run({ arms: [closed, open], prompts: promptsOf(40) });
    expect(open.peak).toBe(1);
    expect(closed.calls).toHaveLength(40);
    expect(clock.elapsed).toBe(40 * 200);
  });

  it('warms up before the first call, and says what context is served', async () => {
    const { clock, events, run } = setUp();
    const order: string[] = [];
    const warmUp = async () => {
      order.push('warm');
      await clock.sleep(60_000);
      order.push('warmed');
      return { context: 8_192, ms: 60_000 };
    };
    const script = () => {
      order.push('call');
      return 'fine';
    };
    const open = scriptedArm('open', script, { clock, arm: { warmUp } });
    await run({ arms: [open], prompts: promptsOf(2) });
    expect(order).toEqual(['warm', 'warmed', 'call', 'call']);
    expect(events).toContainEqual({ kind: 'observed', arm: 'open', context: 8_192 });
  });

  it('stops an arm that cannot be warmed up', async () => {
    const { clock, run } = setUp();
    const warmUp = async () => {
      throw new ArmError('network', 'not reachable', { hint: 'ollama serve' });
    };
    const outcome = await run({ arms: [scriptedArm('open', ok, { clock, arm: { warmUp } })] });
    expect(outcome.arms[0]?.stopped).toEqual({ outcome: 'network', reason: 'not reachable', hint: 'ollama serve' });
  });

  it('warns once about another model than asked', async () => {
    const { clock, events, run } = setUp();
    await run({ arms: [scriptedArm('open', () => ({ text: 'fine', model: 'another' }), { clock })] });
    const warnings = events.filter((event) => event.kind === 'observed');
    expect(warnings).toEqual([
      { kind: 'observed', arm: 'open', model: 'another', warning: 'asked for open-model, answered by another' },
    ]);
  });

  it('stops before the call that would pass the budget, and resumes with more', async () => {
    const { clock, sink, run } = setUp();
    const price = { in: 0, out: 100, source: 'config', matched: 'm', date: '2026-11-01' };
    const arm = scriptedArm('closed', ok, { clock, record: { price } });
    // At most 100 tokens × $100 / 1 M = 1 cent a call; really 20 tokens = 0.2 cent.
    const outcome = await run({ arms: [arm], prompts: promptsOf(50), maxCostUsd: 0.05 });
    expect(outcome.ended).toBe('budget');
    expect(exitCodeOf(outcome)).toBe(2);
    expect(outcome.spentUsd).toBeLessThanOrEqual(0.05);
    expect(outcome.spentUsd).toBeGreaterThan(0.03);
    const more = await run({ arms: [arm], prompts: promptsOf(50), maxCostUsd: 1 });
    expect(more).toMatchObject({ ended: 'complete' });
    expect(more.spentUsd).toBeCloseTo(0.1);
    expect(sink.steps.closed).toHaveLength(50);
  });

  it('lets an arm that costs nothing go on when the limit stops the paid one', async () => {
    const { clock, sink, run } = setUp();
    const price = { in: 0, out: 100, source: 'config', matched: 'm', date: '2026-11-01' };
    const paid = scriptedArm('closed', ok, { clock, record: { price } });
    const free = scriptedArm('open', ok, { clock, record: { where: 'local', leavesMachine: false } });
    const outcome = await run({ arms: [paid, free], prompts: promptsOf(50), maxCostUsd: 0.005 });
    expect(outcome).toMatchObject({ ended: 'budget', arms: [{ missing: 50 }, { missing: 0 }] });
    expect(exitCodeOf(outcome)).toBe(2);
    expect(paid.calls).toHaveLength(0);
    expect(sink.steps.open).toHaveLength(50);
  });

  it('counts the calls that killed processes may have had in flight', async () => {
    const { clock, run } = setUp();
    const price = { in: 0, out: 100, source: 'config', matched: 'm', date: '2026-11-01' };
    const arm = scriptedArm('closed', ok, { clock, record: { price } });
    // Two were killed with up to 8 calls of at most 1 cent each: 16 of 20 cents may be gone.
    const killed = [{ closed: 8 }, { closed: 8 }];
    const outcome = await run({ arms: [arm], prompts: promptsOf(50), maxCostUsd: 0.2, killed });
    expect(outcome.ended).toBe('budget');
    expect(outcome.spentUsd).toBeLessThanOrEqual(0.2);
    expect(outcome.spentUsd).toBeGreaterThan(0.16);
  });

  it.each([-3_600_000, 86_400_000])('waits as long as it meant to when the wall clock is set by %d ms', async (by) => {
    const clock = virtualClock();
    let set = 0;
    const now = () => new Date(clock.now().getTime() + set);
    const { sink, run } = setUp(clock);
    const refused = ({ before }: { before: number }) => {
      if (before > 0) return 'fine';
      set = by;
      return new ArmError('rate-limit', 'slow down', { retryAfterMs: 2_000 });
    };
    const outcome = await run({ arms: [scriptedArm('open', refused, { clock })], now });
    expect(outcome.ended).toBe('complete');
    expect(sink.steps.open).toHaveLength(20);
    expect(clock.elapsed).toBeLessThan(60_000);
  });

  it.each([1, 50, 700])('loses no prompt though %d ms pass from one look at the clock to the next', async (step) => {
    const clock = virtualClock();
    let looks = 0;
    const now = () => new Date(clock.now().getTime() + step * looks++);
    const { run } = setUp(clock);
    const refused = ({ before }: { before: number }) =>
      before > 0 ? 'fine' : new ArmError('rate-limit', 'slow down', { retryAfterMs: 2_000 });
    const outcome = await run({ arms: [scriptedArm('open', refused, { clock })], now });
    expect(outcome.ended).toBe('complete');
  });

  it('refuses a budget that cannot hold, before any call', async () => {
    const { clock, run } = setUp();
    const arm = scriptedArm('closed', ok, { clock });
    await expect(run({ arms: [arm], maxCostUsd: 1 })).rejects.toThrow(
      /no price for openai:closed-model at 127.0.0.1:9/,
    );
    expect(arm.calls).toHaveLength(0);
  });

  it('lets calls in flight finish on the first Ctrl-C', async () => {
    const { clock, sink, start } = setUp();
    const stop = new AbortController();
    const arm = scriptedArm('open', ok, { clock });
    const running = start({ arms: [arm], signal: stop.signal, prompts: promptsOf(100) });
    void clock.sleep(500).then(() => stop.abort());
    const outcome = await clock.run(running);
    expect(outcome.ended).toBe('interrupted');
    expect(exitCodeOf(outcome)).toBe(130);
    expect(sink.steps.open?.every((step) => step.outcome === 'answered')).toBe(true);
    expect(sink.steps.open).toHaveLength(arm.calls.length);
    expect(clock.elapsed).toBe(600);
  });

  it('aborts what takes longer than the grace, and records it', async () => {
    const { clock, sink, start } = setUp();
    const stop = new AbortController();
    const arm = scriptedArm('open', ok, { clock, ms: 60_000 });
    const running = start({ arms: [arm], signal: stop.signal });
    void clock.sleep(500).then(() => stop.abort());
    expect((await clock.run(running)).ended).toBe('interrupted');
    expect(clock.elapsed).toBe(5_500);
    expect(sink.steps.open?.map((step) => step.outcome)).toEqual(Array(8).fill('aborted'));
  });

  it('ends at once on the second Ctrl-C, even when an arm does not listen', async () => {
    const { clock, start } = setUp();
    const stop = new AbortController();
    const kill = new AbortController();
    const arm = scriptedArm('open', () => new Promise<string>(() => undefined), { clock });
    const running = start({ arms: [arm], signal: stop.signal, kill: kill.signal });
    void clock.sleep(500).then(() => stop.abort());
    void clock.sleep(700).then(() => kill.abort());
    expect((await clock.run(running)).ended).toBe('interrupted');
    expect(clock.elapsed).toBe(1_700);
  });

  it('records nothing after its end: the next process may already be writing', async () => {
    const { clock, sink, start } = setUp();
    const kill = new AbortController();
    let answer: (text: string) => void = () => undefined;
    const arm = scriptedArm('open', () => new Promise<string>((resolve) => (answer = resolve)), { clock });
    const running = start({ arms: [arm], kill: kill.signal, prompts: promptsOf(1) });
    void clock.sleep(500).then(() => kill.abort());
    await clock.run(running);
    answer('late');
    await new Promise((resolve) => setImmediate(resolve));
    expect(sink.steps.open).toBeUndefined();
  });

  it('stops when nothing can be recorded', async () => {
    const { clock, run } = setUp();
    const arm = scriptedArm('open', ok, { clock });
    const sink = { append: () => Promise.reject(new Error('disk full')) };
    await expect(run({ arms: [arm], sink, prompts: promptsOf(100) })).rejects.toThrow('disk full');
    expect(arm.calls.length).toBeLessThanOrEqual(8);
  });

  it('records the answer before it gives in to a check that crashes', async () => {
    const { clock, sink, run } = setUp();
    const arm = scriptedArm('open', ok, { clock });
    const checkAnswer = () => {
      throw new TypeError('bug');
    };
    await expect(run({ arms: [arm], checkAnswer, prompts: promptsOf(1) })).rejects.toThrow('bug');
    expect(sink.steps.open?.[0]).toMatchObject({ text: 'fine', checks: [{ pass: false, kind: 'check-crashed' }] });
  });
});
