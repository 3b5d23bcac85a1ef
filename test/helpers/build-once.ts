import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Process, page and terminal tests run the built CLI: it is built before them when a source is newer than it. */
export default function buildOnce(): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/prepare.js'], {
    cwd: root,
    encoding: 'utf8',
  });
  // What the compiler says goes to the standard output, which a reporter may hide.
  if (status !== 0) throw new Error(`The command could not be built, so nothing was tested:\n${stdout}${stderr}`);
}
