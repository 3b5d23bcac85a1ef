/** How the config says that an arm is asked: short forms made whole, and the file of a system text read. */
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { ArmConfig } from '../../arms/arm.ts';
import { isDate } from '../../arms/wire/listed.ts';
import { userError } from '../../errors.ts';

interface Written {
  system?: unknown;
  stop?: unknown;
  ends?: unknown;
}

/** `path`: the config file; a system text's file is looked up beside it. Throws a user error that names the key. */
export function askingOf({ system, stop, ends }: Written, path: string): Partial<Pick<ArmConfig, 'system' | 'stop'>> {
  if (typeof ends === 'string' && !isDate(ends))
    throw userError('bad-config', `${basename(path)}: ends is "${ends}", which is no day.`, 'write it as YYYY-MM-DD');
  return {
    ...(system !== undefined && { system: systemOf(system, path) }),
    ...(stop !== undefined && { stop: typeof stop === 'string' ? [stop] : (stop as string[]) }),
  };
}

function systemOf(value: unknown, path: string): NonNullable<ArmConfig['system']> {
  if (typeof value === 'string') return { text: value, mode: 'replace' };
  const { text, file, mode = 'replace' } = value as { text?: string; file?: string; mode?: 'replace' | 'append' };
  if ((text === undefined) === (file === undefined))
    throw userError(
      'bad-config',
      `${basename(path)}: system needs either text or file.`,
      'write system: {file: open.txt}, or system: {text: "…"}',
    );
  return { text: text ?? readText(file ?? '', path), mode };
}

function readText(file: string, path: string): string {
  const place = resolve(dirname(path), file);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(place)).trimEnd();
    if (text.trim() !== '') return text;
  } catch (error) {
    throw userError(
      'no-system-file',
      `${basename(path)}: system.file ${place} cannot be read as UTF-8 text.`,
      'check the path: it is looked up beside the config',
      error,
    );
  }
  throw userError(
    'no-system-file',
    `${basename(path)}: system.file ${place} is empty.`,
    'write the system text into it',
  );
}
