/** A log through a pipe is the same log: `import -` and `run -` read the prompts that the file has. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { PromptRecord } from '../../src/records/prompt-record.ts';
import { bareEnv, bin } from '../helpers/cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const log = [
  'task,prompt,answer:closed,answer:open',
  ...Array.from({ length: 12 }, (_, at) => `task-${at % 2},"Say ""${at}"" in two\nlines",closed ${at},open ${at}`),
].join('\n');

function gapcheck(args: string[], cwd: string, input: string): { code: number | null; err: string } {
  const { status, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd, input, env: bareEnv(cwd) });
  return { code: status, err: stderr.toString() };
}

/** Where a prompt came from is the one thing that differs. */
const promptsIn = (file: string): Omit<PromptRecord, 'source'>[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { source: _source, ...prompt } = JSON.parse(line) as PromptRecord;
      return prompt;
    });

const byId = (prompts: Omit<PromptRecord, 'source'>[]) => [...prompts].sort((a, b) => (a.id < b.id ? -1 : 1));

it('import - writes the prompts of the file', () => {
  using dir = tempDir();
  writeFileSync(dir.at('p.csv'), log);
  expect(gapcheck(['import', '-', '-o', 'pipe.jsonl'], dir.path, log).code).toBe(0);
  expect(gapcheck(['import', 'p.csv', '-o', 'file.jsonl'], dir.path, '').code).toBe(0);
  const written = promptsIn(dir.at('pipe.jsonl'));
  expect(written).toHaveLength(12);
  expect(written).toEqual(promptsIn(dir.at('file.jsonl')));
});

it('run - answers the prompts of the file, in a folder named for where they came from', () => {
  using dir = tempDir();
  writeFileSync(dir.at('p.csv'), log);
  const how = ['-n', 'all', '--no-score', '--yes'];
  expect(gapcheck(['run', '-', ...how, '--results', 'pipe'], dir.path, log)).toMatchObject({ code: 0 });
  expect(gapcheck(['run', 'p.csv', ...how, '--results', 'file'], dir.path, '')).toMatchObject({ code: 0 });
  const [[piped = ''], [filed = '']] = [readdirSync(dir.at('pipe')), readdirSync(dir.at('file'))];
  expect(piped).toMatch(/-standard-input$/);
  const [ours, theirs] = [join('pipe', piped), join('file', filed)].map((folder) =>
    byId(promptsIn(dir.at(join(folder, 'prompts.jsonl')))),
  );
  expect(ours).toHaveLength(12);
  expect(ours).toEqual(theirs);
  expect(readFileSync(dir.at(join('pipe', piped, 'attempts/open.jsonl')), 'utf8').match(/"open \d+"/g)).toHaveLength(
    12,
  );
});

it.skipIf(process.platform === 'win32')('a named pipe, which cannot be read twice, is said with the way', () => {
  using dir = tempDir();
  spawnSync('mkfifo', [dir.at('logs')]);
  for (const verb of ['import', 'run']) {
    const { code, err } = gapcheck([verb, 'logs'], dir.path, '');
    expect(code).toBe(2);
    expect(err).toContain('logs is a pipe or a device, which cannot be read a second time.');
    expect(err).toMatch(/Next: .*gapcheck import - < logs/);
  }
});
