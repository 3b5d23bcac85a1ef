/** A clone is built when its dependencies are installed, again before it is packed where a source has changed, and else not. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempDir } from '../helpers/temp-dir.ts';

const build =
  "const fs = require('node:fs'); fs.mkdirSync('dist', { recursive: true }); fs.appendFileSync('dist/cli.js', 'x');";

it('builds what was never built, nothing that is built, and what has changed since', () => {
  using dir = tempDir();
  for (const folder of ['scripts', 'src']) mkdirSync(dir.at(folder));
  copyFileSync(join(import.meta.dirname, '../../scripts/prepare.js'), dir.at('scripts/prepare.js'));
  writeFileSync(dir.at('build.cjs'), build);
  writeFileSync(dir.at('package.json'), JSON.stringify({ type: 'module', scripts: { build: 'node build.cjs' } }));
  for (const file of ['package-lock.json', 'tsconfig.json', 'src/cli.ts']) writeFileSync(dir.at(file), '{}');
  const builds = (): number => {
    execFileSync(process.execPath, [dir.at('scripts/prepare.js')]);
    return readFileSync(dir.at('dist/cli.js'), 'utf8').length;
  };
  expect(builds()).toBe(1);
  expect(builds()).toBe(1);
  const later = Date.now() / 1000 + 60;
  utimesSync(dir.at('src/cli.ts'), later, later);
  expect(builds()).toBe(2);
});
