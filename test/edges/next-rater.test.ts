/** Whoever was named for the session is named in the command that begins it. */
import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

it.each([
  [['--rater', 'maria'], / --rater maria$/m],
  [[], /^Next: gapcheck score \S+$/m],
])('with %j the next step fits', async (flags, next) => {
  using dir = tempDir();
  const rows = Array.from({ length: 8 }, (_, at) => `Question ${at}?,Left ${at}.,Right ${at}.`);
  writeFileSync(dir.at('p.csv'), ['prompt,a,b', ...rows].join('\n'));
  const run = ['run', 'p.csv', '--closed', 'column:a', '--open', 'column:b', '--no-score', '--yes', ...flags];
  const { code, out, err } = await runVerb(run, { cwd: dir.path });
  expect(code).toBe(0);
  expect(out).toMatch(next);
  expect(out + err).toContain('All are one task. If your file holds two kinds of work, one can hide the other.');
});
