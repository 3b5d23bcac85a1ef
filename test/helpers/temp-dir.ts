import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `using dir = tempDir()`: an empty folder that goes when the test does. */
export function tempDir(): { path: string; at(...parts: string[]): string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'gapcheck-test-'));
  return {
    path,
    at: (...parts) => join(path, ...parts),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
