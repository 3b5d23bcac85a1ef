/**
 * A fetch for SDKs that trust their servers too much. Every error reply becomes one StatusError that keeps status,
 * headers and whatever the body said (openai loses text without an `error` key).
 */
import { isObject } from '../../records/plain-json.ts';
import { waitField } from './asked-wait.ts';
import type { Fetch } from './node-fetch.ts';
import { plainWords } from './plain-words.ts';

export class StatusError extends Error {
  readonly status: number;
  readonly headers: Headers;
  /** The `error` object of the body, or the body. */
  readonly body: Record<string, unknown>;
  /** Bytes of the request's body. */
  readonly sentBytes: number;

  constructor(response: Response, message: string, body: Record<string, unknown>, sentBytes = 0) {
    super(message);
    this.name = 'StatusError';
    this.status = response.status;
    this.headers = response.headers;
    this.body = body;
    this.sentBytes = sentBytes;
  }
}

type ErrorClass<T extends Error> = abstract new (...rest: never[]) => T;

/** First error of a class on the cause chain: SDKs wrap what their fetch throws. */
export function errorIn<T extends Error>(error: unknown, kind: ErrorClass<T>): T | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth += 1) {
    if (at instanceof kind) return at;
  }
  return undefined;
}

/**
 * What our fetch threw, kept beside the SDK: the openai package takes any error with "timed out" in it for a time-out
 * of its own, and drops status and body.
 */
export interface Beside {
  thrown?: unknown;
}

type WithBeside = RequestInit & { beside?: Beside };

let sender: Promise<typeof import('./node-fetch.ts')> | undefined;

/** Node's HTTP takes longest of all to load, and a run of recorded answers asks nobody. */
const loadSender = (): Promise<typeof import('./node-fetch.ts')> => {
  sender ??= import('./node-fetch.ts');
  return sender;
};

/** A fetch whose error replies are StatusErrors. `signal`: for SDKs that pass none of ours. */
export function guardedFetch(more: { signal?: AbortSignal } = {}): Fetch {
  return async (input, init) => {
    const { beside, ...rest }: WithBeside = init ?? {};
    const signal = more.signal ?? rest.signal;
    try {
      const { nodeFetch } = await loadSender();
      const response = await nodeFetch(input, { ...rest, ...(signal && { signal }) });
      if (!response.ok) throw await statusError(response, bytesOf(rest.body));
      return response;
    } catch (error) {
      if (beside) beside.thrown = error;
      throw error;
    }
  };
}

/** As the SDKs want it: what a fetch takes, but for what is the SDK's own to set. */
type FetchOptions = Partial<Record<'body' | 'headers' | 'method' | 'signal', never>>;

/** Asks through an SDK; throws what our fetch threw, not what the SDK made of it. */
export async function besideSdk<T>(ask: (options: { fetchOptions: FetchOptions }) => PromiseLike<T>): Promise<T> {
  const beside: Beside = {};
  try {
    return await ask({ fetchOptions: { beside } as FetchOptions });
  } catch (error) {
    throw beside.thrown ?? error;
  }
}

const bytesOf = (body: RequestInit['body']): number =>
  typeof body === 'string' ? Buffer.byteLength(body) : body instanceof Uint8Array ? body.byteLength : 0;

async function statusError(response: Response, sentBytes: number): Promise<StatusError> {
  const text = await response.text().catch(() => '');
  const parsed = parse(text);
  const error = errorInside(parsed);
  const location = response.headers.get('location');
  const said = messageIn(error) ?? (plainWords(text) || response.statusText || `status ${response.status}`);
  const message = location ? `redirects to ${location}` : said.slice(0, 1000);
  return new StatusError(response, message, isObject(error) ? error : {}, sentBytes);
}

/** Gemini wraps the object in a list; proxies wrap a server's body in their own sentence. */
function errorInside(parsed: unknown): unknown {
  const one = Array.isArray(parsed) && isObject(parsed[0]) ? parsed[0] : parsed;
  if (!isObject(one)) return one;
  // Cloudflare lists its errors.
  const listed = Array.isArray(one.errors) && isObject(one.errors[0]) ? one.errors[0] : one;
  if (typeof one.error === 'string' && one.error !== '') return { ...one, message: withReason(one.error, one.message) };
  if (!isObject(one.error)) return listed;
  const waits = Object.entries(one).filter(
    ([key, value]) => waitField.test(key) || (isObject(value) && key === 'parameters'),
  );
  return { ...Object.fromEntries(waits), ...one.error };
}

/** `{"error": "Bad Request", "message": …}`: the name of a status says less than the sentence beside it. */
function withReason(error: string, beside: unknown): string {
  const sentence = Array.isArray(beside) ? beside.join('; ') : beside;
  if (typeof sentence !== 'string' || sentence === '' || sentence === error) return error;
  return statusName.test(error) ? sentence : `${error}: ${sentence}`;
}

const statusName =
  /^(?:bad request|unauthori[sz]ed|payment required|forbidden|not found|method not allowed|(?:content|payload|request entity) too large|unprocessable (?:entity|content)|too many requests|internal server error|bad gateway|service unavailable|gateway time-?out)$/i;

/** How a body's own field for its sentence is named where it is none of the usual ones. */
const sentenceField = /(?:message|msg|text|reason|description|title|fault)$/i;

/** The sentence in the error bodies of the wild: a string, `{message}`, FastAPI's `{detail}`, `{fault_text}`. */
export function messageIn(error: unknown): string | undefined {
  if (typeof error === 'string') return error || undefined;
  if (!isObject(error)) return undefined;
  if (typeof error.message === 'string') return error.message;
  const rest = error.detail ?? error.error ?? error.message;
  if (rest === undefined) {
    const [, own] =
      Object.entries(error).find(([key, value]) => typeof value === 'string' && sentenceField.test(key)) ?? [];
    return typeof own === 'string' && own.trim() !== '' ? own : JSON.stringify(error);
  }
  return typeof rest === 'string' ? rest : JSON.stringify(rest);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
