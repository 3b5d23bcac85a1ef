/** gapcheck.config.{yaml,yml,json}: found, read, validated with the path of the wrong key and the nearest right one. */
import { existsSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import type { ArmConfig } from '../../arms/arm.ts';
import { GapcheckError, nearestName, userError } from '../../errors.ts';
import type { CheckSpec } from '../../records/prompt-record.ts';
import type { RunSettings } from '../../records/run-record.ts';
import { readWholeText } from '../../store/whole-text.ts';
import type { Context } from '../context.ts';
import { askingOf } from './asking.ts';
import { withLine } from './config-line.ts';
import { configSchema, type WrittenArm, type WrittenConfig, type WrittenVariant } from './config-schema.ts';
import { knownKeys, wrongIn } from './wrong-key.ts';

/** An arm of the config, its short forms made whole. */
export type ArmEntry = Omit<
  WrittenArm,
  'timeoutSeconds' | 'idleSeconds' | 'as' | 'system' | 'stop' | 'variants' | 'params'
> &
  Partial<Pick<ArmConfig, 'timeoutMs' | 'idleMs' | 'as' | 'system' | 'stop' | 'params'>> & {
    variants?: Record<string, Partial<ArmConfig>>;
  };

type MadeWhole = '$schema' | 'prompts' | 'closed' | 'open' | 'control' | 'concurrency' | 'checks' | 'tools' | 'faults';

export interface Config extends Omit<WrittenConfig, MadeWhole>, Partial<Pick<RunSettings, 'tools' | 'faults'>> {
  /** The file it was read from; undefined without one. */
  file?: string;
  prompts?: string[];
  closed?: ArmEntry;
  open?: ArmEntry[];
  control?: ArmEntry;
  concurrency?: string;
  checks?: Record<string, CheckSpec[]>;
}

export const configNames = ['gapcheck.config.yaml', 'gapcheck.config.yml', 'gapcheck.config.json'] as const;

/** An empty config where there is no file. Throws (exit 2) with file, key path and what would be right. */
export async function loadConfig(named: string | undefined, context: Context): Promise<Config> {
  const file = named ?? configNames.find((name) => existsSync(resolve(context.cwd, name)));
  if (file === undefined) return {};
  const path = resolve(context.cwd, file);
  const text = read(path);
  const raw = await parse(path, text);
  if (raw === null || raw === undefined) return { file: path };
  try {
    validate(basename(path), raw);
    return { file: path, ...(await normalise(raw as WrittenConfig, path)) };
  } catch (error) {
    throw await withLine(error, basename(path), text);
  }
}

function read(path: string): string {
  try {
    return readWholeText(path);
  } catch (error) {
    if (error instanceof GapcheckError) throw error;
    throw userError('no-config', `There is no config file ${path}.`, 'gapcheck init writes one', error);
  }
}

async function parse(path: string, text: string): Promise<unknown> {
  try {
    if (extname(path) === '.json') return JSON.parse(text) as unknown;
    const { parseDocument } = await import('yaml');
    const document = parseDocument(text, { prettyErrors: true });
    // A tag that YAML does not know (`!env KEY`) is only a warning there, and the value a plain text: nobody meant that.
    const [wrong] = [...document.errors, ...document.warnings];
    if (wrong) throw wrong;
    return document.toJS() as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw userError(
      'bad-config',
      `${basename(path)} cannot be read: ${reason}`,
      'mend that line, then run the same command again',
      error,
    );
  }
}

function validate(file: string, raw: unknown): void {
  const wrong = wrongIn(configSchema, raw);
  if (!wrong) return;
  if (wrong.unknown !== undefined) throw unknownKey(file, wrong.path, wrong.unknown);
  const at = wrong.path.length === 0 ? file : `${file}: ${wrong.path.join('.')}`;
  // Messages begin `FILE: KEY`, as those of checks and tools do: `withLine` finds the line by it.
  throw userError('bad-config', `${at} ${wrong.says}.`, 'mend it, then run the same command again');
}

function unknownKey(file: string, path: readonly string[], key: string): GapcheckError {
  const place = path.join('.');
  if (key.trim() === '')
    return userError(
      'empty-key',
      `${file}: ${place === '' ? 'a key' : `a key of ${place}`} is empty: nothing stands before a colon.`,
      `write a name before that colon in ${file}, or delete the line`,
    );
  const known = knownKeys(configSchema, path);
  const near = nearestName(key, known);
  const meant = near === undefined ? '' : ` Did you mean "${near}"?`;
  const hint = known.includes('spec') && inSpec.includes(key) ? oneName : undefined;
  return userError(
    'unknown-key',
    `${file}: there is no key "${[...path, key].join('.')}".${meant}`,
    hint ?? (near === undefined ? `use one of ${known.join(', ')}` : `write "${near}" in ${file}`),
  );
}

/** What other tools have as two keys of a model. */
const inSpec: readonly string[] = ['provider', 'model', 'id', 'model_name', 'modelName'];
const oneName = 'name provider and model in one key, such as spec: openai:gpt-5.6';

async function normalise(raw: WrittenConfig, path: string): Promise<Config> {
  const file = basename(path);
  const { $schema: _schema, prompts, closed, open, control, concurrency, checks, tools, faults, ...rest } = raw;
  const { readChecks } = await import('../../checks/validate.ts');
  const { readFaults, readToolSources } = await import('../../runs/tool-sources.ts');
  const arm = (key: string, value: string | WrittenArm) => knownArm(armEntry(value, path), `${file}: ${key}`);
  const opens = (open === undefined ? [] : list(open)).map((one, at) =>
    arm(Array.isArray(open) ? `open.${at}` : 'open', one),
  );
  return {
    ...rest,
    ...(prompts !== undefined && { prompts: list(prompts) }),
    ...(closed !== undefined && { closed: await arm('closed', closed) }),
    ...(open !== undefined && { open: await Promise.all(opens) }),
    ...(control !== undefined && { control: await arm('control', control) }),
    ...(concurrency !== undefined && { concurrency: String(concurrency) }),
    ...(tools !== undefined && { tools: readToolSources(tools, `${file}: tools`) }),
    ...(faults !== undefined && { faults: readFaults(faults, `${file}: faults`) }),
    ...(checks !== undefined && { checks: readChecks(checks, `${file}: checks`) }),
  };
}

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

function armEntry(value: string | WrittenArm, path: string): ArmEntry {
  if (typeof value === 'string') return { spec: value };
  const { timeoutSeconds, idleSeconds, variants, system: _system, stop: _stop, ...written } = value;
  refuseSecret(written);
  return {
    ...written,
    ...askingOf(value, path),
    ...(variants && {
      variants: Object.fromEntries(Object.entries(variants).map(([name, more]) => [name, variantOf(more, path)])),
    }),
    ...(timeoutSeconds !== undefined && { timeoutMs: timeoutSeconds * 1000 }),
    ...(idleSeconds !== undefined && { idleMs: idleSeconds * 1000 }),
  } as ArmEntry;
}

function variantOf(written: WrittenVariant, path: string): Partial<ArmConfig> {
  const { system: _system, stop: _stop, ...rest } = written;
  return { ...(rest as Partial<ArmConfig>), ...askingOf(written, path) };
}

/** Throws (exit 2), with the place, for a provider or a model that is none. */
async function knownArm(entry: ArmEntry, place: string): Promise<ArmEntry> {
  const { parseSpec } = await import('../../arms/spec.ts');
  try {
    parseSpec(entry.spec);
    return entry;
  } catch (error) {
    if (!(error instanceof GapcheckError)) throw error;
    throw userError(error.code, `${place} ${error.message}`, error.hint, error);
  }
}

/** run.json keeps the endpoint, so a password in it would be written down. */
function refuseSecret({ baseURL }: Pick<ArmEntry, 'baseURL'>): void {
  if (baseURL === undefined || !URL.canParse(baseURL)) return;
  const { username, password } = new URL(baseURL);
  if (username === '' && password === '') return;
  throw userError(
    'secret-in-config',
    'A baseURL in the config holds a user name or password.',
    'put the key into an environment variable and name it with apiKeyEnv',
  );
}
