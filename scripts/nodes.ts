/**
 * `npm run nodes [VERSION…]`: the packed package on every supported Node. It is packed and installed once; then each
 * Node, as its npm package brings it, runs the demo to a scored report and the API's example on two models of a loopback
 * server, and all must say the same. Needs the registry.
 */

import { deepEqual, match } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compileExample, exampleServer, playExample } from '../test/helpers/api-example.ts';
import { installPackage, packPackage } from '../test/helpers/installed-package.ts';
import { type ScoredDemo, scoreDemo } from '../test/helpers/stranger-flow.ts';
import { tempDir } from '../test/helpers/temp-dir.ts';

const exec = promisify(execFile);
/** The oldest that `engines` allows, and the newest of each line. */
const versions = process.argv.length > 2 ? process.argv.slice(2) : ['20.19.0', '22', '24', '26'];

/** `npm install node@VERSION` runs a script that installs this very package; without it, nothing has to run. */
async function nodeBinary(version: string, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const args = ['install', '--prefix', '.', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts'];
  await exec('npm', [...args, `${name}@${version}`], { cwd: folder, shell: process.platform === 'win32' });
  return join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

using dir = tempDir();
const { tarball } = await packPackage(dir.at('pack'));
const { folder } = await installPackage(tarball, dir.at('project'));
const bin = join(folder, 'node_modules', 'gapcheck', 'bin', 'gapcheck.js');
const example = await compileExample(folder);
let first: ScoredDemo | undefined;
let failed = 0;
for (const version of versions) {
  const started = performance.now();
  try {
    const node = await nodeBinary(version, dir.at(`node-${version}`));
    const { stdout } = await exec(node, ['--version']);
    const cwd = dir.at(`demo-${version}`);
    mkdirSync(cwd);
    // Deprecations of a newer Node are failures to come.
    const demo = await scoreDemo(node, ['--throw-deprecation', bin], cwd);
    first ??= demo;
    deepEqual(demo.verdicts, first.verdicts);
    const api = dir.at(`api-${version}`);
    mkdirSync(api);
    await using server = await exampleServer();
    const { verdicts } = await playExample({ node, example, bin }, api, server);
    match(verdicts[1], /open on all: open-better \(24 votes\)/);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    const words = demo.verdicts.map(({ task, verdict }) => `${task ?? 'all'} ${verdict}`).join(', ');
    process.stdout.write(
      `ok      node ${stdout.trim().padEnd(10)} gapcheck ${demo.version}: ${words} (${seconds} s)\n`,
    );
  } catch (error) {
    failed += 1;
    process.stdout.write(`FAILED  node ${version}: ${error instanceof Error ? error.message : error}\n`);
  }
}
process.stdout.write(`\n${versions.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
