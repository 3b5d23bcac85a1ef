import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const bin: string = fileURLToPath(new URL('../../bin/gapcheck.js', import.meta.url));

export interface Finished {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

export interface CliOptions {
  cwd: string;
  env?: Record<string, string>;
  /** Another user, where this one is root. */
  uid?: number;
}

/** Only what a stranger's shell surely has; what a test is about comes through `env`. */
export const bareEnv = (cwd: string): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: cwd,
  USER: 'owner',
  NO_COLOR: '1',
  TZ: 'UTC',
  LC_ALL: 'C.UTF-8',
  // HOME is the folder whose files a test counts.
  NODE_DISABLE_COMPILE_CACHE: '1',
  // A port that nothing listens on: no test meets an Ollama that happens to run here.
  OLLAMA_HOST: '127.0.0.1:9',
});

/** Servers of tests count and script their calls: a test call is made where a test asks for one. */
export const untested = (args: string[]): string[] => {
  if (args.includes('--test-call')) return args.filter((arg) => arg !== '--test-call');
  const mayTest = (args[0] === 'run' && !args.includes('--resume')) || args[0] === 'ci';
  return mayTest ? [...args, '--no-test-call'] : args;
};

/** The built CLI as a process, without a terminal; `done` resolves when it has ended. */
export const startCli = (args: string[], options: CliOptions): ReturnType<typeof startProgram> =>
  startProgram(process.execPath, [bin, ...untested(args)], options);

/** The same of any program: another Node, another copy of the CLI. */
export function startProgram(
  program: string,
  args: string[],
  { cwd, env = {}, uid }: CliOptions,
): { child: ChildProcess; done: Promise<Finished>; said(): string } {
  const child = spawn(program, args, {
    cwd,
    env: { ...bareEnv(cwd), ...env },
    ...(uid !== undefined && { uid }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text.out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text.err += chunk;
  });
  const done = new Promise<Finished>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, ...text }));
  });
  return { child, done, said: () => `${text.out}${text.err}` };
}

export const gapcheck = (args: string[], options: CliOptions): Promise<Finished> => startCli(args, options).done;
