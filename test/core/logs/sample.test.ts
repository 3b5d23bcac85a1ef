import { describe, expect, it } from 'vitest';
import { samplePlan } from '../../../src/logs/sample.ts';
import type { PromptId } from '../../../src/records/ids.ts';
import type { PromptRecord } from '../../../src/records/prompt-record.ts';
import { hashing } from '../../../src/store/hashing.ts';

const prompt = (task: string, at: number, difficulty: 'easy' | 'hard' = 'easy', count?: number): PromptRecord => ({
  id: `p_${hashing.sha256(`${task} ${at}`).slice(0, 16)}` as PromptId,
  task,
  messages: [{ role: 'user', content: `${task} ${at}` }],
  difficulty,
  weight: 1,
  source: { format: 'csv', file: 'a.csv', line: at + 2 },
  ...(count && { count }),
});
const many = (task: string, count: number, hardEvery = 0): PromptRecord[] =>
  Array.from({ length: count }, (_, at) => prompt(task, at, hardEvery && at % hardEvery === 0 ? 'hard' : 'easy'));
const ids = (list: PromptRecord[]): string[] => list.map(({ id }) => id);
const base = { checkN: 0, seed: 1, hashing };

describe('samplePlan', () => {
  it('takes all 24 of 8/8/8', () => {
    const plan = samplePlan([...many('a', 8), ...many('b', 8), ...many('c', 8)], { ...base, n: 24 });
    expect(plan.tasks.map(({ planned }) => planned)).toEqual([8, 8, 8]);
    expect(plan.ballots).toHaveLength(24);
    expect(plan.reserve).toEqual([]);
    expect(plan.leftOut).toEqual([]);
  });

  it('fills at most three tasks, the largest first, 8 or more each, and names what it left out', () => {
    const plan = samplePlan([...many('d', 5), ...many('a', 100), ...many('b', 40), ...many('c', 12), ...many('e', 9)], {
      ...base,
      n: 24,
    });
    expect(plan.tasks.map(({ task }) => task)).toEqual(['a', 'b', 'c']);
    expect(plan.tasks.every(({ planned }) => planned >= 8)).toBe(true);
    expect(plan.leftOut).toEqual([
      { task: 'e', prompts: 9 },
      { task: 'd', prompts: 5 },
    ]);
    expect(plan.ballots).toHaveLength(24);
  });

  it('takes three tasks and no fourth, also where there is room for it', () => {
    const plan = samplePlan(
      ['a', 'b', 'c', 'd', 'e'].flatMap((task) => many(task, 20)),
      { ...base, n: 40 },
    );
    expect(plan.tasks.map(({ task }) => task)).toEqual(['a', 'b', 'c']);
  });

  it('follows the traffic beyond 8 each', () => {
    const plan = samplePlan([...many('a', 75), ...many('b', 25)], { ...base, n: 60 });
    expect(plan.tasks.map(({ task, planned, traffic }) => [task, planned, traffic])).toEqual([
      ['a', 45, 0.75],
      ['b', 15, 0.25],
    ]);
    // 60 of a task at most: 45 planned and 15 behind them; all 25 of the other.
    expect(plan.beyond).toBe(75 - 60);
    expect(samplePlan(many('a', 75), { ...base, n: 'all' }).beyond).toBe(0);
  });

  it('counts repeated prompts as traffic', () => {
    const plan = samplePlan([prompt('a', 1), prompt('b', 1, 'easy', 9)], { ...base, n: 2, tasks: ['a', 'b'] });
    expect(plan.tasks[0]).toMatchObject({ task: 'b', traffic: 0.9 });
  });

  it('gives the same sample for the same seed, another for another, and interleaves tasks', () => {
    const log = [...many('a', 50), ...many('b', 50)];
    const first = samplePlan(log, { ...base, n: 24 });
    expect(samplePlan([...log].reverse(), { ...base, n: 24 })).toEqual(first);
    expect(ids(samplePlan(log, { ...base, n: 24, seed: 2 }).ballots)).not.toEqual(ids(first.ballots));
    const tasks = first.ballots.map(({ task }) => task).join('');
    expect(tasks).toMatch(/ab.*ba|ba.*ab/);
  });

  it('puts the reserve behind the ballots: up to 60 a task, more where machine checks ask', () => {
    const log = [...many('a', 300), ...many('b', 20)];
    const plan = samplePlan(log, { ...base, n: 24 });
    expect(plan.tasks.map(({ planned, reserve }) => planned + reserve)).toEqual([60, 20]);
    const checked = samplePlan(log, { ...base, n: 24, checkN: 200 });
    expect(checked.ballots.length + checked.reserve.length).toBe(200);
    expect(ids(checked.ballots)).toEqual(ids(plan.ballots));
    expect(new Set(ids([...checked.ballots, ...checked.reserve])).size).toBe(200);
  });

  it('weights over-sampled hard prompts so that evidence stays about traffic (statistics.md, the 80/20 example)', () => {
    const plan = samplePlan(many('a', 100, 5), { ...base, n: 20, hard: 0.4 });
    expect(plan.tasks[0]).toMatchObject({ hardTraffic: 0.2, hardPlan: 0.4 });
    const weights = new Set(plan.ballots.map(({ difficulty, weight }) => `${difficulty} ${weight.toFixed(4)}`));
    expect(weights).toEqual(new Set(['easy 1.3333', 'hard 0.5000']));
    const mean = plan.ballots.reduce((sum, { weight }) => sum + weight, 0) / plan.ballots.length;
    expect(mean).toBeCloseTo(1, 10);
    const hardReserve = plan.reserve.filter(({ difficulty }) => difficulty === 'hard').length;
    expect(hardReserve).toBe(12);
  });

  it('takes everything with n all, and only the tasks asked for with tasks', () => {
    const log = [...many('a', 10), ...many('b', 3), ...many('c', 3), ...many('d', 3)];
    expect(samplePlan(log, { ...base, n: 'all' }).ballots).toHaveLength(19);
    const chosen = samplePlan(log, { ...base, n: 6, tasks: ['c', 'd'] });
    expect(chosen.tasks.map(({ task, planned }) => [task, planned])).toEqual([
      ['c', 3],
      ['d', 3],
    ]);
    expect(chosen.leftOut.map(({ task }) => task)).toEqual(['a', 'b']);
  });
});
