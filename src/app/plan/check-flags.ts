/** `--check TASK=NAME` and `--check TASK=NAME:VALUE`, beside the checks of the config. */
import { userError } from '../../errors.ts';
import type { Config } from '../config/load-config.ts';

/** Throws (exit 2) where a check is not one. */
export async function withCheckFlags(flags: readonly string[] | undefined, config: Config): Promise<Config> {
  if (!flags || flags.length === 0) return config;
  const { readChecks } = await import('../../checks/validate.ts');
  const raw: Record<string, unknown[]> = {};
  for (const flag of flags) {
    const [, task, name, value] = /^(.+?)=([A-Za-z]+)(?::(.+))?$/.exec(flag) ?? [];
    if (task === undefined || name === undefined)
      throw userError(
        'bad-check',
        `--check ${flag} is not TASK=CHECK.`,
        'write --check extract-json=json, or --check reply=maxWords:60',
      );
    const one = value === undefined ? name : { [name]: Number.isNaN(Number(value)) ? value : Number(value) };
    raw[task] = [...(raw[task] ?? []), one];
  }
  const added = readChecks(raw, '--check');
  const checks = { ...config.checks };
  for (const [task, list] of Object.entries(added)) checks[task] = [...(checks[task] ?? []), ...list];
  return { ...config, checks };
}
