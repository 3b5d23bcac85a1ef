import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { referencePage } from '../../scripts/reference-page.ts';

test('REFERENCE.md is what every --help prints (npm run help-page makes it anew)', () => {
  const page = referencePage();
  expect(readFileSync(new URL('../../REFERENCE.md', import.meta.url), 'utf8')).toBe(page);
  // Every command that the first screen lists has its section, and examples where it does the work.
  for (const name of [
    'demo',
    'run',
    'score',
    'report',
    'import',
    'more',
    'packet',
    'merge',
    'votes export',
    'ci',
    'outdated',
  ])
    expect(page).toMatch(new RegExp(`^## gapcheck ${name}$`, 'm'));
});
