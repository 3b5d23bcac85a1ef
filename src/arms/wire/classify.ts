/**
 * What an error of a server is: a row of `outcomes`, by its status and its words. What follows from a row is not decided
 * here.
 */
import { isObject } from '../../records/plain-json.ts';
import { gistOf } from './gist.ts';
import {
  busy,
  type Classified,
  down,
  is,
  lacksModel,
  limitWords,
  loading,
  perDay,
  perMinute,
  quota,
  refusals,
  telling,
  usedUp,
} from './server-words.ts';
import { isOverLimit, isTooLong, loadedSmaller } from './too-long.ts';

export type { Classified } from './server-words.ts';

/** An error as it was on the wire, whatever SDK threw it. */
export interface WireError {
  status?: number;
  code?: string;
  type?: string;
  message: string;
  headers?: Headers | undefined;
  /** Bytes of the request's body. */
  sentBytes?: number;
  /** The error object of the body. */
  body?: Record<string, unknown>;
}

/** Longest wait that a provider may ask for; after it the limit is one per hour or day. */
const longestWaitMs = 300_000;

/** The page of a web site may speak of models, too. */
const longestSentence = 200;

const byStatus: Record<number, Classified> = {
  401: is('auth', 'key'),
  402: is('quota', 'quota'),
  403: is('auth', 'permission'),
  404: is('model-missing', 'base-url'),
  405: is('model-missing', 'base-url'),
  407: is('network', 'proxy', 'setup'),
  408: is('timeout', 'server-timeout'),
  409: is('server', 'server'),
  410: is('model-missing', 'model'),
  413: is('too-long', 'payload', 'setup'),
  424: is('server', 'server'),
  425: is('overload', 'overloaded'),
  429: is('rate-limit', 'rate-minute'),
  498: is('overload', 'overloaded'),
  451: is('auth', 'permission'),
  499: is('cut', 'cut'),
  502: is('server', 'server'),
  503: is('overload', 'overloaded'),
  504: is('timeout', 'server-timeout'),
  529: is('overload', 'overloaded'),
};

/** Error types of bodies that came without a status of their own, inside a stream. */
const typeStatus: Record<string, number> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  api_error: 500,
  server_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

/** `waitMs`: what the reply asks to wait. */
export function classify(wire: WireError, waitMs?: number): Classified {
  const { code = '', type = '', body = {} } = wire;
  const status = wire.status ?? typeStatus[type] ?? typeStatus[code];
  const words = [code, type, wire.message].filter((one) => one !== '').join(' ');
  // A time-out or a bill of a gateway is about the way, whatever its words mention.
  if (status === 408 || status === 504 || status === 402) return byStatus[status] as Classified;
  if (status === 401) return is('auth', 'key');
  if (isOverLimit(words, status)) return is('too-long', 'request-over-limit', 'setup');
  if (/ServerOverloaded|engine_overloaded/i.test(words)) return is('overload', 'overloaded');
  if (status === 429 && busy.test(words) && !limitWords.test(words)) return is('overload', 'overloaded');
  if (/usage limits?\b[\s\S]{0,80}regain access/i.test(words)) return is('quota', 'rate-window');
  const limited =
    status === 429 ||
    /rate_limit|too many requests|RateLimitError|rate[- ]limit(?:ed| reached| exceeded)|Throttling|\brate exceeded\b|\b(?:requests?|qps|rpm|tpm) limit (?:is |was |has been )?(?:reached|exceeded)/i.test(
      words,
    );
  if (limited && (status === undefined || status < 500)) return limit(words, body, waitMs);
  if (quota.test(words) || /exceeded your current quota/i.test(words)) return is('quota', 'quota');
  if (usedUp.test(words)) return is('quota', waitMs !== undefined || perDay.test(words) ? 'rate-window' : 'quota');
  if (loading.test(words)) return is('overload', 'loading');
  if (busy.test(words)) return is('overload', 'overloaded');
  const told = telling.find(([pattern]) => pattern.test(words))?.[1];
  // A gateway that is down may name a model or a key, and says nothing about either.
  if (told && !isGateway(status)) return told.why === 'context' ? tooLong(words) : told;
  const refused = refusals.find(([pattern]) => pattern.test(words))?.[1];
  if (refused && (status === undefined || status < 500 || status === 500)) return refused;
  if (isTooLong(words, status)) return tooLong(words);
  if (status === undefined || (status < 500 && down.test(words))) return is('server', 'server');
  const gist = wire.message.length < longestSentence && !down.test(words) ? gistOf(words, status) : undefined;
  if (gist) return gist;
  if (namesModel(body) && [400, 404, 422].includes(status)) return is('model-missing', 'model');
  if (status === 404 && wire.message.length < longestSentence && lacksModel.test(wire.message))
    return is('model-missing', 'model');
  if (status >= 300 && status < 400) return is('model-missing', 'base-url');
  return byStatus[status] ?? (status >= 500 ? is('server', 'server') : is('bad-request', 'unknown', 'setup'));
}

