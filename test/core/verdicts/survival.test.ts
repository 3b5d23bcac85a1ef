/** What a report says of whole agents, from the ledger's lines. */
import { describe, expect, test } from 'vitest';
import type { PromptId } from '../../../src/records/ids.ts';
import type { RunEvent } from '../../../src/records/run-events.ts';
import { agentTries } from '../../../src/verdicts/agent-tries.ts';
import { type AgentTry, agentFigures } from '../../../src/verdicts/survival.ts';

const at = '2026-11-21T09:30:00.000Z';
const job = (n: number): PromptId => `p_${n.toString(16).padStart(16, '0')}`;

const one = (prompt: number, end: AgentTry['end'], more: Partial<AgentTry> = {}): AgentTry => ({
  prompt: job(prompt),
  trial: 1,
  end,
  seconds: 600,
  steps: 12,
  failedSteps: 0,
  costUsd: 0.5,
  ...more,
});

const figures = (tries: AgentTry[], { checked = true, trials = 1 } = {}) => agentFigures(tries, { checked, trials });

describe('how trials ended', () => {
  const ended = [
    one(1, 'done', { failedSteps: 2 }),
    one(2, 'done', { seconds: 1_000 }),
    one(3, 'wrong-end', { failedSteps: 1, steps: 4 }),
    one(4, 'person', { why: 'permission', steps: 20 }),
    one(5, 'person', { why: 'permission' }),
    one(6, 'hang', { seconds: 7_000, steps: 60, failedSteps: 3 }),
    one(7, 'crash', { seconds: 60, steps: 2 }),
    one(8, 'time', { seconds: 7_200, steps: 90 }),
  ];

  test('lost is a wrong end, a crash, a hang and a needed person; limits are not lost', () => {
    expect(figures(ended)).toMatchObject({ trials: 8, jobs: 8, done: 2, lost: 5 });
  });

  test('a person was needed by whoever asked for one or stood still, with the causes', () => {
    expect(figures(ended)?.person).toEqual({
      trials: 3,
      causes: [
        { cause: 'permission', count: 2 },
        { cause: 'hang', count: 1 },
      ],
    });
  });

  test('a trial that is done and had asked for a person counts as both', () => {
    const found = figures([...ended, one(9, 'done', { why: 'question' })]);
    expect(found).toMatchObject({ done: 3, lost: 5, person: { trials: 4 } });
    expect(found?.person.causes).toContainEqual({ cause: 'question', count: 1 });
  });

  test('recovered counts trials with a failed step', () => {
    expect(figures(ended)?.recovered).toEqual({ done: 1, of: 3 });
  });

  test('the counts of each moment are all trials', () => {
    expect(figures(ended)?.minutes).toEqual([
      { at: 15, done: 1, lost: 4, working: 3, stopped: 0 },
      { at: 30, done: 2, lost: 4, working: 2, stopped: 0 },
      { at: 60, done: 2, lost: 4, working: 2, stopped: 0 },
      { at: 120, done: 2, lost: 5, working: 0, stopped: 1 },
    ]);
    expect(figures(ended)?.steps).toEqual([
      { at: 5, done: 0, lost: 2, working: 6, stopped: 0 },
      { at: 10, done: 0, lost: 2, working: 6, stopped: 0 },
      { at: 20, done: 2, lost: 4, working: 2, stopped: 0 },
      { at: 50, done: 2, lost: 4, working: 2, stopped: 0 },
    ]);
  });

  test('the chance to work on alone is watched until done, a limit or an interruption', () => {
    // 8 watched; lost at 2, 4, 12, 20 and 60 steps; done at 12 (twice), stopped at 90.
    const [at5, at10, at20, at50] = figures(ended)?.alone.steps.marks ?? [];
    expect(at5?.point?.chance).toBeCloseTo(6 / 8, 10);
    expect(at10?.point?.chance).toBeCloseTo(6 / 8, 10);
    expect(at20?.point?.chance).toBeCloseTo((6 / 8) * (5 / 6) * (2 / 3), 10);
    expect(at50?.point).toMatchObject({ atRisk: 2 });
    expect(figures(ended)?.alone.minutes.until).toBe(120);
  });

  test('without an end check the end state, recovered, pass^k and the cost of a finished job are not measured', () => {
    expect(figures(ended, { checked: false, trials: 3 })).toMatchObject({
      done: null,
      recovered: null,
      costPerDone: null,
      passHat: [],
      lost: 5,
    });
  });

  test('no try, no figures', () => {
    expect(figures([])).toBeNull();
  });
});

