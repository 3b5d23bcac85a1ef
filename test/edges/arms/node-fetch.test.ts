import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { nodeFetch } from '../../../src/arms/wire/node-fetch.ts';

async function serve(listener: RequestListener) {
  const http = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => http.once('listening', resolve));
  return {
    http,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

describe('fetch over node:http', () => {
  it('takes string, URL and Request; sends method, headers and body; gives every header back', async () => {
    await using server = await serve((request, response) => {
      response.setHeader('set-cookie', ['a=1', 'b=2']);
      request.pipe(
        response.setHeader('x-method', request.method ?? '').setHeader('x-auth', String(request.headers.authorization)),
      );
    });
    const init = { method: 'POST', body: 'héllo', headers: { authorization: 'k' } };
    const bytes = { ...init, body: new TextEncoder().encode('héllo') };
    for (const [input, more] of [
      [server.url, init],
      [new URL(server.url), bytes],
      [new Request(server.url, init), undefined],
    ] as const) {
      const response = await nodeFetch(input, more);
      expect([response.status, response.url]).toEqual([200, server.url]);
      expect([response.headers.get('x-method'), response.headers.get('x-auth')]).toEqual(['POST', 'k']);
      expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
      expect(await response.text()).toBe('héllo');
    }
  });

  it('streams: pieces arrive before the end', async () => {
    let end = (): void => {};
    await using server = await serve((_, response) => {
      response.write('one');
      end = () => void response.end('two');
    });
    const reader = (await nodeFetch(server.url)).body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('one');
    // The server ends only now: a reader that waits for the whole would still wait.
    end();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('two');
  });

  it('has no body for 204, and passes redirects through', async () => {
    await using server = await serve((request, response) => {
      if (request.url === '/') response.writeHead(204).end();
      else response.writeHead(302, { location: '/' }).end();
    });
    expect((await nodeFetch(server.url)).body).toBeNull();
    expect((await nodeFetch(`${server.url}x`)).status).toBe(302);
  });

  it('rejects when refused, aborted or cut', async () => {
    await using server = await serve((_, response) => {
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    });
    await expect((await nodeFetch(server.url)).text()).rejects.toThrow();
    await expect(nodeFetch(server.url, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    await expect(nodeFetch('http://127.0.0.1:9/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(nodeFetch('file:///etc/hosts')).rejects.toThrow(/unsupported protocol/);
  });

  it('waits for a silent server for longer than an idle connection is kept', async () => {
    await using server = await serve((_, response) => setTimeout(() => response.end('late'), 5_000));
    expect(await (await nodeFetch(server.url)).text()).toBe('late');
  });

  it('asks again on a fresh connection when a kept one turns out to be closed', async () => {
    const used = new Set<unknown>();
    await using server = await serve((request, response) => {
      if (used.has(request.socket)) return request.socket.resetAndDestroy();
      used.add(request.socket);
      response.end('ok');
    });
    for (let n = 0; n < 2; n += 1) expect(await (await nodeFetch(server.url)).text()).toBe('ok');
    expect(used.size).toBe(2);
  });
});
