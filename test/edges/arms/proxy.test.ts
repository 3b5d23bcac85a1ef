/** A real proxy on this machine, a server behind it, and a host name that nobody can look up. */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { createArm } from '../../../src/arms/registry.ts';
import { configOf, failureOf, requestOf } from '../../helpers/arm-request.ts';
import { reply, startModelServer } from '../../helpers/model-server.ts';

const never = new AbortController().signal;
const servers: Server[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) server.close();
});

async function listening(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://me:secret@127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function goThrough(proxy: string): void {
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy']) vi.stubEnv(name, proxy);
  for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '');
}

const armAt = (baseURL: string) =>
  createArm(configOf('openai', 'm', { baseURL, apiKeyEnv: 'CASE_KEY' }), { CASE_KEY: 'sk-case-0123456789' });

it('sends the whole URL to the proxy for http, with its login', async () => {
  await using model = await startModelServer(reply('Through.'));
  const seen: { url: string | undefined; login: string | undefined }[] = [];
  const proxy = createServer((request, response) => {
    seen.push({ url: request.url, login: request.headers['proxy-authorization'] });
    const { pathname } = new URL(request.url ?? '');
    const body: Buffer[] = [];
    request.on('data', (piece: Buffer) => body.push(piece));
    request.on('end', async () => {
      const answer = await fetch(`${model.url}${pathname}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: Buffer.concat(body),
      });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      response.end(await answer.text());
    });
  });
  goThrough(await listening(proxy));
  const { text } = await armAt('http://llm.corp.invalid/v1').call(requestOf(), { signal: never });
  expect(text).toBe('Through.');
  expect(seen).toEqual([{ url: 'http://llm.corp.invalid/v1/chat/completions', login: `Basic ${btoa('me:secret')}` }]);
});

it('says which proxy refused the tunnel, and never its password', async () => {
  const proxy = createServer();
  proxy.on('connect', (_request, socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
  const url = await listening(proxy);
  goThrough(url);
  const error = await failureOf(armAt('https://llm.corp.invalid/v1').call(requestOf(), { signal: never }));
  expect(error).toMatchObject({ failure: 'network', why: 'proxy', fault: 'setup' });
  expect(error.message).toMatch(/proxy 127\.0\.0\.1:\d+ that https_proxy names .*407/);
  expect(error.message).not.toContain('secret');
  // It would want a login the next time, too.
  expect(error.once).toBe(true);
});

it('says which proxy could not reach the server, and may be asked again', async () => {
  const proxy = createServer();
  proxy.on('connect', (_request, socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  goThrough(await listening(proxy));
  const error = await failureOf(armAt('https://llm.corp.invalid/v1').call(requestOf(), { signal: never }));
  expect(error).toMatchObject({ failure: 'network', why: 'proxy', fault: 'setup', once: false });
  expect(error.message).toMatch(/proxy 127\.0\.0\.1:\d+ that https_proxy names .*502/);
  expect(error.hint).toBe('check that variable, or name this host in NO_PROXY');
});

it('says which proxy is not there', async () => {
  goThrough('http://127.0.0.1:9');
  const error = await failureOf(armAt('https://llm.corp.invalid/v1').call(requestOf(), { signal: never }));
  expect(error).toMatchObject({ failure: 'network', why: 'proxy', fault: 'setup' });
  expect(error.message).toContain('127.0.0.1:9');
});

it('opens a tunnel for https', async () => {
  const asked: (string | undefined)[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.url);
    // A tunnel to a port where nothing speaks TLS: what matters is that the tunnel was asked for.
    const inner = connect((proxy.address() as AddressInfo).port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      inner.pipe(socket);
      socket.pipe(inner);
    });
    inner.on('error', () => socket.destroy());
    socket.on('error', () => inner.destroy());
  });
  goThrough(await listening(proxy));
  await failureOf(armAt('https://llm.corp.invalid/v1').call(requestOf(), { signal: never }));
  expect(asked).toEqual(['llm.corp.invalid:443']);
});
