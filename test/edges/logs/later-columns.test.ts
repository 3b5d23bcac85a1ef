/** A table whose program began to write more columns under the header of its first version. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LoadedPrompts, loadPrompts } from '../../../src/logs/load.ts';
import { hashing } from '../../../src/store/hashing.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'columns-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function load(name: string, lines: string[]): Promise<LoadedPrompts> {
  writeFileSync(join(folder, name), lines.join('\n'));
  const now = new Date('2026-11-20T00:00:00Z');
  return loadPrompts([name], { redact: false, now, seed: 1, hashing, cwd: folder });
}
const asked = [
  'When do you open?',
  'Where are you?',
  'What is on today?',
  'Can I pay by card?',
  'Is there a lift?',
  'May I bring a dog?',
];
const rows = (more: string): string[] => asked.map((text, at) => `2026-11-0${at + 1},${text},Yes.,4.5${more}`);
const head = 'timestamp,question,answer,score';
const first = '2026-11-01,Who are you?,A bot.,5';

it('reads rows with the cells of later columns, and names those as not used', async () => {
  const loaded = await load('later.csv', [head, first, ...rows(',en,mobile')]);
  expect(loaded.prompts.map(({ messages, ref }) => [messages[0]?.content, ref?.text])).toEqual([
    ['Who are you?', 'A bot.'],
    ...asked.map((text) => [text, 'Yes.']),
  ]);
  expect(loaded.warnings.join('\n')).toContain(
    'some rows have 6 cells, and the header has 4 names: the last ones are column_5, column_6.',
  );
  expect(loaded.warnings.join('\n')).toMatch(/column_5 \(6 of 7 records.*column_6 \(6 of 7 records/);
});

it('takes one later column where the numbers stand where they stood, and leaves rows out where they moved', async () => {
  expect((await load('one.csv', [head, first, ...rows(',en')])).prompts).toHaveLength(7);
  const moved = asked.map((text, at) => `2026-11-0${at + 1},Hello, ${text},Yes.,4.5`);
  const { prompts, rejected } = await load('moved.csv', [head, first, ...moved]);
  expect(prompts).toHaveLength(1);
  expect(rejected).toMatchObject([{ count: 6 }]);
});

it('leaves rows of several lengths out', async () => {
  const { prompts, rejected } = await load('ragged.csv', [head, first, ...rows(',en'), '2026-11-08,Why?,So.,1,a,b,c']);
  expect(prompts).toHaveLength(1);
  expect(rejected).toMatchObject([{ count: 7 }]);
});
