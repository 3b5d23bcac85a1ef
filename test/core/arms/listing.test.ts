import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ArmError } from '../../../src/arms/arm.ts';
import { listing } from '../../../src/arms/wire/keyed-endpoint.ts';
import { watch } from '../../../src/arms/wire/watchdog.ts';

const never = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

describe('a model list that never comes', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('ends after 20 s, and names no key of the config: none allows more', async () => {
    const { signal } = new AbortController();
    const listed = listing(signal, { host: 'HOST', keys: [], hints: {} }, never).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(20_000);
    const error = await listed;
    expect(error).toBeInstanceOf(ArmError);
    expect(error).toMatchObject({ failure: 'timeout', why: 'total', message: 'not finished after 20 s' });
    expect((error as ArmError).hint).toBeUndefined();
  });

  it('is told apart from an answer that never comes, whose key is named', async () => {
    const guard = watch(new AbortController().signal, { totalMs: 5_000, idleMs: 1_000 });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(guard.stopped()?.hint).toBe('timeoutSeconds of this arm in the config allows more');
    guard.end();
  });
});
