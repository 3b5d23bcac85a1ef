/** What the arms that speak to a hosted API through its SDK share: where they call and with which key, and how. */
import { userError } from '../../errors.ts';
import { type ArmConfig, ArmError } from '../arm.ts';
import type { FailureContext } from './failures.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { armErrorOf } from './sdk-failures.ts';
import { redactSecrets } from './secrets.ts';
import { watch } from './watchdog.ts';

export type Env = Record<string, string | undefined>;

export interface Endpoint {
  baseURL: string;
  host: string;
  /** The provider's own host, not a compatible one. */
  official: boolean;
  /** The variable that holds the key. */
  keyName: string;
  key: string | undefined;
}

interface Provider {
  /** Where it is when nobody says otherwise. */
  base: string;
  baseVariable: string;
  keyVariable: string;
}

/** A key goes only where its variable belongs: OPENAI_API_KEY never to a host that the config names without one. */
export function keyedEndpoint(config: ArmConfig, env: Env, { base, baseVariable, keyVariable }: Provider): Endpoint {
  const baseURL = (config.baseURL ?? (env[baseVariable]?.trim() || base)).replace(/\/+$/, '');
  if (!URL.canParse(baseURL)) {
    throw userError(
      'bad-url',
      `arm ${config.name}: "${redactSecrets(baseURL)}" is no URL.`,
      `a base URL looks like ${base}`,
    );
  }
  const { host, hostname } = new URL(baseURL);
  const official = hostname === new URL(base).hostname;
  const keyName = config.apiKeyEnv ?? keyVariable;
  const belongs = config.apiKeyEnv !== undefined || config.baseURL === undefined || official;
  return { baseURL, host, official, keyName, key: belongs ? env[keyName]?.trim() || undefined : undefined };
}

export const noKey = ({ host, keyName }: Endpoint, { name }: ArmConfig): ArmError =>
  new ArmError('auth', `${host}: no key for arm ${name}: ${keyName} is not set`, {
    hint: `export ${keyName}=…`,
  });

/** Options of both SDKs under which one call is one attempt and every limit is ours (watchdog.ts). */
export const oneAttempt = {
  maxRetries: 0,
  // The longest that a timer can be.
  timeout: 2_147_483_647,
  logLevel: 'off',
  fetch: guardedFetch(),
} as const;

/** An SDK is loaded when an arm first needs it, once. */
export function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load();
    return loading;
  };
}

export interface Listed {
  name: string;
  /** ISO 8601. */
  at?: string;
}

const metadataMs = 20_000;

/** Also finds out whether the host can be reached and the key is right. Empty where a server keeps no list. */
export async function listing(
  signal: AbortSignal,
  context: FailureContext,
  ask: (signal: AbortSignal) => Promise<Listed[]>,
): Promise<Listed[]> {
  const guard = watch(signal, { totalMs: metadataMs, idleMs: metadataMs });
  try {
    return await ask(guard.signal);
  } catch (error) {
    const failed = guard.stopped() ?? armErrorOf(error, context, false);
    if (['auth', 'quota', 'network', 'aborted', 'timeout'].includes(failed.failure)) throw failed;
    return [];
  } finally {
    guard.end();
  }
}

export const namesOf = (listed: readonly Listed[]): string[] => listed.map(({ name }) => name);
