/**
 * OpenAI's chat completions and every compatible endpoint. One call is one attempt: the SDK's own retries are off,
 * its time limit is ours (watchdog.ts), and its errors end here as ArmErrors.
 */
import type OpenAI from 'openai';
import { nearestName } from '../../errors.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Message } from '../../records/prompt-record.ts';
import { type Arm, type ArmConfig, type ArmDescription, ArmError, type ArmReply, type ArmRequest } from '../arm.ts';
import type { Provider } from '../provider.ts';
import { emptyFold, type Folded, replyOf } from '../wire/accumulate.ts';
import { answerInside } from '../wire/answer-inside.ts';
import { type Endpoint, type Env, keyedEndpoint } from '../wire/endpoint.ts';
import type { FailureContext } from '../wire/failures.ts';
import { besideSdk, errorIn, StatusError } from '../wire/guarded-fetch.ts';
import { isLoopback } from '../wire/hosts.ts';
import { lazily, listing, namesOf, noKey, oneAttempt } from '../wire/keyed-endpoint.ts';
import { type Listed, listedDetails, noListing, readListed } from '../wire/listed.ts';
import { type Adjustment, adjust, adjustmentFor, type Learned, learn, notesFor } from '../wire/parameters.ts';
import { proxyNotes } from '../wire/proxy.ts';
import { readReply } from '../wire/read-reply.ts';
import { assertReadWhole, type Counting } from '../wire/read-whole.ts';
import { roughTokens } from '../wire/rough-tokens.ts';
import { armErrorOf } from '../wire/sdk-failures.ts';
import { replyTimings } from '../wire/timings.ts';
import { type ToolNames, toolNames } from '../wire/tool-names.ts';
import { type Watch, watch } from '../wire/watchdog.ts';
import { type Body, openaiBody } from './openai-request.ts';
import { isResponsesOnly, notSent, responsesBody } from './responses-request.ts';

const defaultTotalMs = 600_000;
const defaultIdleMs = 120_000;

export const openaiArm = (config: ArmConfig, env: Env, provider: Provider): Arm => {
  const endpoint = keyedEndpoint(config, env, provider);
  const client = lazily(() => createClient(endpoint, env, provider));
  const counting = { ratios: [] };
  const caller: Caller = {
    config,
    provider,
    endpoint,
    client,
    learned: new Map(),
    hadFinish: false,
    counting,
    responses: config.api === 'responses',
  };
  return {
    config,
    describe: (signal) => describe(caller, provider, signal),
    listModels: async (signal) => namesOf(await listDated(provider, endpoint, client, signal)),
    listDated: (signal) => listDated(provider, endpoint, client, signal),
    call: (request, { signal, onToken }) => call(caller, request, signal, onToken),
  };
};

async function createClient(endpoint: Endpoint, env: Env, { anyServer }: Provider) {
  const { baseURL, query, headers, auth, key, official } = endpoint;
  // OpenAI's organizations and projects mean nothing to other hosts.
  const own = official && anyServer === true;
  const { OpenAI: Client } = await import('openai');
  return new Client({
    baseURL,
    apiKey: key ?? 'none',
    defaultQuery: query,
    defaultHeaders: {
      ...((auth === 'api-key' || !key) && { authorization: null }),
      ...(auth === 'api-key' && key && { 'api-key': key }),
      ...headers,
    },
    organization: (own && env.OPENAI_ORG_ID?.trim()) || null,
    project: (own && env.OPENAI_PROJECT_ID?.trim()) || null,
    ...oneAttempt,
  });
}

async function describe(caller: Caller, provider: Provider, signal: AbortSignal): Promise<ArmDescription> {
  const { config, endpoint, client } = caller;
  const { host, official, key } = endpoint;
  if (!key && (official || (config.apiKeyEnv && !isLoopback(host)))) {
    throw noKey(endpoint, config);
  }
  const notes = proxyNotes(endpoint.baseURL, process.env);
  const listed = await listDated(provider, endpoint, client, signal, () => notes.push(noListing));
  const models = namesOf(listed);
  heed(caller, listed);
  // Elsewhere the list may hold other names than those that can be asked: deployments, adapters, aliases.
  if (official && provider.anyServer && models.length > 0 && !models.includes(config.model)) {
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
    ...listedDetails(listed, config.model),
    ...(notes.length > 0 && { notes }),
  };
}

/** What the list says before any call: the window that is served, and a server that ignores `json_object`. */
function heed({ config, learned, counting }: Caller, listed: readonly Listed[]): void {
  const found = listed.find(({ name }) => name === config.model) ?? (listed.length === 1 ? listed[0] : undefined);
  if (found?.window !== undefined) learn(learned, { name: 'window', how: { way: 'fit', window: found.window } });
  counting.served = found?.window;
  if (found?.ownedBy === 'llamacpp') learn(learned, { name: 'response_format', how: { way: 'as schema' } });
}

