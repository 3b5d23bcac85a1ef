/** An arm in LiteLLM's words: prefix, address, headers, and the variable that holds the key. Keys stay in the environment. */
import type { JsonObject } from '../records/plain-json.ts';
import type { ArmRecord } from '../records/run-record.ts';
import type { ArmConfig } from './arm.ts';
import type { Provider } from './provider.ts';
import { providerOf, providers } from './registry.ts';
import { keyNeeded } from './wire/endpoint.ts';
import { isLoopback, isPrivate } from './wire/hosts.ts';

/** Undefined for an arm that no router can call, and for a provider that LiteLLM has no prefix for. */
export function liteLlmParams(arm: ArmRecord, provider = providerOf(arm.provider)): JsonObject | undefined {
  if (provider?.prefix === undefined) return undefined;
  const base = apiBase(arm, provider);
  const key = apiKey(arm, provider, base === undefined);
  const headers = extraHeaders(arm, provider);
  return {
    model: `${provider.prefix}${arm.model}`,
    ...(base !== undefined && { api_base: base }),
    ...(key !== undefined && { api_key: key }),
    ...(headers !== undefined && { extra_headers: headers }),
  };
}

/** Undefined only for a service that LiteLLM knows, at its own address: without one it would ask the prefix's owner. */
function apiBase({ host, setup }: ArmRecord, { baseURL: own, wire, routerKnows }: Provider): string | undefined {
  if (typeof setup?.baseURL === 'string') return setup.baseURL;
  const ownHost = own !== undefined && URL.canParse(own) ? new URL(own).host : undefined;
  if (ownHost !== undefined && (host === null || host === ownHost))
    return routerKnows?.includes('address') ? undefined : own;
  if (host === null) return undefined;
  const scheme = isLoopback(host) || isPrivate(host) ? 'http' : 'https';
  return wire === 'openai' ? `${scheme}://${host}${pathOf(own)}` : `${scheme}://${host}`;
}

/** Of a URL with gaps too. */
const pathOf = (url = '/v1'): string => /^(?:https?:\/\/[^/]+|\{[A-Z_]+\})(\/.*)$/.exec(url)?.[1] ?? '/v1';

function apiKey({ setup }: ArmRecord, provider: Provider, atHome: boolean): string | undefined {
  const settings = setup as Partial<ArmConfig> | undefined;
  if (settings?.apiKeyEnv !== undefined) return `os.environ/${settings.apiKeyEnv}`;
  const needed = keyNeeded(settings ?? {}, provider);
  if (needed !== undefined) return provider.routerKnows?.includes('key') ? undefined : `os.environ/${needed}`;
  // LiteLLM would send the key of the prefix's owner, such as OPENAI_API_KEY, to a host that gapcheck gives none.
  const ownersKey = providers.some(({ prefix, keyVariables }) => prefix === provider.prefix && keyVariables.length > 0);
  return ownersKey && !atHome ? 'none' : undefined;
}

/** The provider's and the config's; values of `headersEnv` stay in the environment. */
function extraHeaders({ setup }: ArmRecord, { headers: own }: Provider): JsonObject | undefined {
  const { headers, headersEnv = {} } = (setup ?? {}) as Partial<ArmConfig>;
  const secret = Object.entries(headersEnv).map(([name, variable]): [string, string] => [
    name,
    `os.environ/${variable}`,
  ]);
  const all = [...Object.entries(own ?? {}), ...Object.entries(headers ?? {}), ...secret];
  return all.length === 0 ? undefined : Object.fromEntries(all.map(([name, value]) => [name.toLowerCase(), value]));
}
