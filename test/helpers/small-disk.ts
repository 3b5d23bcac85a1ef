import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from './temp-dir.ts';

export interface SmallDisk extends Disposable {
  /** Writes until nothing more fits. */
  fill(): void;
  /** Gives the room back. */
  free(): void;
  /** As a medium that was taken away from writers, or given back to them. */
  mode(mode: 'ro' | 'rw'): void;
}

const page = 4096;

/** A file system of its own of 512 KB; undefined where this user may not mount one. */
export function smallDisk(path: string): SmallDisk | undefined {
  mkdirSync(path, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const filler = join(path, 'filler');
  return {
    fill: () => fill(filler),
    free: () => rmSync(filler),
    mode: (mode) => void execFileSync('mount', ['-o', `remount,${mode}`, path]),
    [Symbol.dispose]: () => void execFileSync('umount', ['-l', path]),
  };
}

function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(page));
  } catch {
    // Full, as wanted.
  } finally {
    closeSync(file);
  }
}

/** Where it is false, tests of full and read-only disks are skipped, aloud. */
export const canMount = ((): boolean => {
  using dir = tempDir();
  using disk = smallDisk(dir.at('disk'));
  if (!disk) console.warn('no right to mount a small tmpfs: tests of full and read-only disks are skipped');
  return disk !== undefined;
})();
