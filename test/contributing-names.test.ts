/** What CONTRIBUTING names is there: files and folders, npm's scripts, and the names that it says stand in a file. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const page = read('.github/CONTRIBUTING.md');
const found = (pattern: RegExp): string[] => [...page.matchAll(pattern)].map(([, text = '']) => text);

it('files and folders', () => {
  const paths = found(/(?<![\w./])((?:src|test|docs|schema|scripts)\/[\w./-]*\w\/?)(?![\w<…])/g);
  expect(paths.length).toBeGreaterThan(40);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

it('scripts', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = found(/npm (?:run|test:)\s?([\w:-]+)/g);
  expect(named).toEqual(expect.arrayContaining(['fix', 'check:fast', 'check']));
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});

it.each([
  ['src/logs/group/message-rows.ts', '`texts`', 'const texts ='],
  ['src/logs/formats/transcripts.ts', '`talks`', 'const talks ='],
  ['src/logs/unwrap.ts', '`isPair`', 'function isPair('],
  ['src/logs/formats/zendesk.ts', '`turnPrompts`', 'turnPrompts('],
  ['src/logs/formats/dify.ts', '`arrange`', 'arrange:'],
  ['test/edges/arms/real-server-rows.test.ts', '`ownReplayed`', 'ownReplayed('],
  ['src/arms/provider.ts', '`routerKnows`', 'routerKnows?:'],
  ['src/releases/gates.ts', '`retryGate`', 'function retryGate('],
])('%s has %s', (file, told, code) => {
  expect(page).toContain(told);
  expect(read(file)).toContain(code);
});
