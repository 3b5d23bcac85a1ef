/** Starts a program of the user's own (a check, a tool): text in, text out, a time limit, no shell. */
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { isExecutable } from '../arms/programs/find-program.ts';
import { endOnAbort, keepEnd, startProcess } from '../arms/programs/process.ts';
import { type GapcheckError, userError } from '../errors.ts';

export interface ProgramOptions {
  /** Relative commands start here: the folder of the config. */
  cwd: string;
  env: Record<string, string | undefined>;
  signal?: AbortSignal;
}

export interface ProgramCommand {
  file: string;
  args: string[];
  limitMs: number;
}

export interface ProgramResult {
  /** Null when a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
}

/** More than this of what a program says is not kept, characters. */
const keptOutput = 1_000_000;

/** A string splits at spaces, a list is taken as it stands. */
export function programCommand(command: string | readonly string[], limitMs: number): ProgramCommand {
  const [file = '', ...args] = typeof command === 'string' ? command.trim().split(/\s+/) : command;
  return { file, args, limitMs };
}

/**
 * Runs in a process group of its own, so that a time-out ends its children too. Throws GapcheckError when it cannot be
 * started, and the signal's reason when that aborts.
 */
export async function runProgram(
  command: ProgramCommand,
  stdin: string,
  options: ProgramOptions,
): Promise<ProgramResult> {
  const { cwd, env, signal } = options;
  const said = { stdout: keepEnd(keptOutput), stderr: keepEnd(keptOutput) };
  const program = startProcess({
    file: programPath(command.file, cwd),
    args: command.args,
    cwd,
    env,
    input: stdin,
    onOutput: (piece, from) => said[from].add(piece),
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    program.end(0);
  }, command.limitMs);
  endOnAbort(program, signal, 0);
  const ended = await program.ended
    .catch((error: Error) => {
      throw cannotStart(command.file, error);
    })
    .finally(() => clearTimeout(timer));
  if (signal?.aborted) throw signal.reason;
  return { ...ended, stdout: said.stdout.text(), stderr: said.stderr.text(), timedOut };
}

const hasFolder = (file: string): boolean => file.includes('/') || file.includes('\\');
const programPath = (file: string, cwd: string): string =>
  hasFolder(file) && !isAbsolute(file) ? resolve(cwd, file) : file;

/** Before any call is made: is the program there, and may it be run? Throws GapcheckError that names the key's path. */
export function assertProgram(file: string, path: string, { cwd, env }: Pick<ProgramOptions, 'cwd' | 'env'>): void {
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter);
  const endings = process.platform === 'win32' ? ['', ...(env.PATHEXT ?? '.EXE;.CMD;.BAT').split(';')] : [''];
  const places = hasFolder(file) ? [programPath(file, cwd)] : folders.map((folder) => join(folder, file));
  if (places.flatMap((place) => endings.map((ending) => place + ending)).some(isExecutable)) return;
  throw userError('bad-program', `${path}: ${file} is not there or may not be run`, `chmod +x ${file}`);
}

function cannotStart(file: string, error: Error): GapcheckError {
  const reason = 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  const hints: Record<string, string> = { EACCES: `chmod +x ${file}`, ENOEXEC: 'write "#!/bin/sh" on its first line' };
  const hint = hints[reason] ?? 'correct "exec" in the config';
  return userError('bad-program', `the program ${file} could not be started (${reason})`, hint, error);
}
