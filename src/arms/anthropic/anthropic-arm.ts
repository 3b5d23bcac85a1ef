/**
 * Anthropic's native API. Its SDK is an optional peer: 27 MB that most comparisons do not need, loaded when an
 * `anthropic:` arm is used, with a line on how to add it when it is missing.
 */
import type Anthropic from '@anthropic-ai/sdk';
import { nearestName } from '../../errors.ts';
import { isObject } from '../../records/plain-json.ts';
import {
  type ArmConfig,
  type ArmDescription,
  ArmError,
  type ArmFactory,
  type ArmReply,
  type ArmRequest,
} from '../arm.ts';
import { httpSettings, type Provider } from '../provider.ts';
import { replyOf } from '../wire/accumulate.ts';
import type { Adjustment } from '../wire/adjustment.ts';
import { answerInside } from '../wire/answer-inside.ts';
import { type Endpoint, keyedEndpoint } from '../wire/endpoint.ts';
import type { FailureContext } from '../wire/failures.ts';
import { emptyFold, type Folded } from '../wire/folded.ts';
import { besideSdk, errorIn, StatusError } from '../wire/guarded-fetch.ts';
import { isLoopback } from '../wire/hosts.ts';
import { lazily, listing, namesOf, noKey, oneAttempt } from '../wire/keyed-endpoint.ts';
import { type Listed, listedDetails, noListing, readListed } from '../wire/listed.ts';
import { adjust, type Learned, learn, notesFor } from '../wire/parameters.ts';
import { type Answering, processGone } from '../wire/process-gone.ts';
import { proxyNotes } from '../wire/proxy.ts';
import { readReply } from '../wire/read-reply.ts';
import { assertReadWhole, type Counting } from '../wire/read-whole.ts';
import { adjustmentFor } from '../wire/refused-parameter.ts';
import { roughTokens } from '../wire/rough-tokens.ts';
import { armErrorOf } from '../wire/sdk-failures.ts';
import { replyTimings } from '../wire/timings.ts';
import { toolNames } from '../wire/tool-names.ts';
import { type Watch, watch } from '../wire/watchdog.ts';
import { type AnthropicBody, anthropicBody, notHonoured } from './anthropic-request.ts';

const limits = { totalMs: 600_000, idleMs: 120_000 };

interface AnthropicState extends Answering {
  config: ArmConfig;
  endpoint: Endpoint;
  client: () => Promise<Anthropic>;
  learned: Learned;
  counting: Counting;
  /** Older models take a budget where newer ones choose for themselves. */
  budgeted: boolean;
}

const anthropicArm: ArmFactory = (config, env) => {
  const endpoint = keyedEndpoint(config, env, anthropicProvider);
  const client = lazily(() => createClient(endpoint));
  const state: AnthropicState = {
    config,
    endpoint,
    client,
    learned: new Map(),
    counting: { ratios: [] },
    budgeted: false,
  };
  return {
    config,
    describe: (signal) => describe(state, signal),
    listModels: async (signal) => namesOf(await listDated(endpoint, client, signal)),
    listDated: (signal) => listDated(endpoint, client, signal),
    call: (request, { signal, onToken }) => call(state, request, signal, onToken),
  };
};

export const anthropicProvider: Provider = {
  name: 'anthropic',
  example: 'anthropic:claude-opus-5-5',
  make: anthropicArm,
  where: 'hosted',
  wire: 'anthropic',
  auth: 'x-api-key',
  cap: 'max_tokens',
  baseURL: 'https://api.anthropic.com',
  baseVariable: 'ANTHROPIC_BASE_URL',
  anyServer: true,
  keyVariables: ['ANTHROPIC_API_KEY'],
  atOnce: 8,
  mayAppearLater: false,
  knows: (model) => /^claude/i.test(model),
  prefix: 'anthropic/',
  routerKnows: ['address', 'key'],
  priceId: 'anthropic',
  lists: { ends: 'retires_at', lifecycle: 'lifecycle', deprecated: 'deprecated_at' },
  endsPage: 'platform.claude.com/docs/en/about-claude/model-deprecations',
  settings: [...httpSettings, 'topK'],
};

async function createClient({ baseURL, query, headers, key }: Endpoint): Promise<Anthropic> {
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
    defaultQuery: query,
    defaultHeaders: { ...(!key && { 'x-api-key': null }), ...headers },
    ...oneAttempt,
  });
}

