/** list.ts itself: what `npm run mutants` would otherwise find out after minutes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mutants } from './mutants/list.ts';
import { projectsOf, unmatched } from './mutants/named-tests.ts';

it('names tests that are there, for texts that stand once in their file', () => {
  const wrong = mutants.flatMap((mutant) => {
    const text = readFileSync(join(import.meta.dirname, '../src', mutant.file), 'utf8');
    const times = text.split(mutant.from).length - 1;
    return [
      ...unmatched(mutant).map((word) => `${mutant.file}: no test matches ${word}`),
      ...(times === 1 ? [] : [`${mutant.file}: "${mutant.from}" stands ${times} times in it, not once`]),
    ];
  });
  expect(wrong).toEqual([]);
});

it('finds a word that no test matches, and starts what builds only for tests that need it', () => {
  expect(unmatched({ tests: ['test/core/stats', 'test/core/no-such-test'] })).toEqual(['test/core/no-such-test']);
  expect(unmatched({ tests: ['test/edges/left-out-page', 'test/edges/report-page'] })).toHaveLength(2);
  expect(projectsOf(['test/core/stats'])).toEqual(['core', 'edges']);
  expect(projectsOf(['test/core/stats', 'test/cli/ci'])).toEqual(['core', 'edges', 'cli']);
});
