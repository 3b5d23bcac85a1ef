import { expect, it } from 'vitest';
import { exitCodes } from '../../src/errors.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

it.each([
  ['--closed column:closed run p.csv', 'Options stand behind the command: gapcheck run --closed column:closed p.csv'],
  ['score --open x:y', '--open is an option of gapcheck init, gapcheck run and gapcheck watch.'],
  ['report --rater ann', '--rater is an option of gapcheck '],
  ['run p.csv --unblind', '--unblind is an option of gapcheck report.'],
])('gapcheck %s is led to where the option belongs', async (line, words) => {
  using dir = tempDir();
  const done = await runVerb(line.split(' '), { cwd: dir.path });
  expect(done.code).toBe(exitCodes.userCanFix);
  expect(done.err).toContain(words);
});

it('an option of no command has no place to be led to', async () => {
  using dir = tempDir();
  const done = await runVerb(['run', '--frobnicate'], { cwd: dir.path });
  expect(done.code).toBe(exitCodes.userCanFix);
  expect(done.err).not.toMatch(/is an option of|stand behind/);
});
