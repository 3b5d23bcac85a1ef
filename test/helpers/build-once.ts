import { execFileSync } from 'node:child_process';

/** Process and terminal tests run the built CLI, so it is built once before any of them. */
export default function buildOnce(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
}
