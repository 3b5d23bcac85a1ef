/**
 * Ollama's native /api/chat (its /v1 drops num_ctx and think). The window is chosen to fit and asked for, thinking is
 * always said, the model is loaded before anything is timed, and what is really served is read back.
 */
import { type ArmConfig, ArmError, type ArmFactory, type ArmReply, type ArmRequest } from '../arm.ts';
import { httpFailure, networkFailure } from '../wire/failures.ts';
import { errorIn, guardedFetch, StatusError } from '../wire/guarded-fetch.ts';
import { type Watch, watch } from '../wire/watchdog.ts';
import { describe, type OllamaState } from './ollama-describe.ts';
import { lineFilter, OllamaLineError } from './ollama-lines.ts';
import {
  authorization,
  failureContext,
  listLocalModels,
  loadedModel,
  ollamaServer,
  showModel,
} from './ollama-models.ts';
import { type ChatPart, type Gathered, gathering, replyOf } from './ollama-reply.ts';
import { type ChatBody, chatBody, loadBody, roughTokens, windowFor } from './ollama-request.ts';

const defaultTotalMs = 1_800_000;
const defaultIdleMs = 180_000;

export const ollamaArm: ArmFactory = (config, env) => {
  const state: OllamaState = {
    config,
    server: ollamaServer(env, config.baseURL),
    window: config.numCtx,
    contextMax: undefined,
    think: config.think ?? false,
    adjusted: new Set(),
  };
  return {
    config,
    describe: (signal) => describe(state, signal),
    listModels: async (signal) => (await listLocalModels(state.server, signal)).map(({ name }) => name),
    listDated: async (signal) =>
      (await listLocalModels(state.server, signal)).map(({ name, modifiedAt }) => ({ name, at: modifiedAt })),
    warmUp: (signal, needs) => warmUp(state, signal, needs.contextTokens),
    call: (request, { signal, onToken }) => call(state, request, signal, onToken),
  };
};

/** Loads the model with the run's window. `context`: what the server then says it serves. */
async function warmUp(state: OllamaState, signal: AbortSignal, contextTokens: number) {
  const { config, server } = state;
  state.contextMax ??= (await showModel(server, config.model, signal)).contextMax;
  state.window = config.numCtx ?? Math.max(state.window ?? 0, windowFor(contextTokens, state.contextMax));
  const start = performance.now();
  const guard = watch(signal, limitsOf(config));
  try {
    for await (const _ of await send(state, loadBody(config.model, state.think, state.window), guard));
  } catch (error) {
    throw guard.stopped() ?? armErrorOf(error, state, '', false);
  } finally {
    guard.end();
  }
  const loaded = await loadedModel(server, config.model, signal).catch(() => undefined);
  return {
    ms: Math.round(performance.now() - start),
    ...(loaded?.context !== undefined && { context: loaded.context }),
  };
}

const limitsOf = ({ timeoutMs, idleMs }: ArmConfig) => ({
  totalMs: timeoutMs ?? defaultTotalMs,
  idleMs: idleMs ?? defaultIdleMs,
});

/** Its types lack truncate and shift; the object goes out as it is. One client per call: aborting one aborts all. */
async function send({ server }: OllamaState, body: ChatBody, guard: Watch): Promise<AsyncIterable<ChatPart>> {
  const { Ollama } = await import('ollama');
  const client = new Ollama({
    host: server.url,
    headers: authorization(server),
    fetch: guardedFetch({ signal: guard.signal, filter: lineFilter }),
  });
  return (await client.chat(
    body as unknown as Parameters<typeof client.chat>[0] & { stream: true },
  )) as AsyncIterable<ChatPart>;
}

async function call(
  state: OllamaState,
  request: ArmRequest,
  signal: AbortSignal,
  onToken?: () => void,
): Promise<ArmReply> {
  const { config } = state;
  const window = widen(state, request);
  const guard = watch(signal, limitsOf(config));
  const gathered = gathering();
  try {
    await gather(state, request, window, guard, gathered, onToken);
    return replyOf(state, request, window, gathered);
  } catch (error) {
    throw guard.stopped(gathered.text) ?? armErrorOf(error, state, gathered.text, gathered.parts > 0);
  } finally {
    guard.end();
  }
}

/** The run's window; more only when this request would not fit, since a change reloads the model. */
function widen(state: OllamaState, request: ArmRequest): number {
  const { config, contextMax } = state;
  if (config.numCtx !== undefined) return config.numCtx;
  const needed = windowFor(roughTokens(request) + request.params.max_tokens, contextMax);
  state.window = Math.max(state.window ?? 0, needed);
  return state.window;
}

async function gather(
  state: OllamaState,
  request: ArmRequest,
  window: number,
  guard: Watch,
  gathered: Gathered,
  onToken?: () => void,
): Promise<void> {
  const start = performance.now();
  const parts = await sendWithFallback(state, request, window, guard);
  for await (const part of parts) {
    gathered.parts += 1;
    const { content = '', thinking = '', tool_calls = [] } = part.message ?? {};
    gathered.text += content;
    gathered.thought += thinking;
    for (const { id, function: fn } of tool_calls) {
      const text = typeof fn.arguments === 'string' ? fn.arguments : JSON.stringify(fn.arguments ?? {});
      gathered.calls.push({ id: id ?? `call_${gathered.calls.length + 1}`, name: fn.name, arguments: text });
    }
    if (part.done) gathered.last = part;
    if (!content && !thinking && tool_calls.length === 0) continue;
    gathered.ttft ??= performance.now() - start;
    guard.alive();
    onToken?.();
  }
  gathered.total = performance.now() - start;
}

/** A model without the capability refuses `think`: ask without, once, and say so from then on. */
async function sendWithFallback(state: OllamaState, request: ArmRequest, window: number, guard: Watch) {
  try {
    return await send(state, chatBody(state.config.model, request, state.think, window), guard);
  } catch (error) {
    const refused = error instanceof Error && /does not support thinking/i.test(error.message);
    if (!refused || state.think === false) throw error;
    state.think = false;
    state.adjusted.add('think: off, the model cannot');
    return send(state, chatBody(state.config.model, request, false, window), guard);
  }
}

function armErrorOf(error: unknown, { server, config }: OllamaState, partial: string, begun: boolean): ArmError {
  const context = { ...failureContext(server, config.model), ...(partial && { partial }) };
  const inside = errorIn(error, ArmError);
  if (inside)
    return inside.message.includes(server.host)
      ? inside
      : new ArmError(inside.failure, `${context.host}: ${inside.message}`, { ...inside, ...(partial && { partial }) });
  if (!(error instanceof Error)) return networkFailure(error, context, begun);
  if (error instanceof StatusError) return httpFailure(error, context, error);
  if (error instanceof OllamaLineError) return httpFailure({ message: error.message }, context, error);
  if (/did not receive done/i.test(error.message)) {
    return new ArmError(
      begun ? 'cut' : 'garbage',
      `${context.host}: the reply ended without "done"`,
      partial ? { partial } : {},
    );
  }
  return networkFailure(error, context, begun);
}
