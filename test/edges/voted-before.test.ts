/** What a plan says of prompts that nobody should be asked again, and of those that nobody is asked. */
import { readdirSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { reportBefore } from '../../src/app/plan/voted-before.ts';
import { placeholderNote } from '../../src/app/score/rater-name.ts';
import { runPaths } from '../../src/store/layout.ts';
import { openRun } from '../../src/store/run-folder.ts';
import { sit } from '../helpers/rater-session.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const rows = (from: number, to: number, columns = 'gpt,qwen'): string =>
  [
    `prompt,${columns}`,
    ...Array.from({ length: to - from }, (_, at) => `What opens at ${from + at}?,The shop ${at}.,Room ${at} opens.`),
  ].join('\n');

it('a plan says how many of its prompts came to a vote before, and that somebody else should vote', async () => {
  using dir = tempDir();
  const cwd = dir.path;
  const plan = async (csv: string, ...flags: string[]): Promise<string> => {
    writeFileSync(dir.at('log.csv'), csv);
    const words = ['run', 'log.csv', '--closed', 'column:gpt', '--open', 'column:qwen', '-n', 'all', '--yes'];
    const done = await runVerb([...words, ...flags], { cwd });
    expect(done.code).toBe(0);
    return done.err.replace(/\s+/g, ' ');
  };
  expect(await plan(rows(0, 10), '--no-score')).not.toContain('came to a vote');
  const [name = ''] = readdirSync(dir.at('results'));
  // Nobody has voted yet: the run is offered again, and no vote is spoken of.
  expect(await plan(rows(0, 10), '--dry-run')).not.toContain('came to a vote');
  await sit(runPaths(dir.at('results', name)), 'jo', 10);
  const said = `All 10 prompts of this run came to a vote in ${name}, with the same models.`;
  expect(await plan(rows(0, 10), '--dry-run')).toContain(said);
  expect(await plan(rows(2, 8), '--dry-run')).toContain('All 6 prompts of this run came to a vote');
  const partly = await plan(rows(0, 11), '--dry-run');
  expect(partly).toContain('10 of 11 prompts of this run came to a vote');
  expect(partly).toMatch(/is not blind to them: let somebody else vote \(--rater NAME\)\./);
  // Whoever named another rater has done it already; whoever voted there has not.
  const another = await plan(rows(0, 11), '--dry-run', '--rater', 'ann');
  expect(another).toContain('Whoever voted there (jo) or read its report is not blind to them.');
  expect(await plan(rows(0, 11), '--dry-run', '--rater', 'jo')).toContain(': let somebody else vote (--rater NAME).');
  expect(await plan(rows(10, 20), '--dry-run')).not.toContain('came to a vote');
  expect(await plan(rows(0, 10), '--dry-run', '--reuse')).not.toContain('came to a vote');
  writeFileSync(dir.at('log.csv'), rows(0, 10, 'gpt,mistral'));
  const other = await runVerb(
    ['run', 'log.csv', '--closed', 'column:gpt', '--open', 'column:mistral', '-n', 'all', '--yes', '--dry-run'],
    { cwd },
  );
  expect(other.err).not.toContain('came to a vote');
});

it('whoever sits down to vote hears it too, without the name of that run', async () => {
  using dir = tempDir();
  const cwd = dir.path;
  const run = async (csv: string, name: string) => {
    writeFileSync(dir.at('log.csv'), csv);
    const words = [
      'run',
      'log.csv',
      '--closed',
      'column:gpt',
      '--open',
      'column:qwen',
      '-n',
      'all',
      '--yes',
      '--no-score',
    ];
    expect((await runVerb([...words, '--name', name], { cwd })).code).toBe(0);
    const folder = readdirSync(dir.at('results')).find((each) => each.endsWith(name)) ?? '';
    return runPaths(dir.at('results', folder));
  };
  const first = await run(rows(0, 10), 'qwen-first');
  expect(reportBefore(openRun(first.folder))).toEqual([]);
  await sit(first, 'jo', 10);
  const second = await run(rows(4, 16), 'second');
  const said = reportBefore(openRun(second.folder));
  expect(said).toEqual([
    '6 of 12 prompts of this run came to a vote in an earlier run of the same models. If you have read its report, you are not blind to them: let somebody else vote (--rater NAME).',
  ]);
  // The earlier run is not told of the later one, and no run of itself.
  await sit(second, 'ann', 12);
  expect(reportBefore(openRun(first.folder))).toEqual([]);
  expect(reportBefore(openRun(second.folder))).toEqual(said);
});

it('whoever pasted the word NAME is told what it stands for', () => {
  expect(placeholderNote('NAME').join()).toContain('press q, and put your own into the command');
  expect(placeholderNote('Name')).toEqual([]);
});

it('a plan says what --tasks leaves out: prompts in other words are perhaps of another task', async () => {
  using dir = tempDir();
  const notes = async (csv: string, task: string): Promise<string> => {
    writeFileSync(dir.at('log.csv'), csv);
    const words = ['run', 'log.csv', '--closed', 'column:gpt', '--open', 'column:qwen', '-n', 'all', '--yes'];
    return (await runVerb([...words, '--tasks', task, '--dry-run'], { cwd: dir.path })).err.replace(/\s+/g, ' ');
  };
  const asked = (opening: string, count: number): string[] =>
    Array.from({ length: count }, (_, at) => `"${opening}:\n\nnote ${at} of the day",Yes ${at}.,No ${at}.`);
  const guessed = ['prompt,gpt,qwen', ...asked('Summarise this note', 9), ...asked('Please sum up that one', 8)].join(
    '\n',
  );
  expect(await notes(guessed, 'summarise-note')).toContain('Not in --tasks: please-sum-up-one (8 records).');
  const named = ['prompt,task,gpt,qwen', 'Where?,find,here,there', 'Who?,name,me,you', 'When?,time,now,then'].join(
    '\n',
  );
  expect(await notes(named, 'find')).toContain('Not in --tasks: 2 records of name, time.');
  expect(await notes(named, 'find,name,time')).not.toContain('Not in --tasks');
});
