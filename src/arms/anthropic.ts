/**
 * Anthropic's native API. Its SDK is an optional peer: 27 MB that most comparisons do not need, loaded when an
 * `anthropic:` arm is used, with a line on how to add it when it is missing.
 */
import type Anthropic from '@anthropic-ai/sdk';
import { nearestName, userError } from '../errors.ts';
import { type AnthropicBody, anthropicBody, notHonoured } from './anthropic-request.ts';
import { type AnthropicFold, addEvent, anthropicReply, emptyAnthropicFold } from './anthropic-stream.ts';
import {
  type ArmConfig,
  type ArmDescription,
  ArmError,
  type ArmFactory,
  type ArmReply,
  type ArmRequest,
} from './arm.ts';
import type { FailureContext } from './failures.ts';
import { errorIn, guardedFetch, StatusError } from './guarded-fetch.ts';
import { isLoopback } from './hosts.ts';
import { type Adjustment, adjust, adjustmentFor, notesFor } from './parameter-fallback.ts';
import { armErrorOf } from './sdk-failures.ts';
import { redactSecrets } from './secrets.ts';
import { replyTimings } from './timings.ts';
import { toolNames } from './tool-names.ts';
import { type Watch, watch } from './watchdog.ts';

const officialBase = 'https://api.anthropic.com';
const limits = { totalMs: 600_000, idleMs: 120_000 };
const metadataMs = 20_000;

interface Endpoint {
  baseURL: string;
  host: string;
  keyName: string;
  key: string | undefined;
}

interface AnthropicState {
  config: ArmConfig;
  endpoint: Endpoint;
  client: () => Promise<Anthropic>;
  adjustments: Set<Adjustment>;
  /** Older models take a budget where newer ones choose for themselves. */
  budgeted: boolean;
}

/** ANTHROPIC_API_KEY goes to Anthropic, or to where ANTHROPIC_BASE_URL points; elsewhere the config names a key. */
function endpointOf(config: ArmConfig, env: Record<string, string | undefined>): Endpoint {
  const baseURL = (config.baseURL ?? (env.ANTHROPIC_BASE_URL?.trim() || officialBase)).replace(/\/+$/, '');
  if (!URL.canParse(baseURL)) {
    throw userError(
      'bad-url',
      `arm ${config.name}: "${redactSecrets(baseURL)}" is no URL.`,
      `a base URL looks like ${officialBase}`,
    );
  }
  const keyName = config.apiKeyEnv ?? 'ANTHROPIC_API_KEY';
  const { host, hostname } = new URL(baseURL);
  const belongs = config.apiKeyEnv !== undefined || config.baseURL === undefined || hostname === 'api.anthropic.com';
  return { baseURL, host, keyName, key: belongs ? env[keyName]?.trim() || undefined : undefined };
}

export const anthropicArm: ArmFactory = (config, env) => {
  const endpoint = endpointOf(config, env);
  let loading: Promise<Anthropic> | undefined;
  const client = () => {
    loading ??= createClient(endpoint);
    return loading;
  };
  const state: AnthropicState = { config, endpoint, client, adjustments: new Set(), budgeted: false };
  return {
    config,
    describe: (signal) => describe(state, signal),
    listModels: async (signal) => listModels(endpoint, await client(), signal),
    listDated: async (signal) => listDated(endpoint, await client(), signal),
    call: (request, { signal, onToken }) => call(state, request, signal, onToken),
  };
};

async function createClient({ baseURL, key }: Endpoint): Promise<Anthropic> {
  const { default: Client } = await import('@anthropic-ai/sdk').catch((error: unknown) => {
    throw new ArmError('bad-request', 'anthropic: arms need the package @anthropic-ai/sdk, which is not installed', {
      hint: 'npm install @anthropic-ai/sdk (with -g where gapcheck is installed globally)',
      cause: error,
    });
  });
  return new Client({
    baseURL,
    apiKey: key ?? 'none',
    authToken: null,
    maxRetries: 0,
    // The longest that a timer can be: watchdog.ts decides.
    timeout: 2_147_483_647,
    logLevel: 'off',
    fetch: guardedFetch({ jsonAsEvent: true }),
  });
}

async function describe({ config, endpoint, client }: AnthropicState, signal: AbortSignal): Promise<ArmDescription> {
  const { host, key, keyName } = endpoint;
  if (!key && !isLoopback(host)) {
    throw new ArmError('auth', `${host}: no key for arm ${config.name}: ${keyName} is not set`, {
      hint: `export ${keyName}=… (or "gapcheck doctor" to see what is set)`,
    });
  }
  const models = await listModels(endpoint, await client(), signal);
  // The list has dated names only; aliases such as claude-…-latest are not in it.
  const known = models.length === 0 || models.some((id) => id.startsWith(config.model.replace(/-latest$/, '')));
  if (!known && host === 'api.anthropic.com') {
    const near = nearestName(config.model, models);
    throw new ArmError('model-missing', `${host}: there is no model "${config.model}" for this key`, {
      hint: near ? `did you mean anthropic:${near}?` : `this key can use ${models.slice(0, 6).join(', ')}`,
    });
  }
  return {
    provider: config.provider,
    model: config.model,
    host,
    leavesMachine: !isLoopback(host),
    think: config.think ?? false,
  };
}

