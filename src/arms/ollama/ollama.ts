/**
 * Ollama's native /api/chat (its /v1 drops num_ctx and think). The window is chosen to fit and asked for, thinking is
 * always said, the model is loaded before anything is timed, and what is really served is read back.
 */
import { type Arm, type ArmConfig, ArmError, type ArmFactory, type ArmReply, type ArmRequest } from '../arm.ts';
import { httpSettings, type Provider } from '../provider.ts';
import { answerInside } from '../wire/answer-inside.ts';
import { refuseTooLong, refuseUnseen, type Window } from '../wire/before-asking.ts';
import { emptyFold, type Folded } from '../wire/folded.ts';
import { errorIn, StatusError } from '../wire/guarded-fetch.ts';
import { adjust, learn, notesFor } from '../wire/parameters.ts';
import { processGone } from '../wire/process-gone.ts';
import { type ReadReply, readReply } from '../wire/read-reply.ts';
import { adjustmentFor } from '../wire/refused-parameter.ts';
import { roughTokens } from '../wire/rough-tokens.ts';
import { armErrorOf } from '../wire/sdk-failures.ts';
import { type Watch, watch } from '../wire/watchdog.ts';
import { ollamaServer } from './ollama-address.ts';
import { assertSameDigest, describe, type OllamaState, refuseChanged } from './ollama-describe.ts';
import { failureContext, listLocalModels, loadedModel, showModel, toServer } from './ollama-models.ts';
import { replyFrom } from './ollama-reply.ts';
import { type ChatBody, chatBody, loadBody, windowFor } from './ollama-request.ts';

const defaultTotalMs = 1_800_000;
const defaultIdleMs = 180_000;

const ollamaArm: ArmFactory = (config, env) => {
  const state: OllamaState = {
    config,
    server: ollamaServer(env, config),
    window: config.numCtx,
    contextMax: undefined,
    think: config.think ?? false,
    adjusted: new Set(),
    learned: new Map(),
    counting: { ratios: [] },
    countsCached: false,
  };
  return {
    config,
    describe: (signal) => describe(state, signal),
    listModels: async (signal) => (await listLocalModels(state.server, signal)).map(({ name }) => name),
    listDated: async (signal) =>
      (await listLocalModels(state.server, signal)).map(({ name, modifiedAt }) => ({ name, at: modifiedAt })),
    warmUp: (signal, needs) => warmUp(state, signal, needs),
    call: (request, { signal, onToken }) => call(state, request, signal, onToken),
  };
};

export const ollamaProvider: Provider = {
  name: 'ollama',
  example: 'ollama:qwen3:8b',
  make: ollamaArm,
  where: 'local',
  wire: 'ollama',
  auth: 'bearer',
  cap: 'num_predict',
  baseURL: 'http://127.0.0.1:11434',
  baseVariable: 'OLLAMA_HOST',
  // OLLAMA_API_KEY is for ollama.com alone.
  keyVariables: [],
  // More would only queue in the server.
  atOnce: 1,
  mayAppearLater: true,
  canPull: true,
  prefix: 'ollama_chat/',
  licence: 'server',
  settings: [...httpSettings, 'topK', 'minP', 'numCtx'],
};

/** Loads the model with the run's window. `context`: what the server then says it serves. */
async function warmUp(state: OllamaState, signal: AbortSignal, { contextTokens, digest }: Needs) {
  const { config, server } = state;
  state.digest = digest ?? state.digest;
  await assertSameDigest(state, signal);
  state.contextMax ??= (await showModel(server, config.model, signal)).contextMax;
  const window = config.numCtx ?? Math.max(state.window ?? 0, windowFor(contextTokens, state.contextMax));
  state.window = window;
  const start = performance.now();
  const guard = watch(signal, limitsOf(config));
  const folded = emptyFold();
  try {
    await readReply(() => send(state, loadBody(config.model, state.think, window), guard), folded, guard);
  } catch (error) {
    throw guard.stopped() ?? armErrorOf(error, failureContext(server, config.model), false);
  } finally {
    guard.end();
  }
  const loaded = await loadedModel(server, config.model, signal).catch(() => undefined);
  state.counting.served = loaded?.context;
  return {
    ms: Math.round(performance.now() - start),
    contextAsked: window,
    ...(loaded?.context !== undefined && { context: loaded.context }),
    ...(loaded?.onGpu !== undefined && { onGpu: loaded.onGpu }),
  };
}

