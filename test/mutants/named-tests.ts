/** The test files that an entry of list.ts names, as vitest finds them: every path that holds one of its words. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutant } from './list.ts';

const test = join(import.meta.dirname, '..');
/** `cli` runs most commands in its own process, where a text can be swapped; what starts the built command sees no swap. */
export const projects = ['core', 'edges', 'cli'] as const;

const files = projects.flatMap((project) =>
  readdirSync(join(test, project), { recursive: true, encoding: 'utf8' })
    .map((file) => `test/${project}/${file.replaceAll('\\', '/')}`)
    // Pages are a project of their own.
    .filter((file) => file.endsWith('.test.ts') && !(project === 'edges' && file.endsWith('-page.test.ts'))),
);

/** What matches no test: such an entry would fail with its text swapped and without. */
export const unmatched = ({ tests }: Pick<Mutant, 'tests'>): string[] =>
  tests.filter((word) => !files.some((file) => file.includes(word)));

/** `core` and `edges`, which start at once; `cli`, which builds first, only where a test of it is named. */
export const projectsOf = (tests: readonly string[]): string[] =>
  projects.filter((project) => project !== 'cli' || tests.some((word) => word.startsWith('test/cli')));