/** Also finds out whether the host can be reached and the key is right. Empty where a server keeps no list. */
const listModels = async (...args: Parameters<typeof listDated>): Promise<string[]> =>
  (await listDated(...args)).map(({ name }) => name);

async function listDated(
  endpoint: Endpoint,
  sdk: Anthropic,
  signal: AbortSignal,
): Promise<{ name: string; at?: string }[]> {
  const guard = watch(signal, { totalMs: metadataMs, idleMs: metadataMs });
  try {
    const page = await sdk.models.list({ limit: 1000 }, { signal: guard.signal });
    const models = Array.isArray(page.data) ? page.data : [];
    return models.map(({ id, created_at }) => ({ name: id, ...(created_at && { at: created_at }) }));
  } catch (error) {
    const failed = guard.stopped() ?? armErrorOf(error, contextOf(endpoint), false);
    if (['auth', 'quota', 'network', 'aborted', 'timeout'].includes(failed.failure)) throw failed;
    return [];
  } finally {
    guard.end();
  }
}

const contextOf = ({ host, key, keyName }: Endpoint, partial?: string): FailureContext => ({
  host,
  keys: [key],
  ...(partial && { partial }),
  hints: {
    auth: key ? `check ${keyName}: the provider refused this key` : `export ${keyName}=…`,
    quota: 'add credit at console.anthropic.com, then "gapcheck run --resume"',
    'model-missing': '"gapcheck doctor" lists what this key can use',
    network: isLoopback(host)
      ? `start the server that should listen on ${host}`
      : 'check the network and ANTHROPIC_BASE_URL',
  },
});

async function call(
  state: AnthropicState,
  request: ArmRequest,
  signal: AbortSignal,
  onToken?: () => void,
): Promise<ArmReply> {
  const { config, endpoint, adjustments } = state;
  const names = toolNames((request.tools ?? []).map((tool) => tool.name));
  const plain = anthropicBody(config, request, names);
  const sdk = await state.client();
  const guard = watch(signal, { totalMs: config.timeoutMs ?? limits.totalMs, idleMs: config.idleMs ?? limits.idleMs });
  const fold = emptyAnthropicFold();
  try {
    for (;;) {
      const body = adjust(state.budgeted ? withBudget(plain) : plain, adjustments);
      try {
        const { ttft, total } = await stream(sdk, body, fold, guard, onToken);
        const stopped = guard.stopped(fold.text);
        if (stopped) throw stopped;
        const reply = anthropicReply(fold, names.fromProvider);
        const adjusted = [...notHonoured(config, request), ...notesFor(plain, adjustments)];
        const ms = replyTimings(reply.usage.out, ttft, total);
        return { ...reply, ms, ...(adjusted.length > 0 && { adjusted }) };
      } catch (error) {
        if (!learn(state, error, body)) throw error;
      }
    }
  } catch (error) {
    throw guard.stopped(fold.text) ?? armErrorOf(error, contextOf(endpoint, fold.text), fold.events > 0);
  } finally {
    guard.end();
  }
}

/** True when the error was about a parameter, and the next try is another one. */
function learn(state: AnthropicState, error: unknown, body: Record<string, unknown>): boolean {
  const refused = errorIn(error, StatusError);
  if (!refused) return false;
  if (refused.status === 400 && 'thinking' in body && !state.budgeted && /adaptive|thinking/i.test(refused.message)) {
    state.budgeted = true;
    return true;
  }
  const change = adjustmentFor({ status: refused.status, message: refused.message }, body);
  if (change === undefined || state.adjustments.has(change)) return false;
  state.adjustments.add(change);
  return true;
}

/** Half of the cap for thinking, at least the API's minimum; the cap counts both. */
function withBudget(body: AnthropicBody): AnthropicBody {
  const budget = Math.max(1024, Math.floor(body.max_tokens / 2));
  return {
    ...body,
    max_tokens: Math.max(body.max_tokens, budget + 256),
    thinking: { type: 'enabled', budget_tokens: budget },
  };
}

async function stream(
  sdk: Anthropic,
  body: Record<string, unknown>,
  fold: AnthropicFold,
  guard: Watch,
  onToken?: () => void,
) {
  const start = performance.now();
  let ttft: number | undefined;
  const params = body as unknown as Anthropic.MessageCreateParamsStreaming;
  const events = await sdk.messages.create(params, { signal: guard.signal });
  for await (const event of events) {
    if (!addEvent(fold, event)) continue;
    ttft ??= performance.now() - start;
    guard.alive();
    onToken?.();
  }
  return { ttft, total: performance.now() - start };
}
