/** Every failure of a call as one ArmError: with its row of the table, a sentence without secrets, and a way out. */
import { causeCode } from '../../errors.ts';
import { nextOf } from '../../records/outcomes.ts';
import { isObject } from '../../records/plain-json.ts';
import { ArmError } from '../arm.ts';
import { waitAsked } from './asked-wait.ts';
import { type Classified, classify, classifyConnection, type WireError } from './classify.ts';
import { messageIn } from './guarded-fetch.ts';
import { rawReply } from './inner-error.ts';
import { redactSecrets, safeCause } from './secrets.ts';

export type { WireError } from './classify.ts';

const networkTimeouts = ['ETIMEDOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT'];

/** What the arm's file knows: who was called, which keys must not be shown, what to advise; by failure or by cause. */
export interface FailureContext {
  host: string;
  keys: readonly (string | undefined)[];
  hints: Partial<Record<string, string>>;
  partial?: string;
}

const short = (text: string): string => (text.length > 400 ? `${text.slice(0, 400)}…` : text);

/** One ArmError from an error reply. */
export function httpFailure(given: WireError, context: FailureContext, cause?: unknown): ArmError {
  const wire = unwrapped(given);
  const retryAfterMs = waitAsked(wire);
  const { failure, why, fault } = classify(wire, retryAfterMs);
  const text = short(redactSecrets(innerSentence(wire), context.keys));
  return new ArmError(
    failure,
    `${context.host}: ${wire.status ? `${wire.status} ` : ''}${text}${why === 'payload' ? sizeWords(wire) : ''}`,
    {
      why,
      fault,
      status: wire.status,
      once: wire.status === 407,
      retryAfterMs,
      ...optionsOf({ failure, why, ...(fault && { fault }) }, context, cause),
      ...(why === 'rate-window' && { hint: opensAgain(retryAfterMs) }),
    },
  );
}

/** Always in KB, so that the same refusal of several prompts stays one reason. */
const sizeWords = ({ sentBytes = 0 }: WireError): string =>
  sentBytes === 0 ? '' : ` (the request has ${Math.ceil(sentBytes / 1024).toLocaleString('en')} KB)`;

/** When a limit of hours or days can be met again. */
function opensAgain(waitMs: number | undefined): string {
  const at = waitMs === undefined ? undefined : new Date(Date.now() + waitMs);
  const time = at && waitMs !== undefined && waitMs < 20 * 3_600_000 ? ` after ${at.toTimeString().slice(0, 5)}` : '';
  return `the limit opens again later: "gapcheck run --resume"${time || ', tomorrow at the latest for a limit per day'}`;
}

/** What a proxy was told by the server behind it. */
function unwrapped(wire: WireError): WireError {
  const raw = rawReply(wire.body ?? {});
  // OpenRouter's own sentence is "Provider returned error".
  const message = (raw ?? wire.message)
    .replace(/\s{0,40}LiteLLM: model group [\s\S]*$/, '')
    .replace(/\nmodel=[\s\S]*$/, '');
  return { ...wire, message };
}

/** Without the class names that LiteLLM puts before it, and out of the JSON that it may be in. */
function innerSentence({ message }: WireError): string {
  const bare = message
    .replace(/^(?:(?:litellm\.)?\w+(?:Error|Exception)(?::| -) ?)+/, '')
    .replace(/^\w+Exception - /, '');
  const json = /^\s*(?:\w+ - )?(\{[\s\S]*\})\s*$/.exec(bare)?.[1];
  if (json === undefined) return bare.trim() || message;
  try {
    const parsed: unknown = JSON.parse(json);
    return (isObject(parsed) && messageIn(parsed.error ?? parsed)) || bare;
  } catch {
    return bare;
  }
}

/** One ArmError from a connection that failed: never a status. `begun`: some of the reply had arrived. */
export function networkFailure(error: unknown, context: FailureContext, begun: boolean): ArmError {
  const code = causeCode(error);
  const text = error instanceof Error ? error.message : String(error);
  const what = code ?? short(redactSecrets(text, context.keys));
  if (code && networkTimeouts.includes(code)) {
    const options = {
      why: 'server-timeout',
      ...optionsOf({ failure: 'timeout', why: 'server-timeout' }, context, error),
    };
    return new ArmError('timeout', `${context.host}: no answer in time (${what})`, options);
  }
  if (begun) {
    const options = {
      why: 'cut',
      fault: 'network' as const,
      ...optionsOf({ failure: 'cut', why: 'cut' }, context, error),
    };
    return new ArmError('cut', `${context.host}: the reply broke off (${what})`, options);
  }
  const { failure, why, fault } = classifyConnection(code, text);
  const message =
    why === 'tls' ? tlsWords : why === 'proxy' ? proxyWords(error) : (whatHappened[code ?? ''] ?? 'connection failed');
  return new ArmError(failure, `${context.host}: ${message} (${what})`, {
    why,
    fault,
    // A proxy that wants a login wants it the next time, too.
    once: why === 'proxy' && /answered 407/.test(message),
    ...optionsOf({ failure, why, ...(fault && { fault }) }, context, error),
  });
}

/** The sentence that names the proxy and its variable: SDKs put their own before it. */
function proxyWords(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause)
    if ('code' in at && at.code === 'EPROXY') return redactSecrets(at.message);
  return 'the proxy does not let it through';
}

const tlsWords = 'its certificate is not trusted here';

const whatHappened: Record<string, string> = {
  ECONNREFUSED: 'not reachable, nothing listens there',
  ENOTFOUND: 'not reachable, the host name is unknown',
  EAI_AGAIN: 'not reachable, the host name could not be looked up',
  ECONNRESET: 'the connection was dropped',
};

/** The provider's own way out for this cause, else the table's, else the provider's for the kind of failure. */
const optionsOf = ({ failure, why, fault }: Classified, { hints, keys, partial }: FailureContext, cause: unknown) => {
  const hint = hints[why] ?? nextOf({ outcome: failure, cause: why, ...(fault && { fault }) }) ?? hints[failure];
  return { cause: safeCause(cause, keys), ...(hint && { hint }), ...(partial && { partial }) };
};
