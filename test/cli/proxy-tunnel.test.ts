/** The whole command through a proxy that this machine serves: an https tunnel to a server with a CA of its own. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { expect, it } from 'vitest';
import { exitCodes } from '../../src/errors.ts';
import { gapcheck } from '../helpers/cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const host = 'llm.corp.invalid';
const hasOpenssl = ((): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const answer = [
  { choices: [{ index: 0, delta: { content: 'Through the tunnel.' }, finish_reason: null }] },
  { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
];

it.skipIf(!hasOpenssl)(
  'goes through a tunnel for https, says so in the plan, and needs the CA that it is told',
  async () => {
    using dir = tempDir();
    const certificate = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${host}`];
    const files = ['-addext', `subjectAltName=DNS:${host}`, '-keyout', dir.at('key.pem'), '-out', dir.at('ca.pem')];
    execFileSync('openssl', ['req', ...certificate, ...files], { stdio: 'ignore' });
    const secure = { key: readFileSync(dir.at('key.pem')), cert: readFileSync(dir.at('ca.pem')) };
    const model = createSecure(secure, (request, response) => {
      if (request.url?.endsWith('/models')) return void response.end('{"data":[{"id":"m-1"}]}');
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(
        [...answer.map((chunk) => JSON.stringify(chunk)), '[DONE]'].map((data) => `data: ${data}\n\n`).join(''),
      );
    });
    const tunnels: (string | undefined)[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket) => {
      tunnels.push(request.url);
      const inner = connect((model.address() as AddressInfo).port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        inner.pipe(socket).pipe(inner);
      });
      for (const one of [inner, socket]) one.on('error', () => inner.destroy());
    });
    for (const server of [model, proxy]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const at = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    writeFileSync(dir.at('p.csv'), 'prompt,answer:closed\nOne?,a\nTwo?,b\n');
    const config = `prompts: p.csv\nclosed: column:closed\nopen: {spec: "openai:m-1", baseURL: "https://${host}/v1", apiKeyEnv: K}\n`;
    writeFileSync(dir.at('gapcheck.config.yaml'), config);
    const env = { K: 'sk-tunnel-0123456789', HTTPS_PROXY: `http://me:pass-word@${at}` };
    try {
      const args = ['run', '--no-score', '--yes', '--test-call'];
      const untrusted = await gapcheck(args, { cwd: dir.path, env });
      expect(untrusted.code).not.toBe(0);
      expect(untrusted.out + untrusted.err).toContain('NODE_EXTRA_CA_CERTS=FILE names your own CA');
      const done = await gapcheck(args, { cwd: dir.path, env: { ...env, NODE_EXTRA_CA_CERTS: dir.at('ca.pem') } });
      expect({ code: done.code, err: done.err }).toMatchObject({ code: exitCodes.done });
      expect(done.out).toContain(`through the proxy ${at}`);
      expect(new Set(tunnels)).toEqual(new Set([`${host}:443`]));
      expect(done.out + done.err + untrusted.out + untrusted.err).not.toMatch(/pass-word|sk-tunnel/);
    } finally {
      for (const server of [model, proxy]) {
        server.closeAllConnections();
        server.close();
      }
    }
  },
);
