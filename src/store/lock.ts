/**
 * A lock is a file that only one process can create. It names its holder, so that a lock left by a crash is
 * recognised (same machine, process gone) and taken over; anything else is waited for or refused.
 */
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { exitCodes, GapcheckError } from '../errors.ts';

export interface Lock {
  release(): void;
}

interface Holder {
  pid: number;
  host: string;
  id: string;
}

/** Throws GapcheckError (exit 2) when another live process holds it; `what` says what is going on. */
export function takeLock(path: string, what: string): Lock {
  const lock = tryLock(path);
  if ('release' in lock) return lock;
  throw held(path, lock, what);
}

/** For short moments, such as one line in the ledger: waits up to `patienceMs`. */
export async function withLock<T>(path: string, work: () => T, patienceMs = 5_000): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const lock = tryLock(path);
    if ('release' in lock) {
      try {
        return work();
      } finally {
        lock.release();
      }
    }
    if (performance.now() > deadline) throw held(path, lock, 'Another process keeps the ledger of this run locked');
    await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 20));
  }
}

const held = (path: string, holder: Holder, what: string): GapcheckError =>
  new GapcheckError('locked', `${what} (process ${holder.pid} on ${holder.host}).`, {
    exitCode: exitCodes.userCanFix,
    hint: `wait for it, or stop it; if no such process runs, delete ${path}`,
  });

function tryLock(path: string): Lock | Holder {
  const mine: Holder = { pid: process.pid, host: hostname(), id: randomBytes(8).toString('hex') };
  for (let round = 0; round < 5; round += 1) {
    if (create(path, mine)) return { release: () => release(path, mine) };
    const holder = readHolder(path);
    if (holder === 'gone') continue;
    if (!isStale(holder)) return holder;
    takeAway(path, holder);
  }
  const holder = readHolder(path);
  return holder === 'gone' ? mine : holder;
}

/** A link appears with its content or not at all, so no reader meets a lock without a holder. */
function create(path: string, mine: Holder): boolean {
  const draft = `${path}.${mine.id}`;
  try {
    writeFileSync(draft, JSON.stringify(mine), { flag: 'wx' });
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function release(path: string, mine: Holder): void {
  const holder = readHolder(path);
  if (holder !== 'gone' && holder.id === mine.id) rmSync(path, { force: true });
}

function readHolder(path: string): Holder | 'gone' {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'gone';
    throw error;
  }
}

function isStale(holder: Holder): boolean {
  if (holder.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Moves a stale lock away, then looks whether it moved the one it meant: another process may have been faster. */
function takeAway(path: string, stale: Holder): void {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved !== 'gone' && moved.id !== stale.id) {
    try {
      linkSync(aside, path);
    } catch {
      // A third process holds the lock by now; the second one finds out at its next look.
    }
  }
  rmSync(aside, { force: true });
}
