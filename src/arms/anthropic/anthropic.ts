/**
 * Anthropic's native API. Its SDK is an optional peer: 27 MB that most comparisons do not need, loaded when an
 * `anthropic:` arm is used, with a line on how to add it when it is missing.
 */
import type Anthropic from '@anthropic-ai/sdk';
import { nearestName } from '../../errors.ts';
import {
  type ArmConfig,
  type ArmDescription,
  ArmError,
  type ArmFactory,
  type ArmReply,
  type ArmRequest,
} from '../arm.ts';
import type { FailureContext } from '../wire/failures.ts';
import { errorIn, StatusError } from '../wire/guarded-fetch.ts';
import { isLoopback } from '../wire/hosts.ts';
import {
  type Endpoint,
  keyedEndpoint,
  type Listed,
  lazily,
  listing,
  namesOf,
  noKey,
  oneAttempt,
  timedStream,
} from '../wire/keyed-endpoint.ts';
import { type Adjustment, adjust, adjustmentFor, notesFor } from '../wire/parameters.ts';
import { armErrorOf } from '../wire/sdk-failures.ts';
import { replyTimings } from '../wire/timings.ts';
import { toolNames } from '../wire/tool-names.ts';
import { type Watch, watch } from '../wire/watchdog.ts';
import { type AnthropicBody, anthropicBody, notHonoured } from './anthropic-request.ts';
import { type AnthropicFold, addEvent, anthropicReply, emptyAnthropicFold } from './anthropic-stream.ts';

const provider = {
  base: 'https://api.anthropic.com',
  baseVariable: 'ANTHROPIC_BASE_URL',
  keyVariable: 'ANTHROPIC_API_KEY',
};
const limits = { totalMs: 600_000, idleMs: 120_000 };

interface AnthropicState {
  config: ArmConfig;
  endpoint: Endpoint;
  client: () => Promise<Anthropic>;
  adjustments: Set<Adjustment>;
  /** Older models take a budget where newer ones choose for themselves. */
  budgeted: boolean;
}

export const anthropicArm: ArmFactory = (config, env) => {
  const endpoint = keyedEndpoint(config, env, provider);
  const client = lazily(() => createClient(endpoint));
  const state: AnthropicState = { config, endpoint, client, adjustments: new Set(), budgeted: false };
  return {
    config,
    describe: (signal) => describe(state, signal),
    listModels: async (signal) => namesOf(await listDated(endpoint, client, signal)),
    listDated: (signal) => listDated(endpoint, client, signal),
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
    ...oneAttempt,
  });
}

async function describe({ config, endpoint, client }: AnthropicState, signal: AbortSignal): Promise<ArmDescription> {
  const { host, key, official } = endpoint;
  if (!key && !isLoopback(host)) throw noKey(endpoint, config);
  const models = namesOf(await listDated(endpoint, client, signal));
  // The list has dated names only; aliases such as claude-…-latest are not in it.
  const known = models.length === 0 || models.some((id) => id.startsWith(config.model.replace(/-latest$/, '')));
  if (!known && official) {
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

async function listDated(endpoint: Endpoint, client: () => Promise<Anthropic>, signal: AbortSignal): Promise<Listed[]> {
  const sdk = await client();
  return listing(signal, contextOf(endpoint), async (guarded) => {
    const page = await sdk.models.list({ limit: 1000 }, { signal: guarded });
    const models = Array.isArray(page.data) ? page.data : [];
    return models.map(({ id, created_at }) => ({ name: id, ...(created_at && { at: created_at }) }));
  });
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

function stream(
  sdk: Anthropic,
  body: Record<string, unknown>,
  fold: AnthropicFold,
  guard: Watch,
  onToken?: () => void,
) {
  const params = body as unknown as Anthropic.MessageCreateParamsStreaming;
  const open = () => sdk.messages.create(params, { signal: guard.signal });
  return timedStream(open, (event) => addEvent(fold, event), guard, onToken);
}
