import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What the build reads. */
const inputs = ['src', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json'];

const changedAt = (path: string): number => {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => changedAt(join(path, name))));
};

const built = join(root, 'dist/cli.js');

/** Process, page and terminal tests run the built CLI: it is built before them when a source is newer than it. */
export default function buildOnce(): void {
  const newest = Math.max(...inputs.map((input) => changedAt(join(root, input))));
  if (existsSync(built) && statSync(built).mtimeMs > newest) return;
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
}
