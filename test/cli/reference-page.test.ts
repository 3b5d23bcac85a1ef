import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { referencePage } from '../../scripts/reference-page.ts';
import { checkNames } from '../../src/checks/registry.ts';
import { formatNames } from '../../src/logs/formats/registry.ts';

test('REFERENCE.md is what every --help-all prints (npm run help-page makes it)', () => {
  const page = referencePage();
  expect(readFileSync(new URL('../../REFERENCE.md', import.meta.url), 'utf8')).toBe(page);
  // Every command has its section, and examples where it does the work.
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
    'completion',
  ])
    expect(page).toMatch(new RegExp(`^## gapcheck ${name}$`, 'm'));
  const help = page.slice(page.indexOf('## gapcheck'), page.indexOf('## Log formats'));
  expect(help.split('\n').filter((line) => line.length > 80)).toEqual([]);
  const sections = help.split(/^## /m).slice(2);
  const without = sections.filter((section) => !/^(Examples|Commands)$/m.test(section));
  expect(without.map((section) => section.split('\n')[0])).toEqual([]);
});

test('says of every check and every log format what it is', () => {
  const page = referencePage();
  for (const name of [...checkNames, ...formatNames()])
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\| \\S.{8,} \\|$`, 'm'));
});
