/** Votes that nothing may rest on do not leave the run as battles: whoever reads those would rest on them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readLock, writeLock } from '../../src/app/ci/lock.ts';
import { exportVotes, importVotes } from '../../src/app/result/arena-votes.ts';
import { report } from '../../src/app/result/show-report.ts';
import { openRun } from '../../src/store/run-folder.ts';
import { quietContext } from '../helpers/quiet-context.ts';
import { sit } from '../helpers/rater-session.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

test('votes that were read are exported', async () => {
  using dir = tempDir();
  await sit(makeAnsweredRun(dir.path, ticketAnswers(6)), 'maria', 6);
  expect(await exportVotes(undefined, { output: 'b.jsonl' }, quietContext(dir.path).context)).toBe(0);
  expect(existsSync(dir.at('b.jsonl'))).toBe(true);
});

test('votes too fast to have been read are not: exit 4, and no file', async () => {
  using dir = tempDir();
  await sit(makeAnsweredRun(dir.path, ticketAnswers(6)), 'maria', 6, { ms: 1_800 });
  await expect(exportVotes(undefined, { output: 'b.jsonl' }, quietContext(dir.path).context)).rejects.toMatchObject({
    exitCode: 4,
    message: expect.stringContaining('too fast for two answers to have been read'),
    hint: expect.stringContaining(
      'the same answers in a new left/right order, for somebody who has not read this report',
    ),
  });
  expect(existsSync(dir.at('b.jsonl'))).toBe(false);
});

test('votes of a run that was unblinded before everybody had finished are not: exit 5', async () => {
  using dir = tempDir();
  await sit(makeAnsweredRun(dir.path, ticketAnswers(6)), 'maria', 3, { finish: false });
  const { context } = quietContext(dir.path);
  await report(undefined, { unblind: true }, context);
  await expect(exportVotes(undefined, { output: 'b.jsonl' }, context)).rejects.toMatchObject({
    exitCode: 5,
    message: expect.stringContaining('unblinded before every rater had finished'),
  });
});

test('a vote file that was changed stops the export: exit 5', async () => {
  using dir = tempDir();
  const paths = makeAnsweredRun(dir.path, ticketAnswers(6));
  await sit(paths, 'maria', 6);
  const path = paths.votes('maria');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"ms":9000', '"ms":9001'));
  await expect(exportVotes(undefined, {}, quietContext(dir.path).context)).rejects.toMatchObject({ exitCode: 5 });
});

test('nor are votes that were too fast routed by or locked', async () => {
  using dir = tempDir();
  const paths = makeAnsweredRun(dir.path, ticketAnswers(12));
  await sit(paths, 'maria', 12, { ms: 1_800 });
  const lock = dir.at('gapcheck.lock.json');
  writeLock(lock, openRun(paths.folder), { pairs: 'sealed' });
  const { context } = quietContext(dir.path);
  await expect(report(undefined, { routes: ['routes.json'] }, context)).rejects.toMatchObject({ exitCode: 4 });
  expect(existsSync(dir.at('routes.json'))).toBe(false);
  expect(readLock(lock).verdicts).toEqual([]);
});

test('votes that were imported have no time: unknown in every report, never 0, and nothing rests or falls on it', async () => {
  using dir = tempDir();
  const paths = makeAnsweredRun(dir.path, ticketAnswers(12));
  const { context } = quietContext(dir.path);
  const prompts = readFileSync(paths.prompts, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const battle = (id: string) =>
    JSON.stringify({ question_id: id, model_a: 'gpt-5.6', model_b: 'qwen3:8b', winner: 'model_b', judge: 'ann' });
  writeFileSync(dir.at('b.jsonl'), `${prompts.map(({ id }) => battle(id)).join('\n')}\n`);
  expect(await importVotes(['b.jsonl'], {}, context)).toBe(0);
  await report(undefined, { output: ['r.json', 'r.md'] }, context);
  const votes = JSON.parse(readFileSync(dir.at('r.json'), 'utf8')).ballots.flatMap(
    (ballot: { votes: { seconds: number | null }[] }) => ballot.votes,
  );
  expect(votes).toHaveLength(12);
  expect(votes.map(({ seconds }: { seconds: number | null }) => seconds)).toEqual(Array(12).fill(null));
  const page = readFileSync(dir.at('r.md'), 'utf8');
  expect(page).toContain('time unknown');
  expect(page).not.toMatch(/\b0(?:\.0)? s\)|too fast/);
});
