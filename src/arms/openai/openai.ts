/**
 * OpenAI's chat completions and every compatible endpoint. One call is one attempt: the SDK's own retries are off,
 * its time limit is ours (watchdog.ts), and its errors end here as ArmErrors.
 */
import type OpenAI from 'openai';
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
  type Env,
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
import { type Body, openaiBody } from './openai-request.ts';
import { addChunk, emptyFold, type Folded, replyOf } from './openai-stream.ts';

const provider = {
  base: 'https://api.openai.com/v1',
  baseVariable: 'OPENAI_BASE_URL',
  keyVariable: 'OPENAI_API_KEY',
};
const defaultTotalMs = 600_000;
const defaultIdleMs = 120_000;

export const openaiArm: ArmFactory = (config, env) => {
  const endpoint = keyedEndpoint(config, env, provider);
  const adjustments = new Set<Adjustment>();
  const client = lazily(() => createClient(endpoint, env));
  return {
    config,
    describe: (signal) => describe(config, endpoint, client, signal),
    listModels: async (signal) => namesOf(await listDated(endpoint, client, signal)),
    listDated: (signal) => listDated(endpoint, client, signal),
    call: (request, { signal, onToken }) => call({ config, endpoint, client, adjustments }, request, signal, onToken),
  };
};

async function createClient({ baseURL, key, official }: Endpoint, env: Env) {
  const { OpenAI: Client } = await import('openai');
  return new Client({
    baseURL,
    apiKey: key ?? 'none',
    organization: (official && env.OPENAI_ORG_ID) || null,
    project: (official && env.OPENAI_PROJECT_ID) || null,
    ...oneAttempt,
  });
}

async function describe(
  config: ArmConfig,
  endpoint: Endpoint,
  client: () => Promise<OpenAI>,
  signal: AbortSignal,
): Promise<ArmDescription> {
  const { host, official, key } = endpoint;
  if (!key && (official || (config.apiKeyEnv && !isLoopback(host)))) {
    throw noKey(endpoint, config);
  }
  const models = namesOf(await listDated(endpoint, client, signal));
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

async function listDated(endpoint: Endpoint, client: () => Promise<OpenAI>, signal: AbortSignal): Promise<Listed[]> {
  const sdk = await client();
  return listing(signal, contextOf(endpoint), async (guarded) => {
    const page = await sdk.models.list({ signal: guarded });
    // Compatible servers put 0 or nothing where they know no date.
    return (Array.isArray(page.data) ? page.data : []).map(({ id, created }) => ({
      name: id,
      ...(created > 0 && created < 1e11 && { at: fromSeconds(created) }),
    }));
  });
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
    const filtered = contentFiltered(error);
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

function stream(sdk: OpenAI, body: Body, folded: Folded, guard: Watch, onToken?: () => void) {
  const params = body as unknown as OpenAI.ChatCompletionCreateParamsStreaming;
  const open = () => sdk.chat.completions.create(params, { signal: guard.signal });
  return timedStream(open, (chunk) => addChunk(folded, chunk), guard, onToken);
}

function refusedParameter(error: unknown, body: Body): Adjustment | undefined {
  const refused = errorIn(error, StatusError);
  if (!refused) return undefined;
  const { param, code } = refused.body;
  return adjustmentFor({ status: refused.status, param, code, message: refused.message }, body);
}

/** Azure's filter answers 400: the provider declined to answer, which is an outcome and no failure of the call. */
function contentFiltered(error: unknown): ArmReply | undefined {
  const refused = errorIn(error, StatusError);
  return refused?.body.code === 'content_filter' ? { text: '', finish: 'content_filter', usage: {} } : undefined;
}
