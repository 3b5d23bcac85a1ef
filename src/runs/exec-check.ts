/** Runs the user's own check program on one answer. The verdict on its result is in checks/exec.ts. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import type { CheckInput } from '../checks/check.ts';
import { type ExecCommand, execCommand } from '../checks/exec.ts';
import { checksFor } from '../checks/infer.ts';
import type { ConfiguredChecks } from '../checks/validate.ts';
import { userError } from '../errors.ts';

export interface ExecOptions {
  /** Relative commands start here: the folder of the config. */
  cwd: string;
  env: Record<string, string | undefined>;
  signal?: AbortSignal;
}

type ExecResult = NonNullable<CheckInput['exec']>;

/** What a program says is shown in one line; more than this is not kept. */
const keptOutput = 8_192;

/** The answer with the result of its `exec:` check, where it has one; the program gets the text on stdin. */
export async function withExec(
  input: CheckInput,
  configured: ConfiguredChecks | undefined,
  options: ExecOptions,
): Promise<CheckInput> {
  const spec = checksFor(input.prompt, configured).find(({ check }) => check === 'exec');
  if (!spec) return input;
  const env = { ...options.env, GAPCHECK_PROMPT: input.prompt.id, GAPCHECK_TASK: input.prompt.task };
  return { ...input, exec: await runExec(execCommand(spec), input.text, { ...options, env }) };
}

/**
 * Starts the program without a shell, in a process group of its own so that a time-out ends its children too.
 * Throws GapcheckError when it cannot be started.
 */
export function runExec(command: ExecCommand, stdin: string, { cwd, env, signal }: ExecOptions): Promise<ExecResult> {
  return new Promise((settle, reject) => {
    const grouped = process.platform !== 'win32';
    const child = spawn(programPath(command.file, cwd), command.args, {
      cwd,
      env,
      detached: grouped,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let output = '';
    let timedOut = false;
    const end = () => {
      if (child.pid === undefined || child.exitCode !== null) return;
      if (!grouped) return void child.kill('SIGKILL');
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It ended by itself in the meantime.
      }
    };
    const timer = setTimeout(() => {
      timedOut = true;
      end();
    }, command.limitMs);
    signal?.addEventListener('abort', end, { once: true });
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
    };
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-keptOutput);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      done();
      reject(cannotStart(command.file, error));
    });
    child.on('close', (code) => {
      done();
      if (signal?.aborted) return reject(signal.reason);
      settle({ code, output, timedOut });
    });
    // A program that decides without reading everything closes its end early.
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
  });
}

/** Before any call is made: every `exec:` program is there and may be run. Throws GapcheckError with the key's path. */
export function assertExecPrograms(configured: ConfiguredChecks, { cwd, env }: Pick<ExecOptions, 'cwd' | 'env'>): void {
  for (const [task, specs] of Object.entries(configured)) {
    for (const [index, spec] of specs.entries()) {
      if (spec.check !== 'exec') continue;
      const { file } = execCommand(spec);
      if (canRun(file, cwd, env)) continue;
      throw userError(
        'bad-check',
        `checks.${task}[${index}].exec: ${file} is not there or may not be run`,
        `chmod +x ${file}`,
      );
    }
  }
}

const hasFolder = (file: string): boolean => file.includes('/') || file.includes('\\');
const programPath = (file: string, cwd: string): string =>
  hasFolder(file) && !isAbsolute(file) ? resolve(cwd, file) : file;

function canRun(file: string, cwd: string, env: ExecOptions['env']): boolean {
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter);
  const endings = process.platform === 'win32' ? ['', ...(env.PATHEXT ?? '.EXE;.CMD;.BAT').split(';')] : [''];
  const places = hasFolder(file) ? [programPath(file, cwd)] : folders.map((folder) => join(folder, file));
  return places.flatMap((place) => endings.map((ending) => place + ending)).some(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function cannotStart(file: string, error: Error) {
  const reason = 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  const hints: Record<string, string> = { EACCES: `chmod +x ${file}`, ENOEXEC: `write "#!/bin/sh" on its first line` };
  return userError(
    'exec-check',
    `the check program ${file} could not be started (${reason})`,
    hints[reason] ?? 'correct "exec" in the config',
    error,
  );
}
