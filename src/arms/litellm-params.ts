/** An arm in LiteLLM's words: prefix, address, and the variable that holds the key. Keys stay in the environment. */
import type { JsonObject } from '../records/plain-json.ts';
import type { ArmRecord } from '../records/run-record.ts';
import { providerOf } from './registry.ts';
import { isLoopback, isPrivate } from './wire/hosts.ts';

/** Undefined for an arm that no router can call. */
export function liteLlmParams(arm: ArmRecord): JsonObject | undefined {
  const provider = providerOf(arm.provider);
  if (provider?.prefix === undefined) return undefined;
  const base = apiBase(arm, provider.where === 'local' || provider.baseURL?.includes('{') === true);
  const key = keyVariable(arm);
  return {
    model: `${provider.prefix}${arm.model}`,
    ...(base !== undefined && { api_base: base }),
    ...(key !== undefined && { api_key: `os.environ/${key}` }),
  };
}

/** LiteLLM knows the address of a service itself. */
function apiBase({ provider: name, host, setup }: ArmRecord, always: boolean): string | undefined {
  if (typeof setup?.baseURL === 'string') return setup.baseURL;
  const provider = providerOf(name);
  const own = provider?.baseURL;
  if (host === null || (!always && own !== undefined && URL.canParse(own) && new URL(own).host === host))
    return undefined;
  const scheme = isLoopback(host) || isPrivate(host) ? 'http' : 'https';
  return provider?.wire === 'openai' ? `${scheme}://${host}${pathOf(own)}` : `${scheme}://${host}`;
}

/** Of a URL with gaps too. */
const pathOf = (url = '/v1'): string => /^(?:https?:\/\/[^/]+|\{[A-Z_]+\})(\/.*)$/.exec(url)?.[1] ?? '/v1';

function keyVariable({ provider: name, setup }: ArmRecord): string | undefined {
  if (typeof setup?.apiKeyEnv === 'string') return setup.apiKeyEnv;
  const provider = providerOf(name);
  // Only where LiteLLM would look for another name than ours.
  return provider?.routerKey === undefined ? undefined : provider.keyVariables[0];
}
