/** What the arms that speak to a hosted API through its SDK share. */
import { type ArmConfig, ArmError } from '../arm.ts';
import type { Endpoint } from './endpoint.ts';
import type { FailureContext } from './failures.ts';
import { guardedFetch } from './guarded-fetch.ts';
import type { Listed } from './listed.ts';
import { armErrorOf } from './sdk-failures.ts';
import { watch } from './watchdog.ts';

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

const metadataMs = 20_000;

/** Also finds out whether the host can be reached and the key is right. Empty where a server keeps no list. */
export async function listing(
  signal: AbortSignal,
  context: FailureContext,
  ask: (signal: AbortSignal) => Promise<Listed[]>,
  onRefused?: (error: ArmError) => void,
): Promise<Listed[]> {
  const guard = watch(signal, { totalMs: metadataMs, idleMs: metadataMs, fixed: true });
  try {
    return await ask(guard.signal);
  } catch (error) {
    const failed = guard.stopped() ?? armErrorOf(error, context, false);
    // Many keys may chat and not list models: the test call decides.
    if (failed.failure === 'auth' && onRefused) {
      onRefused(failed);
      return [];
    }
    if (['auth', 'quota', 'network', 'aborted', 'timeout'].includes(failed.failure)) throw failed;
    return [];
  } finally {
    guard.end();
  }
}

export const namesOf = (listed: readonly Listed[]): string[] => listed.map(({ name }) => name);
