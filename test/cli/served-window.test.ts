import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/errors.ts';
import { runsOf } from '../helpers/ci-run.ts';
import { ollamaModel, reply, startModelServer } from '../helpers/model-server.ts';
import { json, said, startReplies } from '../helpers/replies-server.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const chat = '/v1/chat/completions';
const list = json({ object: 'list', data: [{ id: 'm1', owned_by: 'vllm', max_model_len: 1024 }] });

/** Every step that an arm's file holds. */
const stepsOf = (folder: string, arm: string) =>
  readFileSync(join(folder, 'attempts', `${arm}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const reportOf = async (cwd: string) => {
  await runVerb(['report', '-o', 'r.json'], { cwd });
  return JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8'));
};

describe('a run on a server with a small window', () => {
  it('records a prompt that cannot fit as missing without a call, says why, and ends with exit 3', async () => {
    using dir = tempDir();
    await using server = await startReplies({ '/v1/models': list, [chat]: said('fine') });
    const long = 'word '.repeat(3_000).trim();
    writeFileSync(join(dir.path, 'p.csv'), `prompt,answer:closed\n${long},a\nshort,b\n`);
    writeFileSync(
      join(dir.path, 'gapcheck.config.yaml'),
      `prompts: p.csv\nclosed: column:closed\nopen: {spec: "vllm:m1", baseURL: "${server.url}/v1"}\n`,
    );
    const done = await runVerb(['run', '--no-score', '--yes'], { cwd: dir.path });
    expect({ code: done.code, text: done.out + done.err }).toMatchObject({ code: exitCodes.armFailed });
    expect(done.out).toContain('window: 1,024 tokens are served');
    expect(done.err).toMatch(
      /1 of 2: does not fit: at least 2,\d\d\d tokens of 1,024, so it was not sent \(a limit of the model\)/,
    );
    expect(server.to(chat)).toHaveLength(1);
    const [run] = runsOf(join(dir.path, 'results'));
    const steps = stepsOf(run?.folder ?? '', 'open');
    expect(steps.map(({ outcome, cause }) => [outcome, cause]).sort()).toEqual([
      ['answered', undefined],
      ['too-long', 'context'],
    ]);
    const again = await runVerb(['run', '--resume', '--no-score'], { cwd: dir.path });
    expect(again.code).toBe(exitCodes.armFailed);
    expect(server.to(chat)).toHaveLength(1);
    expect((await reportOf(dir.path)).arms[1]).toMatchObject({ contextServed: 1024 });
  });

  it('says what was asked and what was served, in plan, progress and report', async () => {
    using dir = tempDir();
    await using server = await startModelServer(reply('fine'));
    server.ollama.models = [ollamaModel('qwen3:8b', { context: 8_192 })];
    server.ollama.maxContext = 8_192;
    writeFileSync(join(dir.path, 'p.csv'), 'prompt,answer:closed\nshort,a\n');
    writeFileSync(
      join(dir.path, 'gapcheck.config.yaml'),
      'prompts: p.csv\nclosed: column:closed\nopen: {spec: "ollama:qwen3:8b", numCtx: 40960}\n',
    );
    const done = await runVerb(['run', '--no-score', '--yes'], { cwd: dir.path, env: server.env });
    expect({ code: done.code, err: done.err }).toMatchObject({ code: 0 });
    expect(done.out).toContain('window: asked 40,960 tokens, served 8,192');
    const [, open] = (await reportOf(dir.path)).arms;
    expect(open).toMatchObject({ contextAsked: 40_960, contextServed: 8_192 });
    expect(open.asked).toContain('window: asked 40,960 tokens, served 8,192');
  });
});
