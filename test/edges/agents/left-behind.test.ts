/** What a killed run left at work: its own is ended, also without its first process, and a stranger's is left alone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { endLeftBehind, sweep } from '../../../src/arms/programs/process.ts';
import { type ProcessId, processId } from '../../../src/arms/programs/process-id.ts';

const mark = `/tmp/copy-of-${process.pid}`;
const groups: number[] = [];

/** Leads a group in which a child sleeps, and ends when its input does. */
function leader(): ChildProcess & { pid: number } {
  const child = spawn('sh', ['-c', 'sleep 60 & read line'], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, GAPCHECK_MARK: mark },
  });
  if (child.pid === undefined) throw new Error('not started');
  groups.push(child.pid);
  return child as ChildProcess & { pid: number };
}

/** A member of the group still works; one that has ended and that nobody has asked for does not count. */
const isThere = (group: number): boolean =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => {
      const [state, , pgrp] = fieldsOf(pid);
      return pgrp === String(group) && state !== 'Z';
    });

function fieldsOf(pid: string): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

afterEach(() => {
  for (const pid of groups.splice(0)) if (isThere(pid)) process.kill(-pid, 'SIGKILL');
});

describe.skipIf(process.platform !== 'linux')('an agent that a killed run left behind', () => {
  it('is ended with its group', async () => {
    const child = leader();
    const id = processId(child.pid);
    expect(endLeftBehind(id)).toBe('ended');
    await once(child, 'exit');
    await expect.poll(() => isThere(child.pid)).toBe(false);
    expect(endLeftBehind(id)).toBe('gone');
  });

  it('is no stranger when its first process has ended and a child goes on, which its mark tells', async () => {
    const child = leader();
    const id = processId(child.pid);
    child.stdin?.end();
    await once(child, 'exit');
    expect(isThere(child.pid)).toBe(true);
    expect(endLeftBehind(id)).toBe('gone');
    sweep(mark);
    await expect.poll(() => isThere(child.pid)).toBe(false);
  });

  it('is left alone where its number belongs to another process now', () => {
    const child = leader();
    const other: ProcessId = { ...processId(child.pid), startTime: 'boot:1' };
    expect(endLeftBehind(other)).toBe('foreign');
    expect(isThere(child.pid)).toBe(true);
  });
});
