/**
 * What an error of a server is: a row of `outcomes`. Messages and codes are those of OpenAI, Anthropic, Ollama,
 * llama.cpp, vLLM, LiteLLM and the compatible servers; what follows from a row is not decided here.
 */
import type { FinalFailure, TransportFailure } from '../../records/attempt-record.ts';
import type { Fault } from '../../records/outcomes.ts';

/** An error as it was on the wire, whatever SDK threw it. */
export interface WireError {
  status?: number;
  code?: string;
  type?: string;
  message: string;
  headers?: Headers | undefined;
}

export interface Classified {
  failure: TransportFailure | FinalFailure;
  /** A cause of `outcomes`. */
  why: string;
  /** Only where the table leaves it open. */
  fault?: Fault;
}

const is = (failure: Classified['failure'], why: string, fault?: Fault): Classified => ({
  failure,
  why,
  ...(fault && { fault }),
});

/** Longest wait that a provider may ask for; after it the limit is one per hour or day. */
const longestWaitMs = 300_000;

/** A limit that is no matter of minutes. */
const perDay = /per[ -]?(?:day|hour|week|month)|daily|weekly|monthly|hourly|PerDay|\bRPD\b|\bTPD\b/i;

/** Codes and sentences that say more than the status does, whatever the status is; the first match wins. */
const telling: readonly (readonly [RegExp, Classified])[] = [
  [
    /insufficient_quota|credit_balance_exhausted|spend_limit_exceeded|billing_hard_limit|credit balance is too low|insufficient (?:credits|balance|funds)|exceeded your current quota|out of credits|payment required/i,
    is('quota', 'quota'),
  ],
  [
    /request too large|(?:tokens|request) .{0,40}limit:? ?\d+,? requested:? ?\d+/i,
    is('too-long', 'request-over-limit', 'setup'),
  ],
  [
    /context_length_exceeded|exceed_context_size|model_context_window_exceeded|ContextWindowExceeded|maximum context length|max_model_len|exceeds? the (?:available )?context|(?:longer|larger) than the (?:model'?s? )?context|context length|prompt is too long|input is too long|input length .{0,40}exceed|context (?:window|size) (?:of|is|exceeded)|the context is full|context size has been exceeded|too many (?:input )?tokens|exceeds the (?:maximum|limit).{0,30}tokens/i,
    is('too-long', 'context'),
  ],
  [
    /requires more system memory|out of memory|insufficient memory|runner has unexpectedly stopped|cudaMalloc failed|failed to allocate|CUDA error/i,
    is('out-of-memory', 'memory'),
  ],
  [
    /invalid_api_key|incorrect api key|api key not valid|invalid api key|authentication_error|\bunauthorized\b|no_db_connection|no connected db|missing api key|no api key/i,
    is('auth', 'key'),
  ],
  [/permission_denied|does not have (?:access|permission)|not allowed to (?:access|sample)/i, is('auth', 'permission')],
  [
    /model_not_found|model ['"`]?[^'"`]{0,200}['"`]? (?:was )?not found|model ['"`]?[^'"`]{0,200}['"`]? does not exist|try pulling it first|model_not_exist|no such model|not a valid model id|Invalid model name|DeploymentNotFound|unknown model/i,
    is('model-missing', 'model'),
  ],
  [/Loading model|model is (?:currently )?loading|is starting up/i, is('overload', 'loading')],
];

/** What a refused request was refused for. */
const refusals: readonly (readonly [RegExp, Classified])[] = [
  [
    /system role|(?:roles?|conversation)\b.{0,60}(?:alternat|not supported|unsupported|unexpected|must be|only)|(?:unsupported|invalid|unknown|unexpected) (?:message )?role|role ['"`]?\w{1,20}['"`]? (?:is )?(?:not|un)|only user and assistant|must alternate/i,
    is('bad-request', 'role', 'setup'),
  ],
  [/--enable-auto-tool-choice|--tool-call-parser/, is('bad-request', 'feature', 'setup')],
  [
    /(?:does not|doesn't|do not|cannot|not) support(?:ed)?(?: input| the)?:? ?(?:for )?(?:tools?|tool use|tool calling|function|thinking|reasoning|images?|vision|audio|chat|generate|multimodal)|(?:tools?|tool use|tool calling|function calling|images?|image input|vision|audio|thinking) (?:is|are|input is)? ?not (?:supported|available|enabled)|not a (?:multimodal|vision|chat) model|can only concatenate str|support tool use|support image input|UnsupportedParams|invalid schema|Grammar error|failed to parse grammar|invalid (?:json )?schema/i,
    is('bad-request', 'feature', 'model'),
  ],
];

const byStatus: Record<number, Classified> = {
  401: is('auth', 'key'),
  402: is('quota', 'quota'),
  403: is('auth', 'permission'),
  404: is('model-missing', 'base-url'),
  405: is('model-missing', 'base-url'),
  408: is('timeout', 'server-timeout'),
  409: is('server', 'server'),
  410: is('model-missing', 'model'),
  413: is('too-long', 'payload', 'setup'),
  429: is('rate-limit', 'rate-minute'),
  499: is('cut', 'cut'),
  502: is('server', 'server'),
  503: is('overload', 'overloaded'),
  504: is('timeout', 'server-timeout'),
  529: is('overload', 'overloaded'),
};

/** `waitMs`: what the reply asks to wait. */
export function classify(wire: WireError, waitMs?: number): Classified {
  const { status } = wire;
  const words = [wire.code, wire.type, wire.message].filter(Boolean).join(' ');
  // A time-out or a web page of a gateway is about the way, whatever its words mention.
  if (status === 408 || status === 504 || status === 402) return byStatus[status] as Classified;
  const limited = status === 429 || (status === undefined && /rate_limit|too many requests|rate limit/i.test(words));
  if (status === 401) return is('auth', 'key');
  const told = telling.find(([pattern]) => pattern.test(words))?.[1];
  if (told && !(told.why === 'context' && limited)) return told;
  if (limited || /rate_limit|too many requests|RateLimitError/i.test(words)) return limit(words, waitMs);
  if (/overloaded|server busy|at capacity|ServiceUnavailable/i.test(words)) return is('overload', 'overloaded');
  const refused = refusals.find(([pattern]) => pattern.test(words))?.[1];
  if (refused && (status === undefined || status < 500 || status === 500)) return refused;
  if (status === undefined) return is('server', 'server');
  if (status >= 300 && status < 400) return is('model-missing', 'base-url');
  return byStatus[status] ?? (status >= 500 ? is('server', 'server') : is('bad-request', 'unknown', 'setup'));
}

const limit = (words: string, waitMs: number | undefined): Classified =>
  (waitMs ?? 0) > longestWaitMs || (perDay.test(words) && !/per[ -]?minute/i.test(words))
    ? is('quota', 'rate-window')
    : is('rate-limit', 'rate-minute');

/** What a connection that failed before any reply is, by the system's code. */
export function classifyConnection(code: string | undefined, message: string): Classified {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return is('network', 'dns');
  if (code === 'ECONNREFUSED') return is('network', 'refused-connection');
  if (isTls(code, message)) return is('network', 'tls', 'setup');
  return is('network', 'dropped');
}

const tlsCodes =
  /^(?:CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO$|HOSTNAME_MISMATCH|ERR_TLS_CERT_ALTNAME_INVALID)/;

const isTls = (code: string | undefined, message: string): boolean =>
  (code !== undefined && tlsCodes.test(code)) || /certificate|self[- ]signed|SSL routines/i.test(message);
