/** Pulls a model through an Ollama server. */
import { ArmError } from '../arm.ts';
import type { FailureContext } from '../wire/failures.ts';
import { armErrorOf, StreamError } from '../wire/sdk-failures.ts';
import { readEvents } from '../wire/stream-events.ts';
import { watch } from '../wire/watchdog.ts';
import type { OllamaServer } from './ollama-address.ts';
import { failureContext, pick, positive, string, toServer } from './ollama-models.ts';

export interface PullProgress {
  status: string;
  /** Bytes, of the layer that is being pulled. */
  total?: number;
  completed?: number;
  digest?: string;
}

/** Pulls a model: gigabytes, so only when asked to. Resolves when the server says "success". Throws ArmError. */
export async function pullModel(
  server: OllamaServer,
  model: string,
  signal: AbortSignal,
  onProgress: (progress: PullProgress) => void,
): Promise<void> {
  const context = failureContext(server);
  const guard = watch(signal, { totalMs: 2_147_483_647, idleMs: 300_000, fixed: true });
  let begun = false;
  try {
    const response = await toServer(server, '/api/pull', guard.signal, { model, stream: true });
    for await (const event of readEvents(response.body)) {
      guard.alive();
      if (event.is !== 'object') continue;
      begun = true;
      const { error, status, total, completed, digest } = event.value;
      if (typeof error === 'string') throw new StreamError(error, {});
      onProgress({
        status: string(status) ?? '',
        ...pick({ total: positive(total), completed: positive(completed), digest: string(digest) }),
      });
    }
  } catch (error) {
    throw guard.stopped() ?? pullFailure(error, model, context, begun);
  } finally {
    guard.end();
  }
}

function pullFailure(error: unknown, model: string, context: FailureContext, begun: boolean): ArmError {
  const message = error instanceof Error ? error.message : String(error);
  if (/file does not exist|not found/i.test(message)) {
    return new ArmError('model-missing', `${context.host}: there is no model "${model}" to pull`, {
      hint: 'ollama.com/library lists the names; a tag is part of it: qwen3:8b',
    });
  }
  return armErrorOf(error, context, begun);
}
