import { describe, expect, it } from 'vitest';
import { dollars } from '../../../src/text/numbers.ts';

describe('dollars', () => {
  it.each([
    [2.6249999999999996, '$2.63'],
    [2.625, '$2.63'],
    [2.6249, '$2.62'],
    [-0.125, '−$0.13'],
    [999.994, '$999.99'],
  ])('rounds half a cent up: %s', (value, shown) => {
    expect(dollars(value)).toBe(shown);
  });
});
