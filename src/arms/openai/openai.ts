/**
 * OpenAI's chat completions and every compatible endpoint. One call is one attempt: the SDK's own retries are off,
 * its time limit is ours (watchdog.ts), and its errors end here as ArmErrors.
 */
import type OpenAI from 'openai';
import { ollamaFingerprint } from '../../records/arm-where.ts';
import type { Message } from '../../records/prompt-record.ts';
import { type Arm, type ArmConfig, ArmError, type ArmReply, type ArmRequest } from '../arm.ts';
import type { Provider } from '../provider.ts';
import { replyOf } from '../wire/accumulate.ts';
import type { Adjustment } from '../wire/adjustment.ts';
import { answerInside } from '../wire/answer-inside.ts';
import { refuseTooLong, refuseUnseen } from '../wire/before-asking.ts';
import { endWords } from '../wire/end-words.ts';
import { type Env, keyedEndpoint } from '../wire/endpoint.ts';
import { emptyFold, type Folded } from '../wire/folded.ts';
import { besideSdk, errorIn, StatusError } from '../wire/guarded-fetch.ts';
import { isLoopback } from '../wire/hosts.ts';
import { keptCall } from '../wire/kept-call.ts';
import { lazily, namesOf } from '../wire/keyed-endpoint.ts';
import { adjust, type Learned, learn, notesFor } from '../wire/parameters.ts';
import { processGone } from '../wire/process-gone.ts';
import { readReply } from '../wire/read-reply.ts';
import { assertReadWhole } from '../wire/read-whole.ts';
import { adjustmentFor } from '../wire/refused-parameter.ts';
import { likelyTokens } from '../wire/rough-tokens.ts';
import { armErrorOf } from '../wire/sdk-failures.ts';
import { replyTimings } from '../wire/timings.ts';
import { type ToolNames, toolNames } from '../wire/tool-names.ts';
import { type Watch, watch } from '../wire/watchdog.ts';
import { type Caller, describe } from './openai-describe.ts';
import { contextOf, createClient, listDated } from './openai-endpoint.ts';
import { type Body, openaiBody } from './openai-request.ts';
import { isResponsesOnly, notSent, responsesBody } from './responses-request.ts';

const defaultTotalMs = 600_000;
const defaultIdleMs = 120_000;

export const openaiArm = (config: ArmConfig, env: Env, provider: Provider): Arm => {
  const endpoint = keyedEndpoint(config, env, provider);
  const client = lazily(() => createClient(endpoint, env, provider, config));
  const counting = { ratios: [] };
  const caller: Caller = {
    config,
    provider,
    endpoint,
    client,
    learned: new Map(),
    hadFinish: false,
    counting,
    abilities: {},
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

/** `think: false` is an effort too; a bare true asks for the usual one. */
const effortOf = (think: NonNullable<ArmConfig['think']>): string =>
  typeof think === 'string' ? think : think ? 'medium' : 'none';

/** One attempt; asks again only when a parameter was refused, once for each parameter and arm. */
async function call(caller: Caller, request: ArmRequest, signal: AbortSignal, onToken?: () => void): Promise<ArmReply> {
  const { config, abilities, window } = caller;
  refuseUnseen(abilities, config.model, request);
  refuseTooLong(request, window);
  const guard = watch(signal, { totalMs: config.timeoutMs ?? defaultTotalMs, idleMs: config.idleMs ?? defaultIdleMs });
  const structured = Boolean(request.tools?.length || request.responseFormat);
  const asked: Asked = { folded: emptyFold() };
  try {
    const reply = await ask(caller, request, guard, asked, onToken);
    caller.hasAnswered = true;
    return reply;
  } catch (error) {
    const { text, begun } = asked.folded;
    const stopped = guard.stopped(text);
    if (stopped) throw stopped;
    const inside = answerInside(error, { structured });
    if (inside) return inside;
    throw processGone(armErrorOf(error, contextOf(caller.endpoint, text), begun), caller);
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
  const tokens = likelyTokens(request);
  const sdk = await caller.client();
  let most: number | undefined;
  let streamed = true;
  for (;;) {
    const adjusted = adjust(plain, learned, tokens, most);
    const body = streamed ? adjusted : unstreamed(adjusted);
    asked.folded = emptyFold();
    try {
      const open = () => send(sdk, body, guard, caller.responses);
      const endLoops = isLocal(caller);
      const { headers, ttft, total, looped } = await readReply(open, asked.folded, guard, { onToken, endLoops });
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
        reply.fingerprint === ollamaFingerprint ? { ...reply, ...keptCall(reply, request) } : reply,
        {
          plain,
          body,
          learned,
          headers,
          ttft: body.stream === true ? ttft : undefined,
          total,
          notes: [...responsesNotes(caller, body), ...endWords(reply, caller.window?.tokens, request, looped)],
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

const isLocal = ({ endpoint }: Caller): boolean => isLoopback(endpoint.host);

function plainBody(caller: Caller, request: ArmRequest, names: ToolNames): Body {
  const { config, provider, endpoint } = caller;
  const messages = isLocal(caller) ? request.messages.map(oneText) : request.messages;
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
    ms: replyTimings(folded.usage.out, ttft, total, folded.tokensPerSecond, folded.readPerSecond),
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
  });
}

function refusedParameter(error: unknown, body: Body): Adjustment | undefined {
  const refused = errorIn(error, StatusError);
  return refused && adjustmentFor(refused, body);
}
