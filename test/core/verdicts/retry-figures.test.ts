import { describe, expect, it } from 'vitest';
import type { CheckResult, StepRecord } from '../../../src/records/attempt-record.ts';
import { armFigures } from '../../../src/report/arm-figures.ts';
import { foldTrials, retriesOf } from '../../../src/runs/trial.ts';
import { type ArmTrials, retryDifference, retryFigures } from '../../../src/verdicts/retry-figures.ts';
import { promptAt, recordOf } from '../../helpers/runs.ts';

type Said = 'ok' | 'json' | 'empty' | 'timeout' | 'too-long' | 'unsure';

const checksOf: Partial<Record<Said, CheckResult[]>> = {
  ok: [{ check: 'json', pass: true }],
  json: [
    { check: 'json', pass: false, kind: 'json' },
    { check: 'maxWords', pass: false, kind: 'too-long' },
  ],
  empty: [{ check: 'empty', pass: false, kind: 'empty' }],
  unsure: [{ check: 'regex', pass: true, judged: false, kind: 'regex-timeout' }],
};

/** What an arm said to each prompt, attempt by attempt. */
function armSaying(name: string, said: Said[][], provider = 'openai'): ArmTrials {
  const record = recordOf(name, { provider });
  const steps = said.flatMap((attempts, index) =>
    attempts.map((one, at): StepRecord => {
      const checks = checksOf[one];
      const { id } = promptAt(index);
      return {
        prompt: id,
        trial: 1,
        attempt: at + 1,
        step: 1,
        outcome: checks ? 'answered' : one === 'timeout' ? 'timeout' : 'too-long',
        ...(checks && { checks, usage: { in: 5, out: 7 }, costUsd: 0.01 }),
        ms: { total: 100 },
        ...(at > 0 && { waited: 50 }),
        last: true,
        at: '2026-11-21T09:30:00.000Z',
      };
    }),
  );
  return { record, trials: foldTrials(steps, retriesOf(record, { retries: 2 })) };
}

const raise = (why: string): never => {
  throw new Error(why);
};

const prompts = Array.from({ length: 6 }, (_, index) => promptAt(index, { task: index < 4 ? 'extract' : 'reply' }));
const open = armSaying('open', [
  ['ok'],
  ['json', 'ok'],
  ['json', 'json', 'empty'],
  ['timeout', 'unsure'],
  ['too-long'],
  ['timeout'],
]);
const closed = armSaying('closed', [['ok'], ['ok'], ['json', 'ok'], ['ok'], ['ok'], ['ok']]);

describe('retry figures', () => {
  const [overall, extract, reply] = retryFigures(prompts, [open, closed]);

  it('has the wait with retries beside the time of the first answer, of the same trials', () => {
    const trials = [...open.trials.values()];
    const figures = armFigures(open.record, trials, overall?.arms[0] ?? raise('no figures'));
    // 100 ms at once; after one retry 200 ms and 50 of waiting; after two 300 and 100; after a timeout 100 and 50.
    expect(figures.finishedMs).toMatchObject({ n: 4, median: 200 });
    expect(figures.totalMs).toEqual({ n: 4, median: 100, p95: 100 });
  });

  it('counts per task and arm, and leaves the missing out', () => {
    expect(overall?.arms[0]).toMatchObject({
      arm: 'open',
      done: 4,
      missing: 2,
      firstTry: { x: 2, n: 4 },
      retry: { x: 2, n: 4 },
      gaveUp: 1,
      meanAttempts: (1 + 2 + 3 + 1) / 4,
      silent: { json: 3, empty: 1 },
      notJudged: 1,
      transport: { retries: 1, byCause: { timeout: 2 }, waitedMs: 200 },
    });
    expect(overall?.arms[0]?.added).toEqual({ ms: 300, costUsd: 0.03, tokensOut: 21 });
    expect([extract?.task, reply?.task]).toEqual(['extract', 'reply']);
    expect(extract?.arms[0]?.retry).toMatchObject({ x: 2, n: 4 });
    expect(reply?.arms[1]?.retry).toMatchObject({ x: 0, n: 2 });
  });

  it('gives counts their Wilson interval: 2 of 4 is .1500 to .8500', () => {
    const interval = overall?.arms[0]?.retry?.interval;
    expect(interval?.lower).toBeCloseTo(0.15, 3);
    expect(interval?.upper).toBeCloseTo(0.85, 3);
  });

  it('pairs the arms by prompt; prompts that one side misses are no pair', () => {
    const difference = retryDifference(prompts, open, closed);
    expect(difference).toMatchObject({ pairs: 4, onlyA: 1, onlyB: 0, difference: 0.25 });
    expect(difference?.interval.lower).toBeLessThan(0.25);
  });

  it('says "not measured" for answers that were there before the run, but judges them', () => {
    const logged = armSaying('logged', [['ok'], ['json'], ['ok'], ['ok'], ['ok'], ['ok']], 'logged');
    const [all] = retryFigures(prompts, [logged]);
    expect(all?.arms[0]).toMatchObject({
      done: 6,
      firstTry: { x: 5, n: 6 },
      retry: null,
      meanAttempts: null,
      gaveUp: null,
      silent: { json: 1 },
    });
    expect(retryDifference(prompts, open, logged)).toBeNull();
    expect(retryDifference([], open, closed)).toBeNull();
  });

  it('does not make a sum of costs that it does not know', () => {
    const unpriced = armSaying('open', [['json', 'ok']]);
    for (const { attempts } of unpriced.trials.values())
      for (const { steps } of attempts) for (const one of steps) delete one.costUsd;
    expect(retryFigures(prompts, [unpriced])[0]?.arms[0]?.added.costUsd).toBeNull();
  });
});
