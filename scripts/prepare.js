/**
 * Builds where a source is newer than what was built. npm runs it when it has installed what a clone depends on, and before
 * it packs; as a script named `prepare` it would make npm warn whoever installs the packed file. Plain JavaScript, because
 * it runs before anything is built.
 */
import { execSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What the build reads. */
const inputs = ['src', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** The bundle, which the build writes last. */
const built = join(root, 'dist/cli.js');

function changedAt(path) {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => changedAt(join(path, name))));
}

const newest = Math.max(...inputs.map((input) => changedAt(join(root, input))));
if (!existsSync(built) || statSync(built).mtimeMs <= newest)
  execSync('npm run --silent build', { cwd: root, stdio: 'inherit' });
