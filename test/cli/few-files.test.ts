/** Opening and linking a file takes longer than running most of them: a command of the built program opens few. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempDir } from '../helpers/temp-dir.ts';

const root = join(import.meta.dirname, '../..');

/** Files of `dist` that the command read, by Node's own list of the scripts it ran. */
function filesRead(args: string[], cwd: string, listed: string): string[] {
  mkdirSync(listed);
  const env = { PATH: process.env.PATH ?? '', HOME: cwd, NODE_V8_COVERAGE: listed };
  execFileSync(process.execPath, [join(root, 'bin/gapcheck.js'), ...args], { stdio: 'ignore', cwd, env });
  const urls = readdirSync(listed).flatMap((file) =>
    Array.from(
      readFileSync(join(listed, file), 'utf8').matchAll(/"url":"(file:[^"]*\/dist\/[^"]+)"/g),
      ([, url]) => url,
    ),
  );
  return [...new Set(urls)].flatMap((url) => (url?.startsWith('file:') ? [url] : []));
}

it('opens at most 20 files for a run of the demo, 15 for its report and 6 for the version', () => {
  using dir = tempDir();
  const run = filesRead(['run', join(root, 'prompts/demo.csv'), '--no-score'], dir.path, dir.at('read-by-run'));
  expect(run.length).toBeGreaterThan(5);
  expect(run.length).toBeLessThanOrEqual(20);
  expect(filesRead(['report'], dir.path, dir.at('read-by-report')).length).toBeLessThanOrEqual(15);
  expect(filesRead(['--version'], dir.path, dir.at('read-by-version')).length).toBeLessThanOrEqual(6);
});
