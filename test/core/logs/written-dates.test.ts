/** Dates as people, sheets and databases write them. */
import { describe, expect, it } from 'vitest';
import { columnOrder, isoTime } from '../../../src/logs/moments.ts';

const seven = '2026-10-03T07:05:00.000Z';

describe('a date that can be read one way', () => {
  it.each([
    '2026-10-03 07:05:00+00',
    '2026-10-03 09:05:00.000000+02',
    '2026-10-03 7:05',
    '2026/10/03 07:05',
    '2026/10/3 7:05:00',
    '2026年10月3日 7:05',
    '03.10.2026 07:05',
    '3.10.26, 07:05 Uhr',
    '2026.10.03 07:05',
    'Oct 3, 2026, 7:05 AM',
    'Saturday, October 3, 2026 at 7:05 AM',
    '3 October 2026 07:05',
    '03-Oct-2026 07:05:00',
    'Sat, 03 Oct 2026 07:05:00 GMT',
    'Sat, 03 Oct 2026 09:05:00 +0200',
  ])('%s', (text) => {
    expect(isoTime(text)).toBe(seven);
  });

  it('reads noon and midnight of a twelve-hour clock', () => {
    expect(isoTime('Oct 3, 2026 12:10 AM')).toBe('2026-10-03T00:10:00.000Z');
    expect(isoTime('Oct 3, 2026 12:10 PM')).toBe('2026-10-03T12:10:00.000Z');
  });

  it.each(['31.02.2026 10:00', '3 Maybe 2026', '1.2.3', 'version 3, 2026', '10:30', '99.99.2026'])(
    '%s is none',
    (text) => {
      expect(isoTime(text)).toBeUndefined();
    },
  );
});

describe('a date with slashes', () => {
  it('says nothing by itself, also where one of its numbers is no month', () => {
    expect(isoTime('3/4/2026')).toBeUndefined();
    expect(isoTime('3/14/2026')).toBeUndefined();
  });

  it.each([
    [['3/4/2026 2:05 PM', '3/14/2026 9:00 AM'], '2026-03-04T14:05:00.000Z'],
    [['3/4/2026 14:05', '14/3/2026 09:00'], '2026-04-03T14:05:00.000Z'],
    [['3-4-2026 14:05', '14-3-2026 09:00'], '2026-04-03T14:05:00.000Z'],
  ])('is read in the order of its column: %j', (cells, first) => {
    expect(isoTime(cells[0], columnOrder(cells))).toBe(first);
  });

  it('has no order where every date of the column could be read both ways', () => {
    expect(columnOrder(['3/4/2026', '5/6/2026', ''])).toBeUndefined();
  });

  it('has no order where some days stand first and some second', () => {
    expect(columnOrder(['14/3/2026', '3/14/2026', '3/4/2026'])).toBeUndefined();
  });
});
