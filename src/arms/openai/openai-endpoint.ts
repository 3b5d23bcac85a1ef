/** Where an OpenAI arm calls: its client, its list of models, and what to advise when a call fails. */
import type OpenAI from 'openai';
import { isObject } from '../../records/plain-json.ts';
import type { ArmConfig } from '../arm.ts';
import type { Provider } from '../provider.ts';
import type { Endpoint, Env } from '../wire/endpoint.ts';
import type { FailureContext } from '../wire/failures.ts';
import { besideSdk } from '../wire/guarded-fetch.ts';
import { isLoopback } from '../wire/hosts.ts';
import { keyFrom } from '../wire/key-command.ts';
import { listing, oneAttempt } from '../wire/keyed-endpoint.ts';
import { type Listed, readListed } from '../wire/listed.ts';

export async function createClient(endpoint: Endpoint, env: Env, { anyServer }: Provider, config: ArmConfig) {
  const { baseURL, query, headers, auth, key, official } = endpoint;
  const { keyCommand } = config;
  // OpenAI's organizations and projects mean nothing to other hosts.
  const own = official && anyServer === true;
  const { OpenAI: Client } = await import('openai');
  return new Client({
    baseURL,
    apiKey: keyCommand === undefined ? (key ?? 'none') : keyFrom(keyCommand, endpoint, config.name),
    defaultQuery: query,
    defaultHeaders: {
      ...(keyCommand === undefined && (auth === 'api-key' || !key) && { authorization: null }),
      ...(keyCommand === undefined && auth === 'api-key' && key && { 'api-key': key }),
      ...headers,
    },
    organization: (own && env.OPENAI_ORG_ID?.trim()) || null,
    project: (own && env.OPENAI_PROJECT_ID?.trim()) || null,
    ...oneAttempt,
  });
}

export async function listDated(
  { lists }: Provider,
  endpoint: Endpoint,
  client: () => Promise<OpenAI>,
  signal: AbortSignal,
  onRefused?: () => void,
): Promise<Listed[]> {
  const sdk = await client();
  const ask = async (guarded: AbortSignal) => {
    const page = await besideSdk((options) => sdk.models.list({ signal: guarded, ...options }));
    const models: unknown[] = Array.isArray(page.data) ? page.data : [];
    return models.filter(isObject).map((model) => readListed(model, lists));
  };
  return listing(signal, contextOf(endpoint), ask, onRefused);
}

/** What is most often wrong with an address that knows no such path. */
function addressHint(baseURL: string): string {
  const { pathname } = new URL(baseURL);
  if (/\/(?:chat\/completions|completions|models|responses)$/.test(pathname))
    return `baseURL ${baseURL}: leave ${pathname.slice(pathname.lastIndexOf(pathname.includes('/chat/') ? '/chat/' : '/'))} off`;
  return pathname.includes('/v1')
    ? 'check baseURL: the server knows no such path'
    : `does baseURL end in /v1? Try ${baseURL}/v1`;
}

export const contextOf = (
  { host, key, keyName, official, secrets, baseURL }: Endpoint,
  partial?: string,
): FailureContext => ({
  host,
  keys: secrets,
  ...(partial && { partial }),
  hints: {
    auth: key ? `check ${keyName}: the provider refused this key` : `export ${keyName}=…`,
    quota: 'add credit or raise the limit at the provider, then "gapcheck run --resume"',
    'model-missing': official ? '"gapcheck doctor" lists what this key can use' : 'check the model name and baseURL',
    network: isLoopback(host) ? `start the server that should listen on ${host}` : 'check the network and baseURL',
    ...(key === undefined &&
      secrets.length === 0 && {
        server: `does it want a key? apiKeyEnv of this arm names the variable that holds one`,
      }),
    'base-url': addressHint(baseURL),
  },
});
