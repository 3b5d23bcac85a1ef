/** Numbers of the plan and of the routes, on both sides of each border. */
import { describe, expect, it } from 'vitest';
import { hashing } from '../../../src/store/hashing.ts';
import { decidePair } from '../../../src/verdicts/decide.ts';
import { routeTasks } from '../../../src/verdicts/routing.ts';
import { overlapPrompts } from '../../../src/voting/ballot-plan.ts';
import { castAll, openVsClosed, votedRun } from '../../helpers/voted-run.ts';

describe('prompts that every rater reads', () => {
  const overlapOf = (plannedBallots: number, raters: number): number => {
    const { run, prompts } = votedRun({ prompts: Array.from({ length: plannedBallots }, () => ({})) });
    const settings = { ...run.settings, raters };
    return overlapPrompts({ ...run, plannedBallots, settings }, prompts, new Uint8Array(32).fill(7), hashing).size;
  };
  it.each([
    [59, 2, 0],
    [60, 2, 6],
    [60, 1, 0],
    [200, 3, 6],
  ])('of %i ballots for %i raters are %i', (ballots, raters, size) => expect(overlapOf(ballots, raters)).toBe(size));
});

describe('"neither model does this task"', () => {
  it.each([
    ['bbww', false],
    ['bbbww', false],
    ['bbbbw', true],
    ['bbbbwwww', false],
    ['bbbbbwww', true],
  ])('for votes %s: %s', (letters, neither) => {
    const run = votedRun({ prompts: [...letters].map(() => ({})) });
    castAll(run, letters);
    expect(decidePair(run.input, openVsClosed).tasks[0]?.neither).toBe(neither);
  });
});

describe('a task that open does well', () => {
  it.each([
    [3, 'open'],
    [4, 'open-first'],
  ])('with %i of 200 first answers failing a check goes to %s', (failedFirst, route) => {
    const run = votedRun({ prompts: Array.from({ length: 12 }, () => ({ task: 'reply' })) });
    castAll(run, 'wwwwwwwwwwww');
    const one = { cost: null, latencyMs: null };
    const { tasks } = routeTasks({
      run: run.run,
      verdicts: decidePair(run.input, openVsClosed),
      measures: {
        reply: { open: { ...one, answered: 200, failedFirst }, closed: { ...one, answered: 200, failedFirst: 0 } },
      },
      callsPerMonth: 1000,
    });
    expect(tasks.map((task) => task.route)).toEqual([route]);
  });
});
