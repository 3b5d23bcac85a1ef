import { describe, expect, it } from 'vitest';
import { dateIn } from '../../../src/arms/wire/listed.ts';
import { isDue, retirementOf, retirementWords } from '../../../src/releases/retirement.ts';

const today = '2026-11-27';

describe('retirement', () => {
  it.each([
    ['2027-01-14', 'far', 48, 45, false],
    ['2027-01-14', 'soon', 48, 60, true],
    ['2027-01-26', 'soon', 60, 60, true],
    ['2027-01-27', 'far', 61, 60, false],
    ['2026-11-27', 'soon', 0, 60, true],
    ['2026-11-26', 'ended', -1, 60, true],
    ['2026-02-30x', 'unreadable', null, 60, false],
    ['next spring', 'unreadable', null, 60, false],
  ])('%s is %s', (on, state, days, within, due) => {
    const found = retirementOf({ on }, today, within);
    expect(found).toMatchObject({ state, days });
    expect(isDue(found)).toBe(due);
  });

  it.each([
    ['2026-11-20', 'deprecated', 'overdue', 'm-1 was to end on 2026-11-20, 7 days ago, and is still there', true],
    ['2026-12-04', 'deprecated', 'soon', 'm-1 ends on 2026-12-04, in 7 days', true],
    ['2026-11-20', 'retired', 'ended', 'm-1 ended on 2026-11-20, 7 days ago', true],
    ['retired', 'retired', 'ended', 'm-1 has ended', true],
  ])('on %s, of a model that is %s, is %s', (on, lifecycle, state, words, due) => {
    const found = retirementOf({ on, lifecycle }, today, 60);
    expect(found?.state).toBe(state);
    expect(found && retirementWords('m-1', found)).toBe(words);
    expect(isDue(found)).toBe(due);
  });

  it('is said in days, with what takes its place', () => {
    const words = (on: string, replacement?: string) => {
      const found = retirementOf({ on, replacement }, today, 60);
      return found && retirementWords('m-1', found);
    };
    expect(words('2027-01-14', 'm-2')).toBe('m-1 ends on 2027-01-14, in 48 days; m-2 takes its place');
    expect(words('2026-11-27')).toBe('m-1 ends on 2026-11-27, today');
    expect(words('2026-11-28')).toBe('m-1 ends on 2026-11-28, tomorrow');
    expect(words('2026-11-20')).toBe('m-1 ended on 2026-11-20, 7 days ago');
    expect(words('soon')).toBe('m-1: its provider says of its end "soon"');
    expect(retirementOf(undefined, today, 60)).toBeUndefined();
  });

  it.each([
    ['2027-01-14', '2027-01-14'],
    ['2027-01-14T00:00:00Z', '2027-01-14'],
    [1_799_884_800, '2027-01-14'],
    ['2026-02-30', '2026-02-30'],
    ['', undefined],
    [null, undefined],
    [0, undefined],
    [{}, undefined],
  ])('a list says %j', (value, day) => expect(dateIn(value)).toBe(day));
});
