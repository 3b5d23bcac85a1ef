/**
 * OpenAI's chat completions and every compatible endpoint. One call is one attempt: the SDK's own retries are off,
 * its time limit is ours (watchdog.ts), and its errors end here as ArmErrors.
 */
import type OpenAI from 'openai';
import { nearestName, userError } from '../errors.ts';
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
import { type Body, openaiBody } from './openai-request.ts';
import { addChunk, emptyFold, type Folded, replyOf } from './openai-stream.ts';
import { type Adjustment, adjust, adjustmentFor, notesFor } from './parameter-fallback.ts';
import { armErrorOf } from './sdk-failures.ts';
import { redactSecrets } from './secrets.ts';
import { replyTimings } from './timings.ts';
import { toolNames } from './tool-names.ts';
import { type Watch, watch } from './watchdog.ts';

const officialBase = 'https://api.openai.com/v1';
const defaultTotalMs = 600_000;
const defaultIdleMs = 120_000;
const metadataMs = 20_000;

interface Endpoint {
  baseURL: string;
  host: string;
  official: boolean;
  /** The variable that holds the key. */
  keyName: string;
  key: string | undefined;
}

/** A key goes only where its variable belongs: OPENAI_API_KEY never to a host that the config names without one. */
function endpointOf(config: ArmConfig, env: Record<string, string | undefined>): Endpoint {
  const baseURL = (config.baseURL ?? (env.OPENAI_BASE_URL?.trim() || officialBase)).replace(/\/+$/, '');
  if (!URL.canParse(baseURL)) {
    throw userError(
      'bad-url',
      `arm ${config.name}: "${redactSecrets(baseURL)}" is no URL.`,
      'a base URL looks like https://api.openai.com/v1',
    );
  }
  const { host, hostname } = new URL(baseURL);
  const official = hostname === 'api.openai.com';
  const keyName = config.apiKeyEnv ?? 'OPENAI_API_KEY';
  const belongs = config.apiKeyEnv !== undefined || config.baseURL === undefined || official;
  return { baseURL, host, official, keyName, key: belongs ? env[keyName]?.trim() || undefined : undefined };
}

export const openaiArm: ArmFactory = (config, env) => {
  const endpoint = endpointOf(config, env);
  const adjustments = new Set<Adjustment>();
  let loading: Promise<OpenAI> | undefined;
  const client = () => {
    loading ??= createClient(endpoint, env);
    return loading;
  };
  return {
    config,
    describe: (signal) => describe(config, endpoint, client, signal),
    listModels: (signal) => listModels(endpoint, client, signal),
    listDated: (signal) => listDated(endpoint, client, signal),
    call: (request, { signal, onToken }) => call({ config, endpoint, client, adjustments }, request, signal, onToken),
  };
};

async function createClient({ baseURL, key, official }: Endpoint, env: Record<string, string | undefined>) {
  const { OpenAI: Client } = await import('openai');
  return new Client({
    baseURL,
    apiKey: key ?? 'none',
    organization: (official && env.OPENAI_ORG_ID) || null,
    project: (official && env.OPENAI_PROJECT_ID) || null,
    maxRetries: 0,
    // The longest that a timer can be: watchdog.ts decides.
    timeout: 2_147_483_647,
    logLevel: 'off',
    fetch: guardedFetch({ jsonAsEvent: true }),
  });
}

async function describe(
  config: ArmConfig,
  endpoint: Endpoint,
  client: () => Promise<OpenAI>,
  signal: AbortSignal,
): Promise<ArmDescription> {
  const { host, official, keyName, key } = endpoint;
  if (!key && (official || (config.apiKeyEnv && !isLoopback(host)))) {
    throw new ArmError('auth', `${host}: no key for arm ${config.name}: ${keyName} is not set`, {
      hint: `export ${keyName}=… (or "gapcheck doctor" to see what is set)`,
    });
  }
  const models = await listModels(endpoint, client, signal);
  if (official && models.length > 0 && !models.includes(config.model)) {
    const near = nearestName(config.model, models);
    throw new ArmError('model-missing', `${host}: there is no model "${config.model}" for this key`, {
      hint: near ? `did you mean openai:${near}?` : 'the provider’s page of models says what a key can use',
    });
  }
  return {
    provider: config.provider,
    model: config.model,
    host,
    leavesMachine: !isLoopback(host),
    ...(config.numCtx !== undefined && { contextAsked: config.numCtx }),
    ...(config.think !== undefined && { think: config.think }),
  };
}

const listModels = async (...args: Parameters<typeof listDated>): Promise<string[]> =>
  (await listDated(...args)).map(({ name }) => name);

