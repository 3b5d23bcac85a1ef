/** What the config says of an arm, from the file to the wire and the report. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/errors.ts';
import { runsOf } from '../helpers/ci-run.ts';
import { json, type RepliesServer, said, startReplies } from '../helpers/replies-server.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const chat = '/v1/chat/completions';
const listOf = (...models: object[]) => json({ object: 'list', data: models });
const startServer = (...models: object[]) => startReplies({ '/v1/models': listOf(...models), [chat]: said('fine') });

/** A run whose open arm is `open`, in YAML flow style; closed is what the log has. */
async function run(cwd: string, open: string, env: Record<string, string> = {}) {
  const rows = ['One?', 'Two?'].map((content) => ({
    messages: [
      { role: 'system', content: 'You are terse.' },
      { role: 'user', content },
    ],
    task: 't',
    response: {
      choices: [{ message: { role: 'assistant', content: 'As logged.' }, finish_reason: 'stop' }],
      model: 'old',
    },
  }));
  writeFileSync(join(cwd, 'p.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  writeFileSync(join(cwd, 'gapcheck.config.yaml'), `prompts: p.jsonl\nclosed: logged\nopen: ${open}\n`);
  return runVerb(['run', '--no-score', '--yes'], { cwd, env });
}

const reportOf = async (cwd: string) => {
  await runVerb(['report', '-o', 'r.json'], { cwd });
  return JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8'));
};

const at = ({ url }: RepliesServer, more = '') => `{spec: "vllm:m-1", baseURL: "${url}/v1"${more}}`;

describe('what cannot be honoured', () => {
  it.each<[string, string, RegExp, Record<string, string>?]>([
    [
      'numCtx',
      '{spec: "openai:m", baseURL: "SERVER/v1", numCtx: 4096}',
      /numCtx cannot be honoured by openai; ollama can/,
    ],
    ['api', '{spec: "ollama:m", api: responses}', /api cannot be honoured by ollama; openai/],
    ['topK', '{spec: "groq:m", topK: 20}', /topK cannot be honoured by groq/],
    ['temperature', '{spec: "column:x", temperature: 1}', /temperature cannot be honoured by column/],
    [
      'params',
      '{spec: "vllm:m", params: {temperature: 1}}',
      /params\.temperature cannot be set there: it is the setting temperature/,
    ],
    [
      'params',
      '{spec: "vllm:m", params: {tools: []}}',
      /params\.tools cannot be set there: it is part of the request itself/,
    ],
    ['headers', '{spec: "vllm:m", headers: {Authorization: "Bearer x"}}', /headers\.Authorization looks like a key/],
    ['headers', '{spec: "vllm:m", headers: {Host: x}}', /headers\.Host is set by the connection itself/],
    [
      'headersEnv',
      '{spec: "vllm:m", headersEnv: {X-Key: NOT_SET}}',
      /headersEnv\.X-Key names NOT_SET, which is not set/,
    ],
    ['baseURL', '{spec: "vllm:m", baseURL: "http://me:pw@127.0.0.1/v1"}', /holds a user name or password/],
    ['baseURL', '{spec: "vllm:m", baseURL: "127.0.0.1 8000"}', /is no URL/],
    [
      'apiKeyEnv',
      '{spec: "vllm:m", apiKeyEnv: K}',
      /K holds a character that no key has \(U\+2026 at position 5\)/,
      { K: 'sk-a…b' },
    ],
    [
      'OLLAMA_HOST',
      '{spec: "ollama:m"}',
      /OLLAMA_HOST ends in \/v1[\s\S]*leave \/v1 off/,
      { OLLAMA_HOST: 'http://127.0.0.1:9/v1' },
    ],
    ['variants', '{spec: "vllm:m", variants: {a: {spec: "vllm:n"}}}', /variants/],
    ['as', '{spec: "vllm:m", as: closed}', /as must be one of open, successor, quantization/],
  ])('%s in %s is refused by its name, and nothing is frozen or sent', async (_, open, words, env) => {
    using dir = tempDir();
    await using server = await startServer();
    const done = await run(dir.path, open.replace('SERVER', server.url), env);
    expect({ code: done.code, text: done.out + done.err }).toMatchObject({ code: exitCodes.userCanFix });
    expect(done.err).toMatch(words);
    expect(existsSync(dir.at('results')) ? readdirSync(dir.at('results')) : []).toEqual([]);
    expect(server.requests).toEqual([]);
  });
});

describe('what is honoured', () => {
  it('headers go with every request; those of the environment reach no file', async () => {
    using dir = tempDir();
    await using server = await startServer();
    const headers = ', headers: {X-Team: search}, headersEnv: {X-Gateway: GATEWAY}';
    const done = await run(dir.path, at(server, headers), { GATEWAY: 'gw-secret-0123456789' });
    expect({ code: done.code, err: done.err }).toMatchObject({ code: 0 });
    expect(done.out).toContain('with the headers X-Team, X-Gateway');
    for (const { headers: sent } of server.requests)
      expect(sent).toMatchObject({ 'x-team': 'search', 'x-gateway': 'gw-secret-0123456789' });
    const [made] = runsOf(dir.at('results'));
    const files = readdirSync(made?.folder ?? '', { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    for (const file of files)
      expect(readFileSync(join(file.parentPath, file.name), 'utf8')).not.toContain('gw-secret-0123456789');
  });

  it.each([
    [
      'replace',
      'system: "Be kind to everybody."',
      ['system: Be kind to everybody.'],
      'its own system prompt (4 words)',
    ],
    [
      'append',
      'system: {text: "Be kind.", mode: append}',
      ['system: You are terse.', 'system: Be kind.'],
      'the log’s system prompt and its own behind it (2 words)',
    ],
  ])(
    'an own system text (%s): every other message stays as logged, and the report says so',
    async (_, setting, before, words) => {
      using dir = tempDir();
      await using server = await startServer();
      expect((await run(dir.path, at(server, `, ${setting}`))).code).toBe(0);
      const sent = server
        .to(chat)
        .map(({ body }) =>
          body.messages.map((one: { role: string; content: string }) => `${one.role}: ${one.content}`),
        );
      expect(sent.sort()).toEqual([
        [...before, 'user: One?'],
        [...before, 'user: Two?'],
      ]);
      const [, open] = (await reportOf(dir.path)).arms;
      expect(open.asked.join('\n')).toContain(`open is asked with ${words}`);
    },
  );

  it('variants are arms of their own, each with its settings and identity', async () => {
    using dir = tempDir();
    await using server = await startServer();
    const variants =
      ', variants: {cool: {temperature: 0.1}, hot: {temperature: 0.9, topK: 5, params: {min_tokens: 2}}}';
    const done = await run(dir.path, at(server, variants));
    expect({ code: done.code, err: done.err }).toMatchObject({ code: 0 });
    expect(done.out).toMatch(/temperature 0\.1 \(config\)[\s\S]*temperature 0\.9 \(config\)[\s\S]*topK 5 \(config\)/);
    const [made] = runsOf(dir.at('results'));
    const open = made?.run.arms.filter(({ role }) => role === 'open') ?? [];
    expect(open.map(({ name }) => name)).toEqual(['open-cool', 'open-hot']);
    expect(open.map((arm) => arm.as)).toEqual(['variant', 'variant']);
    expect(new Set(open.map(({ identity }) => identity)).size).toBe(2);
    const report = await reportOf(dir.path);
    expect(report.arms.map(({ kind }: { kind: string }) => kind)).toEqual(['closed', 'variant cool', 'variant hot']);
    const asked = server.to(chat).map(({ body }) => [body.temperature, body.top_k, body.min_tokens]);
    expect(asked.sort()).toEqual([
      [0.1, undefined, undefined],
      [0.1, undefined, undefined],
      [0.9, 5, 2],
      [0.9, 5, 2],
    ]);
  });

  it.each([
    ['successor', 'the successor'],
    ['quantization', 'the quantization'],
  ])('an arm compared as %s is called so in run.json and in the report', async (as, words) => {
    using dir = tempDir();
    await using server = await startServer();
    expect((await run(dir.path, at(server, `, as: ${as}`))).code).toBe(0);
    expect(runsOf(dir.at('results'))[0]?.run.arms.map((arm) => arm.as)).toEqual([undefined, as]);
    const report = await reportOf(dir.path);
    expect(report.arms[1].kind).toBe(as);
    expect(report.terms.join(' ')).toContain(`If ${words} really were outside your margin`);
  });

  it.each([
    ['of the config', ', licence: {spdx: "MIT"}', { id: 'm-1', root: 'Qwen/Qwen3-8B' }, 'MIT'],
    ['by its id at Hugging Face', '', { id: 'm-1', root: 'Qwen/Qwen3-8B' }, 'Apache-2.0'],
    ['that nobody knows', '', { id: 'm-1', root: 'ORG/unheard-of' }, null],
  ])('a licence %s is in the report', async (_, setting, model, licence) => {
    using dir = tempDir();
    await using server = await startServer(model);
    expect((await run(dir.path, at(server, setting))).code).toBe(0);
    const found = (await reportOf(dir.path)).licences.find(({ arm }: { arm: string }) => arm === 'open');
    expect(found.licence).toBe(licence);
  });
});
