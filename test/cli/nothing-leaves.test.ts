/** What leaves the machine, and what does not: every connection of the program is written down by a preloaded script. */
/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: what a prompt may hold */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { voteOnPacket } from '../helpers/ci-run.ts';
import { gapcheck } from '../helpers/cli.ts';
import { reply, startModelServer } from '../helpers/model-server.ts';
import { tempDir } from '../helpers/temp-dir.ts';

/** Notes every address that a socket is opened to, and every name that is looked up. */
function watched(dir: { at(...parts: string[]): string }): { env: Record<string, string>; seen(): string[] } {
  const [script, log] = [dir.at('watch.cjs'), dir.at('connections')];
  writeFileSync(
    script,
    `const { appendFileSync } = require('node:fs');
const net = require('node:net');
const note = (what) => appendFileSync(${JSON.stringify(log)}, what + '\\n');
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const [first] = Array.isArray(args[0]) ? args[0] : args;
  note(typeof first === 'object' ? (first.path ?? first.host + ':' + first.port) : String(first));
  return connect.apply(this, args);
};
`,
  );
  const seen = () => (existsSync(log) ? [...new Set(readFileSync(log, 'utf8').trim().split('\n'))] : []);
  return { env: { NODE_OPTIONS: `--require ${script}` }, seen };
}

describe('nothing leaves the machine', () => {
  it('of answers that are in the file: from run to report, no connection is opened', async () => {
    using dir = tempDir();
    using outside = tempDir();
    const { env, seen } = watched(outside);
    writeFileSync(dir.at('a.csv'), 'prompt,answer:closed,answer:open\nHow are you?,Fine.,Well.\nWho are you?,Me.,I.\n');
    const spot = { cwd: dir.path, env };
    const commands = [
      ['run', 'a.csv', '--no-score', '--yes'],
      ['packet', '--rater', 'jo', '-o', 'jo.json'],
      ['merge', 'jo.votes.jsonl'],
      ['report', '-o', 'r.html'],
      ['status'],
      ['list'],
    ];
    for (const args of commands) {
      if (args[0] === 'merge') await voteOnPacket(dir.at('jo.json'), () => 'tie');
      expect(await gapcheck(args, spot)).toMatchObject({ code: 0 });
    }
    expect(seen()).toEqual([]);
  });

  it('of a run but to the servers that its plan names', async () => {
    using dir = tempDir();
    using outside = tempDir();
    await using server = await startModelServer(reply('Fine, thank you.'));
    const { env, seen } = watched(outside);
    writeFileSync(dir.at('a.csv'), 'prompt\nHow are you?\n');
    const args = ['run', 'a.csv', '--closed', 'openai:gpt-test', '--open', 'ollama:qwen3:8b', '--no-score', '--yes'];
    expect(await gapcheck(args, { cwd: dir.path, env: { ...server.env, ...env } })).toMatchObject({ code: 0 });
    expect(seen()).toEqual([new URL(server.url).host]);
  });
});

describe('a key', () => {
  it('follows no redirect to another server', async () => {
    using dir = tempDir();
    const met: string[] = [];
    const thief = createServer((request, response) => {
      met.push(JSON.stringify(request.headers));
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await new Promise((done) => thief.once('listening', done));
    const { port } = thief.address() as AddressInfo;
    const mover = createServer((request, response) => {
      request.resume();
      response.writeHead(307, { location: `http://127.0.0.1:${port}${request.url}` }).end();
    }).listen(0, '127.0.0.1');
    await new Promise((done) => mover.once('listening', done));
    const url = `http://127.0.0.1:${(mover.address() as AddressInfo).port}`;
    writeFileSync(dir.at('a.csv'), 'prompt,answer:old\nHow are you?,Fine.\n');
    const env = {
      OPENAI_BASE_URL: `${url}/v1`,
      OPENAI_API_KEY: 'sk-of-the-test',
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: 'sk-of-the-test',
    };
    for (const spec of ['openai:gpt-test', 'anthropic:claude-test']) {
      const args = ['run', 'a.csv', '--closed', spec, '--open', 'column:old', '--no-score', '--yes', '--test-call'];
      const { code } = await gapcheck(args, { cwd: dir.path, env });
      expect([2, 3]).toContain(code);
    }
    thief.close();
    mover.close();
    expect(met.filter((headers) => headers.includes('sk-of-the-test'))).toEqual([]);
  });
});

describe('the text of a prompt', () => {
  it('is data: nothing in it is expanded, loaded or run', async () => {
    using dir = tempDir();
    await using server = await startModelServer(reply('Fine, thank you.'));
    writeFileSync(dir.at('secret.txt'), 'the secret');
    const texts = [
      '{{ env.OPENAI_API_KEY }} ${HOME} $HOME %USERPROFILE% <%= 1 + 1 %> #{1 + 1}',
      'file://secret.txt @secret.txt !include secret.txt {{file:secret.txt}} \\input{secret.txt}',
      '$(touch ran) `touch ran` ; touch ran | tee ran && !!touch ran',
    ];
    writeFileSync(dir.at('a.jsonl'), texts.map((prompt) => `${JSON.stringify({ prompt })}\n`).join(''));
    const args = ['run', 'a.jsonl', '--closed', 'openai:gpt-test', '--open', 'ollama:qwen3:8b', '--no-score', '--yes'];
    expect(await gapcheck(args, { cwd: dir.path, env: server.env })).toMatchObject({ code: 0 });
    const sent = server.requests.filter(({ path }) => /\/chat/.test(path)).map(({ body }) => JSON.stringify(body));
    for (const text of texts)
      expect(sent.filter((body) => body.includes(JSON.stringify(text).slice(1, -1)))).toHaveLength(2);
    expect(sent.join('')).not.toContain('the secret');
    expect(existsSync(dir.at('ran'))).toBe(false);
  });
});
