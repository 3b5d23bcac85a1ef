import { expect, it } from 'vitest';
import { buildReport } from '../../../src/report/model.ts';
import { reportInput } from '../../helpers/report-input.ts';

it('counts what an arm did not honour, one line for each parameter', () => {
  const input = reportInput();
  const trials = [...(input.trials.open?.values() ?? [])];
  const steps = trials.flatMap(({ attempts }) => attempts.flatMap((attempt) => attempt.steps));
  for (const [at, step] of steps.slice(0, 5).entries())
    step.adjusted = ['temperature: model default', ...(at < 3 ? [`max_tokens: ${1_000 + at}`] : [])];
  const open = buildReport(input).arms.find(({ name }) => name === 'open');
  expect(open?.adjusted).toEqual([
    'max_tokens: 1000 and 2 other values (3 calls)',
    'temperature: model default (5 calls)',
  ]);
});
