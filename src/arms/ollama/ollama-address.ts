/** Where an Ollama server is, as OLLAMA_HOST or the config writes it; and what may be wrong with that. */
import { userError } from '../../errors.ts';
import type { ArmConfig } from '../arm.ts';
import { usableKey } from '../wire/endpoint.ts';
import type { FailureContext } from '../wire/failures.ts';
import { headersOf } from '../wire/header-settings.ts';
import { ollamaHost } from '../wire/hosts.ts';
import { redactSecrets } from '../wire/secrets.ts';

export interface OllamaServer {
  /** Base URL without a trailing slash. */
  url: string;
  host: string;
  /** Behind every path, with its question mark; mostly empty. */
  query: string;
  /** Authorization among them. */
  headers: Record<string, string>;
  /** What no message may hold. */
  secrets: string[];
}

type Env = Record<string, string | undefined>;

/** Throws a user error for an address, a key or a header that cannot be used. */
export function ollamaServer(env: Env, config: ServerSettings = {}): OllamaServer {
  const { baseURL } = config;
  const { login, address } = withoutLogin(baseURL ?? env.OLLAMA_HOST ?? '');
  const url = ollamaHost(address);
  if (!URL.canParse(url)) {
    throw userError(
      'bad-url',
      `"${redactSecrets(baseURL ?? env.OLLAMA_HOST ?? '')}" is no address of an Ollama server.`,
      'OLLAMA_HOST looks like 127.0.0.1:11434',
    );
  }
  const parsed = new URL(url);
  const { host, hostname, pathname, search } = parsed;
  if (/\/(?:v1|api)\/*$/.test(pathname)) throw wrongPath(baseURL, pathname);
  // OLLAMA_API_KEY is for ollama.com alone; a key that the config names goes where the config says.
  const variable = config.apiKeyEnv ?? (hostname === 'ollama.com' ? 'OLLAMA_API_KEY' : undefined);
  const key = variable === undefined ? undefined : usableKey(variable, env);
  const extra = headersOf({ name: config.name ?? 'ollama', ...config }, env);
  const authorization = key !== undefined ? `Bearer ${key}` : login && `Basic ${btoa(login)}`;
  const secrets = [key, login, login && btoa(login), login?.slice(login.indexOf(':') + 1), ...extra.secrets];
  parsed.search = '';
  return {
    url: search === '' ? url : parsed.href.replace(/\/+$/, ''),
    query: search,
    host: host || url,
    headers: { ...(authorization && { authorization }), ...extra.headers },
    secrets: secrets.filter((secret): secret is string => Boolean(secret)),
  };
}

type ServerSettings = Partial<Pick<ArmConfig, 'name' | 'baseURL' | 'apiKeyEnv' | 'headers' | 'headersEnv'>>;

/** `user:password@` in front of the host, percent-decoded. */
function withoutLogin(text: string): { login?: string; address: string } {
  const [, before = '', login, after = ''] = /^(\s*["']?(?:https?:\/\/)?)([^/@\s:]*:[^/@\s]*)@(.*)$/is.exec(text) ?? [];
  if (login === undefined) return { address: text };
  try {
    return { login: decodeURIComponent(login), address: `${before}${after}` };
  } catch {
    return { login, address: `${before}${after}` };
  }
}

const wrongPath = (baseURL: string | undefined, pathname: string) =>
  userError(
    'bad-url',
    `${baseURL === undefined ? 'OLLAMA_HOST' : 'baseURL'} ends in ${pathname}, and gapcheck speaks Ollama's own API.`,
    `leave ${pathname} off`,
  );

/** What an address that the user wrote may have wrong, where nothing answers at it as it should. */
export function addressHints(url: string): FailureContext['hints'] {
  const { protocol, port, hostname } = new URL(url);
  if (protocol === 'https:') {
    const plain = `Ollama itself speaks http: write http://${hostname}:${port || '11434'}, unless a proxy in front of it does TLS`;
    return { tls: plain, 'refused-connection': plain, dropped: plain };
  }
  const noPort = `the address names no port, so port 80 is asked, as Ollama's own client does; Ollama listens on http://${hostname}:11434`;
  return port === '' ? { 'refused-connection': noPort, garbage: noPort } : {};
}
