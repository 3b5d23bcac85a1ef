/** Texts of models, servers and logs are hostile input: no regular expression of src is slow on any repetition. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { bounded, type SlowPattern } from '../helpers/foreign-patterns.ts';

const program = resolve(import.meta.dirname, '../helpers/foreign-patterns.ts');

/** In a process of its own: the patterns that are built at load are caught while they load. */
it('every regular expression takes at most 200 ms for 100 KB, or its text is short for a reason that is written down', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program], {
    maxBuffer: 10_000_000,
  });
  const { patterns, slow } = JSON.parse(stdout) as { patterns: number; slow: SlowPattern[] };
  expect(patterns).toBeGreaterThan(1_650);
  expect(slow.map(({ file, source, unit, ms }) => `${file}: ${source} on ${JSON.stringify(unit)}: ${ms} ms`)).toEqual(
    [],
  );
}, 300_000);

it('each exception says why its text is short', () => {
  expect(bounded.filter(([, , why]) => why.length < 20)).toEqual([]);
});
