/**
 * Ollama's native /api/chat (its /v1 drops num_ctx and think). The window is chosen to fit and asked for, thinking is
 * always said, the model is loaded before anything is timed, and what is really served is read back.
 */
import { createHash } from 'node:crypto';
import type { Usage } from '../records.ts';
import {
  type ArmConfig,
  type ArmDescription,
  ArmError,
  type ArmFactory,
  type ArmReply,
  type ArmRequest,
} from './arm.ts';
import { httpFailure, networkFailure } from './failures.ts';
import { errorIn, guardedFetch, StatusError } from './guarded-fetch.ts';
import { isLoopback } from './hosts.ts';
import { lineFilter } from './ollama-lines.ts';
import {
  authorization,
  failureContext,
  fullName,
  type LocalModel,
  listLocalModels,
  loadedModel,
  type ModelDetails,
  type OllamaServer,
  ollamaServer,
  serverVersion,
  showModel,
} from './ollama-models.ts';
import {
  type ChatBody,
  chatBody,
  loadBody,
  notHonoured,
  roughTokens,
  type Think,
  windowFor,
} from './ollama-request.ts';
import { joinReasoning } from './reasoning.ts';
import { type Watch, watch } from './watchdog.ts';

const defaultTotalMs = 1_800_000;
const defaultIdleMs = 180_000;

interface OllamaState {
  config: ArmConfig;
  server: OllamaServer;
  /** Window asked for; grows only when a request needs more. */
  window: number | undefined;
  contextMax: number | undefined;
  think: Think;
  adjusted: Set<string>;
}

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
    warmUp: (signal, needs) => warmUp(state, signal, needs.contextTokens),
    call: (request, { signal, onToken }) => call(state, request, signal, onToken),
  };
};

async function describe(state: OllamaState, signal: AbortSignal): Promise<ArmDescription> {
  const { config, server } = state;
  const version = await serverVersion(server, signal);
  const models = await listLocalModels(server, signal);
  const details = await showModel(server, config.model, signal).catch((error: unknown) => {
    throw error instanceof ArmError && error.failure === 'model-missing' ? notPulled(state, models) : error;
  });
  checkCapabilities(state, details);
  state.contextMax = details.contextMax;
  // gpt-oss cannot think less than "low".
  if (config.think === undefined && /^gpt-?oss/.test(details.family ?? '')) state.think = 'low';
  const entry = models.find((model) => fullName(model.name) === fullName(config.model));
  return description(state, details, entry, version);
}

function description(
  { config, server, think }: OllamaState,
  details: ModelDetails,
  entry: LocalModel | undefined,
  version: string | undefined,
): ArmDescription {
  const { template, system, parameters, licence, quantization, parameterSize, contextMax, capabilities } = details;
  const cloud = details.cloud || entry?.cloud === true;
  return {
    provider: config.provider,
    model: config.model,
    host: server.host,
    leavesMachine: cloud || !isLoopback(server.host),
    ...(entry?.digest && { digest: entry.digest }),
    ...(quantization && { quantization }),
    ...(parameterSize && { parameterSize }),
    ...(contextMax !== undefined && { contextMax }),
    ...(config.numCtx !== undefined && { contextAsked: config.numCtx }),
    ...(template && { template: createHash('sha256').update(template).digest('hex') }),
    ...(system && { system }),
    ...(Object.keys(parameters).length > 0 && { modelParameters: parameters }),
    think,
    ...(capabilities && { capabilities }),
    ...(licence && { licence: { text: licence } }),
    ...(version && { serverVersion: version }),
    sends: {
      truncate: false,
      shift: false,
      ...(config.numCtx !== undefined && { num_ctx: config.numCtx }),
    },
  };
}

function notPulled({ config, server }: OllamaState, models: readonly LocalModel[]): ArmError {
  const there = models.map((model) => model.name);
  const list = there.length > 0 ? `it has ${there.join(', ')}` : 'it has no models yet';
  return new ArmError('model-missing', `Ollama at ${server.host} has no model "${config.model}"; ${list}.`, {
    hint: `ollama pull ${config.model}   (or the same command with --pull)`,
    status: 404,
  });
}

function checkCapabilities({ config }: OllamaState, { capabilities }: ModelDetails): void {
  if (!capabilities) return;
  if (!capabilities.includes('completion')) {
    throw new ArmError(
      'bad-request',
      `${config.model} cannot chat (it does: ${capabilities.join(', ') || 'nothing'})`,
      {
        hint: 'choose a completion model: "gapcheck doctor" lists them',
      },
    );
  }
  if (config.think && !capabilities.includes('thinking')) {
    throw new ArmError(
      'bad-request',
      `${config.model} cannot think, but arm ${config.name} asks for think: ${config.think}`,
      {
        hint: `remove think from arm ${config.name} in the config`,
      },
    );
  }
}

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