async function describe({ config, endpoint, client }: AnthropicState, signal: AbortSignal): Promise<ArmDescription> {
  const { host, key, official } = endpoint;
  if (!key && !isLoopback(host)) throw noKey(endpoint, config);
  const notes = proxyNotes(endpoint.baseURL, process.env);
  const listed = await listDated(endpoint, client, signal, () => notes.push(noListing));
  const models = namesOf(listed);
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
    ...listedDetails(listed, config.model),
    ...(notes.length > 0 && { notes }),
  };
}

async function listDated(
  endpoint: Endpoint,
  client: () => Promise<Anthropic>,
  signal: AbortSignal,
  onRefused?: () => void,
): Promise<Listed[]> {
  const sdk = await client();
  const ask = async (guarded: AbortSignal) => {
    const page = await besideSdk((options) => sdk.models.list({ limit: 1000 }, { signal: guarded, ...options }));
    const models: unknown[] = Array.isArray(page.data) ? page.data : [];
    return models.filter(isObject).map((model) => readListed(model, anthropicProvider.lists));
  };
  return listing(signal, contextOf(endpoint), ask, onRefused);
}

const contextOf = ({ host, key, keyName, secrets }: Endpoint, partial?: string): FailureContext => ({
  host,
  keys: secrets,
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
  const { config, endpoint } = state;
  const guard = watch(signal, { totalMs: config.timeoutMs ?? limits.totalMs, idleMs: config.idleMs ?? limits.idleMs });
  const structured = Boolean(request.tools?.length || request.responseFormat);
  const asked = { folded: emptyFold() };
  try {
    const reply = await ask(state, request, guard, asked, onToken);
    state.hasAnswered = true;
    return reply;
  } catch (error) {
    const { text, begun } = asked.folded;
    const stopped = guard.stopped(text);
    if (stopped) throw stopped;
    const inside = answerInside(error, { structured });
    if (inside) return inside;
    throw processGone(armErrorOf(error, contextOf(endpoint, text), begun), state);
  } finally {
    guard.end();
  }
}

/** Sends until no parameter is refused any more. */
async function ask(
  state: AnthropicState,
  request: ArmRequest,
  guard: Watch,
  asked: { folded: Folded },
  onToken?: () => void,
): Promise<ArmReply> {
  const { config, learned } = state;
  const names = toolNames((request.tools ?? []).map((tool) => tool.name));
  const plain = anthropicBody(config, request, names);
  const tokens = roughTokens(request);
  const sdk = await state.client();
  let most: number | undefined;
  for (;;) {
    const body = adjust(state.budgeted ? withBudget(plain) : plain, learned, tokens, most);
    asked.folded = emptyFold();
    try {
      const { ttft, total } = await readReply(() => send(sdk, body, guard), asked.folded, guard, { onToken });
      const stopped = guard.stopped(asked.folded.text);
      if (stopped) throw stopped;
      const reply = withArguments(replyOf(asked.folded, names.fromProvider));
      assertReadWhole(state.counting, request, reply.usage.in);
      const adjusted = [...notHonoured(config, request), ...notesFor(plain, body, learned)];
      const ms = replyTimings(reply.usage.out, ttft, total);
      return { ...reply, ms, ...(adjusted.length > 0 && { adjusted }) };
    } catch (error) {
      const change = refusal(state, error, body);
      if (change === undefined) throw error;
      if (change === 'budget') continue;
      const isNew = learn(learned, change);
      const smaller = change.now !== undefined && (most === undefined || change.now < most);
      if (!isNew && !smaller) throw error;
      if (change.now !== undefined) most = change.now;
    }
  }
}

/** A call without arguments streams no JSON at all. */
const withArguments = <T extends Omit<ArmReply, 'ms'>>(reply: T): T =>
  reply.toolCalls
    ? { ...reply, toolCalls: reply.toolCalls.map((one) => ({ ...one, arguments: one.arguments || '{}' })) }
    : reply;

/** What to change for the next try, where the error was about a parameter. */
function refusal(
  state: AnthropicState,
  error: unknown,
  body: Record<string, unknown>,
): Adjustment | 'budget' | undefined {
  const refused = errorIn(error, StatusError);
  if (!refused) return undefined;
  if (refused.status === 400 && 'thinking' in body && !state.budgeted && /adaptive|thinking/i.test(refused.message)) {
    state.budgeted = true;
    return 'budget';
  }
  return adjustmentFor(refused, body);
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

const send = (sdk: Anthropic, body: Record<string, unknown>, guard: Watch): Promise<Response> => {
  const params = body as unknown as Anthropic.MessageCreateParams;
  return besideSdk((options) => sdk.messages.create(params, { signal: guard.signal, ...options }).asResponse());
};
