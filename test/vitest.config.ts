import { defineConfig } from 'vitest/config';

/**
 * Five projects, from fast to slow. `tty` runs one file at a time: real terminals on a busy machine need room.
 * Leave slow ones out with `--exclude 'test/{cli,faults,tty}/**'`; negated `--project` filters are OR-ed by vitest.
 */
const project = (name: string, extra: Record<string, unknown> = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], ...extra },
});

export default defineConfig({
  test: {
    globalSetup: './test/helpers/build-once.ts',
    reporters: ['default', './test/helpers/closing-line.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'core', include: ['test/core/**/*.test.ts', 'test/*.test.ts'] } },
      project('edges'),
      project('cli', { testTimeout: 60_000 }),
      project('faults', { testTimeout: 60_000, maxConcurrency: 4 }),
      project('tty', { testTimeout: 120_000, fileParallelism: false }),
    ],
  },
});
