import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Where the time is short, each server has had its turn before the slowest ones begin. */
const quickestFirst = [
  'llama-server',
  'llama-cpp',
  'litellm',
  'ray-serve',
  'ollama-wires',
  'ollama-calls',
  'litellm-before',
  'litellm-routes',
  'ollama',
  'ollama-more',
  'ollama-ci',
];

class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification): number => {
      const place = quickestFirst.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return place < 0 ? quickestFirst.length : place;
    };
    return [...files].sort((a, b) => placeOf(a) - placeOf(b));
  }
}

/** One file after the other: a model that answers takes both cores of a small machine. */
export default defineConfig({
  test: {
    include: ['test/real/*.test.ts'],
    globalSetup: './test/helpers/build-once.ts',
    fileParallelism: false,
    maxWorkers: 1,
    sequence: { sequencer: QuickestFirst },
    testTimeout: 180_000,
    hookTimeout: 240_000,
    reporters: ['default', './test/real/servers-line.ts'],
  },
});