/** `param: "model"`, or the last step of a `loc`. */
function namesModel({ param, detail }: Body): boolean {
  const [first] = Array.isArray(detail) ? detail : [];
  const loc = isObject(first) && Array.isArray(first.loc) ? first.loc.at(-1) : undefined;
  return param === 'model' || loc === 'model';
}

const tooLong = (words: string): Classified =>
  is('too-long', 'context', loadedSmaller.test(words) ? 'setup' : undefined);

const isGateway = (status: number | undefined): boolean =>
  status === 502 || status === 503 || (status !== undefined && status >= 520);

/** The window of a limit decides, and not that a bill is mentioned. */
function limit(
  words: string,
  { details, metadata, display_message: shown }: Body,
  waitMs: number | undefined,
): Classified {
  const told = `${words} ${JSON.stringify([details, metadata, shown])}`;
  // Gemini's free tier has none of this model at all.
  if (quota.test(words) || /quota exceeded for metric[\s\S]*limit: 0\b/i.test(words)) return is('quota', 'quota');
  const window = windowUsedUp(told) ?? (perDay.test(JSON.stringify(details) ?? '') ? 'long' : undefined);
  if ((waitMs ?? 0) > longestWaitMs || window === 'long' || (window === undefined && isPerDayAlone(told)))
    return is('quota', 'rate-window');
  if (waitMs !== undefined || perMinute.test(told)) return is('rate-limit', 'rate-minute');
  if (/exceeded your current quota/i.test(words) || usedUp.test(words) || gistOf(words, 429))
    return is('quota', 'quota');
  return is('rate-limit', 'rate-minute');
}

type Body = Record<string, unknown>;

const isPerDayAlone = (told: string): boolean => perDay.test(told) && !perMinute.test(told);

/** `Minute limit: 0 / 1600000 tokens. Day limit: 2105 / 10 tokens`: the window that is used up. */
function windowUsedUp(told: string): 'minute' | 'long' | undefined {
  const pairs = [...told.matchAll(/(minute|hour|day|week|month) limit: ?(\d+) ?\/ ?(\d+)/gi)];
  const full = pairs.filter(([, , used, most]) => BigInt(used ?? 0) >= BigInt(most ?? 0));
  if (full.length === 0) return undefined;
  return full.every(([, name]) => /minute/i.test(name ?? '')) ? 'minute' : 'long';
}

/** What a connection that failed before any reply is, by the system's code. */
export function classifyConnection(code: string | undefined, message: string): Classified {
  if (code === 'EPROXY') return is('network', 'proxy', 'setup');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return is('network', 'dns');
  if (code === 'ECONNREFUSED') return is('network', 'refused-connection');
  if (isTls(code, message)) return is('network', 'tls', 'setup');
  return is('network', 'dropped');
}

const tlsCodes =
  /^(?:CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO$|HOSTNAME_MISMATCH|ERR_TLS_CERT_ALTNAME_INVALID)/;

const isTls = (code: string | undefined, message: string): boolean =>
  (code !== undefined && tlsCodes.test(code)) || /certificate|self[- ]signed|SSL routines/i.test(message);
