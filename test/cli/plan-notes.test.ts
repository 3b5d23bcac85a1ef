import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ollamaModel, startModelServer } from '../helpers/model-server.ts';
import { runVerb as gapcheck } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

/** Twelve rows with a logged answer by one of `models` in turn, and an open answer. */
function writeTable(path: string, models: string[]): void {
  const rows = Array.from(
    { length: 12 },
    (_, at) => `Question number ${at}?,logged ${at},${models[at % models.length]},open ${at}`,
  );
  writeFileSync(path, `prompt,answer,model,answer:mine\n${rows.join('\n')}\n`);
}

const arms = ['--closed', 'logged', '--open', 'column:mine'];

describe('what leaves the machine', () => {
  it('is not denied where a proxy may stand, and costs are named where a price is known', async () => {
    using dir = tempDir();
    await using server = await startModelServer();
    server.ollama.models = [ollamaModel('qwen3:8b')];
    writeTable(dir.at('a.csv'), ['gpt-4o']);
    const place = { cwd: dir.path, env: server.env };
    const { out } = await gapcheck(
      ['run', 'a.csv', '--closed', 'openai:gpt-test', '--open', 'ollama:qwen3:8b', '--dry-run'],
      place,
    );
    const { host } = new URL(server.url);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      `openai:gpt-test: 12 calls to ${host} (on your machine; if it forwards calls, they leave it and may cost money)`,
    );
    expect(out).toMatch(
      new RegExp(`qwen3:8b.*: 12 calls to ${host} \\(stays on this\\s+machine\\), no fee per\\s+call`),
    );
    const closed = { spec: 'openai:gpt-test', price: { in: 1, out: 10 } };
    writeFileSync(dir.at('gapcheck.config.json'), JSON.stringify({ closed, open: 'ollama:qwen3:8b' }));
    const priced = await gapcheck(['run', 'a.csv', '--dry-run'], place);
    expect(priced.out.replaceAll(/\s+/g, ' ')).toMatch(
      new RegExp(`${host} \\(on your machine; if it forwards calls, they leave it\\),.*at most about \\$`, 's'),
    );
  });
});

describe('fewer prompts than asked for', () => {
  it.each([
    [['--raters', '2', '-n', '30'], 'You asked for 60 (30 × 2 raters); the file has 12.'],
    [['--raters', '2'], 'You asked for 72 (36 × 2 raters); the file has 12.'],
    [['-n', '1000'], 'You asked for 1000; the file has 12.'],
  ])('are said aloud: %j', async (args, says) => {
    using dir = tempDir();
    writeTable(dir.at('a.csv'), ['gpt-4o']);
    const { out } = await gapcheck(['run', 'a.csv', ...arms, ...args, '--dry-run'], { cwd: dir.path });
    expect(out).toContain(says);
  });

  it('are no matter where nobody asked for more', async () => {
    using dir = tempDir();
    writeTable(dir.at('a.csv'), ['gpt-4o']);
    for (const args of [[], ['-n', '12'], ['-n', 'all']]) {
      const { out } = await gapcheck(['run', 'a.csv', ...arms, ...args, '--dry-run'], { cwd: dir.path });
      expect(out).not.toContain('asked for');
    }
  });
});

describe('a file with answers and ids of its own', () => {
  const records = ['a-1', 'a-2'].map((id, at) => ({
    id,
    messages: [{ role: 'user', content: `Question number ${at}?` }],
    answer: `logged ${at}`,
  }));

  it('leads --closed column:answer to --closed logged where the answers are no column', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('log.jsonl'), records.map((record) => JSON.stringify(record)).join('\n'));
    const { code, err } = await gapcheck(['run', 'log.jsonl', '--closed', 'column:answer', '--open', 'column:mine'], {
      cwd: dir.path,
    });
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringContaining("Next: the file's own answers were read: --closed logged compares with them"),
    });
  });

  it('keeps its ids in each attempt', async () => {
    using dir = tempDir();
    await using server = await startModelServer();
    server.ollama.models = [ollamaModel('qwen3:8b')];
    writeFileSync(dir.at('log.jsonl'), records.map((record) => JSON.stringify(record)).join('\n'));
    const args = ['run', 'log.jsonl', '--closed', 'logged', '--open', 'ollama:qwen3:8b', '--no-score', '--yes'];
    expect(await gapcheck(args, { cwd: dir.path, env: server.env })).toMatchObject({ code: 0 });
    const [run = ''] = readdirSync(dir.at('results'));
    const lines = readFileSync(dir.at('results', run, 'attempts', 'open.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line).sourceId).sort()).toEqual(['a-1', 'a-2']);
  });
});

describe('notes before a run', () => {
  it('says when the logged answers are a mixture of models', async () => {
    using dir = tempDir();
    writeTable(dir.at('mixed.csv'), ['gpt-4o', 'gpt-4o-mini', 'gpt-4o']);
    const mixed = await gapcheck(['run', 'mixed.csv', ...arms], { cwd: dir.path });
    expect(mixed.code).toBe(0);
    expect(mixed.err).toContain('the logged answers come from 2 models (gpt-4o 8, gpt-4o-mini 4)');
    writeTable(dir.at('one.csv'), ['gpt-4o', 'gpt-4o-2024-08-06']);
    const one = await gapcheck(['run', 'one.csv', ...arms], { cwd: dir.path });
    expect(one.err).not.toContain('come from');
  });

  it('names the half-done run of the same file, until it is finished', async () => {
    using dir = tempDir();
    writeTable(dir.at('a.csv'), ['gpt-4o']);
    const first = await gapcheck(['run', 'a.csv', ...arms], { cwd: dir.path });
    expect(first.err).not.toContain('is not finished');
    // Answered, no vote: starting over loses nothing.
    expect((await gapcheck(['run', 'a.csv', ...arms], { cwd: dir.path })).err).not.toContain('is not finished');
    const newest = readdirSync(dir.at('results')).sort().at(-1) ?? '';
    const events = join(dir.at('results'), newest, 'events.jsonl');
    const text = readFileSync(events, 'utf8');
    writeFileSync(events, text.replace('"missing":0', '"missing":2'));
    const again = await gapcheck(['run', 'a.csv', ...arms, '--dry-run'], { cwd: dir.path });
    expect(again.err).toContain(
      `the run ${newest} has the same prompts and is not finished (2 answers missing). To continue it: gapcheck run --resume ${newest}`,
    );
    writeTable(dir.at('b.csv'), ['gpt-4o']);
    writeFileSync(dir.at('b.csv'), readFileSync(dir.at('b.csv'), 'utf8').replace('number 3', 'number three'));
    const other = await gapcheck(['run', 'b.csv', ...arms, '--dry-run'], { cwd: dir.path });
    expect(other.err).not.toContain('is not finished');
  });
});
