/**
 * A fetch for SDKs that trust their servers too much. Every error reply becomes one StatusError that keeps status,
 * headers and whatever the body said (openai loses text without an `error` key, ollama-js prints it to stdout and
 * drops Retry-After); a page in place of an answer fails.
 */
import { isObject } from '../../records/plain-json.ts';
import { ArmError } from '../arm.ts';
import { type BodyFilter, type Fetch, fetchFiltered } from './node-fetch.ts';

export class StatusError extends Error {
  readonly status: number;
  readonly headers: Headers;
  /** The `error` object of the body, or the body. */
  readonly body: Record<string, unknown>;

  constructor(response: Response, message: string, body: Record<string, unknown>) {
    super(message);
    this.name = 'StatusError';
    this.status = response.status;
    this.headers = response.headers;
    this.body = body;
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

interface Guards {
  /** For SDKs that pass none of ours. */
  signal?: AbortSignal;
  /** Sees the body of a good reply. */
  filter?: () => BodyFilter;
  /** A JSON body where a stream was asked for becomes the one event of a stream. */
  jsonAsEvent?: boolean;
}

export function guardedFetch(more: Guards = {}): Fetch {
  return async (input, init) => {
    const signal = more.signal ?? init?.signal;
    const response = await fetchFiltered(input, { ...init, ...(signal && { signal }) }, more.filter?.());
    if (!response.ok) throw await statusError(response);
    const type = response.headers.get('content-type') ?? '';
    if (!/text\/html|text\/plain/.test(type))
      return more.jsonAsEvent && isUnstreamed(type, init) ? asEvent(response) : response;
    throw new ArmError('garbage', `answered with ${type.split(';')[0]} in place of JSON: ${await beginning(response)}`);
  };
}

/** Some servers ignore `stream: true`; the SDKs would then see an empty stream. */
const isUnstreamed = (type: string, init: RequestInit | undefined): boolean =>
  type.includes('application/json') && typeof init?.body === 'string' && /"stream":\s*true/.test(init.body);

async function asEvent(response: Response): Promise<Response> {
  const lines = (await response.text()).replace(/\r?\n/g, ' ');
  return new Response(`event: message\ndata: ${lines}\n\n`, { headers: { 'content-type': 'text/event-stream' } });
}

const plain = (text: string): string =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const beginning = async (response: Response): Promise<string> =>
  plain(await response.text()).slice(0, 120) || '(nothing)';

async function statusError(response: Response): Promise<StatusError> {
  const text = await response.text().catch(() => '');
  const parsed = parse(text);
  const error = isObject(parsed) && parsed.error ? parsed.error : parsed;
  const location = response.headers.get('location');
  const said = messageIn(error) ?? (plain(text) || response.statusText || `status ${response.status}`);
  const message = location ? `redirects to ${location}` : said.slice(0, 1000);
  return new StatusError(response, message, isObject(error) ? error : {});
}

/** The sentence in the error bodies of the wild: a string, `{message}`, FastAPI's `{detail}`. */
export function messageIn(error: unknown): string | undefined {
  if (typeof error === 'string') return error || undefined;
  if (!isObject(error)) return undefined;
  if (typeof error.message === 'string') return error.message;
  const rest = error.detail ?? error.error ?? error.message;
  if (rest === undefined) return JSON.stringify(error);
  return typeof rest === 'string' ? rest : JSON.stringify(rest);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
