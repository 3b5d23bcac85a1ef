/** Where an arm calls, with which key and headers. What cannot be honoured is refused here, before any request. */
import { userError } from '../../errors.ts';
import type { ArmConfig } from '../arm.ts';
import type { Auth, Provider } from '../provider.ts';
import { headersOf } from './header-settings.ts';
import { isLoopback } from './hosts.ts';
import { redactSecrets } from './secrets.ts';

export type Env = Record<string, string | undefined>;

export interface Endpoint {
  /** Without its query and without a slash at the end. */
  baseURL: string;
  /** Goes behind every path: Azure's `api-version`. */
  query: Record<string, string>;
  host: string;
  /** The provider's own host, not a compatible one. */
  official: boolean;
  auth: Auth;
  /** What this server calls the output cap. */
  cap: 'max_tokens' | 'max_completion_tokens';
  /** The variable that holds the key. */
  keyName: string;
  key: string | undefined;
  /** Of the config, values of `headersEnv` filled in, and the key where it is sent as a header of its own. */
  headers: Record<string, string>;
  /** What no message and no file may hold. */
  secrets: string[];
}

/**
 * A key goes only where its variable belongs: OPENAI_API_KEY never to a host that the config names without one. Throws
 * a user error for a URL, a key or a header that cannot be used.
 */
export function keyedEndpoint(config: ArmConfig, env: Env, provider: Provider): Endpoint {
  const url = parsedBase(config, env, provider);
  const official = isOfficial(url, provider);
  const keyName = config.apiKeyEnv ?? firstSet(provider.keyVariables, env) ?? provider.keyVariables[0] ?? 'apiKeyEnv';
  const key = keyGoesTo(config, official, provider) ? usableKey(keyName, env) : undefined;
  const { headers, secrets } = headersOf(config, env);
  const auth = provider.auth ?? 'bearer';
  const query = Object.fromEntries(url.searchParams);
  url.search = '';
  url.hash = '';
  return {
    baseURL: url.href.replace(/\/+$/, ''),
    query,
    host: url.host,
    official,
    auth,
    cap: official && provider.cap === 'max_completion_tokens' ? 'max_completion_tokens' : 'max_tokens',
    keyName,
    key,
    headers,
    secrets: [...secrets, ...(key === undefined ? [] : [key])],
  };
}

export type KeySettings = Pick<ArmConfig, 'baseURL' | 'apiKeyEnv' | 'keyCommand'>;

const keyGoesTo = (config: KeySettings, official: boolean, provider: Provider): boolean =>
  config.apiKeyEnv !== undefined || config.baseURL === undefined || official || provider.anyServer !== true;

/** The variable that must hold a key for this arm; undefined where none is sent. */
export function keyNeeded(config: KeySettings, provider: Provider): string | undefined {
  const { baseURL, apiKeyEnv } = config;
  if (config.keyCommand !== undefined) return undefined;
  const official = baseURL !== undefined && URL.canParse(baseURL) && isOfficial(new URL(baseURL), provider);
  return keyGoesTo(config, official, provider) ? (apiKeyEnv ?? provider.keyVariables[0]) : undefined;
}

const firstSet = (names: readonly string[], env: Env): string | undefined => names.find((name) => env[name]?.trim());

function parsedBase(config: ArmConfig, env: Env, provider: Provider): URL {
  const text = baseURLOf(config, env, provider);
  if (text === undefined) throw noBase(config, provider);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw userError(
    'bad-url',
    `arm ${config.name}: baseURL "${redactSecrets(text)}" is no URL.`,
    `a base URL looks like ${provider.baseURL ?? 'https://HOST/v1'}`,
  );
}

/** Undefined where the provider's own URL has a gap that no variable fills. */
export function baseURLOf(
  { baseURL }: Pick<ArmConfig, 'baseURL'>,
  env: Env,
  provider: Pick<Provider, 'baseURL' | 'baseVariable'>,
): string | undefined {
  const fromEnv = provider.baseVariable === undefined ? undefined : env[provider.baseVariable]?.trim();
  return baseURL?.trim() || fromEnv || filledIn(provider.baseURL, env);
}

function filledIn(template: string | undefined, env: Env): string | undefined {
  let whole = template !== undefined;
  const filled = template?.replace(/\{([A-Z_|]+)\}/g, (_, names: string) => {
    const name = firstSet(names.split('|'), env);
    if (name === undefined) whole = false;
    return name === undefined ? '' : (env[name] ?? '').trim().replace(/\/+$/, '');
  });
  return whole ? filled : undefined;
}

function noBase({ name }: ArmConfig, { name: provider, baseURL = '' }: Provider) {
  const variables = [...baseURL.matchAll(/\{([A-Z_|]+)\}/g)].map(([, names = '']) => names.replaceAll('|', ' or '));
  return userError(
    'no-base-url',
    `arm ${name}: where ${provider} is depends on your account, and neither baseURL nor ${[...new Set(variables)].join(' and ')} says it.`,
    `set baseURL of arm ${name} in the config: ${baseURL.replace(/\{([A-Z]+_)*([A-Z]+)(\|[A-Z_]+)?\}/g, '$2')}`,
  );
}

function isOfficial({ hostname }: URL, { baseURL, ownHosts }: Provider): boolean {
  const own = baseURL !== undefined && URL.canParse(baseURL) && new URL(baseURL).hostname === hostname;
  return (own && !isLoopback(hostname)) || ownHosts?.test(hostname) === true;
}

/** Trimmed. Undefined where the variable is not set. Throws for a character that no header can carry. */
export function usableKey(variable: string, env: Env): string | undefined {
  const key = env[variable]?.trim();
  if (!key) return undefined;
  const wrong = [...key].findIndex((character) => !/^[\x21-\x7e]$/.test(character));
  if (wrong < 0) return key;
  const code = [...key][wrong]?.codePointAt(0) ?? 0;
  const named = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  throw userError(
    'bad-key',
    `${variable} holds a character that no key has (${named} at position ${wrong + 1}).`,
    `copy the key again, whole, and export ${variable}=…`,
  );
}