interface ChatPart {
  model?: string;
  message?: {
    content?: string;
    thinking?: string;
    tool_calls?: { id?: string; function: { name: string; arguments: unknown } }[];
  };
  done?: boolean;
  done_reason?: string;
  total_duration?: number;
  load_duration?: number;
  prompt_eval_count?: number;
  eval_count?: number;
  eval_duration?: number;
}

interface Gathered {
  text: string;
  thought: string;
  calls: { id: string; name: string; arguments: string }[];
  last: ChatPart | undefined;
  ttft: number | undefined;
  total: number;
  parts: number;
}

const gathering = (): Gathered => ({
  text: '',
  thought: '',
  calls: [],
  last: undefined,
  ttft: undefined,
  total: 0,
  parts: 0,
});

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

function replyOf(state: OllamaState, request: ArmRequest, window: number, gathered: Gathered): ArmReply {
  const { text: content, thought, calls, last } = gathered;
  const partial = content ? { partial: content } : {};
  if (!last) throw new ArmError('cut', 'the reply ended without "done"', partial);
  if (!last.done_reason) throw new ArmError('cut', 'the reply ended without a reason', partial);
  checkCut(request, window, last);
  const { text, reasoning } = joinReasoning(thought, content);
  const adjusted = [...state.adjusted, ...notHonoured(request), ...contextFull(last, window, request)];
  return {
    text,
    ...(reasoning && { reasoning }),
    ...(calls.length > 0 && { toolCalls: calls }),
    finish: last.done_reason,
    ...(last.model && { model: last.model }),
    usage: usageOf(last, request),
    ms: timingsOf(last, gathered),
    ...(adjusted.length > 0 && { adjusted }),
  };
}

/** `length` has two causes; only the counts tell a full window from the output cap. */
function contextFull(
  { done_reason, prompt_eval_count = 0, eval_count = 0 }: ChatPart,
  window: number,
  { params }: ArmRequest,
) {
  const full = done_reason === 'length' && eval_count < params.max_tokens && prompt_eval_count + eval_count >= window;
  return full ? [`answer cut: the window of ${window} tokens was full`] : [];
}

/**
 * Servers before 0.12.6 ignore `truncate: false` and cut the prompt silently: to the whole window, or to half of it.
 * The count shows it, once the prompt is surely longer than the window (6 bytes a token is sparse even for English).
 */
function checkCut(request: ArmRequest, window: number, { prompt_eval_count: count }: ChatPart): void {
  if (count === undefined || roughTokens(request) / 2 < window) return;
  const half = Math.abs(count - (window / 2 + 4)) <= 3;
  if (count < window && !half) return;
  throw new ArmError(
    'too-long',
    `the prompt does not fit into ${window} tokens; the server cut it to ${count} without a word`,
    {
      hint: 'update Ollama (0.12.6 or newer says so instead of cutting)',
    },
  );
}

/** A count far below the text's length leaves out what was cached (Ollama before 0.2, and 0.30.0): unknown then. */
function usageOf({ prompt_eval_count, eval_count }: ChatPart, request: ArmRequest): Usage {
  const credible = prompt_eval_count !== undefined && prompt_eval_count >= roughTokens(request) / 8;
  return {
    ...(credible && { in: prompt_eval_count }),
    ...(eval_count !== undefined && { out: eval_count }),
  };
}

/** Loading and the scheduler's queue are in load_duration; neither is the model's own work. */
function timingsOf(
  { total_duration, load_duration = 0, eval_count, eval_duration }: ChatPart,
  { ttft, total }: Gathered,
) {
  const load = load_duration / 1e6;
  const own = (total_duration ? total_duration / 1e6 : total) - load;
  const speed = eval_count && eval_duration ? eval_count / (eval_duration / 1e9) : undefined;
  return {
    total: Math.max(0, Math.round(own)),
    load: Math.round(load),
    ...(ttft !== undefined && { ttft: Math.max(0, Math.round(Math.min(ttft - load, own))) }),
    ...(speed !== undefined && { tokensPerSecond: Math.round(speed * 10) / 10 }),
  };
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
  if (error.name === 'OllamaLineError') return httpFailure({ message: error.message }, context, error);
  if (/did not receive done/i.test(error.message)) {
    return new ArmError(
      begun ? 'cut' : 'garbage',
      `${context.host}: the reply ended without "done"`,
      partial ? { partial } : {},
    );
  }
  return networkFailure(error, context, begun);
}
