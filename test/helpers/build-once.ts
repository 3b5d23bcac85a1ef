import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Process, page and terminal tests run the built CLI: it is built before them when a source is newer than it. */
export default function buildOnce(): void {
  execFileSync(process.execPath, ['scripts/prepare.js'], { cwd: root, stdio: 'inherit' });
}
