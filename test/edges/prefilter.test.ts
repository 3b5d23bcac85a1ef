/** A pattern behind a look for its words fits exactly what the pattern fits. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { mayFit, requiredIn } from '../../src/text/prefilter.ts';
import { allPatterns, type Pattern } from '../helpers/foreign-patterns.ts';

describe('every pattern of src, on answers that refuse and that do not', () => {
  let patterns: Pattern[] = [];
  beforeAll(async () => {
    patterns = (await allPatterns()).filter(({ flags }) => !flags.includes('i'));
  });

  it('fits nothing that lacks one of its words', () => {
    const file = join(import.meta.dirname, '../fixtures/refusals/texts.jsonl');
    const texts = readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { text: string }).text.slice(0, 300).toLowerCase());
    let fits = 0;
    const wrong = patterns.flatMap(({ source, flags }) => {
      const pattern = new RegExp(source, flags.replace(/[gy]/g, ''));
      const required = requiredIn(source);
      const found = required.length === 0 ? [] : texts.filter((text) => pattern.test(text));
      fits += found.length;
      return found.filter((text) => !mayFit(required, text)).map((text) => `${source} fits ${text}`);
    });
    expect(wrong).toEqual([]);
    expect(fits).toBeGreaterThan(1_000);
  });
});