type Needs = Parameters<NonNullable<Arm['warmUp']>>[1];

const limitsOf = ({ timeoutMs, idleMs }: ArmConfig) => ({
  totalMs: timeoutMs ?? defaultTotalMs,
  idleMs: idleMs ?? defaultIdleMs,
});

/** The ollama package takes neither truncate nor shift, and prints what it cannot read: the reply is ours to read. */
const send = ({ server }: OllamaState, body: ChatBody, guard: Watch): Promise<Response> =>
  toServer(server, '/api/chat', guard.signal, body);

async function call(
  state: OllamaState,
  request: ArmRequest,
  signal: AbortSignal,
  onToken?: () => void,
): Promise<ArmReply> {
  const { config } = state;
  refuseChanged(state);
  refuseUnseen(state, config.model, request);
  refuseTooLong(request, largestWindow(state));
  const window = widen(state, request);
  const guard = watch(signal, limitsOf(config));
  const structured = Boolean(request.tools?.length || request.responseFormat);
  const asked = { folded: emptyFold() };
  try {
    const times = await ask(state, request, window, guard, asked, onToken);
    const stopped = guard.stopped(asked.folded.text);
    if (stopped) throw stopped;
    await assertSameDigest(state, guard.signal);
    const reply = replyFrom(state, request, window, asked.folded, times);
    state.hasAnswered = true;
    return reply;
  } catch (error) {
    const { text, begun } = asked.folded;
    const stopped = guard.stopped(text);
    if (stopped) throw stopped;
    const inside = answerInside(error, { structured });
    if (inside) return inside;
    if (error instanceof ArmError && error.why === 'substituted') throw error;
    const context = { ...failureContext(state.server, config.model), ...(text && { partial: text }) };
    throw windowTooSmall(processGone(armErrorOf(error, context, begun), state), window, state);
  } finally {
    guard.end();
  }
}

/** The largest that can be asked for. */
function largestWindow({ config, contextMax }: OllamaState): Window | undefined {
  const tokens = Math.min(config.numCtx ?? Number.POSITIVE_INFINITY, contextMax ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(tokens) ? { tokens, raise: raiseWindow(tokens, contextMax) } : undefined;
}

/** A window below the model's own maximum is a setting, and no limit of the model. */
const raiseWindow = (window: number, contextMax: number | undefined): string | undefined =>
  contextMax === undefined || window >= contextMax
    ? undefined
    : `the window asked for is ${window.toLocaleString('en')} tokens, the model has ${contextMax.toLocaleString('en')}: raise numCtx`;

function windowTooSmall(error: ArmError, window: number, { contextMax }: OllamaState): ArmError {
  const hint = error.why === 'context' ? raiseWindow(window, contextMax) : undefined;
  if (hint === undefined) return error;
  return new ArmError(error.failure, error.message, { ...error, fault: 'setup', hint });
}

/** The run's window; more only when this request would not fit, since a change reloads the model. */
function widen(state: OllamaState, request: ArmRequest): number {
  const { config, contextMax } = state;
  if (config.numCtx !== undefined) return config.numCtx;
  const needed = windowFor(roughTokens(request) + request.params.max_tokens, contextMax);
  state.window = Math.max(state.window ?? 0, needed);
  return state.window;
}

/** A model without the capability refuses `think`: ask without, once, and say so from then on. Options likewise. */
async function ask(
  state: OllamaState,
  request: ArmRequest,
  window: number,
  guard: Watch,
  asked: { folded: Folded },
  onToken?: () => void,
): Promise<ReadReply> {
  for (;;) {
    const body = chatBody(state.config.model, request, state.think, window, state.config.params);
    const options = adjust(body.options, state.learned, 0);
    asked.folded = emptyFold();
    try {
      return await readReply(() => send(state, { ...body, options }, guard), asked.folded, guard, {
        onToken,
        endLoops: true,
      });
    } catch (error) {
      const refused = errorIn(error, StatusError);
      if (refused && /does not support thinking/i.test(refused.message) && state.think !== false) {
        state.think = false;
        state.adjusted.add('think: off, the model cannot');
        continue;
      }
      const change = refused && adjustmentFor(refused, options);
      if (!change || !learn(state.learned, change)) throw error;
      for (const note of notesFor(body.options, adjust(body.options, state.learned, 0), state.learned))
        state.adjusted.add(note);
    }
  }
}
