/**
 * `fetch` over node:http, for both SDKs. Node's own gives up after 300 s without headers or between two chunks,
 * whatever time limit the SDK has (ollama/ollama-js#72, vercel/ai#4224); a local model that loads for longer is
 * then lost. This one has no time limit at all: watchdog.ts has. It follows no redirects, asks for no compression, and
 * takes off what comes all the same.
 */
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { decompressed } from './decompress.ts';
import { type ProxyRoute, proxyAuthorization, proxyFor } from './proxy.ts';

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

export const nodeFetch: Fetch = async (input, init) => {
  const outgoing = await outgoingOf(input, init);
  outgoing.signal?.throwIfAborted();
  const message = await send(outgoing, true);
  const status = message.statusCode ?? 0;
  const empty = bodiless.includes(status);
  if (empty) message.resume();
  const encoding = message.headers['content-encoding'] ?? '';
  const plain = encoding === '' || encoding === 'identity';
  const bytes = empty || plain ? message : await decompressed(message, encoding);
  const body = empty ? null : streamOf(bytes);
  const headers = headersOf(message);
  const response = new Response(body, { status, statusText: message.statusMessage ?? '', headers });
  Object.defineProperty(response, 'url', { value: outgoing.url.href });
  return response;
};

/** All but the one that was acted on. */
function headersOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.toLowerCase() !== 'content-encoding') pairs.push([name, rawHeaders[index + 1] ?? '']);
  }
  return pairs;
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
  const route = proxyFor(url, process.env);
  if (route) return throughProxy(route, outgoing, options);
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

/** A tunnel for https; for http the proxy is sent the whole URL, since many refuse to tunnel it. */
async function throughProxy(
  route: ProxyRoute,
  { url, body }: Outgoing,
  options: http.RequestOptions,
): Promise<IncomingMessage> {
  const login = proxyAuthorization(route.url);
  const headers = { ...options.headers, ...(login !== undefined && { 'proxy-authorization': login }), host: url.host };
  const secure = url.protocol === 'https:';
  const request = secure
    ? https.request(url, { ...options, agent: await tunnel(route.url) })
    : (route.url.protocol === 'https:' ? https : http).request(route.url, {
        ...options,
        agent: false,
        headers,
        path: url.href,
      });
  return new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', (message) => {
      const refused = isProxyRefusal(message, secure);
      if (refused) message.resume();
      if (refused) reject(proxyError(route, `it answered ${message.statusCode}`));
      else resolve(message);
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      const isProxys = !secure || unreachable.includes(error.code ?? '') || /proxy/i.test(error.message);
      reject(isProxys ? proxyError(route, error.code ?? 'connection failed', error) : error);
    });
    request.end(body);
  });
}

const unreachable = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'];

/** What answers a CONNECT with an error is the proxy: the server behind it was never reached. */
const isProxyRefusal = (message: IncomingMessage, secure: boolean): boolean =>
  message.statusCode === 407 || (secure && !(message.socket instanceof TLSSocket));

function proxyError({ url, variable }: ProxyRoute, what: string, cause?: unknown): Error {
  const text = `the proxy ${url.host} that ${variable} names does not let it through: ${what}`;
  return Object.assign(new Error(text, { cause }), { code: 'EPROXY' });
}

const tunnels = new Map<string, Promise<http.Agent>>();

/** Loaded only where a variable asks for it. */
function tunnel({ href }: URL): Promise<http.Agent> {
  const found = tunnels.get(href);
  if (found) return found;
  const made = import('https-proxy-agent').then(
    ({ HttpsProxyAgent }) => new HttpsProxyAgent(href, { keepAlive: true, timeout: idleConnectionMs }),
  );
  tunnels.set(href, made);
  return made;
}

function streamOf(message: Readable): ReadableStream<Uint8Array> {
  let open = true;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const fail = (error: unknown) => {
        if (open) controller.error(error);
        open = false;
        message.destroy();
      };
      message.on('data', (piece: Uint8Array) => {
        if (!open) return;
        controller.enqueue(piece);
        if ((controller.desiredSize ?? 1) <= 0) message.pause();
      });
      message.once('end', () => {
        if (!open) return;
        open = false;
        controller.close();
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
