/**
 * The one place that starts programs of the user's own: answers, checks, tools, whole agents. Each gets a process group,
 * so that what it started ends with it. No shell reads its arguments.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { isRunning, isSameProcess, marked, type ProcessId, processId, showsMarks } from './process-id.ts';

const grouped = process.platform !== 'win32';
/** What a program that was asked to end gets before it is made to. */
export const patienceMs = 2_000;
/** Output that is still in the pipe when the program itself has ended. */
const drainMs = 500;

export interface ProcessStart {
  file: string;
  args: readonly string[];
  cwd?: string;
  env: Record<string, string | undefined>;
  /** Goes to its stdin, which then ends. */
  input: string;
  onOutput(piece: Buffer, from: 'stdout' | 'stderr'): void;
  /** The program itself begins when this is done: its number is on the disk before it can do anything. */
  before?(id: ProcessId): Promise<void>;
  /** A text in its environment by which its children are found, whatever group they have moved to. */
  mark?: string;
}

export interface ProcessEnd {
  /** Null when a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface RunningProcess {
  /** Asks the whole group to end, and makes it after `patience` milliseconds; 0: at once. */
  end(patience?: number): void;
  /** When nothing of the group is left. Rejects when it could not be started, or when `before` failed. */
  ended: Promise<ProcessEnd>;
}

export const markName = 'GAPCHECK_MARK';

/** Reads a line from a fourth pipe before it becomes the program: with nobody at the other end it ends. */
const gate = 'read -r _ <&3 || exit 125; exec 3<&-; exec "$0" "$@"';

export function startProcess(start: ProcessStart): RunningProcess {
  const child = spawnChild(start);
  const { pid } = child;
  let lastResort: NodeJS.Timeout | undefined;
  const end = (patience = patienceMs): void => {
    signalGroup(pid, patience > 0 ? 'SIGTERM' : 'SIGKILL');
    if (patience > 0) lastResort ??= setTimeout(() => signalGroup(pid, 'SIGKILL'), patience);
  };
  const ended = new Promise<ProcessEnd>((resolve, reject) => {
    let failure: unknown;
    child.stdout?.on('data', (piece: Buffer) => start.onOutput(piece, 'stdout'));
    child.stderr?.on('data', (piece: Buffer) => start.onOutput(piece, 'stderr'));
    child.once('error', (error) => {
      clearTimeout(lastResort);
      reject(error);
    });
    child.once('exit', () => letGo(child, start.mark));
    child.once('close', (code, signal) => {
      clearTimeout(lastResort);
      signalGroup(pid, 'SIGKILL');
      sweep(start.mark);
      if (failure !== undefined) reject(failure);
      else resolve({ code, signal });
    });
    open(child, start).catch((error: unknown) => {
      failure = error;
      end(0);
    });
  });
  return { end, ended };
}

/** Ends the program, with the patience of `end`, when the signal aborts or has aborted. */
export function endOnAbort({ end, ended }: RunningProcess, signal: AbortSignal | undefined, patience?: number): void {
  if (!signal) return;
  const stop = (): void => end(patience);
  const forget = (): void => signal.removeEventListener('abort', stop);
  signal.addEventListener('abort', stop, { once: true });
  ended.then(forget, forget);
  if (signal.aborted) stop();
}

function spawnChild({ file, args, cwd, env, before, mark }: ProcessStart): ChildProcess {
  const gated = before !== undefined && grouped;
  const command = gated ? '/bin/sh' : file;
  return spawn(command, gated ? ['-c', gate, file, ...args] : [...args], {
    cwd,
    env: { ...env, ...(mark !== undefined && { [markName]: mark }) },
    detached: grouped,
    stdio: gated ? ['pipe', 'pipe', 'pipe', 'pipe'] : ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

async function open({ pid, stdin, stdio: [, , , door] }: ChildProcess, { before, input }: ProcessStart) {
  // A program that does not read its input closes the pipe: its exit code decides.
  stdin?.on('error', () => undefined);
  door?.on('error', () => undefined);
  if (pid === undefined) return;
  if (before) await before(processId(pid));
  if (door && 'end' in door) door.end('\n');
  stdin?.end(input);
}

/** A child that outlives the program keeps its pipes open: it ends too, and then nobody waits for it. */
function letGo(child: ChildProcess, mark: string | undefined): void {
  const timer = setTimeout(() => {
    signalGroup(child.pid, 'SIGKILL');
    sweep(mark);
    setTimeout(() => {
      for (const stream of child.stdio) stream?.destroy();
    }, drainMs);
  }, drainMs);
  child.once('close', () => clearTimeout(timer));
}

function signalGroup(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid !== undefined) send(grouped ? -pid : pid, signal);
}

function send(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch {
    // It has ended by itself.
  }
}

/** Ends what left the group of a program that carries this mark. */
export function sweep(mark: string | undefined): void {
  if (mark === undefined) return;
  for (const pid of marked(`${markName}=${mark}`)) send(pid, 'SIGKILL');
}

/**
 * Ends what an earlier process started and left behind. `foreign`: a group of that number runs, and it is not certain
 * to be ours, so it is left alone.
 */
export function endLeftBehind(id: ProcessId): 'ended' | 'gone' | 'foreign' {
  if (!isGroup(id.pid)) return 'gone';
  if (isSameProcess(id)) {
    signalGroup(id.pid, 'SIGKILL');
    return 'ended';
  }
  // Its first process ended meanwhile. What is left of the group bears the mark, by which `sweep` finds it.
  if (!isRunning(id.pid) && (showsMarks || !isGroup(id.pid))) return 'gone';
  return 'foreign';
}

function isGroup(pid: number): boolean {
  // 0 and 1 would be every process of ours, or of the machine.
  if (!Number.isSafeInteger(pid) || pid < 2) return false;
  try {
    process.kill(grouped ? -pid : pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The end of what a program says, as text. */
export function keepEnd(characters: number): { add(piece: Buffer): void; text(): string } {
  const decoder = new TextDecoder();
  let text = '';
  return {
    add: (piece) => {
      text = (text + decoder.decode(piece, { stream: true })).slice(-characters);
    },
    text: () => text,
  };
}
