import { expect, it } from 'vitest';
import { runNotes } from '../../../src/app/score/run-notes.ts';
import { buildReport } from '../../../src/report/model.ts';
import { guessedNotice, guessedWords } from '../../../src/text/guessed-tasks.ts';
import { reportInput } from '../../helpers/report-input.ts';

const hides = 'All are one task. If your file holds two kinds of work, one can hide the other.';

it('one guessed task is told to the rater, and to whoever reads a verdict on it', () => {
  expect(guessedWords({ systemPrompts: 0 }, 1)).toEqual([
    `The tasks were guessed from the form of the prompts. ${hides}`,
  ]);
  expect(guessedWords({ systemPrompts: 2 }, 2)).toEqual(['The tasks were guessed from 2 system prompts.']);
  expect(guessedWords({ systemPrompts: 1, openings: 2 }, 3)).toEqual([
    'The tasks were guessed from 1 system prompt and the line with which many prompts begin.',
  ]);
  expect(guessedWords(undefined, 1)).toEqual([]);
  // One of two tasks was chosen: the other is no work hidden in it.
  expect(guessedWords({ systemPrompts: 2, tasks: 2 }, 1)).toEqual(['The tasks were guessed from 2 system prompts.']);
  expect(guessedNotice({ systemPrompts: 2, tasks: 2 }, 1)).toEqual([
    'The tasks were guessed from 2 system prompts. If they are not your kinds of work, name them in a column called task, and begin a new run.',
  ]);
  expect(guessedNotice(undefined, 2)).toEqual([]);
  expect(guessedWords({ systemPrompts: 0, tasks: 1 }, 1).join()).toContain(hides);
});

it('a report says it of guessed tasks alone, and only of a single one', () => {
  const input = (guessed: boolean, tasks: number) => {
    const made = reportInput({ tasks: ['a', 'b'].slice(0, tasks).map((task) => ({ task, votes: 'lw' })) });
    return { ...made, run: { ...made.run, ...(guessed && { guessedTasks: { systemPrompts: 0 } }) } };
  };
  const said = (guessed: boolean, tasks: number) =>
    buildReport(input(guessed, tasks)).notices.join(' ').includes(hides);
  expect([said(true, 1), said(true, 2), said(false, 1)]).toEqual([true, false, false]);
});

it('who reads a few prompts that others left hears of these, and not of the log', () => {
  const tasks = [
    { task: 'a', votes: 'lwlwlwlw' },
    { task: 'b', votes: 'lwlwlwlw' },
  ];
  const { run } = reportInput({ tasks });
  const logged = { ...run, logged: { records: 20, different: 16 } };
  const said = (own?: Parameters<typeof runNotes>[1]) => runNotes(logged, own).join(' ');
  expect(said()).toMatch(/ had 20 records, 16 different prompts; .*Prompts by task: a 8, b 8\./);
  expect(said({ tasks: ['b', 'a', 'b'], few: true })).toBe('Prompts by task: a 1, b 2.');
  expect(said({ tasks: ['b'], few: true })).toBe('');
});

it('a session of fewer prompts than any verdict needs says so before its first ballot', () => {
  const notes = (votes: string) => runNotes(reportInput({ tasks: [{ task: 'a', votes }] }).run).join(' ');
  expect(notes('lwlwlwl')).toContain('Too few to decide anything');
  expect(notes('lwlwlwlw')).not.toContain('Too few');
});
