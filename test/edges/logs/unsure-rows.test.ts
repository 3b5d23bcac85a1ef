/** Rows that may be no prompts: lines of a broken cell, and talks in which nobody can tell who answers. */
import { expect, it } from 'vitest';
import type { LoadedPrompts } from '../../../src/logs/load.ts';
import { load } from '../../helpers/loaded-text.ts';

const asked = ['When do you open?', 'Where are you?', 'What is on today?', 'Can I pay by card?'];
const asks = ({ prompts }: LoadedPrompts): unknown[] => prompts.map(({ messages }) => messages.at(-1)?.content);

it('leaves out a row whose time is a text, where most rows have a time', async () => {
  const rows = asked.map((text, at) => `2026-11-0${at + 1}T10:00:00,${text},Yes.`);
  const broken = 'We charge the whole sum for a table, which nobody took,';
  const loaded = await load('log.csv', ['timestamp,question,answer', ...rows, broken].join('\n'));
  expect(asks(loaded)).toEqual(asked);
  expect(loaded.rejected).toMatchObject([
    { reason: 'a text stands where the time should be (a line of a broken cell?)', count: 1 },
  ]);
});

it('keeps rows with a column of the time that holds remarks', async () => {
  const rows = asked.map((text) => `on the first day of the week,${text}`);
  expect(asks(await load('remarks.csv', ['date,question', ...rows].join('\n')))).toEqual(asked);
});

it('says that answers may be among the prompts where two names speak again and again, and no answer was read', async () => {
  const talk = [...asked, ...asked.map((text) => `You asked: ${text}`)];
  const records = talk.map((message, at) => ({ author: at % 2 ? 'th_rt' : 'Darcy', message }));
  const { warnings } = await load('talk.json', JSON.stringify(records));
  const words = 'Nothing says who in "author" asks and who answers: answers may be among the prompts.';
  expect(warnings.join()).toContain(words);
  const letters = asked.map((message, at) => ({ author: `Guest ${at}`, message }));
  expect((await load('letters.json', JSON.stringify(letters))).warnings.join()).not.toContain(words);
  const answered = records.map((record) => ({ ...record, answer: 'At six.' }));
  expect((await load('answered.json', JSON.stringify(answered))).warnings.join()).not.toContain(words);
});

it('names two further answers as not used, which begin like the one that was read', async () => {
  const query = (at: number, end: string): string =>
    `SELECT sum(amount) FROM the_orders_of_the_year_${at} WHERE ${end}`;
  const records = asked.map((question, at) => ({
    question,
    reference: query(at, "paid = 'yes'"),
    base: query(at, 'paid IS TRUE'),
    tuned_answer: `${question} ${query(at, "status = 'paid'")}`,
  }));
  const { warnings } = await load('predictions.json', JSON.stringify(records));
  expect(warnings.join()).toMatch(/Not used: base \(4 of 4 records.*tuned_answer \(4 of 4 records/);
});
