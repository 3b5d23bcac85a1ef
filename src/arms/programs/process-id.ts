/** Which process a number means: numbers are given out again, a number with its start time is not. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessId {
  pid: number;
  /** As the system tells it, with the start of the system itself; empty where it tells none. */
  startTime: string;
}

export const processId = (pid: number): ProcessId => ({ pid, startTime: startTimeOf(pid) });

/** The process of that number is the one that was written down. */
export const isSameProcess = ({ pid, startTime }: ProcessId): boolean =>
  startTime !== '' && startTimeOf(pid) === startTime;

/** A process has that number now; false where the system tells nothing. */
export const isRunning = (pid: number): boolean => startTimeOf(pid) !== '';

function startTimeOf(pid: number): string {
  if (process.platform === 'linux') return linuxStart(pid);
  if (process.platform === 'win32') return '';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

function linuxStart(pid: number): string {
  const stat = textOf(`/proc/${pid}/stat`);
  // The name in brackets may hold anything; field 22 is the start in clock ticks since the system's own.
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  const boot = textOf('/proc/sys/kernel/random/boot_id').trim();
  return ticks === undefined ? '' : `${boot}:${ticks}`;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** The system shows the environment of this user's processes. */
export const showsMarks = process.platform === 'linux';

/** Processes of this user with that line in their environment; none where the system does not show it. */
export function marked(line: string): number[] {
  if (!showsMarks) return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.filter((pid) => textOf(`/proc/${pid}/environ`).split('\0').includes(line)).map(Number);
}
