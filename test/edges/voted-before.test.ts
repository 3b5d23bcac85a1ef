/** The same file once more: votes on the same prompts again are no new evidence, and the plan says so before them. */
import { readdirSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runPaths } from '../../src/store/layout.ts';
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
  expect(await plan(rows(10, 20), '--dry-run')).not.toContain('came to a vote');
  expect(await plan(rows(0, 10), '--dry-run', '--reuse')).not.toContain('came to a vote');
  writeFileSync(dir.at('log.csv'), rows(0, 10, 'gpt,mistral'));
  const other = await runVerb(
    ['run', 'log.csv', '--closed', 'column:gpt', '--open', 'column:mistral', '-n', 'all', '--yes', '--dry-run'],
    { cwd },
  );
  expect(other.err).not.toContain('came to a vote');
});
