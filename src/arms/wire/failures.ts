/** Every failure of a call as one ArmError: with its row of the table, a sentence without secrets, and a way out. */
import { causeCode } from '../../errors.ts';
import type { FinalFailure, TransportFailure } from '../../records/attempt-record.ts';
import { ArmError } from '../arm.ts';
import { classify, classifyConnection, type WireError } from './classify.ts';
import { redactSecrets, safeCause } from './secrets.ts';

export type { WireError } from './classify.ts';

type Failure = TransportFailure | FinalFailure;

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
export function httpFailure(wire: WireError, context: FailureContext, cause?: unknown): ArmError {
  const retryAfterMs = waitAsked(wire);
  const { failure, why, fault } = classify(wire, retryAfterMs);
  const text = short(redactSecrets(wire.message, context.keys));
  return new ArmError(failure, `${context.host}: ${wire.status ? `${wire.status} ` : ''}${text}`, {
    why,
    fault,
    status: wire.status,
    retryAfterMs,
    ...optionsOf(failure, why, context, cause),
  });
}

/** One ArmError from a connection that failed: never a status. `begun`: some of the reply had arrived. */
export function networkFailure(error: unknown, context: FailureContext, begun: boolean): ArmError {
  const code = causeCode(error);
  const text = error instanceof Error ? error.message : String(error);
  const what = code ?? short(redactSecrets(text, context.keys));
  if (code && networkTimeouts.includes(code)) {
    const options = { why: 'server-timeout', ...optionsOf('timeout', 'server-timeout', context, error) };
    return new ArmError('timeout', `${context.host}: no answer in time (${what})`, options);
  }
  if (begun) {
    const options = { why: 'cut', fault: 'network' as const, ...optionsOf('cut', 'cut', context, error) };
    return new ArmError('cut', `${context.host}: the reply broke off (${what})`, options);
  }
  const { failure, why, fault } = classifyConnection(code, text);
  const message = why === 'tls' ? tlsWords : (whatHappened[code ?? ''] ?? 'connection failed');
  return new ArmError(failure, `${context.host}: ${message} (${what})`, {
    why,
    fault,
    ...optionsOf(failure, why, context, error),
  });
}

const tlsWords = 'its certificate is not trusted here';

const whatHappened: Record<string, string> = {
  ECONNREFUSED: 'not reachable, nothing listens there',
  ENOTFOUND: 'not reachable, the host name is unknown',
  EAI_AGAIN: 'not reachable, the host name could not be looked up',
  ECONNRESET: 'the connection was dropped',
};

/** Ways out that are the same for every provider. */
const commonHints: Record<string, string> = {
  dns: 'check baseURL, or the network',
  tls: 'NODE_EXTRA_CA_CERTS=FILE names your own CA',
  payload: 'a proxy or gateway before the model takes no body of that size',
  'request-over-limit': 'raise the limit of this account, or leave the prompt out',
  role: 'the chat template takes no such role or order: serve it with another template, or leave these prompts out with --tasks',
};

const optionsOf = (failure: Failure, why: string, { hints, keys, partial }: FailureContext, cause: unknown) => {
  const hint = hints[why] ?? commonHints[why] ?? hints[failure];
  return { cause: safeCause(cause, keys), ...(hint && { hint }), ...(partial && { partial }) };
};

/** How long the reply asks to wait: its headers, Google's RetryInfo, or its sentence. */
function waitAsked({ headers, message }: WireError): number | undefined {
  const stated = headers && retryAfter(headers);
  if (stated !== undefined) return stated;
  const [, number, unit = 's'] =
    /(?:try again in|retry in|retryDelay"?:? ?"?|retry after) ?(\d+(?:\.\d+)?) ?(ms|s|m|h)?/i.exec(message) ?? [];
  if (number === undefined) return undefined;
  const perUnit = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[unit.toLowerCase()] ?? 1_000;
  return Number(number) * perUnit;
}

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