test('few are at work from the time on at which fewer than five, or a quarter, are left', () => {
  const ended = (count: number) =>
    figures(Array.from({ length: count }, (_, at) => one(at, 'done', { seconds: (at + 1) * 60 })))?.alone.minutes.few;
  expect(ended(12)).toBe(8);
  expect(ended(40)).toBe(31);
  expect(ended(4)).toBe(0);
});

describe('money', () => {
  test('a finished job costs what all tries cost, interrupted ones included', () => {
    const found = figures([one(1, 'done'), one(2, 'crash', { costUsd: 1 }), one(2, 'interrupted', { costUsd: 0.25 })]);
    expect(found).toMatchObject({ spend: 1.75, costPerDone: 1.75, interrupted: 1, trials: 2, costUnknown: 0 });
  });

  test('what is known is counted where all that finished told theirs; else a finished job has no cost', () => {
    expect(figures([one(1, 'done'), one(2, 'done', { costUsd: null })])).toMatchObject({
      spend: 0.5,
      costUnknown: 1,
      costPerDone: null,
    });
    expect(figures([one(1, 'done'), one(2, 'interrupted', { costUsd: null })])).toMatchObject({
      spend: 0.5,
      costUnknown: 1,
      costPerDone: 0.5,
    });
    expect(figures([one(1, 'done', { costUsd: null })])).toMatchObject({ spend: null, costPerDone: null });
    expect(figures([one(1, 'crash')])).toMatchObject({ spend: 0.5, costPerDone: null });
  });
});

test('pass^k is by end state, over jobs', () => {
  const tries = [1, 2].flatMap((prompt) =>
    [1, 2, 3].map((trial) => one(prompt, prompt === 1 || trial === 1 ? 'done' : 'crash', { trial })),
  );
  const found = figures(tries, { trials: 3 })?.passHat.map(({ chance }) => chance);
  expect(found?.[0]).toBeCloseTo((1 + 1 / 3) / 2, 10);
  expect(found?.[2]).toBeCloseTo(0.5, 10);
});

describe('the ledger', () => {
  const key = { at, arm: 'open', prompt: job(1), trial: 1 } as const;
  const started: RunEvent = { ...key, event: 'trial-started', pid: 7, startTime: '1', folder: '/tmp/x' };
  const ended: RunEvent = {
    ...key,
    event: 'trial-ended',
    end: 'done',
    steps: 9,
    failedSteps: 1,
    seconds: 30,
    costUsd: 0.1,
  };
  const interrupted: RunEvent = { ...key, event: 'trial-interrupted', steps: 3, seconds: 10, costUsd: 0.05 };

  test('an interrupted try and the one that ended are two tries', () => {
    expect(agentTries([started, interrupted, started, ended]).open).toEqual([
      { prompt: job(1), trial: 1, end: 'interrupted', seconds: 10, steps: 3, failedSteps: 0, costUsd: 0.05 },
      { prompt: job(1), trial: 1, end: 'done', seconds: 30, steps: 9, failedSteps: 1, costUsd: 0.1 },
    ]);
  });

  test('a start with nothing behind it but another start leaves time and cost unknown', () => {
    const [lost, found] = agentTries([started, started, ended]).open ?? [];
    expect(lost).toMatchObject({ end: 'interrupted', seconds: null, costUsd: null });
    expect(found).toMatchObject({ end: 'done' });
  });

  test('a trial that is still at work is no try yet', () => {
    expect(agentTries([started])).toEqual({ open: [] });
  });

  test('of two ends of one trial the last is its end, and both were paid for', () => {
    const tries = agentTries([started, ended, started, { ...ended, end: 'crash' }]).open ?? [];
    expect(tries.map(({ end }) => end)).toEqual(['interrupted', 'crash']);
    expect(agentFigures(tries, { checked: true, trials: 1 })?.spend).toBeCloseTo(0.2, 10);
  });
});
