import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** In a real browser. */
const pages = 'test/edges/*-page.test.ts';

/**
 * Six projects, from fast to slow. Most of their time is waiting, so two files run at once also on two cores; then, alone,
 * `pages`, `faults` (which plays several cells at once) and `tty`, one file at a time: real terminals on a busy machine need room.
 * Leave slow ones out with `--exclude 'test/{cli,faults,tty}/**'`; negated `--project` filters are OR-ed by vitest.
 */
const project = (name: string, extra: Record<string, unknown> = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], ...extra },
});

const first = { maxWorkers: Math.max(2, availableParallelism() - 1), sequence: { groupOrder: 0 } };
const alone = (groupOrder: number) => ({ maxWorkers: 1, fileParallelism: false, sequence: { groupOrder } });

export default defineConfig({
  test: {
    globalSetup: './test/helpers/build-once.ts',
    reporters: ['default', './test/helpers/closing-line.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'core', include: ['test/core/**/*.test.ts', 'test/*.test.ts'], ...first } },
      project('edges', { ...first, exclude: [pages] }),
      { extends: true, test: { name: 'pages', include: [pages], ...alone(1) } },
      project('cli', { testTimeout: 60_000, ...first }),
      project('faults', { testTimeout: 60_000, maxConcurrency: 4, ...alone(2) }),
      project('tty', { testTimeout: 120_000, ...alone(3) }),
    ],
  },
});
