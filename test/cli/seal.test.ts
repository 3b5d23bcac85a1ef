/** Every command refuses a run whose answers or settings were edited, with exit 5 and the file's name; nothing is lost. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runVerb as gapcheck } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const demo = fileURLToPath(new URL('../../prompts/demo.csv', import.meta.url));

async function demoRun(cwd: string): Promise<string> {
  expect((await gapcheck(['run', demo], { cwd })).code).toBe(0);
  const [name = ''] = readdirSync(join(cwd, 'results'));
  return join(cwd, 'results', name);
}

const commands: string[][] = [
  ['report'],
  ['score', '--plain'],
  ['more', '4'],
  ['packet', '--rater', 'maria', '-o', 'maria.json'],
  ['run', '--resume'],
  ['votes', 'export'],
];

describe('an edited run', () => {
  it.each(commands)('whose answers were swapped is refused by %s', async (...args) => {
    using dir = tempDir();
    const run = await demoRun(dir.path);
    const [closed, open] = ['closed', 'open'].map((arm) => join(run, 'attempts', `${arm}.jsonl`)) as [string, string];
    const [first, second] = [readFileSync(closed), readFileSync(open)];
    writeFileSync(closed, second);
    writeFileSync(open, first);
    const { code, out, err } = await gapcheck(args, { cwd: dir.path });
    expect({ code, text: out + err }).toEqual({
      code: 5,
      text: expect.stringMatching(/attempts.(closed|open)\.jsonl was changed after the answers came in[\s\S]*Next: /),
    });
  });

  it.each(commands)('whose run.json was edited is refused by %s', async (...args) => {
    using dir = tempDir();
    const run = await demoRun(dir.path);
    const path = join(run, 'run.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"margin": 0.3', '"margin": 0.6'));
    const { code, out, err } = await gapcheck(args, { cwd: dir.path });
    expect({ code, text: out + err }).toEqual({
      code: 5,
      text: expect.stringContaining('run.json was changed after the run started'),
    });
  });

  it('whose answers only grew is read as before', async () => {
    using dir = tempDir();
    const run = await demoRun(dir.path);
    const path = join(run, 'attempts', 'open.jsonl');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, `${text + text.split('\n')[0]}\n`);
    expect((await gapcheck(['report'], { cwd: dir.path })).code).toBe(0);
    writeFileSync(path, text.slice(0, -20));
    expect((await gapcheck(['report'], { cwd: dir.path })).code).toBe(5);
  });
});
