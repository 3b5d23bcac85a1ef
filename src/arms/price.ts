/**
 * What a call costs, offline: the config's own price, then `--prices FILE` (LiteLLM's format), then the table of
 * @pydantic/genai-prices. Unknown is null, never 0. Local models have no price here: power and hardware are not free.
 */
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { userError } from '../errors.ts';
import type { Price } from '../records/run-record.ts';
import type { ArmConfig } from './arm.ts';
import { providerOf } from './registry.ts';
import { baseURLOf } from './wire/endpoint.ts';
import { isLoopback } from './wire/hosts.ts';

export interface PriceOptions {
  now: Date;
  /** A price file in LiteLLM's format. */
  file?: string;
  /** For OPENAI_BASE_URL: another host has other prices. */
  env?: Record<string, string | undefined>;
}

/** US dollars per million tokens, with where they come from; null when nobody knows. Throws for a bad file. */
export async function priceOf(config: ArmConfig, { now, file, env = {} }: PriceOptions): Promise<Price | null> {
  if (config.price) return { ...config.price, source: 'config', matched: config.model, date: dateOf(now) };
  const provider = providerOf(config.provider);
  if (provider && provider.where !== 'hosted') return null;
  const fromFile = file === undefined ? undefined : priceInFile(file, config);
  if (fromFile) return fromFile;
  const baseURL = provider && baseURLOf(config, env, provider);
  if (baseURL !== undefined && URL.canParse(baseURL) && isLoopback(new URL(baseURL).host)) return null;
  return priceInTable(config, baseURL === provider?.baseURL ? undefined : baseURL, now);
}

const dateOf = (date: Date): string => date.toISOString().slice(0, 10);

async function priceInTable(config: ArmConfig, baseURL: string | undefined, now: Date): Promise<Price | null> {
  const { calcPrice, findProvider } = await import('@pydantic/genai-prices');
  const providerId = priceIdOf(config, baseURL, (url) => findProvider({ providerApiUrl: url })?.id);
  if (providerId === undefined) return null;
  const costAs = (model: string) => (usage: Record<string, number>) =>
    calcPrice(usage, model, { providerId, timestamp: now });
  // Small counts: the lowest tier. Its own words per million differ between tiers.
  const small = { input_tokens: 1000, output_tokens: 1000 };
  const name = [config.model, undated(config.model)].find((one) => costAs(one)(small) !== null);
  if (name === undefined) return null;
  const cost = costAs(name);
  const found = cost(small);
  if (!found) return null;
  const cached = cost({ input_tokens: 1000, cache_read_tokens: 1000, output_tokens: 0 })?.input_price;
  const { version, date } = tableEdition(now);
  return {
    in: perMillion(found.input_price),
    out: perMillion(found.output_price),
    ...(cached !== undefined && { cached: perMillion(cached) }),
    source: `genai-prices ${version}`,
    matched: found.model.id,
    date,
  };
}

/** A base URL of its own decides; a host that the table does not know has no price, whatever the model is called. */
function priceIdOf(
  { provider }: ArmConfig,
  baseURL: string | undefined,
  byUrl: (url: string) => string | undefined,
): string | undefined {
  const known = providerOf(provider);
  if (baseURL === undefined) return known ? known.priceId : provider;
  const own = known?.ownHosts !== undefined && URL.canParse(baseURL) && known.ownHosts.test(new URL(baseURL).hostname);
  return own ? known.priceId : byUrl(baseURL);
}

/** `gpt-x-2026-07-01` costs what `gpt-x` costs, where the table has only that one. */
const undated = (model: string): string => model.replace(/-(?:20\d{2}-\d{2}-\d{2}|20\d{6})$/, '');

/** Of 1,000 tokens' price; rounded to what floating point can say. */
const perMillion = (dollars: number): number => Number((dollars * 1000).toPrecision(10));

let edition: { version: string; date: string } | undefined;

/** The table carries no date of its own: the newest one that it mentions, which is at most that old. */
function tableEdition(now: Date): { version: string; date: string } {
  if (edition) return edition;
  const main = fileURLToPath(import.meta.resolve('@pydantic/genai-prices'));
  const { version } = JSON.parse(readFileSync(join(dirname(main), '../package.json'), 'utf8')) as { version: string };
  const dates = readFileSync(main, 'utf8').match(/\b20\d\d-[01]\d-[0-3]\d\b/g) ?? [];
  const date =
    dates
      .filter((one) => one <= dateOf(now))
      .sort()
      .at(-1) ?? 'unknown';
  edition = { version, date };
  return edition;
}

interface LiteLlmEntry {
  input_cost_per_token?: number;
  output_cost_per_token?: number;
  cache_read_input_token_cost?: number;
  deprecation_date?: string;
}

/** Under the provider's name here, under LiteLLM's, and alone. */
const namesInFile = ({ provider, model }: Pick<ArmConfig, 'provider' | 'model'>): string[] => [
  `${provider}/${model}`,
  `${providerOf(provider)?.prefix ?? `${provider}/`}${model}`,
  model,
  model.slice(model.lastIndexOf('/') + 1),
];

/** The day on which a model ends, as a price file says it. Throws for a bad file. */
export function endInFile(file: string, config: Pick<ArmConfig, 'provider' | 'model'>): string | undefined {
  const table = readTable(file);
  const days = namesInFile(config).map((name) => (name === 'sample_spec' ? undefined : table[name]?.deprecation_date));
  return days.find((day) => typeof day === 'string' && day !== '');
}

function priceInFile(file: string, config: ArmConfig): Price | undefined {
  const table = readTable(file);
  const names = namesInFile(config);
  const matched = names.find((name) => name !== 'sample_spec' && isPriced(table[name]));
  const entry = matched === undefined ? undefined : table[matched];
  if (matched === undefined || !isPriced(entry)) return undefined;
  return {
    in: perMillion(entry.input_cost_per_token * 1000),
    out: perMillion(entry.output_cost_per_token * 1000),
    ...(entry.cache_read_input_token_cost !== undefined && {
      cached: perMillion(entry.cache_read_input_token_cost * 1000),
    }),
    source: file,
    matched,
    date: dateOf(statSync(file).mtime),
  };
}

const isPriced = (
  entry: LiteLlmEntry | undefined,
): entry is LiteLlmEntry & {
  input_cost_per_token: number;
  output_cost_per_token: number;
} => typeof entry?.input_cost_per_token === 'number' && typeof entry.output_cost_per_token === 'number';

function readTable(file: string): Record<string, LiteLlmEntry> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not valid JSON' : 'cannot be read';
    throw userError('bad-prices', `The price file ${file} ${why}.`, pricesHint, error);
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) {
    throw userError('bad-prices', `The price file ${file} holds no object of models.`, pricesHint);
  }
  return parsed as Record<string, LiteLlmEntry>;
}

const pricesHint =
  'it takes LiteLLM’s format: {"gpt-5.6": {"input_cost_per_token": 0.000004, "output_cost_per_token": 0.00002}}';