/** Also finds out whether the host can be reached and the key is right. Empty where a server keeps no list. */
async function listDated(
  endpoint: Endpoint,
  client: () => Promise<OpenAI>,
  signal: AbortSignal,
): Promise<{ name: string; at?: string }[]> {
  const sdk = await client();
  const guard = watch(signal, { totalMs: metadataMs, idleMs: metadataMs });
  try {
    const page = await sdk.models.list({ signal: guard.signal });
    const models = Array.isArray(page.data) ? page.data : [];
    // Compatible servers put 0 or nothing where they know no date.
    return models.map(({ id, created }) => ({
      name: id,
      ...(created > 0 && created < 1e11 && { at: fromSeconds(created) }),
    }));
  } catch (error) {
    const failed = guard.stopped() ?? armErrorOf(error, contextOf(endpoint), false);
    if (['auth', 'quota', 'network', 'aborted', 'timeout'].includes(failed.failure)) throw failed;
    return [];
  } finally {
    guard.end();
  }
}

const fromSeconds = (seconds: number): string => new Date(seconds * 1000).toISOString();

const contextOf = ({ host, key, keyName, official }: Endpoint, partial?: string): FailureContext => ({
  host,
  keys: [key],
  ...(partial && { partial }),
  hints: {
    auth: key ? `check ${keyName}: the provider refused this key` : `export ${keyName}=…`,
    quota: 'add credit or raise the limit at the provider, then "gapcheck run --resume"',
    'model-missing': official ? '"gapcheck doctor" lists what this key can use' : 'check the model name and baseURL',
    network: isLoopback(host) ? `start the server that should listen on ${host}` : 'check the network and baseURL',
    'too-long': 'this prompt does not fit the model’s context',
  },
});

interface Caller {
  config: ArmConfig;
  endpoint: Endpoint;
  client: () => Promise<OpenAI>;
  adjustments: Set<Adjustment>;
}

/** One attempt; asks again only when a parameter was refused, once for each parameter and arm. */
async function call(caller: Caller, request: ArmRequest, signal: AbortSignal, onToken?: () => void): Promise<ArmReply> {
  const { config, endpoint, adjustments } = caller;
  const names = toolNames((request.tools ?? []).map((tool) => tool.name));
  const plain = openaiBody(config.model, request, names, endpoint.official ? 'max_completion_tokens' : 'max_tokens');
  if (typeof config.think === 'string') plain.reasoning_effort = config.think;
  const sdk = await caller.client();
  const guard = watch(signal, { totalMs: config.timeoutMs ?? defaultTotalMs, idleMs: config.idleMs ?? defaultIdleMs });
  const folded = emptyFold();
  try {
    for (;;) {
      const body = adjust(plain, adjustments);
      try {
        const { ttft, total } = await stream(sdk, body, folded, guard, onToken);
        const stopped = guard.stopped(folded.text);
        if (stopped) throw stopped;
        const reply = replyOf(folded, names.fromProvider);
        const adjusted = notesFor(plain, adjustments);
        return {
          ...reply,
          ms: replyTimings(folded.usage.out, ttft, total, folded.tokensPerSecond),
          ...(adjusted.length > 0 && { adjusted }),
        };
      } catch (error) {
        const change = refusedParameter(error, body);
        if (change === undefined || adjustments.has(opposite[change] ?? change)) throw error;
        adjustments.add(change);
      }
    }
  } catch (error) {
    const filtered = contentFiltered(error, endpoint);
    if (filtered) return filtered;
    throw guard.stopped(folded.text) ?? armErrorOf(error, contextOf(endpoint, folded.text), folded.chunks > 0);
  } finally {
    guard.end();
  }
}

/** Both names of the cap refused: give up rather than swap for ever. */
const opposite: Partial<Record<Adjustment, Adjustment>> = {
  max_tokens: 'max_completion_tokens',
  max_completion_tokens: 'max_tokens',
};

async function stream(sdk: OpenAI, body: Body, folded: Folded, guard: Watch, onToken?: () => void) {
  const start = performance.now();
  let ttft: number | undefined;
  const params = body as unknown as OpenAI.ChatCompletionCreateParamsStreaming;
  const chunks = await sdk.chat.completions.create(params, { signal: guard.signal });
  for await (const chunk of chunks) {
    if (!addChunk(folded, chunk)) continue;
    ttft ??= performance.now() - start;
    guard.alive();
    onToken?.();
  }
  return { ttft, total: performance.now() - start };
}

function refusedParameter(error: unknown, body: Body): Adjustment | undefined {
  const refused = errorIn(error, StatusError);
  if (!refused) return undefined;
  const { param, code } = refused.body;
  return adjustmentFor({ status: refused.status, param, code, message: refused.message }, body);
}

/** Azure's filter answers 400: the provider declined to answer, which is an outcome and no failure of the call. */
function contentFiltered(error: unknown, { key }: Endpoint): ArmReply | undefined {
  const refused = errorIn(error, StatusError);
  if (refused?.body.code !== 'content_filter') return undefined;
  return { text: '', refusal: redactSecrets(refused.message, [key]), finish: 'content_filter', usage: {} };
}
