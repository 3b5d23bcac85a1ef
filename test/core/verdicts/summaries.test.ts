import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../../src/records/attempt-record.ts';
import type { BlindPart, LicencePart, RoutePart } from '../../../src/report/report-parts.ts';
import { foldTrials, type Trial } from '../../../src/runs/trial.ts';
import { decidePair } from '../../../src/verdicts/decide.ts';
import { raterQuality } from '../../../src/verdicts/rater-quality.ts';
import { routeTasks } from '../../../src/verdicts/routing.ts';
import { blindSummary, licenceSummary, routeSummary } from '../../../src/verdicts/summaries.ts';
import { taskMeasures } from '../../../src/verdicts/task-measures.ts';
import { answerLengths } from '../../../src/voting/ballots.ts';
import { castAll, openVsClosed, promptIdOf, votedRun } from '../../helpers/voted-run.ts';

interface Answer {
  text: string;
  pass: boolean;
  costUsd?: number;
  ms: number;
}

/** Trial 1 of each prompt: its attempts in order. */
function trialsOf(answers: readonly Answer[][]): Map<string, Trial> {
  const steps = answers.flatMap((attempts, index) =>
    attempts.map(
      ({ text, pass, costUsd, ms }, at): StepRecord => ({
        prompt: promptIdOf(index),
        trial: 1,
        attempt: at + 1,
        step: 1,
        outcome: 'answered',
        text,
        ...(costUsd === undefined ? {} : { costUsd }),
        ms: { total: ms },
        checks: [{ check: 'json', pass }],
        last: true,
        at: '2026-11-21T09:30:00.000Z',
      }),
    ),
  );
  return foldTrials(steps, 2);
}

/** Ten prompts; open fails its first check on two of them and passes on the retry. */
function example() {
  const run = votedRun({ prompts: Array.from({ length: 10 }, () => ({ task: 'extract' })) });
  castAll(run, 'wwwwwwwwtl');
  for (const arm of run.run.arms) {
    arm.provider = arm.role === 'closed' ? 'openai' : 'ollama';
    arm.leavesMachine = arm.role === 'closed';
    arm.host = arm.role === 'closed' ? 'api.openai.com' : '127.0.0.1:11434';
  }
  const open = Array.from({ length: 10 }, (_, at): Answer[] =>
    at < 2
      ? [
          { text: 'no', pass: false, ms: 800 },
          { text: 'yes, at length', pass: true, ms: 900 },
        ]
      : [{ text: 'fine', pass: true, ms: 700 }],
  );
  const closed = Array.from({ length: 10 }, (): Answer[] => [{ text: 'good', pass: true, costUsd: 0.01, ms: 2000 }]);
  const trials = { open: trialsOf(open), closed: trialsOf(closed) };
  const armOf = (name: 'open' | 'closed') => {
    const record = run.run.arms.find((arm) => arm.name === name);
    if (!record) throw new Error(name);
    return { record, trials: trials[name] };
  };
  const measured = (machineStated: boolean) =>
    taskMeasures(run.prompts, armOf('open'), armOf('closed'), { cachedShare: null, batchShare: 0, machineStated });
  return { run, trials, measures: measured(true), unpriced: measured(false) };
}

describe('what the machine measured, for routes', () => {
  it('counts first answers, their cost and their time; a machine with a price costs nothing per call', () => {
    const { extract } = example().measures;
    expect(extract?.open).toEqual({
      answered: 10,
      failedFirst: 2,
      cost: { calls: 10, mean: 0, se: 0 },
      latencyMs: 700,
    });
    expect(extract?.closed).toMatchObject({ answered: 10, failedFirst: 0, latencyMs: 2000 });
    expect(extract?.closed?.cost?.mean).toBeCloseTo(0.01, 12);
    expect(extract?.paired).toEqual({ onlyOpen: 2, onlyClosed: 0, pairs: 10 });
  });

  it('becomes a route in words, with its saving', () => {
    const { run, measures } = example();
    const verdicts = decidePair(run.input, openVsClosed);
    const routes: RoutePart[] = routeSummary(
      routeTasks({ run: run.run, verdicts, measures, callsPerMonth: 10_000 }),
      (task) => `${task} compared`,
    );
    expect(routes[0]?.compared).toBe('extract compared');
    expect(routes[0]).toMatchObject({ pair: 'open:closed', task: 'extract', route: 'open-first' });
    expect(routes[0]?.words).toBe(
      '2 of 10 first answers failed a check; closed answers 20 %; $2.00 instead of $10.00 per 1,000 calls; about 1.1 s',
    );
    expect(routes[0]?.savingPerMonthUsd).toBeCloseTo(80, 9);
  });

  it('says that the cost is not known of a local model whose machine nobody priced, and names no saving', () => {
    const { run, unpriced } = example();
    expect(unpriced.extract?.open?.cost).toBeNull();
    const verdicts = decidePair(run.input, openVsClosed);
    const routing = routeTasks({ run: run.run, verdicts, measures: unpriced, callsPerMonth: 10_000 });
    expect(routing.savingPerMonth).toBeNull();
    const [route] = routeSummary(routing, () => '');
    expect(route?.savingPerMonthUsd).toBeNull();
    expect(route?.words).toBe(
      '2 of 10 first answers failed a check; closed answers 20 %; what open costs is not known; about 1.1 s',
    );
  });

  it('says "not measured" of answers that were in the log', () => {
    const { run, trials } = example();
    const [closed, open] = run.run.arms;
    if (!closed || !open) throw new Error('arms');
    open.provider = 'logged';
    const { extract } = taskMeasures(
      run.prompts,
      { record: open, trials: trials.open },
      { record: closed, trials: trials.closed },
    );
    expect(extract?.open).toEqual({ answered: 0, failedFirst: 0, cost: null, latencyMs: null });
    expect(extract?.paired).toBeUndefined();
  });
});

describe('what a report lays out', () => {
  it('has the shape of its parts, and nulls where nothing was measured', () => {
    const { run, trials } = example();
    const { evidence } = decidePair(run.input, openVsClosed);
    const lengthOf = answerLengths(
      run.input.run,
      new Map(run.input.prompts.map((prompt) => [prompt.id, prompt])),
      trials,
      openVsClosed,
    );
    expect(lengthOf(promptIdOf(0), 'a')).toBe('yes, at length'.length);
    const quality = raterQuality({
      ...run.input,
      pair: openVsClosed,
      evidence,
      lengthOf,
      masks: { open: { count: 3, left: 1, names: ['Qwen'], prompts: ['p_1'] } },
    });
    const part: BlindPart = blindSummary(quality);
    expect(part).toMatchObject({ adjusted: null, bang: null, consistency: [], agreement: null, length: null });
    expect(part.masks).toEqual([{ arm: 'open', count: 3, left: 1, names: ['Qwen'], prompts: ['p_1'] }]);
    expect(part.unrecognised).toMatchObject({ units: 10, net: 0.7 });
  });

  it('names the licence of arms that one would move to', () => {
    const { run } = example();
    const open = run.run.arms.find(({ name }) => name === 'open');
    if (open) open.licence = { spdx: 'Apache-2.0' };
    const licences: LicencePart[] = licenceSummary(run.run);
    expect(licences).toEqual([
      { arm: 'open', licence: 'Apache-2.0', catch: null, binds: null },
      { arm: 'control', licence: null, catch: null, binds: null },
    ]);
  });
});
