import { describe, expect, it } from 'vitest';
import { per100Limits } from '../../../src/text/numbers.ts';

describe('limits of an interval', () => {
  it.each([
    [{ lower: -0.2951, upper: 0.3 }, '−29.5 to +30'],
    [{ lower: -0.29999, upper: 0.3 }, '−29.9 to +30'],
    [{ lower: -0.3, upper: 0.3 }, '−30 to +30'],
    [{ lower: -0.304, upper: 0.3 }, '−30 to +30'],
    [{ lower: 0.004, upper: 0.5 }, '+0.4 to +50'],
    [{ lower: -0.5, upper: -0.0002 }, '−50 to −0.1'],
    [{ lower: -0.004, upper: 0.004 }, '0 to 0'],
  ])('never contradict the verdict by rounding: %o', (interval, shown) => {
    expect(per100Limits(interval, 0.3)).toBe(shown);
  });
});
