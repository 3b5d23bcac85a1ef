/**
 * A fetch for SDKs that trust their servers too much. Error bodies become `{"error":{message}}` whatever they were
 * (ollama-js prints others to stdout, openai loses text without an `error` key); a page in place of an answer fails.
 */
import { ArmError } from './arm.ts';
import { type BodyFilter, type Fetch, fetchFiltered } from './node-fetch.ts';

export type ErrorShape = 'object' | 'string';

/** Thrown inside the SDK; openai wraps it, so look for it on the cause chain. */
export function armErrorIn(error: unknown): ArmError | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth += 1) {
    if (at instanceof ArmError) return at;
  }
  return undefined;
}

/** `shape`: what the SDK expects under `error`. `more`: a signal for SDKs that pass none, and a filter of the body. */
export function guardedFetch(shape: ErrorShape, more: { signal?: AbortSignal; filter?: () => BodyFilter } = {}): Fetch {
  return async (input, init) => {
    const signal = more.signal ?? init?.signal;
    const response = await fetchFiltered(input, { ...init, ...(signal && { signal }) }, more.filter?.());
    if (!response.ok) return asError(response, shape);
    const type = response.headers.get('content-type') ?? '';
    if (!/text\/html|text\/plain/.test(type)) return response;
    throw new ArmError('garbage', `answered with ${type.split(';')[0]} in place of JSON: ${await beginning(response)}`);
  };
}

const beginning = async (response: Response): Promise<string> => {
  const text = (await response.text())
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > 120 ? `${text.slice(0, 120)}…` : text || '(nothing)';
};

async function asError(response: Response, shape: ErrorShape): Promise<Response> {
  const text = await response.text().catch(() => '');
  const headers = new Headers(response.headers);
  headers.set('content-type', 'application/json');
  headers.delete('content-length');
  const body = JSON.stringify({ error: errorOf(text, response, shape) });
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}

function errorOf(text: string, response: Response, shape: ErrorShape): unknown {
  const parsed = parse(text);
  const error = isObject(parsed) && parsed.error ? parsed.error : parsed;
  if (shape === 'object' && isObject(error) && typeof error.message === 'string') return error;
  const location = response.headers.get('location');
  const said =
    messageIn(error) ??
    (text
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim() ||
      response.statusText);
  const message = location ? `redirects to ${location}` : said.slice(0, 1000);
  return shape === 'object' ? { message } : message;
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

export const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
