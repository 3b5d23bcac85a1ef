/** Figures of one row are about the same answers, and those of all tasks about the traffic, not about the run's prompts. */
import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../../src/records/attempt-record.ts';
import type { PromptRecord } from '../../../src/records/prompt-record.ts';
import { armFigures } from '../../../src/report/arm-figures.ts';
import { buildReport } from '../../../src/report/model.ts';
import { foldTrials } from '../../../src/runs/trial.ts';
import { weightedQuantile } from '../../../src/text/numbers.ts';
import { retryFigures } from '../../../src/verdicts/retry-figures.ts';
import { trafficWeights } from '../../../src/verdicts/traffic-weights.ts';
import { moneyInput, reportInput } from '../../helpers/report-input.ts';
import { promptAt, recordOf } from '../../helpers/runs.ts';

interface Said {
  ttft?: number;
  total: number;
  passes: boolean;
}

const stepOf = (prompt: PromptRecord, { ttft, total, passes }: Said, attempt: number): StepRecord => ({
  prompt: prompt.id,
  trial: 1,
  attempt,
  step: 1,
  outcome: 'answered',
  checks: [passes ? { check: 'json', pass: true } : { check: 'json', pass: false, kind: 'json' }],
  ms: { total, ...(ttft !== undefined && { ttft }) },
  last: true,
  at: '2026-11-21T09:30:00.000Z',
});

describe('the cost of a call', () => {
  it('is that of answered calls with a known price: neither a call without an answer nor an unknown price is $0', () => {
    const record = recordOf('closed', { provider: 'logged' });
    const prompts = [0, 1, 2, 3].map((at) => promptAt(at, { task: 'cook' }));
    const step = (at: number, more: Partial<StepRecord>): StepRecord => ({
      ...stepOf(prompts[at] as PromptRecord, { total: 1000, passes: true }, 1),
      ...more,
    });
    const failed = { outcome: 'no-answer', cause: 'failed-in-log', checks: undefined } as const;
    const steps = [
      step(0, { costUsd: 0.001 }),
      step(1, { costUsd: 0.003 }),
      step(2, {}),
      step(3, { ...failed, costUsd: 0 }),
    ];
    const trials = foldTrials(steps, 0);
    const [retries] = retryFigures(prompts, [{ record, trials }]);
    if (!retries?.arms[0]) throw new Error('no figures');
    const figures = armFigures(record, [...trials.values()], retries.arms[0]);
    expect(figures).toMatchObject({ trials: 4, missing: 1 });
    expect(figures.costPer1000).toBeCloseTo(2, 9);
  });
});

describe('times of one row', () => {
  it('are of the same answers: the first token is never later than the answer, and the wait never shorter', () => {
    const record = recordOf('open', { provider: 'openai' });
    // Slow answers fail their check and come again from the cache; quick ones pass at once.
    const said: Said[][] = [
      [
        { ttft: 2300, total: 3900, passes: false },
        { ttft: 40, total: 900, passes: true },
      ],
      [
        { ttft: 2400, total: 4000, passes: false },
        { ttft: 50, total: 800, passes: false },
        { ttft: 50, total: 900, passes: false },
      ],
      [
        { ttft: 2500, total: 3800, passes: false },
        { ttft: 40, total: 700, passes: true },
      ],
      [{ ttft: 200, total: 1600, passes: true }],
      [{ total: 1500, passes: true }],
    ];
    const prompts = said.map((_, at) => promptAt(at, { task: 'summarise' }));
    const steps = said.flatMap((all, at) => all.map((one, turn) => stepOf(prompts[at] as PromptRecord, one, turn + 1)));
    const trials = foldTrials(steps, 2);
    const [retries] = retryFigures(prompts, [{ record, trials }]);
    if (!retries?.arms[0]) throw new Error('no figures');
    const { firstTokenMs, totalMs, finishedMs } = armFigures(record, [...trials.values()], retries.arms[0]);
    expect(totalMs).toEqual({ n: 5, median: 3800, p95: 3980 });
    expect(firstTokenMs).toMatchObject({ n: 4, median: 2350 });
    expect(finishedMs).toMatchObject({ n: 5, median: 4500 });
  });
});

describe('figures over all tasks', () => {
  const costs: Record<string, number> = { 'extract-json': 0.001, 'reply-with-rules': 0.01, 'summarise-ticket': 0.02 };
  const shares: Record<string, number> = { 'extract-json': 0.7, 'reply-with-rules': 0.2, 'summarise-ticket': 0.1 };

  /** `added`: prompts that `more` brought to one task. */
  const reportWith = (added: number) => {
    const input = reportInput();
    const tasks = input.run.tasks.map((task) => ({ ...task, traffic: shares[task.task] ?? 0 }));
    const [sample] = input.prompts.filter(({ task }) => task === 'summarise-ticket');
    if (!sample) throw new Error('no prompt');
    const more = Array.from({ length: added }, (_, at) => ({
      ...sample,
      id: `p_${String(at).padStart(16, '0')}` as const,
    }));
    const prompts = [...input.prompts, ...more];
    const trialsOf = (slower: number) =>
      foldTrials(
        prompts.map((prompt) => {
          const cost = costs[prompt.task] ?? 0;
          return { ...stepOf(prompt, { ttft: 1, total: cost * 1e5 * slower, passes: true }, 1), costUsd: cost };
        }),
        2,
      );
    const trials = { closed: trialsOf(1), open: trialsOf(2) };
    return buildReport({ ...input, run: { ...input.run, tasks }, prompts, trials, money: moneyInput(100_000, null) });
  };

  it('are weighted by the traffic, and more prompts of one task do not move them', () => {
    for (const report of [reportWith(0), reportWith(40)]) {
      const closed = report.arms.find(({ name }) => name === 'closed')?.figures;
      // .7 x $1 + .2 x $10 + .1 x $20 per 1,000, and 100,000 calls of that.
      expect(closed?.costPer1000).toBeCloseTo(4.7, 9);
      expect(report.money?.arms.find(({ arm }) => arm === 'closed')?.monthly).toBeCloseTo(470, 6);
      // Seven of ten calls are of the quickest task.
      expect(closed?.totalMs?.median).toBeCloseTo(100, 9);
      expect(closed?.totalMs?.p95).toBeCloseTo(2000, 9);
    }
    expect(reportWith(40).arms[0]?.figures.trials).toBe(64);
  });

  it('count each prompt alike where nothing is known of the traffic', () => {
    const { run, prompts } = reportInput();
    const unknown = { ...run, tasks: run.tasks.map((task) => ({ ...task, traffic: 0 })) };
    const weigh = trafficWeights(unknown, prompts);
    expect(new Set(weigh(prompts.map(({ id }) => ({ prompt: id }))))).toEqual(new Set([1]));
  });

  it('takes the smallest value with enough weight below it', () => {
    expect(weightedQuantile([3, 1, 2], [0.5, 0.1, 2.4], 0.5)).toBe(2);
    expect(weightedQuantile([3, 1, 2], [0.5, 2, 0.5], 0.5)).toBe(1);
    expect(weightedQuantile([], [], 0.5)).toBeNull();
  });
});
