import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPrompts, run } from '../../src/api.ts';
import { exitCodes } from '../../src/errors.ts';
import { ci, makeBaseline, releaseModel, runsOf, ticketServer } from '../helpers/ci-run.ts';
import { type ModelServer, ollamaModel, reply, startModelServer, status } from '../helpers/model-server.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const testCalls = ({ calls }: ModelServer) => calls.filter(({ lastUserText }) => lastUserText.includes('the word OK'));
const noKey = status(401, { body: { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } } });
const release = { changed: new Set([1]), say: (number: number) => `- New reply to ${number}` };

describe('the test call of gapcheck ci', () => {
  it('is announced and made of the arm that changed alone, and its reply is thrown away', async () => {
    using dir = tempDir();
    await using server = await ticketServer();
    const place = await makeBaseline(dir.path, server, { prompts: 8 });
    releaseModel(server, release);
    const done = await ci(place, '--test-call');
    expect(done.err).toContain('open: at most 8 calls and 1 test call to this machine');
    expect(testCalls(server).map(({ protocol }) => protocol)).toEqual(['ollama']);
    expect(runsOf(place.results)).toHaveLength(2);
  });

  it('stops with exit 2 before anything is frozen', async () => {
    using dir = tempDir();
    await using server = await ticketServer();
    const place = await makeBaseline(dir.path, server, { prompts: 8 });
    server.script = (call) => (call.protocol === 'openai' ? noKey : reply('ok'));
    const done = await ci(place, '--again', '--test-call');
    expect({ code: done.code, err: done.err }).toMatchObject({ code: exitCodes.userCanFix });
    expect(done.err).toMatch(/The test call of arm closed failed, so nothing was frozen[\s\S]*check OPENAI_API_KEY/);
    expect(runsOf(place.results)).toHaveLength(1);
  });

  it('is left out with --no-test-call: then the run meets it', async () => {
    using dir = tempDir();
    await using server = await ticketServer();
    const place = await makeBaseline(dir.path, server, { prompts: 8 });
    server.script = (call) => (call.protocol === 'openai' ? noKey : reply('ok'));
    const done = await ci(place, '--again');
    expect(done.code).toBe(exitCodes.armFailed);
    expect(runsOf(place.results)).toHaveLength(2);
  });
});

describe('the test call of the API', () => {
  async function place(server: ModelServer, cwd: string) {
    server.ollama.models = [ollamaModel('qwen3:8b')];
    writeFileSync(join(cwd, 'prompts.csv'), 'task,prompt\nreply,One.\nreply,Two.\n');
    const said: string[] = [];
    const setup = {
      closed: 'openai:gpt-test',
      open: 'ollama:qwen3:8b',
      results: join(cwd, 'results'),
      env: server.env,
      say: (text: string) => void said.push(text),
    };
    return { setup, said, prompts: await loadPrompts('prompts.csv', { cwd }) };
  }

  it('rejects before anything is frozen where no prompt could be answered', async () => {
    using dir = tempDir();
    await using server = await startModelServer((call) => (call.protocol === 'openai' ? noKey : reply('ok')));
    const { setup, prompts } = await place(server, dir.path);
    await expect(run(prompts, setup)).rejects.toMatchObject({ code: 'test-call', exitCode: exitCodes.userCanFix });
    expect(existsSync(setup.results) ? readdirSync(setup.results) : []).toEqual([]);
  });

  it('is announced, made once for each arm, and can be left out', async () => {
    using dir = tempDir();
    await using server = await startModelServer(reply('fine'));
    const { setup, said, prompts } = await place(server, dir.path);
    const { outcome } = await run(prompts, setup);
    expect(outcome.ended).toBe('complete');
    expect(said.join('\n')).toContain('2 calls and 1 test call');
    expect(testCalls(server)).toHaveLength(2);
    await run(prompts, { ...setup, testCall: false });
    expect(testCalls(server)).toHaveLength(2);
  });
});
