/** When a prompt was asked: from the columns of tables, and from the rows of conversations. */
import { describe, expect, it } from 'vitest';
import type { LoadedPrompts } from '../../../src/logs/load.ts';
import { load } from '../../helpers/loaded-text.ts';

const times = ({ prompts }: LoadedPrompts): unknown[] => prompts.map(({ ts }) => ts);

describe('a table', () => {
  it.each([
    ['german', 'Datum;Frage;Antwort\n03.10.2026 14:05;Wann?;Um sechs.\n'],
    ['postgres', 'created_at;prompt;response\n2026-10-03 14:05:00+00;When?;At six.\n'],
    ['american', 'date;prompt;response\n10/3/2026 2:05 PM;When?;At six.\n10/14/2026 9:00 AM;Where?;Here.\n'],
  ])('reads its dates as they are written there: %s', async (_, text) => {
    expect(times(await load('dates.csv', text))[0]).toBe('2026-10-03T14:05:00.000Z');
  });

  it('names a column of dates that could be read both ways', async () => {
    const loaded = await load('both.csv', 'date,prompt,response\n3/4/2026,When?,At six.\n5/6/2026,Where?,Here.\n');
    expect(times(loaded)).toEqual([undefined, undefined]);
    expect(loaded.unused.map(({ name }) => name)).toEqual(['date']);
  });
});

it('takes the time of the question for a turn of a conversation, not that of its answer', async () => {
  const rows = [
    'chat_id,role,content,created_at',
    'a,user,When?,2026-10-03 08:00:00+00',
    'a,assistant,At six.,2026-10-03 08:00:07+00',
    'a,user,And on Sundays?,2026-10-03 08:01:00+00',
  ];
  expect(times(await load('rows.csv', rows.join('\n')))).toEqual([
    '2026-10-03T08:00:00.000Z',
    '2026-10-03T08:01:00.000Z',
  ]);
});

it('names a time of messages that could be read both ways, and none that was read', async () => {
  const rows = (first: string, second: string): string =>
    `chat_id,role,content,timestamp\na,user,When?,${first}\na,assistant,At six.,${second}\n`;
  const unsure = await load('unsure.csv', rows('5/6/2026 8:27', '5/6/2026 8:32'));
  expect(times(unsure)).toEqual([undefined]);
  expect(unsure.unused.map(({ name }) => name)).toEqual(['timestamp']);
  const sure = await load('sure.csv', rows('2026-06-05 08:27:00', '2026-06-05 08:32:00'));
  expect(sure.unused).toEqual([]);
});
