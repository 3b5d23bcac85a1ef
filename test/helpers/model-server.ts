/**
 * One loopback server that speaks OpenAI chat completions, Anthropic messages and Ollama's native API.
 *
 *   await using server = await startModelServer(reply('hello'));              // same step for every generation
 *   await using server = await startModelServer([status(429), reply('ok')]);  // one after the other, the last repeats
 *   await using server = await startModelServer((call) => reply(call.lastUserText.toUpperCase()));
 *
 *   env: server.env             // OPENAI_BASE_URL, OPENAI_API_KEY, OLLAMA_HOST, ANTHROPIC_BASE_URL, ANTHROPIC_API_KEY
 *   server.calls                // generations seen, in order: path, headers, body, raw bytes, when (warm-ups left out)
 *   server.requests             // everything seen, metadata and warm-ups too
 *   server.script = reply('…')  // swap at any time
 *   server.ollama.models        // what /api/tags, /api/show and /api/ps know; see `ollamaModel()`
 *
 * Steps: reply(text, {finish, usage, model, toolCalls, reasoning, refusal, chunks, delayMs, spreadMs, …}) · slow(text, ms)
 * delay(ms, step) · status(code, {retryAfter, body, headers}) · cutAfter({chunks | bytes, how}) · hang({afterChunks})
 * · garbage(kind). Metadata (/v1/models, /api/tags, …) is answered at once and is never scripted.
 *
 * As a process: `tsx test/helpers/model-server.ts --latency 200 --chunks 20 --text "…"` prints its URL, serves until
 * its stdin ends or it is killed; GET /__stats says how many generations it has seen.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { frames, type Protocol, type WireCall } from './model-wire.ts';
import { metadata, type OllamaState, ollamaState } from './ollama-metadata.ts';

export { ollamaModel } from './ollama-metadata.ts';

export interface RecordedRequest {
  /** From 0, over all requests. */
  index: number;
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into arbitrary bodies
  body: any;
  raw: Buffer;
  /** Date.now() when the whole request had arrived. */
  at: number;
}

export interface ScriptedCall extends RecordedRequest {
  protocol: Protocol;
  stream: boolean;
  model: string;
  /** Text of the last user message. */
  lastUserText: string;
  /** From 0, over generations only. */
  nth: number;
}

export interface ReplyOptions {
  finish?: string;
  /** Tokens in and out; `null` leaves usage out. Default: words. */
  usage?: { in?: number; out?: number; cached?: number; reasoning?: number } | null;
  model?: string;
  /** `arguments` is JSON text; for Ollama and Anthropic it is parsed. */
  toolCalls?: { id?: string; name: string; arguments: string }[];
  reasoning?: string;
  /** OpenAI only: which field carries the reasoning. */
  reasoningField?: 'reasoning_content' | 'reasoning';
  refusal?: string;
  fingerprint?: string;
  /** Pieces the text is sent in. Default: one per word, at most 8. */
  chunks?: number;
  /** Before the first byte. */
  delayMs?: number;
  /** The pieces are spread over so many ms. */
  spreadMs?: number;
  /** Ollama only, ns in the final object. */
  loadMs?: number;
  /** Extra fields of the final object or chunk. */
  extra?: Record<string, unknown>;
  /** Leave the finish reason (and Ollama's `done`) out: the stream just ends. */
  noFinish?: boolean;
}

export type GarbageKind =
  | 'html'
  | 'error-200'
  | 'no-choices'
  | 'bad-json'
  | 'error-in-stream'
  | 'error-event'
  | 'empty'
  | 'json-not-stream';

export type Step =
  | ({ kind: 'reply'; text: string } & ReplyOptions)
  | { kind: 'delay'; ms: number; next: Step }
  | { kind: 'status'; code: number; retryAfter?: number | string; body?: unknown; headers?: Record<string, string> }
  | { kind: 'drop' }
  | { kind: 'cut'; text: string; chunks?: number; bytes?: number; how: 'destroy' | 'end' }
  | { kind: 'hang'; text: string; afterChunks?: number }
  | { kind: 'garbage'; garbage: GarbageKind; text: string };

export type Script = Step | Step[] | ((call: ScriptedCall) => Step | Promise<Step>);

export const reply = (text: string, options: ReplyOptions = {}): Step => ({ kind: 'reply', text, ...options });
/** A body that takes `ms` from first to last byte. */
export const slow = (text: string, ms: number, chunks = 10): Step => reply(text, { chunks, spreadMs: ms });
export const delay = (ms: number, step: Step): Step => ({ kind: 'delay', ms, next: step });
export const status = (
  code: number,
  options: { retryAfter?: number | string; body?: unknown; headers?: Record<string, string> } = {},
): Step => ({ kind: 'status', code, ...options });
/** Drops the connection before any reply. */
export const dropped: Step = { kind: 'drop' };

