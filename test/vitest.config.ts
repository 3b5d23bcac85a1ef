import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { swapPlugin } from './mutants/swap-plugin.ts';

/** In a real browser. */
const pages = 'test/edges/*-page.test.ts';

/**
 * Six projects, from fast to slow. `core` and `edges` import the sources, share one module graph per worker and never build;
 * the others run the built command, and `build-once` builds it when a source is newer. Most of their time is waiting, so two
 * files run at once also on two cores; then, one project after another, `pages`, `faults` (which plays several cells at once)
 * and `tty`, whose sessions mostly wait for their next key. Negated `--project` filters are OR-ed by vitest: name what you want.
 */
const project = (name: string, extra: Record<string, unknown> = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], ...extra },
});

const together = { maxWorkers: Math.max(2, availableParallelism() - 1), sequence: { groupOrder: 0 } };
const shared = { ...together, isolate: false };
const built = { globalSetup: './test/helpers/build-once.ts' };
const few = (groupOrder: number, maxWorkers: number) => ({ ...built, maxWorkers, sequence: { groupOrder } });

export default defineConfig({
  plugins: swapPlugin(),
  test: {
    reporters: ['default', './test/helpers/closing-line.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      project('core', { ...shared, include: ['test/core/**/*.test.ts', 'test/*.test.ts'] }),
      // Not `exclude`: a project that has its own ignores `--exclude`.
      project('edges', { ...shared, include: ['test/edges/**/!(*-page).test.ts'] }),
      project('pages', { include: [pages], ...few(1, 2) }),
      project('cli', { testTimeout: 60_000, ...together, ...built }),
      project('faults', { testTimeout: 60_000, maxConcurrency: 4, ...few(2, 1) }),
      project('tty', { testTimeout: 120_000, ...few(3, 3) }),
    ],
  },
});
