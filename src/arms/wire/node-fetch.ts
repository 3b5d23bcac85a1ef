/**
 * `fetch` over node:http, for both SDKs. Node's own gives up after 300 s without headers or between two chunks,
 * whatever time limit the SDK has (ollama/ollama-js#72, vercel/ai#4224); a local model that loads for longer is
 * then lost. This one has no time limit at all: watchdog.ts has. It follows no redirects and decompresses nothing.
 */
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';

export type Fetch = typeof globalThis.fetch;

/** Many servers close idle connections after 5 s; ours go first, so that no request meets a closing one. */
const idleConnectionMs = 4_000;

const agents = {
  'http:': new http.Agent({ keepAlive: true, timeout: idleConnectionMs }),
  'https:': new https.Agent({ keepAlive: true, timeout: idleConnectionMs }),
};

const bodiless = [101, 204, 205, 304];

interface Outgoing {
  url: URL;
  method: string;
  headers: Headers;
  body: Uint8Array | string | undefined;
  signal: AbortSignal | undefined;
}

/** Sees every piece of a successful body; `undefined` is its end. May change it, or throw to fail the body. */
export type BodyFilter = (piece: Uint8Array | undefined) => Uint8Array | undefined;

export const nodeFetch: Fetch = (input, init) => fetchFiltered(input, init);

export async function fetchFiltered(
  input: Parameters<Fetch>[0],
  init?: RequestInit,
  filter?: BodyFilter,
): Promise<Response> {
  const outgoing = await outgoingOf(input, init);
  outgoing.signal?.throwIfAborted();
  const message = await send(outgoing, true);
  const headers = new Headers();
  for (let index = 0; index < message.rawHeaders.length; index += 2) {
    headers.append(message.rawHeaders[index] ?? '', message.rawHeaders[index + 1] ?? '');
  }
  const status = message.statusCode ?? 0;
  const empty = bodiless.includes(status);
  if (empty) message.resume();
  const body = empty ? null : streamOf(message, status < 300 ? filter : undefined);
  const response = new Response(body, { status, statusText: message.statusMessage ?? '', headers });
  Object.defineProperty(response, 'url', { value: outgoing.url.href });
  return response;
}

async function outgoingOf(input: Parameters<Fetch>[0], init: RequestInit = {}): Promise<Outgoing> {
  const request = input instanceof Request ? input : undefined;
  const url = new URL(request?.url ?? String(input));
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new TypeError(`unsupported protocol ${url.protocol}`);
  const headers = new Headers(init.headers ?? request?.headers);
  if (!headers.has('accept-encoding')) headers.set('accept-encoding', 'identity');
  const given = init.body ?? request?.body;
  const plain = typeof given === 'string' || given instanceof Uint8Array || given == null;
  const body = plain ? (given ?? undefined) : new Uint8Array(await new Response(given).arrayBuffer());
  return {
    url,
    method: init.method ?? request?.method ?? 'GET',
    headers,
    body,
    signal: init.signal ?? request?.signal ?? undefined,
  };
}

/** A connection that the server had already closed fails at once; later, the server had begun to work. */
const staleWithinMs = 2_000;

/** A kept-alive connection may have been closed by the server just now: then ask on a new one, once. */
async function send(outgoing: Outgoing, mayRepeat: boolean): Promise<IncomingMessage> {
  const { url, method, headers, body, signal } = outgoing;
  const secure = url.protocol === 'https:';
  const options = {
    method,
    headers: {
      ...Object.fromEntries(headers),
      ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
    },
    agent: mayRepeat ? agents[secure ? 'https:' : 'http:'] : false,
    ...(signal && { signal }),
  };
  const start = performance.now();
  const request = (secure ? https : http).request(url, options);
  try {
    return await new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve);
      // Stays on: an error after the response also reaches the response's own stream.
      request.on('error', reject);
      request.end(body);
    });
  } catch (error) {
    const reset = request.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET';
    const stale = reset && performance.now() - start < staleWithinMs;
    if (stale && mayRepeat && !signal?.aborted) return send(outgoing, false);
    throw error;
  }
}

function streamOf(message: IncomingMessage, filter: BodyFilter = (piece) => piece): ReadableStream<Uint8Array> {
  let open = true;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const fail = (error: unknown) => {
        if (open) controller.error(error);
        open = false;
        message.destroy();
      };
      const pass = (piece: Uint8Array | undefined) => {
        const passed = filter(piece);
        if (passed?.length) controller.enqueue(passed);
      };
      message.on('data', (piece: Uint8Array) => {
        if (!open) return;
        try {
          pass(piece);
          if ((controller.desiredSize ?? 1) <= 0) message.pause();
        } catch (error) {
          fail(error);
        }
      });
      message.once('end', () => {
        if (!open) return;
        try {
          pass(undefined);
          open = false;
          controller.close();
        } catch (error) {
          fail(error);
        }
      });
      message.on('error', fail);
      message.once('close', () => fail(Object.assign(new Error('closed early'), { code: 'ECONNRESET' })));
    },
    pull() {
      message.resume();
    },
    cancel() {
      open = false;
      message.destroy();
    },
  });
}
