/** Where the lock file of a folder is. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { lockName } from '../../releases/lock-file.ts';
import { configNames } from '../config/load-config.ts';
import type { Context } from '../context.ts';

export interface LockOptions {
  /** A path, or true for the usual place. */
  lock?: string | true;
  config?: string;
}

/** Beside the config; without one in the working folder. */
export function lockPath({ lock, config }: LockOptions, { cwd }: Context): string {
  if (typeof lock === 'string') return resolve(cwd, lock);
  const file = configFile({ config }, cwd);
  return join(file === undefined ? cwd : dirname(file), lockName);
}

/** Undefined where there is none. */
export function configFile({ config }: Pick<LockOptions, 'config'>, cwd: string): string | undefined {
  const name = config ?? configNames.find((one) => existsSync(resolve(cwd, one)));
  return name === undefined ? undefined : resolve(cwd, name);
}
