/**
 * A loopback server that plays recorded replies: by path, one after the other, the last one again and again.
 *
 *   await using server = await startReplies({ '/v1/models': models, '/v1/chat/completions': [first, second] });
 *   server.requests   // path and body of everything that came, in order
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PlayedReply {
  status?: number;
  headers?: Record<string, string>;
  /** Sent as they are; `null` drops the connection there. */
  body: string | readonly (string | Uint8Array | null)[];
}

export interface PlayedRequest {
  path: string;
  headers: IncomingMessage['headers'];
  // biome-ignore lint/suspicious/noExplicitAny: tests look into arbitrary bodies
  body: any;
}

type Turn = PlayedReply | readonly PlayedReply[] | ((request: PlayedRequest, nth: number) => PlayedReply);

export interface RepliesServer extends AsyncDisposable {
  url: string;
  requests: PlayedRequest[];
  /** Requests for one path. */
  to(path: string): PlayedRequest[];
  /** Plays this there from now on. */
  play(path: string, turn: Turn): void;
}

export const json = (value: unknown, status = 200): PlayedReply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** Events of chat completions, `[DONE]` at the end. */
export const sse = (...chunks: object[]): PlayedReply => ({
  headers: { 'content-type': 'text/event-stream' },
  body: [...chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`), 'data: [DONE]\n\n'],
});

/** A text as a stream of chat completions, in pieces. */
export const said = (pieces: string | readonly string[], finish = 'stop', more: object = {}): PlayedReply => {
  const list = typeof pieces === 'string' ? [pieces] : pieces;
  const chunk = (delta: object, end: string | null = null) => ({
    model: 'm1',
    choices: [{ index: 0, delta, finish_reason: end }],
  });
  return sse(...list.map((content) => chunk({ content })), { ...chunk({}, finish), ...more });
};

export async function startReplies(turns: Record<string, Turn>): Promise<RepliesServer> {
  const requests: PlayedRequest[] = [];
  const http = createServer(async (incoming, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const path = new URL(incoming.url ?? '/', 'http://x').pathname;
    const text = Buffer.concat(pieces).toString();
    const request = { path, headers: incoming.headers, body: text === '' ? undefined : JSON.parse(text) };
    const nth = requests.filter((one) => one.path === path).length;
    requests.push(request);
    await play(turnAt(turns[path], request, nth), response);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    requests,
    play: (path, turn) => {
      turns[path] = turn;
    },
    to: (path) => requests.filter((one) => one.path === path),
    [Symbol.asyncDispose]: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function turnAt(turn: Turn | undefined, request: PlayedRequest, nth: number): PlayedReply {
  if (turn === undefined) return json({ error: { message: 'not found' } }, 404);
  if (typeof turn === 'function') return turn(request, nth);
  const list: readonly PlayedReply[] = Array.isArray(turn) ? turn : [turn as PlayedReply];
  return list[Math.min(nth, list.length - 1)] as PlayedReply;
}

async function play({ status = 200, headers = {}, body }: PlayedReply, response: ServerResponse): Promise<void> {
  response.writeHead(status, headers);
  for (const piece of typeof body === 'string' ? [body] : body) {
    if (piece === null) return void response.destroy();
    // On the wire before the connection may be dropped.
    await new Promise((resolve) => response.write(piece, resolve));
  }
  response.end();
}
