import { defineConfig } from 'vitest/config';

/** One file after the other: a model that answers takes both cores of a small machine. */
export default defineConfig({
  test: {
    include: ['test/real/*.test.ts'],
    globalSetup: './test/helpers/build-once.ts',
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 240_000,
    reporters: ['default', './test/real/servers-line.ts'],
  },
});
