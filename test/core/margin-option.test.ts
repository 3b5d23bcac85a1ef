import { describe, expect, it } from 'vitest';
import { points } from '../../src/cli/option-rows.ts';

describe('--margin', () => {
  it.each(['1', '20', '50'])('takes %s points', (value) => {
    expect(points(value)).toBe(Number(value));
  });
  // No error rate is known for these.
  it.each(['0', '51', '20.5', '-3', '', 'ten', '1e9'])('takes no %j', (value) => {
    expect(() => points(value)).toThrow('whole points per 100 prompts, from 1 to 50');
  });
});
