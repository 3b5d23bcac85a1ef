/** The user's own word on whether the work is done: a line for the shell, in the folder that the agent left. */
import { endOnAbort, startProcess } from '../../arms/programs/process.ts';
import type { EndCheck } from '../../records/agent-record.ts';

/** It runs a test suite; it is no work of the agent's and counts towards no limit of it. */
const limitMs = 600_000;
const timedOut = 124;
const notRunnable = 127;

type Env = Record<string, string | undefined>;

export async function runEndCheck(line: string, folder: string, env: Env, signal: AbortSignal): Promise<EndCheck> {
  const began = performance.now();
  const isWindows = process.platform === 'win32';
  const check = startProcess({
    file: isWindows ? (env.ComSpec ?? 'cmd.exe') : '/bin/sh',
    args: isWindows ? ['/d', '/s', '/c', line] : ['-c', line],
    cwd: folder,
    env: { ...env, PWD: folder },
    input: '',
    mark: folder,
    onOutput: () => undefined,
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    check.end(0);
  }, limitMs);
  endOnAbort(check, signal, 0);
  try {
    // An agent may have removed the folder that it worked in: nothing can be run there.
    const { code } = await check.ended.catch(() => ({ code: notRunnable }));
    // As a shell has it: 137 is SIGKILL.
    return { exit: late ? timedOut : (code ?? 137), ms: Math.round(performance.now() - began) };
  } finally {
    clearTimeout(timer);
  }
}