/** Drops the connection (`destroy`) or ends the body politely without a finish (`end`) after so many chunks or bytes. */
export const cutAfter = (at: { chunks?: number; bytes?: number; how?: 'destroy' | 'end'; text?: string }): Step => ({
  kind: 'cut',
  text: 'one two three four five six',
  how: 'destroy',
  ...at,
});
/** Never answers; with `afterChunks` it sends headers and so many pieces first, then stalls. */
export const hang = (options: { afterChunks?: number; text?: string } = {}): Step => ({
  kind: 'hang',
  text: 'one two three four',
  ...options,
});
export const garbage = (kind: GarbageKind, text = 'hello there'): Step => ({ kind: 'garbage', garbage: kind, text });

export interface ModelServer extends AsyncDisposable {
  /** http://127.0.0.1:PORT */
  url: string;
  env: Record<string, string>;
  requests: RecordedRequest[];
  calls: ScriptedCall[];
  script: Script;
  ollama: OllamaState;
  /** Generations being answered right now, and the most at any time. */
  inFlight: number;
  peak: number;
  close(): Promise<void>;
}

const protocols: Record<string, Protocol> = {
  '/v1/chat/completions': 'openai',
  '/chat/completions': 'openai',
  '/v1/messages': 'anthropic',
  '/api/chat': 'ollama',
};

