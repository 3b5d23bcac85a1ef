import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/records/run-events.ts';
import { backOff, decide } from '../../../src/runs/again.ts';
import { createBudget, killedProcesses, lostAtMost, unpriced } from '../../../src/runs/budget.ts';
import { createCircuit } from '../../../src/runs/circuit.ts';
import { capsOf, createLimiter, parseConcurrency } from '../../../src/runs/limiter.ts';
import { contextNeeded, costOf, estimateArm, mostOf } from '../../../src/runs/token-estimate.ts';
import { estimateTokens } from '../../../src/text/prompt-tokens.ts';
import { promptAt, promptsOf, recordOf, settings } from '../../helpers/runs.ts';

describe('-j', () => {
  const arms = ['closed', 'open'];
  it.each([
    ['8', { total: 8, arms: {} }],
    ['closed=8,open=1', { arms: { closed: 8, open: 1 } }],
    ['20, open = 2', { total: 20, arms: { open: 2 } }],
  ])('reads %s', (text, parsed) => expect(parseConcurrency(text, arms)).toEqual(parsed));

  it.each(['0', '', 'many', 'closed=', 'closed=0', '1.5', '-3', '8,,2'])('refuses "%s" with a way out', (text) => {
    expect(() => parseConcurrency(text, arms)).toThrow(
      expect.objectContaining({ exitCode: 2, hint: expect.any(String) }),
    );
  });

  it('names the arms when one is unknown', () => {
    expect(() => parseConcurrency('local=2', arms)).toThrow('there is no arm "local"; the arms are closed, open');
  });

  it('defaults to 8 for remote arms and 1 for Ollama, and lets every arm use a total', () => {
    const both = [
      recordOf('closed'),
      recordOf('open', { provider: 'ollama' }),
      recordOf('log', { provider: 'logged' }),
    ];
    expect(capsOf({ arms: {} }, both)).toEqual({
      total: 9,
      arms: new Map([
        ['closed', 8],
        ['open', 1],
      ]),
    });
    expect(capsOf({ total: 20, arms: {} }, both).arms).toEqual(
      new Map([
        ['closed', 20],
        ['open', 20],
      ]),
    );
  });

  it('sends a server no more than the slots it says it has, unless told to', () => {
    const one = [recordOf('open', { provider: 'llamacpp', slots: 1 })];
    expect(capsOf({ arms: {} }, one)).toMatchObject({ total: 1, arms: new Map([['open', 1]]) });
    expect(capsOf({ total: 4, arms: {} }, one).arms.get('open')).toBe(4);
  });
});

describe('limiter', () => {
  it('halves once per wave of 429s, never below 1, and grows back to its cap', () => {
    const limiter = createLimiter(capsOf({ total: 16, arms: {} }, [recordOf('open')]));
    const wave = Array.from({ length: 16 }, () => limiter.take('open'));
    for (const ticket of wave) limiter.throttled('open', ticket);
    expect(limiter.limit('open')).toBe(8);
    for (let round = 0; round < 9; round += 1) limiter.throttled('open', limiter.take('open'));
    expect(limiter.limit('open')).toBe(1);
    for (let round = 0; round < 200; round += 1) limiter.succeeded('open');
    expect(limiter.limit('open')).toBe(16);
  });

  it('never lets more in than the caps, whatever happens', () => {
    const act = fc.tuple(
      fc.constantFrom('closed', 'open'),
      fc.constantFrom('take', 'take', 'take', 'end', 'throttle', 'success'),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 200 }), (acts) => {
        const limiter = createLimiter(capsOf({ total: 6, arms: { open: 4 } }, [recordOf('closed'), recordOf('open')]));
        const flying: Record<string, number[]> = { closed: [], open: [] };
        for (const [arm, what] of acts) {
          const mine = flying[arm] ?? [];
          if (what === 'take' && limiter.room(arm)) mine.push(limiter.take(arm));
          else if (what === 'end' && mine.pop() !== undefined) limiter.release(arm);
          else if (what === 'throttle') limiter.throttled(arm, mine[0] ?? 0);
          else if (what === 'success') limiter.succeeded(arm);
          expect(mine.length).toBeLessThanOrEqual(arm === 'open' ? 4 : 6);
          expect((flying.open?.length ?? 0) + (flying.closed?.length ?? 0)).toBeLessThanOrEqual(6);
        }
      }),
    );
  });
});

