/** What a run says when a server refuses, is not the one that was meant, or repeats a secret. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { exitCodes } from '../../src/errors.ts';
import { runsOf } from '../helpers/ci-run.ts';
import { json, type PlayedReply, type RepliesServer, said, startReplies } from '../helpers/replies-server.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const chat = '/v1/chat/completions';
const models = json({ object: 'list', data: [{ id: 'm-1' }] });
const page: PlayedReply = {
  headers: { 'content-type': 'text/html' },
  body: '<html><h1>Log in to the network</h1></html>',
};
const refused = json({ error: { message: 'the model m-1 does not support images' } }, 400);

/** A run of two prompts against an open arm at the server; closed is in the file. */
function place(cwd: string, server: RepliesServer, more = '') {
  writeFileSync(join(cwd, 'p.csv'), 'prompt,answer:closed\nFirst question?,a\nSecond question?,b\n');
  const open = `{spec: "openai:m-1", baseURL: "${server.url}/v1"${more}}`;
  writeFileSync(
    join(cwd, 'gapcheck.config.yaml'),
    `prompts: p.csv\nclosed: column:closed\nretries: 0\nopen: ${open}\n`,
  );
  return (...args: string[]) => runVerb(args, { cwd });
}

const isAbout = (word: string, { body }: { body: { messages?: { content: string }[] } }): boolean =>
  body.messages?.at(-1)?.content.includes(word) === true;
const foldersIn = (results: string): string[] => runsOf(results).map(({ folder }) => folder);
const textsIn = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'))
    .join('\n');

describe('a test call', () => {
  it.each<[string, PlayedReply, RegExp]>([
    [
      'another model answered',
      { ...said('fine'), headers: { 'x-litellm-attempted-fallbacks': '1', 'x-litellm-model-group': 'other-model' } },
      /answered with other-model in place of m-1[\s\S]*switch its fallbacks off/,
    ],
    ['a web page answered', page, /answered with a web page: Log in to the network[\s\S]*check baseURL/],
  ])('ends with exit 2 where %s, and nothing is frozen', async (_, turn, words) => {
    using dir = tempDir();
    await using server = await startReplies({ '/v1/models': models, [chat]: turn });
    const gapcheck = place(dir.path, server);
    const done = await gapcheck('run', '--no-score', '--yes', '--test-call');
    expect({ code: done.code, text: done.out + done.err }).toMatchObject({ code: exitCodes.userCanFix });
    expect(done.err).toMatch(words);
    expect(foldersIn(dir.at('results'))).toEqual([]);
    expect(server.to(chat)).toHaveLength(1);
  });
});

describe('a server that cannot be reached before a run', () => {
  const locked: PlayedReply = { status: 407, body: 'Proxy Authentication Required' };
  afterEach(() => vi.unstubAllEnvs());

  it.each<[string, string, boolean, RegExp]>([
    ['nothing listens', 'http://127.0.0.1:9', false, /nothing listens there[\s\S]*Next: start the server/],
    ['its name is unknown', 'http://llm.corp.invalid', false, /host name[\s\S]*Next: check baseURL/],
    ['the proxy wants a login', 'http://llm.corp.invalid', true, /that HTTP_PROXY names[\s\S]*407/],
  ])('ends with exit 2 where %s, and nothing is frozen', async (_, url, isProxied, words) => {
    using dir = tempDir();
    await using server = await startReplies({ '/v1/models': locked });
    vi.stubEnv('http_proxy', undefined);
    for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '');
    vi.stubEnv('HTTP_PROXY', isProxied ? server.url : undefined);
    const done = await place(dir.path, { ...server, url })('run', '--no-score', '--yes');
    expect({ code: done.code, text: done.out + done.err }).toMatchObject({ code: exitCodes.userCanFix });
    expect(done.err).toMatch(words);
    expect(foldersIn(dir.at('results'))).toEqual([]);
  });
});