export async function startModelServer(script: Script = reply('ok'), port = 0): Promise<ModelServer> {
  const http = createServer((request, response) => void serve(server, request, response));
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const server: ModelServer = {
    url,
    env: {
      OPENAI_BASE_URL: `${url}/v1`,
      OPENAI_API_KEY: 'sk-test-key-of-the-loopback-server',
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: 'sk-ant-test-key-of-the-loopback-server',
      OLLAMA_HOST: url,
    },
    requests: [],
    calls: [],
    script,
    ollama: ollamaState(),
    inFlight: 0,
    peak: 0,
    close: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
  return server;
}

async function serve(server: ModelServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.on('error', () => {});
  const raw = await readAll(request);
  if (!raw) return;
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const recorded: RecordedRequest = {
    index: server.requests.length,
    method: request.method ?? 'GET',
    path,
    headers: request.headers,
    body: parseBody(raw),
    raw,
    at: Date.now(),
  };
  if (path === '/__stats') return sendJson(response, 200, { calls: server.calls.length, peak: server.peak });
  server.requests.push(recorded);
  const protocol = protocols[path];
  if (!protocol || request.method !== 'POST') return metadata(server, recorded, response);
  if (protocol === 'ollama') {
    const known = server.ollama.prepare(recorded.body);
    if (known) return sendJson(response, known.status, known.body);
  }
  const messages: { role?: string; content?: unknown }[] = recorded.body?.messages ?? [];
  const call: ScriptedCall = {
    ...recorded,
    protocol,
    stream: protocol === 'ollama' ? recorded.body?.stream !== false : recorded.body?.stream === true,
    model: String(recorded.body?.model ?? ''),
    lastUserText: textOf(messages.findLast((message) => message.role === 'user')?.content),
    nth: server.calls.length,
  };
  server.calls.push(call);
  server.inFlight += 1;
  server.peak = Math.max(server.peak, server.inFlight);
  response.once('close', () => {
    server.inFlight -= 1;
  });
  await perform(await nextStep(server.script, call), call, response);
}

const nextStep = async (script: Script, call: ScriptedCall): Promise<Step> => {
  if (typeof script === 'function') return script(call);
  if (!Array.isArray(script)) return script;
  return script[Math.min(call.nth, script.length - 1)] ?? reply('ok');
};

async function perform(step: Step, call: ScriptedCall, response: ServerResponse): Promise<void> {
  switch (step.kind) {
    case 'delay':
      await wait(step.ms);
      return perform(step.next, call, response);
    case 'status':
      return sendStatus(step, call, response);
    case 'reply':
      return sendReply(step, call, response);
    case 'drop':
      response.destroy();
      return;
    case 'cut':
      return sendCut(step, call, response);
    case 'hang':
      if (step.afterChunks === undefined) return;
      return sendFirst(step.text, step.afterChunks, call, response);
    case 'garbage':
      return sendGarbage(step.garbage, step.text, call, response);
  }
}

const wire = (call: ScriptedCall, text: string, options: ReplyOptions = {}): WireCall => ({
  protocol: call.protocol,
  stream: call.stream,
  model: call.model,
  // No tokenizer has fewer tokens than a tenth of the characters.
  promptWords: Math.max(
    JSON.stringify(call.body?.messages ?? '').split(/\s+/).length,
    Math.floor(JSON.stringify(call.body?.messages ?? '').length / 10),
  ),
  includeUsage: call.body?.stream_options?.include_usage === true,
  text,
  options,
});

async function sendReply(
  step: Extract<Step, { kind: 'reply' }>,
  call: ScriptedCall,
  response: ServerResponse,
): Promise<void> {
  const { head, pieces, tail, type } = frames(wire(call, step.text, step));
  const start = performance.now();
  if (step.delayMs) await wait(step.delayMs);
  response.writeHead(200, { 'content-type': type, 'x-request-id': `req_${call.nth}` });
  if (head) response.write(head);
  // Deadlines from the start, so that late timers do not add up.
  for (const [index, piece] of pieces.entries()) {
    if (step.spreadMs) {
      const due = (step.delayMs ?? 0) + (step.spreadMs * (index + 1)) / pieces.length;
      await wait(start + due - performance.now());
    }
    if (response.destroyed) return;
    response.write(piece);
  }
  response.end(tail);
}

async function sendFirst(text: string, count: number, call: ScriptedCall, response: ServerResponse): Promise<void> {
  const { head, pieces, type } = frames(wire(call, text));
  response.writeHead(200, { 'content-type': type });
  response.write(head + pieces.slice(0, count).join(''));
}

async function sendCut(
  step: Extract<Step, { kind: 'cut' }>,
  call: ScriptedCall,
  response: ServerResponse,
): Promise<void> {
  const { head, pieces, tail, type } = frames(wire(call, step.text));
  const whole = Buffer.from(head + pieces.join('') + tail);
  const upTo = step.bytes ?? Buffer.byteLength(head + pieces.slice(0, step.chunks ?? 1).join(''));
  response.writeHead(200, { 'content-type': type });
  response.write(whole.subarray(0, upTo));
  await wait(10);
  if (step.how === 'end') response.end();
  else response.destroy();
}

function sendStatus(step: Extract<Step, { kind: 'status' }>, call: ScriptedCall, response: ServerResponse): void {
  if (step.retryAfter !== undefined) response.setHeader('retry-after', String(step.retryAfter));
  for (const [name, value] of Object.entries(step.headers ?? {})) response.setHeader(name, value);
  const message = `status ${step.code} as scripted`;
  const byProtocol = {
    openai: { error: { message, type: 'scripted', param: null, code: null } },
    anthropic: { type: 'error', error: { type: 'scripted', message } },
    ollama: { error: message },
  };
  const body = step.body ?? byProtocol[call.protocol];
  if (typeof body === 'string') response.writeHead(step.code, { 'content-type': 'text/plain' }).end(body);
  else sendJson(response, step.code, body);
}

function sendGarbage(kind: GarbageKind, text: string, call: ScriptedCall, response: ServerResponse): void {
  const { head, pieces, type } = frames(wire(call, text));
  const event = (name: string, data: string) =>
    call.protocol === 'ollama' ? `${data}\n` : `${name ? `event: ${name}\n` : ''}data: ${data}\n\n`;
  const failure = '{"error":{"message":"upstream failed","code":502}}';
  const ollamaFailure = '{"error":"an error was encountered while running the model"}';
  const bodies: Record<GarbageKind, [string, string]> = {
    html: ['text/html', '<!doctype html><html><body>Bad gateway</body></html>'],
    'error-200': ['application/json', call.protocol === 'ollama' ? ollamaFailure : failure],
    'no-choices': ['application/json', '{"id":"x","object":"chat.completion"}'],
    'bad-json': [type, head + pieces[0] + event('', '{"choices":[{"delta":')],
    'error-in-stream': [
      type,
      head +
        pieces[0] +
        (call.protocol === 'anthropic'
          ? event('error', '{"type":"error","error":{"type":"api_error","message":"upstream failed"}}')
          : event('', call.protocol === 'ollama' ? ollamaFailure : failure)),
    ],
    'error-event': [type, head + pieces[0] + event('error', '{"message":"the context is full","code":500}')],
    empty: [type, ''],
    'json-not-stream': ['application/json', frames({ ...wire(call, text), stream: false }).tail],
  };
  const [contentType, body] = bodies[kind];
  response.writeHead(200, { 'content-type': contentType }).end(body);
}

export function sendJson(response: ServerResponse, code: number, body: unknown): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const wait = (ms: number) => (ms > 0 ? new Promise<void>((resolve) => setTimeout(resolve, ms)) : undefined);

async function readAll(request: IncomingMessage): Promise<Buffer | undefined> {
  try {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    return Buffer.concat(parts);
  } catch {
    return undefined;
  }
}

function parseBody(raw: Buffer): unknown {
  try {
    return raw.length > 0 ? JSON.parse(raw.toString('utf8')) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (part as { text?: string }).text ?? '').join('');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      latency: { type: 'string', default: '0' },
      chunks: { type: 'string', default: '8' },
      text: { type: 'string', default: 'word '.repeat(20).trim() },
      port: { type: 'string', default: '0' },
    },
  });
  const latency = Number(values.latency);
  const chunks = Number(values.chunks);
  const first = latency / chunks;
  const server = await startModelServer(
    reply(values.text, { chunks, delayMs: first, spreadMs: latency - first }),
    Number(values.port),
  );
  console.log(server.url);
  process.stdin.on('end', () => void server.close()).resume();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
