/** Tasks of a log without task and system prompt: what its templates tell. */
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../src/logs/draft.ts';
import { keptOpening, openingOf } from '../../../src/logs/prompt-openings.ts';
import { groupKey, groupNames, groupOf, taskGuess } from '../../../src/logs/tasks.ts';

const draft = (content: string): Draft => ({ messages: [{ role: 'user', content }] });

describe('the opening of a prompt', () => {
  it.each([
    [
      'Summarise this call note in two sentences:\nThe guest of 214 called.',
      'Summarise this call note in two sentences',
    ],
    ['Translate into German: The bill is due.', 'Translate into German'],
    ['Rewrite the text below.\n\nWe ship on Monday.', 'Rewrite the text below.'],
    ['次の文章を要約してください。\n本日は晴天です。', '次の文章を要約してください。'],
  ])('stands before the first line break, or before a colon: %j', (text, opening) => {
    expect(openingOf(draft(text))).toBe(opening);
  });

  it.each([
    'Dear Mr Smith and colleagues:\nthe parcel is late.',
    'Guten Morgen liebes Team,\nmein Zimmer ist kalt.',
    'Subject: the parcel\n',
    'How late can I check in at 10:30?',
    'Where is my parcel? It left on Monday.',
    `${'A long first line of somebody who writes without a break. '.repeat(5)}\nAnd more.`,
  ])('is none of a greeting, a label, a time or a text of its own: %j', (text) => {
    expect(openingOf(draft(text))).toBeUndefined();
  });

  it('is none in a conversation, whose first line is the talk itself', () => {
    const [first] = draft('Please read this note:\nIt rains.').messages;
    expect(openingOf({ messages: [first, { role: 'assistant', content: 'Yes.' }, first] as Draft['messages'] })).toBe(
      undefined,
    );
  });

  it('is remembered for the first 256 only, so that texts of their own cost nothing', () => {
    const kept = new Set<string>();
    for (let at = 0; at < 300; at += 1) keptOpening(draft(`Read line number ${at}:\nHello.`), kept);
    expect(kept.size).toBe(256);
    expect(keptOpening(draft('Read line number 7:\nAgain.'), kept)).toBe('Read line number 7');
    expect(keptOpening(draft('Read line number 299:\nAgain.'), kept)).toBeUndefined();
  });
});

describe('tasks of prompts that begin alike', () => {
  const namesOf = (texts: string[]) => {
    const openings = new Set<string>();
    const counts = new Map<string, number>();
    for (const text of texts) {
      const key = groupKey(groupOf(draft(text), openings));
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return { names: [...new Set(groupNames(counts).values())].sort(), guess: taskGuess(counts) };
  };
  const many = (count: number, opening: string) =>
    Array.from({ length: count }, (_, at) => `${opening}: the note number ${at} of the day.`);
  const asked = (count: number) => Array.from({ length: count }, (_, at) => `Is room ${at} free?`);

  it('are a task of their own from 8 records on, beside what begins otherwise', () => {
    const { names, guess } = namesOf([...many(8, 'Summarise this call note'), ...asked(6)]);
    expect(names).toEqual(['questions', 'summarise-call-note']);
    expect(guess).toMatchObject({ systemPrompts: 0, openings: 1, tasks: 2 });
    expect(guess?.words).toBe('Tasks were guessed from the line with which many prompts begin.');
    expect(namesOf([...many(7, 'Summarise this call note'), ...asked(6)]).names).toEqual(['questions']);
  });

  it('are named for what is to be done, not for how', () => {
    const name = (opening: string) => namesOf(many(8, opening)).names;
    expect(name('Summarise this delivery note in one line for the manager')).toEqual(['summarise-delivery-note']);
    expect(name('Answer this customer mail in a friendly tone')).toEqual(['answer-customer-mail']);
    expect(name('Find all the errors in this invoice')).toEqual(['find-all-errors']);
    expect(name('List errors in this long invoice')).toEqual(['list-errors-long-invoice']);
  });

  it('take in what begins otherwise where that is fewer than 8 records and than one in 20', () => {
    const [call, mail] = ['Summarise this call note', 'Answer this customer mail'];
    expect(namesOf([...many(24, call), ...asked(1)]).names).toEqual(['summarise-call-note']);
    expect(namesOf([...many(19, call), ...asked(1)]).names).toEqual(['questions', 'summarise-call-note']);
    expect(namesOf([...many(200, call), ...asked(7)]).names).toEqual(['summarise-call-note']);
    expect(namesOf([...many(200, call), ...asked(8)]).names).toEqual(['questions', 'summarise-call-note']);
    expect(namesOf([...many(24, call), ...many(24, mail), ...asked(1)]).names).toHaveLength(3);
  });

  it('are none where fewer than one record in 20 begins so', () => {
    expect(namesOf([...many(10, 'Summarise this call note'), ...asked(190)]).names).toHaveLength(2);
    expect(namesOf([...many(10, 'Summarise this call note'), ...asked(191)]).names).toEqual(['questions']);
  });

  it('count whatever the prompts ask for besides', () => {
    const both = [
      ...many(4, 'Answer this customer'),
      ...many(4, 'Answer this customer').map((text) => `${text} As JSON.`),
    ];
    expect(namesOf(both).names).toEqual(['answer-customer']);
  });
});