describe('a web page', () => {
  it('is the provider that is down for a moment where the server had answered before', async () => {
    using dir = tempDir();
    await using server = await startReplies({ '/v1/models': models });
    server.play(chat, (request) => (isAbout('First', request) ? said('fine') : page));
    const gapcheck = place(dir.path, server, ', concurrency: 1');
    const done = await gapcheck('run', '--no-score', '--yes', '-j', '1');
    expect(done.code).toBe(exitCodes.armFailed);
    const [made] = foldersIn(dir.at('results'));
    const steps = readFileSync(join(made ?? '', 'attempts/open.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const pages = steps.map((line) => JSON.parse(line)).filter(({ cause }) => cause === 'garbage');
    // The prompts are shuffled: pages that came before the first answer told nothing of it yet.
    const after = pages.filter(
      ({ at }) => at > (JSON.parse(steps.find((line) => line.includes('fine')) ?? '{}').at ?? ''),
    );
    expect(pages.length).toBe(3);
    expect(new Set(after.map(({ fault }) => fault))).toEqual(new Set(after.length > 0 ? ['provider'] : []));
  });
});

describe('a request that is refused', () => {
  it('has its way out beside its reason, also when the run is resumed', async () => {
    using dir = tempDir();
    await using server = await startReplies({ '/v1/models': models });
    server.play(chat, (request) => (isAbout('First', request) ? refused : said('fine')));
    const gapcheck = place(dir.path, server);
    const wayOut = 'leave these prompts out with --tasks, or compare with a model that can do this';
    const first = await gapcheck('run', '--no-score', '--yes');
    expect(first.code).toBe(exitCodes.armFailed);
    expect(first.err).toContain(wayOut);
    const asked = server.to(chat).length;
    const again = await gapcheck('run', '--resume', '--no-score');
    expect(again.code).toBe(exitCodes.armFailed);
    expect(again.err).toContain(wayOut);
    expect(server.to(chat)).toHaveLength(asked);
    await gapcheck('report', '-o', 'r.json');
    const [, open] = JSON.parse(readFileSync(dir.at('r.json'), 'utf8')).arms;
    expect(open.missingBecause).toMatchObject([{ cause: 'feature', fault: 'model', hint: wayOut }]);
  });

  it('for its size by a gateway names that size', async () => {
    using dir = tempDir();
    await using server = await startReplies({ '/v1/models': models });
    const tooLarge = { status: 413, body: '<html><h1>413 Request Entity Too Large</h1></html>' };
    server.play(chat, (request) => (isAbout('Second', request) ? tooLarge : said('fine')));
    const gapcheck = place(dir.path, server);
    writeFileSync(dir.at('p.csv'), `prompt,answer:closed\nFirst question?,a\n${'Second '.repeat(40_000)},b\n`);
    const done = await gapcheck('run', '--no-score', '--yes');
    // 40,000 × 7 bytes are 273.4 KB; the rest of the request is under 1 KB.
    expect(done.err).toMatch(/413 Request Entity Too Large \(the request has 274 KB\)/);
    expect(done.err).toContain('takes no body of that size');
  });
});

describe('a secret that a model repeats', () => {
  it('reaches no file, also where a program printed it and another arm repeats it', async () => {
    using dir = tempDir();
    const token = 'ya29.a0-secret-token-0123456789';
    await using server = await startReplies({
      '/v1/models': models,
      [chat]: said(`Your token is ${token}, isn’t it? In base64: ${btoa(token)}, and ${btoa(`x${token}`)}.`),
    });
    const gapcheck = (...args: string[]) => runVerb(args, { cwd: dir.path });
    writeFileSync(
      dir.at('gapcheck.config.yaml'),
      [
        'prompts: p.csv',
        'retries: 0',
        `closed: {spec: "openai:m-1", baseURL: "${server.url}/v1", temperature: 0.5}`,
        `open: {spec: "openai:m-1", baseURL: "${server.url}/v1", keyCommand: "cat ${dir.at('key')}"}`,
      ].join('\n'),
    );
    writeFileSync(dir.at('key'), token);
    writeFileSync(dir.at('p.csv'), 'prompt\nFirst question?\nSecond question?\n');
    const done = await gapcheck('run', '--no-score', '--yes');
    expect(done.code).toBe(0);
    const page = await gapcheck('report', '-o', 'r.html');
    const data = await gapcheck('report', '-o', 'r.json');
    const [made] = foldersIn(dir.at('results'));
    const texts = textsIn(made ?? '');
    expect(texts).toContain('Your token is [key]');
    const shown = [done, page, data].map(({ out, err }) => out + err).join('\n');
    const reports = ['r.html', 'r.json'].map((name) => readFileSync(dir.at(name), 'utf8')).join('\n');
    for (const part of ['a0-secret', btoa(token).slice(4, 24), btoa(`x${token}`).slice(4, 24)])
      expect(`${texts}${shown}${reports}`).not.toContain(part);
  });
});

describe('the price that a proxy says', () => {
  it('is the cost of the call before any table, and the report says whose word it is', async () => {
    using dir = tempDir();
    const usage = { prompt_tokens: 10, completion_tokens: 5, cost: 0.25 };
    await using server = await startReplies({ '/v1/models': models, [chat]: said('fine', 'stop', { usage }) });
    const gapcheck = place(dir.path, server, ', price: {in: 1, out: 1}');
    expect((await gapcheck('run', '--no-score', '--yes')).code).toBe(0);
    await gapcheck('report', '-o', 'r.json');
    const [, open] = JSON.parse(readFileSync(dir.at('r.json'), 'utf8')).arms;
    expect(open.figures.costUsd).toBe(0.5);
    expect(open.asked.join('\n')).toContain('as the proxy says');
  });
});
