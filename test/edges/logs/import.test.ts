import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../../src/app/context.ts';
import { importLogs } from '../../../src/app/import-logs.ts';
import type { ImportOptions } from '../../../src/app/verb-options.ts';
import type { PromptRecord } from '../../../src/records/prompt-record.ts';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'gapcheck-import-'));
  const row = (at: number) =>
    `"Mail to u${at}@acme.io, please",${at % 4 ? 'mail' : 'code'},2026-11-${String(1 + (at % 20)).padStart(2, '0')}`;
  writeFileSync(
    join(cwd, 'log.csv'),
    `prompt,task,created_at\n${Array.from({ length: 40 }, (_, at) => row(at)).join('\n')}\n`,
  );
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

async function run(options: ImportOptions, files = ['log.csv']): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const context = {
    env: {},
    cwd,
    out: (text: string) => out.push(text),
    data: (text: string) => out.push(text),
    err: (text: string) => err.push(text),
    now: () => new Date('2026-11-21T00:00:00Z'),
    interactive: false,
    args: ['import', ...files],
  } as unknown as Context;
  const code = await importLogs(files, options, context);
  return { code, out: out.join('\n'), err: err.join('\n') };
}
const records = (text: string): PromptRecord[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as PromptRecord);

describe('import', () => {
  it('writes prompts and says how the log was understood, what was redacted and what it holds', async () => {
    const { code, out } = await run({ output: 'prompts.jsonl' });
    expect(code).toBe(0);
    const written = readFileSync(join(cwd, 'prompts.jsonl'), 'utf8');
    expect(written).not.toContain('acme.io');
    // All 40 differ in nothing but the address: redacted they are one prompt, whatever the task.
    expect(records(written).map(({ task, count }) => [task, count])).toEqual([['code', 40]]);
    expect(out).toContain(
      'log.csv: 40 records, read as csv (prompt = column "prompt", task = column "task", time = column "created_at"; utf-8)',
    );
    expect(out).toContain('Redacted: 40 × email');
    expect(out).toContain('What the log says: 40 usable records, 2026-11-01 to 2026-11-20');
    expect(out).toContain('Next: gapcheck run prompts.jsonl');
  });

  it('without -o puts records alone on stdout', async () => {
    const { out, err } = await run({ redact: false });
    expect(records(out)).toHaveLength(40);
    expect(err).toContain('What the log says');
  });

  it('--preview writes nothing and shows three records', async () => {
    const { out } = await run({ preview: true, redact: false });
    expect(out.match(/^p_[0-9a-f]{16} {2}/gm)).toHaveLength(3);
    expect(out).toContain('Nothing was written.');
  });

  it('writes over its own file, and over no other without --force', async () => {
    await run({ output: 'own.jsonl' });
    expect((await run({ output: 'own.jsonl', redact: false })).code).toBe(0);
    expect(records(readFileSync(join(cwd, 'own.jsonl'), 'utf8'))).toHaveLength(40);
    writeFileSync(join(cwd, 'thesis.txt'), 'my only copy\n');
    await expect(run({ output: 'thesis.txt' })).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/^thesis\.txt is there already/),
    });
    expect(readFileSync(join(cwd, 'thesis.txt'), 'utf8')).toBe('my only copy\n');
    expect((await run({ output: 'thesis.txt', force: true })).code).toBe(0);
  });

  it('names the folder to make, and answers in columns of their own', async () => {
    await expect(run({ output: 'no dir/p.jsonl' })).rejects.toMatchObject({
      exitCode: 2,
      hint: expect.stringMatching(/^mkdir -p '.*no dir', then/),
    });
    writeFileSync(join(cwd, 'two.csv'), 'prompt,answer:closed,answer:open\nx,1,2\n');
    const { err } = await run({}, ['two.csv']);
    expect(err).toContain('answers     in columns of their own (closed, open)');
  });

  it('-n samples, --since filters, --task-map renames', async () => {
    expect(records((await run({ n: 10, redact: false })).out)).toHaveLength(10);
    expect(records((await run({ since: '3d', redact: false })).out).every(({ ts }) => (ts ?? '') >= '2026-11-17')).toBe(
      true,
    );
    const renamed = records((await run({ taskMap: ['code=programming'], redact: false })).out);
    expect(new Set(renamed.map(({ task }) => task))).toEqual(new Set(['mail', 'programming']));
  });

  it('takes own patterns and task names from the config', async () => {
    writeFileSync(join(cwd, 'own.yaml'), "taskMap:\n  code: coding\nredact:\n  - name: user\n    pattern: 'u\\d+@'\n");
    const { out } = await run({ config: 'own.yaml' });
    expect(records(out)[0]).toMatchObject({
      task: 'coding',
      messages: [{ content: 'Mail to [user-1]acme.io, please' }],
    });
  });

  it('--json gives the audit to scripts', async () => {
    const { out } = await run({ json: true });
    expect(JSON.parse(out)).toMatchObject({ prompts: 1, audit: { records: 40 }, redacted: { email: 40 } });
  });

  it('never overwrites a log, and asks for files', async () => {
    await expect(run({ output: 'log.csv' })).rejects.toMatchObject({ exitCode: 2 });
    await expect(run({}, [])).rejects.toMatchObject({ exitCode: 2 });
  });

  it('does not refuse again what was kept with --include-flagged', async () => {
    writeFileSync(join(cwd, 'cut.jsonl'), `${JSON.stringify({ prompt: 'What is on <image>?', images: ['a.png'] })}\n`);
    await expect(run({ output: 'cut-none.jsonl' }, ['cut.jsonl'])).rejects.toThrow('holds images');
    await run({ output: 'kept.jsonl', includeFlagged: true }, ['cut.jsonl']);
    const again = records((await run({}, ['kept.jsonl'])).out);
    expect(again.map(({ flags }) => flags)).toEqual([['media']]);
  });
});