describe('circuit', () => {
  it('opens after three refused connections, tests with growing pauses, and gives up', () => {
    const circuit = createCircuit();
    const pauses: unknown[] = [];
    for (let failures = 0; failures < 7; failures += 1) pauses.push(circuit.failed('network', circuit.ticket()));
    expect(pauses.map((verdict) => JSON.stringify(verdict))).toEqual([
      '{"circuit":"closed"}',
      '{"circuit":"closed"}',
      '{"circuit":"open","pauseMs":1000}',
      '{"circuit":"open","pauseMs":2000}',
      '{"circuit":"open","pauseMs":4000}',
      '{"circuit":"open","pauseMs":8000}',
      '{"circuit":"dead"}',
    ]);
  });

  it('takes many calls that fail in the same moment as one sign', () => {
    const circuit = createCircuit();
    const tickets = Array.from({ length: 50 }, () => circuit.ticket());
    const verdicts = tickets.map((ticket) => circuit.failed('network', ticket));
    expect(verdicts.filter((verdict) => verdict.circuit === 'open')).toHaveLength(1);
    circuit.succeeded();
    expect(circuit.open).toBe(false);
  });

  it('starts over after a success', () => {
    const circuit = createCircuit();
    for (let round = 0; round < 100; round += 1) {
      circuit.failed('server', circuit.ticket());
      expect(circuit.failed('network', circuit.ticket())).toEqual({ circuit: 'closed' });
      circuit.succeeded();
    }
  });
});

describe('decide', () => {
  const rng = () => 0.5;
  it.each([
    ['usable', { outcome: 'answered', usable: true }, { answers: 1, failures: 0 }, 'done'],
    ['unusable, retries left', { outcome: 'answered', usable: false }, { answers: 2, failures: 0 }, 'again'],
    ['unusable, retries spent', { outcome: 'answered', usable: false }, { answers: 3, failures: 0 }, 'done'],
    ['does not fit', { outcome: 'too-long', usable: false }, { answers: 0, failures: 0 }, 'give-up'],
    ['refused', { outcome: 'bad-request', usable: false }, { answers: 0, failures: 1 }, 'give-up'],
    [
      'refused by the model in words',
      { outcome: 'answered', cause: 'refusal', usable: false },
      { answers: 1, failures: 1 },
      'done',
    ],
    ['loading', { outcome: 'overload', cause: 'loading', usable: false }, { answers: 0, failures: 300 }, 'again'],
    [
      'loading for ever',
      { outcome: 'overload', cause: 'loading', usable: false },
      { answers: 0, failures: 301 },
      'give-up',
    ],
    ['bad key', { outcome: 'auth', usable: false }, { answers: 0, failures: 0 }, 'stop-arm'],
    ['no quota', { outcome: 'quota', usable: false }, { answers: 0, failures: 0 }, 'stop-arm'],
    ['aborted', { outcome: 'aborted', usable: false }, { answers: 0, failures: 0 }, 'give-up'],
    ['first time-out', { outcome: 'timeout', usable: false }, { answers: 0, failures: 1 }, 'again'],
    ['second time-out', { outcome: 'timeout', usable: false }, { answers: 0, failures: 2 }, 'give-up'],
    ['fourth refusal', { outcome: 'network', usable: false }, { answers: 0, failures: 4 }, 'give-up'],
  ] as const)('%s', (_, end, sofar, next) => expect(decide(end, sofar, 2, rng).next).toBe(next));

  it('backs off exponentially with jitter, and honours Retry-After up to five minutes', () => {
    expect(
      [1, 2, 3, 9].map((failures) => backOff({ baseMs: 500, capMs: 8_000 }, failures, undefined, () => 1)),
    ).toEqual([500, 1000, 2000, 8000]);
    expect(backOff({ baseMs: 500, capMs: 8_000 }, 3, undefined, () => 0)).toBe(1000);
    expect(backOff({ baseMs: 1_000, capMs: 60_000 }, 1, 7_000, () => 0)).toBe(7_000);
    expect(backOff({ baseMs: 1_000, capMs: 60_000 }, 1, 3_600_000, () => 0)).toBe(300_000);
  });
});

