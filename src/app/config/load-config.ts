/** gapcheck.config.{yaml,yml,json}: found, read, validated with the path of the wrong key and the nearest right one. */
import { existsSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { ArmConfig } from '../../arms/arm.ts';
import { GapcheckError, nearestName, userError } from '../../errors.ts';
import type { CheckSpec } from '../../records/prompt-record.ts';
import type { RunSettings, TaskPlan } from '../../records/run-record.ts';
import type { GateSettings } from '../../releases/gate-input.ts';
import { readWholeText } from '../../store/whole-text.ts';
import type { Context } from '../context.ts';
import type { MoneyTerms } from '../verb-options.ts';
import { askingOf } from './asking.ts';
import { withLine } from './config-line.ts';
import { configSchema } from './config-schema.ts';

export type ArmEntry = { spec: string; name?: string } & Partial<
  Pick<
    ArmConfig,
    | 'as'
    | 'baseURL'
    | 'apiKeyEnv'
    | 'keyCommand'
    | 'think'
    | 'numCtx'
    | 'temperature'
    | 'maxTokens'
    | 'concurrency'
    | 'timeoutMs'
    | 'idleMs'
    | 'price'
    | 'topP'
    | 'topK'
    | 'minP'
    | 'stop'
    | 'system'
    | 'params'
    | 'headers'
    | 'headersEnv'
    | 'api'
    | 'licence'
    | 'ends'
  >
> & { variants?: Record<string, Partial<ArmConfig>> };

export interface Config
  extends Partial<
    Pick<
      RunSettings,
      | 'raters'
      | 'checkN'
      | 'trials'
      | 'retries'
      | 'retryMode'
      | 'seed'
      | 'maxTokens'
      | 'endpoint'
      | 'maxSteps'
      | 'faults'
      | 'tools'
    >
  > {
  /** The file it was read from; undefined without one. */
  file?: string;
  prompts?: string[];
  closed?: ArmEntry;
  open?: ArmEntry[];
  control?: ArmEntry;
  n?: number | 'all';
  temperature?: number;
  margin?: number;
  hard?: number;
  maxCost?: number;
  concurrency?: string;
  prices?: string;
  taskMap?: Record<string, string>;
  tasks?: Record<string, Pick<TaskPlan, 'failureCost'>>;
  checks?: Record<string, CheckSpec[]>;
  redact?: { name: string; pattern: string }[];
  gates?: GateSettings;
  money?: MoneyTerms;
}

export const configNames = ['gapcheck.config.yaml', 'gapcheck.config.yml', 'gapcheck.config.json'] as const;

type Raw = { [key: string]: unknown };

/** An empty config where there is no file. Throws (exit 2) with file, key path and what would be right. */
export async function loadConfig(named: string | undefined, context: Context): Promise<Config> {
  const file = named ?? configNames.find((name) => existsSync(resolve(context.cwd, name)));
  if (file === undefined) return {};
  const path = resolve(context.cwd, file);
  const text = read(path);
  const raw = await parse(path, text);
  if (raw === null || raw === undefined) return { file: path };
  try {
    await validate(basename(path), raw);
    return { file: path, ...(await normalise(raw as Raw, path)) };
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

let compiled: ValidateFunction | undefined;

/** Compiled when the first config is read: that takes longer than all the rest. */
async function configCheck(): Promise<ValidateFunction> {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  compiled ??= new Ajv2020({ allErrors: true, allowUnionTypes: true, strictTypes: false }).compile(configSchema);
  return compiled;
}

async function validate(file: string, raw: unknown): Promise<void> {
  const check = await configCheck();
  if (check(raw)) return;
  // The deepest error is the one that names what is wrong; those above it only repeat that something is.
  const [first] = [...(check.errors ?? [])].sort((a, b) => depth(b) - depth(a));
  if (first) throw wrongKey(file, first);
}

const depth = ({ instancePath, keyword }: ErrorObject): number =>
  instancePath.split('/').length * 2 + (keyword === 'additionalProperties' ? 1 : 0);

const mendIt = 'mend it, then run the same command again';

/** Messages begin `FILE: KEY`, as those of checks and tools do: `withLine` finds the line by it. */
function wrongKey(file: string, error: ErrorObject): GapcheckError {
  if (error.keyword === 'additionalProperties') return unknownKey(file, error);
  const path = error.instancePath.slice(1).replaceAll('/', '.');
  const at = path === '' ? file : `${file}: ${path}`;
  if (error.keyword !== 'enum') return userError('bad-config', `${at} ${error.message ?? 'is not valid'}.`, mendIt);
  const allowed = (error.params as { allowedValues: unknown[] }).allowedValues;
  return userError('bad-config', `${at} must be one of ${allowed.join(', ')}.`, mendIt);
}

function unknownKey(file: string, error: ErrorObject): GapcheckError {
  const path = error.instancePath.slice(1).replaceAll('/', '.');
  const key = String((error.params as { additionalProperty: string }).additionalProperty);
  const full = [path, key].filter((part) => part !== '').join('.');
  if (key.trim() === '')
    return userError(
      'empty-key',
      `${file}: ${path === '' ? 'a key' : `a key of ${path}`} is empty: nothing stands before a colon.`,
      `write a name before that colon in ${file}, or delete the line`,
    );
  const known = Object.keys((error.parentSchema as { properties?: object } | undefined)?.properties ?? knownKeys(path));
  const near = nearestName(key, known);
  const meant = near === undefined ? '' : ` Did you mean "${near}"?`;
  const hint = near === undefined ? `use one of ${known.join(', ')}` : `write "${near}" in ${file}`;
  return userError('unknown-key', `${file}: there is no key "${full}".${meant}`, hint);
}

/** Properties of the schema at a path of the config; arms stand behind an `anyOf`. */
function knownKeys(path: string): object {
  if (path === '') return configSchema.properties;
  if (/^(closed|control|open(\.\d+)?)$/.test(path)) return configSchema.properties.closed.anyOf[1].properties;
  if (/^(closed|control|open(\.\d+)?)\.price$/.test(path))
    return configSchema.properties.closed.anyOf[1].properties.price.properties;
  if (path === 'tools') return configSchema.properties.tools.properties;
  if (path === 'gates') return configSchema.properties.gates.properties;
  if (path === 'money') return configSchema.properties.money.properties;
  if (path === 'faults') return configSchema.properties.faults.properties;
  return /^tasks\./.test(path) ? { failureCost: 0 } : {};
}

async function normalise(raw: Raw, path: string): Promise<Config> {
  const file = basename(path);
  const { $schema: _schema, prompts, closed, open, control, concurrency, checks, tools, faults, ...rest } = raw;
  const { readChecks } = await import('../../checks/validate.ts');
  const { readFaults, readToolSources } = await import('../../runs/tool-sources.ts');
  const arm = (key: string, value: unknown) => knownArm(armEntry(value, path), `${file}: ${key}`);
  const opens = (open === undefined ? [] : list(open)).map((one, at) =>
    arm(Array.isArray(open) ? `open.${at}` : 'open', one),
  );
  return {
    ...(rest as Config),
    ...(prompts !== undefined && { prompts: list(prompts) as string[] }),
    ...(closed !== undefined && { closed: await arm('closed', closed) }),
    ...(open !== undefined && { open: await Promise.all(opens) }),
    ...(control !== undefined && { control: await arm('control', control) }),
    ...(concurrency !== undefined && { concurrency: String(concurrency) }),
    ...(tools !== undefined && { tools: readToolSources(tools, `${file}: tools`) }),
    ...(faults !== undefined && { faults: readFaults(faults, `${file}: faults`) }),
    ...(checks !== undefined && { checks: readChecks(checks, `${file}: checks`) }),
  };
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

function armEntry(value: unknown, path: string): ArmEntry {
  if (typeof value === 'string') return { spec: value };
  const { timeoutSeconds, idleSeconds, variants, ...written } = value as ArmEntry & {
    timeoutSeconds?: number;
    idleSeconds?: number;
  };
  const entry = { ...written, ...askingOf(written, path) } as ArmEntry;
  refuseSecret(entry);
  return {
    ...entry,
    ...(variants && {
      variants: Object.fromEntries(
        Object.entries(variants).map(([name, more]) => [name, { ...more, ...askingOf(more, path) }]),
      ),
    }),
    ...(timeoutSeconds !== undefined && { timeoutMs: timeoutSeconds * 1000 }),
    ...(idleSeconds !== undefined && { idleMs: idleSeconds * 1000 }),
  };
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
function refuseSecret({ baseURL }: ArmEntry): void {
  if (baseURL === undefined || !URL.canParse(baseURL)) return;
  const { username, password } = new URL(baseURL);
  if (username === '' && password === '') return;
  throw userError(
    'secret-in-config',
    'A baseURL in the config holds a user name or password.',
    'put the key into an environment variable and name it with apiKeyEnv',
  );
}
