import { expect, it } from 'vitest';
import type { ArmMeasure } from '../../../src/verdicts/routing.ts';
import { comparedWords } from '../../../src/verdicts/task-comparison.ts';

const arm = (mean: number | null, latencyMs: number | null): ArmMeasure => ({
  answered: 20,
  failedFirst: 0,
  cost: mean === null ? null : { calls: 20, mean, se: 0 },
  latencyMs,
});
const hosted = { machineCostPerCall: null, unasked: 0, planned: 24 };

it('says how many times cheaper and slower open was, and what it could not be asked', () => {
  const measure = { open: arm(0.0001, 2100), closed: arm(0.0012, 1000) };
  expect(comparedWords({ ...hosted, measure, unasked: 1 })).toBe(
    'open was 12 times cheaper and 2.1 times slower; open could not be asked 1 prompt of 24',
  );
});

it('takes the machine at the volume for an own model, and is silent where nobody priced it', () => {
  const measure = { open: arm(0, 500), closed: arm(0.001, 1000) };
  expect(comparedWords({ ...hosted, measure, machineCostPerCall: 0.004 })).toBe(
    'open was 2 times faster; at your calls a month, with its machine and people, open would be 4 times dearer',
  );
  const unpriced = { ...measure, open: arm(null, 500) };
  expect(comparedWords({ ...hosted, measure: unpriced })).toBe('open was 2 times faster');
});

it('calls close figures the same, and is silent about what nobody measured', () => {
  const measure = { open: arm(0.001, 1050), closed: arm(0.00105, 1000) };
  expect(comparedWords({ ...hosted, measure })).toBe('open was about as dear and about as fast');
  expect(comparedWords({ ...hosted, measure: { open: arm(null, null), closed: arm(null, null) } })).toBe('');
  expect(comparedWords({ ...hosted, measure: undefined, unasked: 2 })).toBe('open could not be asked 2 prompts of 24');
});
