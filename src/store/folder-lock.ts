/**
 * A lock is a file that only one process can create. It names its holder, so that a lock left by a crash is
 * recognised (same machine, process gone) and taken over; anything else is waited for or refused.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { exitCodes, GapcheckError } from '../errors.ts';
import { cannotWrite } from './cannot-write.ts';
import { fileMode, makeFolder } from './make-folder.ts';

export interface Lock {
  release(): void;
}

interface Holder {
  pid: number;
  host: string;
  id: string;
  /** When the process and the machine started, where the system tells: a pid alone comes back after a while. */
  started?: string;
  boot?: string;
}

/** Ids of the locks that this very process holds. */
const ours = new Set<string>();

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
  try {
    // A zip, an artifact or a repository that held the run keeps no empty folder such as votes/.
    if (existsSync(join(dirname(path), '../run.json'))) makeFolder(dirname(path));
    return createOrTakeOver(path);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

function createOrTakeOver(path: string): Lock | Holder {
  const mine = self();
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
    writeFileSync(draft, JSON.stringify(mine), { flag: 'wx', mode: fileMode(draft) });
    linkSync(draft, path);
    ours.add(mine.id);
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
  ours.delete(mine.id);
}

/** A lock is made with its content, so one without a holder was damaged: nobody is behind it. */
const nobody: Holder = { pid: 0, host: '', id: '' };

function readHolder(path: string): Holder | 'gone' {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder> | null;
    const { pid, host, id } = holder ?? {};
    if (!Number.isInteger(pid) || typeof host !== 'string' || typeof id !== 'string') return nobody;
    return holder as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'gone';
    if (error instanceof SyntaxError) return nobody;
    throw error;
  }
}

function isStale(holder: Holder): boolean {
  if (holder.id === nobody.id) return true;
  if (holder.host !== hostname()) return false;
  if (holder.pid === process.pid) return !ours.has(holder.id);
  const boot = bootId();
  if (holder.boot !== undefined && boot !== undefined && holder.boot !== boot) return true;
  const found = processStat(holder.pid);
  if (found?.state === 'Z') return true;
  if (found !== undefined && holder.started !== undefined && holder.started !== found.started) return true;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function self(): Holder {
  const started = processStat(process.pid)?.started;
  const boot = bootId();
  return {
    pid: process.pid,
    host: hostname(),
    id: randomBytes(8).toString('hex'),
    ...(started !== undefined && { started }),
    ...(boot !== undefined && { boot }),
  };
}

/** State (`Z`: a zombie) and start time in clock ticks since boot: fields 3 and 22 of Linux' proc(5) stat. */
function processStat(pid: number): { state: string; started: string } | undefined {
  // The second field is the program's name in brackets and may hold blanks and brackets itself.
  const fields = systemFile(`/proc/${pid}/stat`)
    ?.replace(/^[\s\S]*\) /, '')
    .split(' ');
  const [state, started] = [fields?.[0], fields?.[19]];
  return state === undefined || started === undefined ? undefined : { state, started };
}

const bootId = (): string | undefined => systemFile('/proc/sys/kernel/random/boot_id')?.trim();

/** Undefined on systems that have no such file. */
function systemFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
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