async function listDated(
  { lists }: Provider,
  endpoint: Endpoint,
  client: () => Promise<OpenAI>,
  signal: AbortSignal,
  onRefused?: () => void,
): Promise<Listed[]> {
  const sdk = await client();
  const ask = async (guarded: AbortSignal) => {
    const page = await besideSdk((options) => sdk.models.list({ signal: guarded, ...options }));
    const models: unknown[] = Array.isArray(page.data) ? page.data : [];
    return models.filter(isObject).map((model) => readListed(model, lists));
  };
  return listing(signal, contextOf(endpoint), ask, onRefused);
}

/** What is most often wrong with an address that knows no such path. */
function addressHint(baseURL: string): string {
  const { pathname } = new URL(baseURL);
  if (/\/(?:chat\/completions|completions|models|responses)$/.test(pathname))
    return `baseURL ${baseURL}: leave ${pathname.slice(pathname.lastIndexOf(pathname.includes('/chat/') ? '/chat/' : '/'))} off`;
  return pathname.includes('/v1')
    ? 'check baseURL: the server knows no such path'
    : `does baseURL end in /v1? Try ${baseURL}/v1`;
}

const contextOf = ({ host, key, keyName, official, secrets, baseURL }: Endpoint, partial?: string): FailureContext => ({
  host,
  keys: secrets,
  ...(partial && { partial }),
  hints: {
    auth: key ? `check ${keyName}: the provider refused this key` : `export ${keyName}=…`,
    quota: 'add credit or raise the limit at the provider, then "gapcheck run --resume"',
    'model-missing': official ? '"gapcheck doctor" lists what this key can use' : 'check the model name and baseURL',
    network: isLoopback(host) ? `start the server that should listen on ${host}` : 'check the network and baseURL',
    context: 'this prompt does not fit the model’s context',
    'base-url': addressHint(baseURL),
  },
});

/** `think: false` is an effort too; a bare true asks for the usual one. */
const effortOf = (think: NonNullable<ArmConfig['think']>): string =>
  typeof think === 'string' ? think : think ? 'medium' : 'none';

interface Caller {
  config: ArmConfig;
  provider: Provider;
  endpoint: Endpoint;
  client: () => Promise<OpenAI>;
  /** Refused parameters, and how to go on without. */
  learned: Learned;
  /** An earlier reply of this arm said why it ended. */
  hadFinish: boolean;
  counting: Counting;
  /** Asked through the Responses API: by the config, or because the server said so. */
  responses: boolean;
}

/** One attempt; asks again only when a parameter was refused, once for each parameter and arm. */
async function call(caller: Caller, request: ArmRequest, signal: AbortSignal, onToken?: () => void): Promise<ArmReply> {
  const { config } = caller;
  const guard = watch(signal, { totalMs: config.timeoutMs ?? defaultTotalMs, idleMs: config.idleMs ?? defaultIdleMs });
  const structured = Boolean(request.tools?.length || request.responseFormat);
  const asked: Asked = { folded: emptyFold() };
  try {
    return await ask(caller, request, guard, asked, onToken);
  } catch (error) {
    const { text, objects } = asked.folded;
    const stopped = guard.stopped(text);
    if (stopped) throw stopped;
    const inside = answerInside(error, { structured });
    if (inside) return inside;
    throw armErrorOf(error, contextOf(caller.endpoint, text), objects > 0);
  } finally {
    guard.end();
  }
}

/** What the last try gave, beside its result. */
interface Asked {
  folded: Folded;
}

