import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ollamaModel, reply, startModelServer } from '../helpers/model-server.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const bin = fileURLToPath(new URL('../../bin/gapcheck.js', import.meta.url));

function gapcheck(
  cwd: string,
  env: Record<string, string>,
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
  const base = {
    PATH: process.env.PATH,
    HOME: cwd,
    NO_COLOR: '1',
    TZ: 'UTC',
    LC_ALL: 'C.UTF-8',
    OLLAMA_HOST: '127.0.0.1:9',
  };
  return new Promise((done) => {
    const child = execFile(process.execPath, [bin, ...args], { cwd, env: { ...base, ...env } }, (_error, out, err) =>
      done({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

describe('gapcheck doctor', () => {
  it('says what is there, where keys go, what each model is, and what to type', async () => {
    await using server = await startModelServer(reply('ok'));
    server.ollama.models.push(ollamaModel('nomic-embed:1b', { capabilities: ['embedding'] }));
    using dir = tempDir();
    const { code, out } = await gapcheck(dir.path, server.env, 'doctor');
    const host = new URL(server.url).host;
    expect(code).toBe(0);
    expect(out).toContain(`✓ OPENAI_API_KEY is set: ${host} lists 3 models`);
    expect(out).toContain(`✓ ${host}, version 0.33.0`);
    expect(out).toMatch(/✓ qwen3:8b: 8\.2B Q4_K_M, 5\.2 GB, up to 40,960 tokens of context/);
    expect(out).toContain('nomic-embed:1b: no chat model');
    expect(out).toContain('→ gapcheck init writes one');
    expect(out).toMatch(/Next: gapcheck run prompts\.csv --closed openai:\S+ --open ollama:qwen3:8b/);
    expect(out + JSON.stringify(server.calls)).not.toContain('sk-test-key');
    expect(server.calls).toHaveLength(0);
  });

  it('ends in 2 with the way out when a configured arm cannot work', async () => {
    await using server = await startModelServer();
    using dir = tempDir();
    writeFileSync(dir.at('gapcheck.config.yaml'), 'closed: openai:gpt-test\nopen: ollama:gemma3:27b\n');
    const { code, out } = await gapcheck(dir.path, server.env, 'doctor');
    expect(code).toBe(2);
    expect(out).toMatch(/closed\s+✓ openai:gpt-test, at 127\.0\.0\.1/);
    expect(out).toMatch(/open\s+✗ ollama:gemma3:27b: Ollama at .* has no model "gemma3:27b"; it has qwen3:8b/);
    expect(out.trimEnd()).toMatch(/Next: ollama pull gemma3:27b .*$/);
  });

  it('exits 2 where nothing can answer a prompt, also as JSON', async () => {
    using dir = tempDir();
    const { code, out } = await gapcheck(dir.path, {}, 'doctor', '--json');
    expect(code).toBe(2);
    const { findings, next } = JSON.parse(out);
    expect(findings).toContainEqual({
      topic: 'keys',
      state: 'note',
      text: 'not set: OPENAI_API_KEY, ANTHROPIC_API_KEY',
    });
    expect(findings.find((one: { topic: string }) => one.topic === 'Ollama')).toMatchObject({
      text: expect.stringContaining('127.0.0.1:9: not reachable'),
      hint: expect.stringContaining('ollama serve'),
    });
    expect(next).toContain('gapcheck demo');
  });

  it('reports addresses that are none, and so does a run', async () => {
    using dir = tempDir();
    const env = { OPENAI_API_KEY: 'sk-0123456789', OPENAI_BASE_URL: 'nowhere', OLLAMA_HOST: 'http://[::1' };
    const { code, out } = await gapcheck(dir.path, env, 'doctor');
    expect(code).toBe(2);
    expect(out).toContain('"nowhere" is no URL');
    expect(out).toContain('is no address of an Ollama server');
    writeFileSync(dir.at('p.csv'), 'prompt\nhello\n');
    const run = await gapcheck(dir.path, env, 'run', 'p.csv', '--closed', 'openai:x', '--open', 'ollama:y');
    expect(run).toMatchObject({ code: 2, err: expect.stringContaining('"nowhere" is no URL') });
  });

  it('says how to add the package that an anthropic arm needs', async () => {
    await using server = await startModelServer();
    using dir = tempDir();
    // The package is here for the tests; this makes the process believe that it is not.
    const hook =
      "export const resolve = (name, context, next) => { if (name === '@anthropic-ai/sdk') throw Object.assign(new Error('not found'), { code: 'ERR_MODULE_NOT_FOUND' }); return next(name, context); };";
    writeFileSync(dir.at('hook.mjs'), hook);
    writeFileSync(
      dir.at('without.mjs'),
      "import { register } from 'node:module'; register('./hook.mjs', import.meta.url);",
    );
    const env = { ...server.env, NODE_OPTIONS: `--import ${dir.at('without.mjs')}` };
    const { code, out } = await gapcheck(dir.path, env, 'doctor');
    expect(code).toBe(0);
    expect(out).toContain('arms need the package @anthropic-ai/sdk');
    expect(out).toContain('→ npm install @anthropic-ai/sdk');
  });

  it('reports a wrong config and goes on', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('gapcheck.config.yaml'), 'closd: logged\n');
    const { code, out } = await gapcheck(dir.path, {}, 'doctor');
    expect(code).toBe(2);
    expect(out).toContain('there is no key "closd"');
    expect(out).toContain('Ollama');
  });
});

describe('gapcheck run --pull', () => {
  it('pulls a missing model and goes on; without the flag it says how', async () => {
    await using server = await startModelServer(reply('an answer'));
    server.ollama.pullable.push('new:1b');
    using dir = tempDir();
    writeFileSync(dir.at('p.csv'), 'prompt,answer:closed\nhello,hi\nbye,see you\n');
    const args = ['run', 'p.csv', '--closed', 'column:closed', '--open', 'ollama:new:1b', '--no-score'];
    const refused = await gapcheck(dir.path, server.env, ...args);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('ollama pull new:1b') });
    expect(existsSync(dir.at('results'))).toBe(false);
    const done = await gapcheck(dir.path, server.env, ...args, '--pull');
    expect(done.err).toContain('Pulled new:1b.');
    expect(done.code).toBe(0);
    expect(server.calls.map(({ lastUserText }) => lastUserText).sort()).toEqual([
      'Reply with the word OK.',
      'bye',
      'hello',
    ]);
  });
});

describe('gapcheck init without a terminal', () => {
  it('writes a config that runs, taking the newest local model', async () => {
    await using server = await startModelServer();
    server.ollama.models.push(ollamaModel('newer:4b', { modified_at: '2026-11-01T00:00:00Z' }));
    using dir = tempDir();
    writeFileSync(dir.at('prompts.csv'), 'prompt\nhello\n');
    const made = await gapcheck(dir.path, server.env, 'init', '--closed', 'openai:gpt-test');
    expect(made).toMatchObject({
      code: 0,
      out: expect.stringContaining('closed openai:gpt-test, open ollama:newer:4b'),
    });
    const text = readFileSync(dir.at('gapcheck.config.yaml'), 'utf8');
    expect(text).toMatch(/^closed: openai:gpt-test$/m);
    expect(text).toMatch(/^prompts: prompts\.csv$/m);
    expect(text).not.toContain('sk-test-key');
    const again = await gapcheck(dir.path, server.env, 'init', '--closed', 'logged');
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('gapcheck init --force') });
    expect((await gapcheck(dir.path, server.env, 'doctor')).code).toBe(0);
  });

  it('lists the candidates when it cannot know', async () => {
    await using server = await startModelServer();
    using dir = tempDir();
    const { code, err } = await gapcheck(dir.path, server.env, 'init');
    expect(code).toBe(2);
    const open = '--open ollama:qwen3:8b';
    expect(err).toContain(
      `Next: gapcheck init --closed openai:gpt-test ${open}\n  or: gapcheck init --closed logged ${open}\n`,
    );
    expect(existsSync(dir.at('gapcheck.config.yaml'))).toBe(false);
    const forCi = await gapcheck(dir.path, server.env, 'init', '--ci', '--raters', '3');
    expect(forCi.err).toContain(`Next: gapcheck init --ci --raters 3 --closed openai:gpt-test ${open}\n`);
    expect(await gapcheck(dir.path, server.env, 'init', '--closed', 'opnai:x')).toMatchObject({
      code: 2,
      err: /did you mean "openai/,
    });
  });

  it('takes the answers of the log for the closed side where only Ollama is there', async () => {
    await using server = await startModelServer();
    using dir = tempDir();
    const { code, out } = await gapcheck(dir.path, { OLLAMA_HOST: server.url }, 'init', '--yes');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('closed logged, open ollama:') });
  });
});
