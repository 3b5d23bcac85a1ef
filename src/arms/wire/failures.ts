/**
 * What a provider's error means for the run: try again, stop this arm, or this prompt cannot be answered.
 * Messages and codes are those of OpenAI, Anthropic, Ollama, llama.cpp and the compatible servers.
 */
import { causeCode } from '../../errors.ts';
import type { FinalFailure, TransportFailure } from '../../records/attempt-record.ts';
import { ArmError } from '../arm.ts';
import { redactSecrets, safeCause } from './secrets.ts';

/** An error as it was on the wire, whatever SDK threw it. */
export interface WireError {
  status?: number;
  code?: string;
  type?: string;
  message: string;
  headers?: Headers | undefined;
}

type Failure = TransportFailure | FinalFailure;

/** Codes and sentences that say more than the status does; the first match wins. */
const telling: [RegExp, Failure][] = [
  [
    /insufficient_quota|credit_balance_exhausted|(organization|project)_spend_limit_exceeded|billing_hard_limit|credit balance is too low|insufficient credits|exceeded your current quota/i,
    'quota',
  ],
  [
    /context_length_exceeded|exceed_context_size|model_context_window_exceeded|maximum context length|exceeds? the available context|longer than the context length|prompt is too long|input is too long|context (length|window|size) (of|is|exceeded)|the context is full|context size has been exceeded|too many tokens/i,
    'too-long',
  ],
  [
    /requires more system memory|out of memory|insufficient memory|runner has unexpectedly stopped|cudaMalloc failed|failed to allocate/i,
    'out-of-memory',
  ],
  [
    /invalid_api_key|incorrect api key|api key not valid|authentication_error|\bunauthorized\b|permission_denied/i,
    'auth',
  ],
  [
    /model_not_found|model ['"`]?[^'"`]*['"`]? (was )?not found|try pulling it first|model_not_exist|no such model|not a valid model id/i,
    'model-missing',
  ],
  [/overloaded|server busy|Loading model|at capacity/i, 'overload'],
  [/rate_limit|too many requests|rate limit/i, 'rate-limit'],
  // llama.cpp answers 500 to what no retry can change.
  [
    /image input is not supported|failed to parse|json\.exception|does not support (tools|thinking|chat|generate|images)/i,
    'bad-request',
  ],
];

const byStatus: Record<number, Failure> = {
  400: 'bad-request',
  401: 'auth',
  402: 'quota',
  403: 'auth',
  404: 'model-missing',
  405: 'model-missing',
  408: 'timeout',
  409: 'server',
  410: 'model-missing',
  413: 'too-long',
  422: 'bad-request',
  429: 'rate-limit',
  499: 'cut',
  502: 'server',
  503: 'overload',
  504: 'timeout',
  529: 'overload',
};

/** A 5xx is about the server, even when its text mentions a rate; a 4xx is about what its code says. */
export function failureOf({ status, code, type, message }: WireError): Failure {
  if (status === 401 || status === 402) return byStatus[status] ?? 'auth';
  const words = [code, type, message].filter(Boolean).join(' ');
  const told = telling.find(([pattern]) => pattern.test(words))?.[1];
  if (told) return told;
  if (status === undefined) return 'server';
  const known = byStatus[status];
  if (known) return known;
  if (status >= 500) return 'server';
  return status >= 300 && status < 400 ? 'model-missing' : 'bad-request';
}

const networkTimeouts = ['ETIMEDOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT'];

/** What the arm's file knows: who was called, which keys must not be shown, what to advise. */
export interface FailureContext {
  host: string;
  keys: readonly (string | undefined)[];
  hints: Partial<Record<Failure, string>>;
  partial?: string;
}

const short = (text: string): string => (text.length > 400 ? `${text.slice(0, 400)}…` : text);

/** One ArmError from an error reply. */
export function httpFailure(wire: WireError, context: FailureContext, cause?: unknown): ArmError {
  const failure = failureOf(wire);
  const text = short(redactSecrets(wire.message, context.keys));
  const retryAfterMs = wire.headers && retryAfter(wire.headers);
  return new ArmError(failure, `${context.host}: ${wire.status ? `${wire.status} ` : ''}${text}`, {
    ...(wire.status !== undefined && { status: wire.status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...optionsOf(failure, context, cause),
  });
}

/** One ArmError from a connection that failed: never a status. `begun`: some of the reply had arrived. */
export function networkFailure(error: unknown, context: FailureContext, begun: boolean): ArmError {
  const code = causeCode(error);
  const what = code ?? (error instanceof Error ? short(redactSecrets(error.message, context.keys)) : String(error));
  if (code && networkTimeouts.includes(code)) {
    return new ArmError(
      'timeout',
      `${context.host}: no answer in time (${what})`,
      optionsOf('timeout', context, error),
    );
  }
  const failure = begun ? 'cut' : 'network';
  const message = begun
    ? `the reply broke off (${what})`
    : `${whatHappened[code ?? ''] ?? 'connection failed'} (${what})`;
  return new ArmError(failure, `${context.host}: ${message}`, optionsOf(failure, context, error));
}

const whatHappened: Record<string, string> = {
  ECONNREFUSED: 'not reachable, nothing listens there',
  ENOTFOUND: 'not reachable, the host name is unknown',
  EAI_AGAIN: 'not reachable, the host name could not be looked up',
  ECONNRESET: 'the connection was dropped',
};

const optionsOf = (failure: Failure, { hints, keys, partial }: FailureContext, cause: unknown) => {
  const hint = hints[failure];
  return { cause: safeCause(cause, keys), ...(hint && { hint }), ...(partial && { partial }) };
};

/** Milliseconds from Retry-After-Ms or Retry-After (seconds or a date); the caller caps it. */
export function retryAfter(headers: Headers, now = Date.now()): number | undefined {
  const ms = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(ms)) return Math.max(0, ms);
  const value = headers.get('retry-after');
  if (!value) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
