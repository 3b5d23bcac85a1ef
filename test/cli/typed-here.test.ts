import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { typeset } from '../../src/text/typeset.ts';
import { gapcheck } from '../helpers/cli.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const commands = /(?<![\w./-])(npx )?gapcheck (?:packet|score|merge|report|run|demo|ci|init|import|votes|more)\b/g;

it.each([
  ['by npx', { npm_command: 'exec' }, 'npx '],
  ['installed', {}, undefined],
])(
  'started %s, every command on the terminal and in a report file is one that can be typed there; what programs read keeps `gapcheck`',
  async (_how, env, before) => {
    using dir = tempDir();
    makeAnsweredRun(dir.path, ticketAnswers(2));
    writeFileSync(dir.at('p.csv'), 'prompt\nx\n');
    const said: string[] = [];
    for (const args of [
      ['packet', '--rater', 'jo', '-o', 'jo.json'],
      ['merge', 'jo.json'],
      ['report', '-o', 'r.md'],
      ['packet', '--rater', 'jo'],
      ['report', '--results', 'none'],
      ['ci'],
      ['import', 'p.csv', '-o', 'out.jsonl'],
      ['--help'],
    ]) {
      const { out, err } = await gapcheck(args, { cwd: dir.path, env });
      said.push(out, err);
    }
    const found = [...said.join('\n').matchAll(commands)].map(([, npx]) => npx);
    expect(found.length).toBeGreaterThan(10);
    expect(new Set(found)).toEqual(new Set([before]));
    for (const args of [
      ['report', '--summary'],
      ['report', '--json'],
    ])
      said.push((await gapcheck(args, { cwd: dir.path, env })).out);
    expect(said.slice(-2).join('')).not.toContain('npx gapcheck');
    const file = readFileSync(dir.at('r.md'), 'utf8').replace(/^# gapcheck report\n/, '');
    expect(new Set([...file.matchAll(commands)].map(([, npx]) => npx))).toEqual(new Set([before]));
  },
  60_000,
);

it.each([
  ['gapcheck run prompts.csv, or gapcheck demo', 'npx gapcheck run prompts.csv, or npx gapcheck demo'],
  ['npx gapcheck run', 'npx gapcheck run'],
  ['/home/me/gapcheck run/x', '/home/me/gapcheck run/x'],
  ['gapcheck 0.1.0, and gapcheck.config.yaml', 'gapcheck 0.1.0, and gapcheck.config.yaml'],
])('%s', (text, typed) => {
  expect(typeset(text, { npx: true, columns: undefined })).toBe(typed);
});

it('no message says npx by itself', () => {
  const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('typeset.ts'),
  );
  const own = sources.flatMap((file) =>
    readFileSync(src + file, 'utf8')
      .split('\n')
      .filter((line) => line.includes('npx gapcheck') && !/^\s*(?:\*|\/\/|\/\*)/.test(line)),
  );
  expect(own).toEqual([]);
});
