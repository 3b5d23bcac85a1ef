import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { likelyFileIn, promptFileIn } from '../../src/app/prompt-files.ts';
import { tempDir } from '../helpers/temp-dir.ts';

test.each([
  [[], 'prompts.csv'],
  [['langfuse-export.json', 'package.json', 'tsconfig.json'], 'langfuse-export.json'],
  [['package.json', 'settings.json'], 'prompts.csv'],
  [['tickets.csv'], 'tickets.csv'],
  [['tickets.csv', 'more.jsonl'], 'prompts.csv'],
  [['prompts.jsonl', 'tickets.csv'], 'prompts.jsonl'],
  [['week.parquet', 'notes.md'], 'week.parquet'],
])('beside %j a proposed command names %s', (files, named) => {
  using dir = tempDir();
  for (const file of files) writeFileSync(dir.at(file), '');
  expect(likelyFileIn(dir.path)).toBe(named);
});

test('a config names a file by itself only where it is called prompts', () => {
  using dir = tempDir();
  writeFileSync(dir.at('tickets.csv'), '');
  expect(promptFileIn(dir.path)).toBeUndefined();
});