/** Sends until no parameter is refused any more, and until a stream has events. */
async function ask(caller: Caller, request: ArmRequest, guard: Watch, asked: Asked, onToken?: () => void) {
  const { learned, config } = caller;
  const names = toolNames((request.tools ?? []).map((tool) => tool.name));
  const plain = plainBody(caller, request, names);
  const tokens = roughTokens(request);
  const sdk = await caller.client();
  let most: number | undefined;
  let streamed = true;
  for (;;) {
    const adjusted = adjust(plain, learned, tokens, most);
    const body = streamed ? adjusted : unstreamed(adjusted);
    asked.folded = emptyFold();
    try {
      const open = () => send(sdk, body, guard, caller.responses);
      const { headers, ttft, total } = await readReply(open, asked.folded, guard, onToken);
      const stopped = guard.stopped(asked.folded.text);
      if (stopped) throw stopped;
      // Some servers answer a refused stream with nothing at all: the whole reply says why.
      if (asked.folded.objects === 0 && body.stream === true) {
        streamed = false;
        continue;
      }
      refuseSubstitute(headers, config.model);
      const reply = replyOf(asked.folded, names.fromProvider, caller.hadFinish);
      caller.hadFinish ||= asked.folded.finish !== undefined;
      assertReadWhole(caller.counting, request, reply.usage.in);
      return finished(
        reply,
        {
          plain,
          body,
          learned,
          headers,
          ttft: body.stream === true ? ttft : undefined,
          total,
          notes: responsesNotes(caller, body),
        },
        asked.folded,
      );
    } catch (error) {
      if (!caller.responses && asksForResponses(error)) {
        caller.responses = true;
        continue;
      }
      const change = refusedParameter(error, body);
      if (change === undefined) throw error;
      const isNew = learn(learned, change);
      const smaller = change.now !== undefined && (most === undefined || change.now < most);
      if (!isNew && !smaller) throw error;
      if (change.now !== undefined) most = change.now;
    }
  }
}

function plainBody({ config, provider, endpoint }: Caller, request: ArmRequest, names: ToolNames): Body {
  const local = isLoopback(endpoint.host);
  const messages = local ? request.messages.map(oneText) : request.messages;
  const body = openaiBody(config.model, { ...request, messages }, names, endpoint.cap);
  if (config.think !== undefined) body.reasoning_effort = effortOf(config.think);
  return { ...body, ...provider.sends, ...config.params };
}

/** Local servers take text parts as a text only. */
const oneText = (message: Message): Message =>
  Array.isArray(message.content) && message.content.every((part) => part.type === 'text')
    ? { ...message, content: message.content.map((part) => (part.type === 'text' ? part.text : '')).join('') }
    : message;

function unstreamed(body: Body): Body {
  const { stream: _stream, stream_options: _options, ...rest } = body;
  return rest;
}

const send = (sdk: OpenAI, body: Body, guard: Watch, responses: boolean): Promise<Response> => {
  if (responses) {
    const params = responsesBody(body) as unknown as OpenAI.Responses.ResponseCreateParams;
    return besideSdk((options) => sdk.responses.create(params, { signal: guard.signal, ...options }).asResponse());
  }
  const params = body as unknown as OpenAI.ChatCompletionCreateParams;
  return besideSdk((options) => sdk.chat.completions.create(params, { signal: guard.signal, ...options }).asResponse());
};

interface Sent {
  plain: Body;
  body: Body;
  learned: Learned;
  headers: Headers;
  ttft: number | undefined;
  total: number;
  notes: string[];
}

function asksForResponses(error: unknown): boolean {
  const refused = errorIn(error, StatusError);
  return refused !== undefined && isResponsesOnly({ message: refused.message, code: refused.body.code });
}

/** What went another way than chat completions; the config's own choice is no surprise. */
const responsesNotes = ({ responses, config }: Caller, body: Body): string[] =>
  responses ? [...(config.api === 'responses' ? [] : ['endpoint: responses']), ...notSent(body)] : [];

function finished(reply: Omit<ArmReply, 'ms'>, sent: Sent, folded: Folded): ArmReply {
  const { plain, body, learned, headers, ttft, total } = sent;
  const adjusted = [...sent.notes, ...notesFor(plain, body, learned)];
  const costUsd = reply.costUsd ?? proxyCost(headers);
  return {
    ...reply,
    ...(costUsd !== undefined && { costUsd }),
    ms: replyTimings(folded.usage.out, ttft, total, folded.tokensPerSecond),
    ...(adjusted.length > 0 && { adjusted }),
  };
}

/** LiteLLM says the price of a call that was not streamed. */
function proxyCost(headers: Headers): number | undefined {
  const told = Number(headers.get('x-litellm-response-cost') ?? Number.NaN);
  return Number.isFinite(told) && told > 0 ? told : undefined;
}

/** A proxy that fell back to another model gave no answer of this arm. */
function refuseSubstitute(headers: Headers, model: string): void {
  const fallbacks = Number(headers.get('x-litellm-attempted-fallbacks') ?? 0);
  const group = headers.get('x-litellm-model-group');
  if (!(fallbacks > 0) || group === null || group === model) return;
  throw new ArmError('garbage', `the proxy answered with ${group} in place of ${model}`, {
    why: 'substituted',
    fault: 'setup',
    hint: 'switch its fallbacks off for the comparison',
  });
}

function refusedParameter(error: unknown, body: Body): Adjustment | undefined {
  const refused = errorIn(error, StatusError);
  return refused && adjustmentFor(refused, body);
}
