/** What docs/week.md tells cron, systemd and a CI job to start really starts a week. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bareEnv, bin } from '../helpers/cli.ts';
import { ollamaModel, reply, startModelServer } from '../helpers/model-server.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { logLine, text } from '../helpers/watched-week.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/week.md'), 'utf8');
const line = (pattern: RegExp): string => pattern.exec(page)?.[1] ?? '';
const lines = {
  cron: line(/^10 \* \* \* \* (.*)$/m),
  systemd: line(/^ExecStart=(.*)$/m),
  CI: line(/^ +run: (cd .*gapcheck.*)$/m),
};

const shell = (command: string, cwd: string, env: Record<string, string>) =>
  new Promise<{ code: number | null; said: string }>((resolve) => {
    const child = spawn('/bin/sh', ['-c', command], { cwd, env });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('close', (code) => resolve({ code, said }));
  });

test.each(Object.entries(lines))('the line for %s', async (_, command) => {
  using dir = tempDir();
  await using server = await startModelServer(reply('Open answer'));
  server.ollama.models.push(ollamaModel('qwen3:8b'));
  mkdirSync(dir.at('week/logs'), { recursive: true });
  mkdirSync(dir.at('bin'));
  const npx = `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${bin}" "$@" --no-test-call\n`;
  writeFileSync(dir.at('bin/npx'), npx, { mode: 0o755 });
  writeFileSync(dir.at('week/keys.env'), 'export A_KEY=x\n');
  writeFileSync(dir.at('week/logs/app.jsonl'), text([1, 2, 3].map((n) => logLine(n, Date.now() - n * 60_000))));
  const here = command
    .replace('/srv/app', dir.at('week'))
    .replace(/openrouter:\S+/, 'ollama:qwen3:8b')
    .replace(/ >> watch\.log 2>&1/, '');
  const env = {
    ...bareEnv(dir.path),
    OLLAMA_HOST: server.env.OLLAMA_HOST ?? '',
    PATH: `${dir.at('bin')}:${process.env.PATH ?? ''}`,
  };
  const { code, said } = await shell(here, dir.at('week'), env);
  expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('Day 1 of 7 is running') });
});