describe('budget', () => {
  it('never passes its limit, whatever calls cost, and never waits for nothing', () => {
    const call = fc.record({
      most: fc.double({ min: 0, max: 1, noNaN: true }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 5, noNaN: true }), fc.array(call), (limit, calls) => {
        const budget = createBudget(limit, 0);
        const flying: typeof calls = [];
        for (const next of calls) {
          let said = budget.reserve(next.most);
          while (said === 'wait') {
            const ended = flying.shift();
            if (!ended) throw new Error('waits for nothing');
            budget.settle(ended.most, ended.most * ended.share);
            said = budget.reserve(next.most);
          }
          if (said === 'ok') flying.push(next);
          expect(budget.spent).toBeLessThanOrEqual(limit + 1e-9);
        }
      }),
    );
  });

  it('sets aside the dearest calls of every process that was killed', () => {
    expect(lostAtMost([1, 5, 2], [2])).toBe(7);
    expect(lostAtMost([1, 5, 2], [2, 8, 0])).toBe(15);
    expect(lostAtMost([1, 5, 2], [])).toBe(0);
  });

  it('finds killed processes by the ends that are missing', () => {
    const at = '2026-11-21T09:30:00.000Z';
    const started: RunEvent = { at, event: 'started', gapcheck: '0', node: 'v20', atOnce: { closed: 4 } };
    const resumed: RunEvent = { at, event: 'resumed', gapcheck: '0' };
    const answered: RunEvent = { at, event: 'answered', answers: 1, missing: 1 };
    const usual = { closed: 8 };
    expect(killedProcesses([started], usual)).toEqual([]);
    expect(killedProcesses([started, answered, resumed], usual)).toEqual([]);
    expect(killedProcesses([started, resumed], usual)).toEqual([{ closed: 4 }]);
    expect(killedProcesses([started, resumed, resumed, answered, resumed], usual)).toEqual([{ closed: 4 }, usual]);
  });

  it('knows which arm it cannot hold for', () => {
    expect(unpriced([recordOf('closed')])?.hint).toContain('--prices FILE');
    expect(
      unpriced([
        recordOf('open', { provider: 'vllm', where: 'local', leavesMachine: false }),
        recordOf('log', { provider: 'logged' }),
      ]),
    ).toBeUndefined();
  });
});

describe('estimates', () => {
  it('counts Latin text by four characters, other scripts by their bytes', () => {
    expect(estimateTokens('a'.repeat(400))).toBe(100);
    expect(estimateTokens('日本語')).toBe(3);
    expect(estimateTokens('привет')).toBe(4);
    expect(estimateTokens('🙂🙂🙂')).toBe(4);
    expect(estimateTokens('')).toBe(0);
  });

  it('reckons costs in dollars per million tokens, and leaves the unknown unknown', () => {
    const rates = { in: 2, out: 8, cached: 0.5 };
    expect(costOf({ in: 1_000_000, out: 500_000, cached: 400_000 }, rates)).toBeCloseTo(1.2 + 0.2 + 4);
    expect(costOf({ in: 10 }, rates)).toBeUndefined();
    const [prompt] = promptsOf(1);
    expect(prompt && mostOf(prompt, settings(), rates)).toBeGreaterThan((100 * 8) / 1e6);
  });

  it('tells what a run costs before it is run', () => {
    const price = { in: 1, out: 10, source: 'config', matched: 'm', date: '2026-11-01' };
    const ref = { text: 'x'.repeat(80) };
    const prompts = [promptAt(0, { ref }), promptAt(1, { params: { max_tokens: 50 } })];
    const estimate = estimateArm(recordOf('closed', { price }), prompts, settings({ trials: 2 }));
    expect(estimate).toMatchObject({ calls: 4, tokensIn: 32, tokensOutMost: 300, tokensOutLikely: 80 });
    expect(estimate.usdMost).toBeCloseTo((32 + 3000) / 1e6);
    expect(estimateArm(recordOf('closed'), prompts, settings()).usdMost).toBeUndefined();
    expect(
      estimateArm(recordOf('open', { provider: 'vllm', where: 'local', leavesMachine: false }), prompts, settings())
        .usdMost,
    ).toBe(0);
    expect(estimateArm(recordOf('log', { provider: 'logged' }), prompts, settings())).toMatchObject({
      calls: 0,
      usdMost: 0,
    });
  });

  it('asks for a window that the longest prompt and its answer fit into', () => {
    const long = promptAt(1, { messages: [{ role: 'user', content: 'a'.repeat(40_000) }] });
    expect(contextNeeded([promptAt(0), long], settings())).toBeGreaterThan(13_000);
  });
});
