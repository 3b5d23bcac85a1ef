/** Time grows with the text alone, from the record to the screen and in every check. */
import { expect, it } from 'vitest';
import { repeatedSize, repeatedUnits, stepTimes } from '../helpers/repeated-texts.ts';

const bar = 200;

it.each(repeatedUnits)('%j, repeated to 100 KB, passes every step within 200 ms', (unit) => {
  const late = stepTimes(unit.repeat(Math.ceil(repeatedSize / unit.length)), bar).filter(({ ms }) => ms > bar);
  expect(late).toEqual([]);
});
