import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cohenKappa } from '../../../src/stats/cohen-kappa.ts';
import { isAbsent, sharedData } from '../../helpers/shared-data.ts';

/** Three human raters on 999 pairs; 0 tie, 1 first, 2 second. Published agreement: PandaLM README. */
type Pair = Record<'annotator1' | 'annotator2' | 'annotator3', number>;

describe.skipIf(isAbsent('pandalm'))('PandaLM, three human raters (skipped without ../shared/data/pandalm)', () => {
  const file = resolve(sharedData, 'pandalm/data/testset-v1.json');
  const pairs = (): Pair[] => JSON.parse(readFileSync(file, 'utf8')) as Pair[];

  it.each([
    ['annotator1', 'annotator2', 0.852],
    ['annotator1', 'annotator3', 0.8789],
    ['annotator2', 'annotator3', 0.8617],
  ] as const)('Cohen kappa of %s and %s is %f', (one, other, published) => {
    const table = [0, 1, 2].map((x) =>
      [0, 1, 2].map((y) => pairs().filter((pair) => pair[one] === x && pair[other] === y).length),
    );
    expect(table.flat().reduce((sum, count) => sum + count, 0)).toBe(999);
    expect(cohenKappa(table)?.kappa).toBeCloseTo(published, 4);
  });
});
