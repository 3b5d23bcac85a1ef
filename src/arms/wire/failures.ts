/** Every failure of a call as one ArmError: with its row of the table, a sentence without secrets, and a way out. */
import { causeCode } from '../../errors.ts';
import { nextOf } from '../../records/outcomes.ts';
import { isObject } from '../../records/plain-json.ts';
import { ArmError } from '../arm.ts';
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

/** How long the reply asks to wait, ms: its headers, Google's RetryInfo, or its sentence. */
function waitAsked({ status, headers, message, body = {} }: WireError): number | undefined {
  const stated = headers && retryAfter(headers);
  if (stated !== undefined) return stated;
  const told =
    duration(/"retryDelay":"([^"]+)"/.exec(JSON.stringify(body.details ?? []))?.[1]) ??
    waitInWords(message) ??
    waitInBody(body);
  return told ?? (status === 429 ? ((headers && resetIn(headers)) ?? resetInside(body)) : undefined);
}

const waitInWords = (message: string): number | undefined =>
  timeLeft(dateWords.exec(message)?.slice(1).find(Boolean) ?? '') ?? duration(waitWords.exec(message)?.[1]);

const waitWords =
  /(?:\b(?:try|retry)\b(?: \w{1,20}){0,2} (?:in|after|within)|\bretry[- ]after:?|\bwait(?: for)?|\bavailable(?: again)? (?:in|after)|\bresets? (?:in|after)) ?(?:about |approximately |around |another |at least )?((?:\d+(?:\.\d+)? ?(?:ms|s|m|h|d)[a-z]* ?)+|\d+(?:\.\d+)?)/i;

const dateWords =
  /(?:resets?|retry|again|available)(?: at| on| after)? (\d{4}-\d\d-\d\d[T ][\d:.]{5,15}Z?)|(\d{4}-\d\d-\d\d [\d:]{5,8}) ?重置/i;

/** `{"resets_in_seconds": 3600}`, `{"resets_at": 1785542400}`, `{"retry_after": 20}`. */
function waitInBody(body: Record<string, unknown>): number | undefined {
  for (const [key, value] of Object.entries(body)) {
    if (!/^(?:retry_?after|resets?_(?:in|at))(?:_?(?:seconds|ms))?$/i.test(key)) continue;
    const wait = typeof value === 'number' || typeof value === 'string' ? timeLeft(String(value)) : undefined;
    if (wait !== undefined) return /ms$/i.test(key) ? wait / 1_000 : wait;
  }
  return undefined;
}

const units: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `6m0s`, `1.3s`, `20 seconds`, `7`: milliseconds. */
function duration(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?) ?(ms|milli|s|m|h|d)?/gi)];
  const sum = parts.reduce((total, [, value, unit = 's']) => {
    const name = unit.toLowerCase() === 'milli' ? 'ms' : unit.toLowerCase();
    return total + Number(value) * (units[name] ?? 1_000);
  }, 0);
  return parts.length === 0 ? undefined : sum;
}

/** OpenRouter repeats the headers of the service behind it. */
function resetInside({ metadata }: Record<string, unknown>): number | undefined {
  const headers = isObject(metadata) && isObject(metadata.headers) ? Object.entries(metadata.headers) : [];
  return resetIn(
    new Headers(headers.flatMap(([name, value]) => (/^[\w-]+$/.test(name) ? [[name, String(value)]] : []))),
  );
}

/** The last of the limits to open again, where one of them is used up. */
function resetIn(headers: Headers): number | undefined {
  const waits: number[] = [];
  for (const [name, value] of headers) {
    // RateLimit: "default";r=0;t=12
    const [, left] = name === 'ratelimit' && /\br=0\b/.test(value) ? (/\bt=(\d+)/.exec(value) ?? []) : [];
    if (left !== undefined) waits.push(Number(left) * 1_000);
    if (!/ratelimit.*reset|ratelimit-reset/.test(name)) continue;
    const remaining = headers.get(name.replace('reset', 'remaining'));
    if (remaining !== null && Number(remaining) > 0) continue;
    const wait = timeLeft(value);
    if (wait !== undefined) waits.push(wait);
  }
  return waits.length > 0 ? Math.max(...waits) : undefined;
}

/** A duration, a date, or seconds or milliseconds since the epoch. */
function timeLeft(value: string, now = Date.now()): number | undefined {
  if (value === '') return undefined;
  const plain = Number(value);
  if (Number.isFinite(plain) && plain > 1e12) return Math.max(0, plain - now);
  if (Number.isFinite(plain) && plain > 1e9) return Math.max(0, plain * 1000 - now);
  if (/^\d{4}-/.test(value)) return Math.max(0, Date.parse(value) - now) || 0;
  return duration(value);
}

/** Milliseconds from Retry-After-Ms or Retry-After (seconds or a date); the caller caps it. */
export function retryAfter(headers: Headers, now = Date.now()): number | undefined {
  const ms = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(ms)) return Math.max(0, ms);
  const value = headers.get('retry-after') ?? headers.get('llm_provider-retry-after');
  if (!value) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  // Against the rules, and seen: `9s`, `1m0s`.
  if (/^\d[\d.]*(?:ms|s|m|h)/i.test(value)) return duration(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
