/** The program that a SPEC names, before anything is started. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { type ArmConfig, ArmError } from '../arm.ts';

type Env = Record<string, string | undefined>;

/** Path and arguments; the path may hold spaces when such a file exists. Throws ArmError when there is no such program. */
export function findProgram({ provider, model, name }: ArmConfig, env: Env): { file: string; args: string[] } {
  const [typed = '', ...args] = existsSync(resolve(model)) ? [model] : model.split(/\s+/).filter(Boolean);
  const file = placeOf(typed, env);
  if (file === undefined) {
    throw new ArmError('bad-request', `arm ${name}: there is no program ${typed}`, {
      hint: `write ${provider}:./script, relative to ${process.cwd()}`,
    });
  }
  if (process.platform !== 'win32' && !isExecutable(file)) {
    throw new ArmError('bad-request', `arm ${name}: ${typed} cannot be executed`, { hint: `chmod +x ${typed}` });
  }
  return { file, args };
}

function placeOf(typed: string, env: Env): string | undefined {
  const here = resolve(typed);
  if (isFile(here)) return here;
  if (/[/\\]/.test(typed)) return undefined;
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, typed)).find(isFile);
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/** This user may run it. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
