import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { PromptRecord } from '../../src/records/prompt-record.ts';
import { runVerb as gapcheck } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const linesOf = (path: string): PromptRecord[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as PromptRecord);

/** A Langfuse export of observations, as its UI writes it: every field quoted, JSON in the cells. */
function langfuseCsv(rows: number): string {
  const header = [
    'id',
    'traceId',
    'type',
    'startTime',
    'parentObservationId',
    'environment',
    'name',
    'input',
    'output',
    'metadata',
    'model',
    'usageDetails',
  ];
  const quoted = (cells: string[]): string => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  const lines = Array.from({ length: rows }, (_, at) =>
    quoted([
      `obs-${at}`,
      `trace-${at}`,
      at % 5 ? 'GENERATION' : 'SPAN',
      `2026-11-${String(1 + (at % 20)).padStart(2, '0')}T08:00:00.000Z`,
      '',
      'default',
      'summarise-ticket',
      JSON.stringify([
        { role: 'system', content: 'You summarise.\nBriefly.' },
        { role: 'user', content: `Ticket ${at}: "it broke", says the customer` },
      ]),
      JSON.stringify({ role: 'assistant', content: `It broke, number ${at}.` }),
      '{}',
      'gpt-4o',
      JSON.stringify({ input: 1000, output: 100, total: 1100 }),
    ]),
  );
  return `${[quoted(header), ...lines].join('\n')}\n`;
}

const tableCsv = (rows: number): string =>
  `prompt,task,answer:closed,answer:open\n${Array.from(
    { length: rows },
    (_, at) => `"Say ""hi"", ${at}\r\nin two lines",greet,"Hi, ${at}",Hello ${at}`,
  ).join('\r\n')}\r\n`;

const chatJsonl = (rows: number): string =>
  Array.from({ length: rows }, (_, at) =>
    JSON.stringify({
      messages: [
        { role: 'user', content: `Give me {"n":${at}} as JSON` },
        { role: 'assistant', content: `{"n":${at}}` },
      ],
      model: 'gpt-4o-mini',
    }),
  ).join('\n');

describe('import -o, then run', () => {
  it('keeps ids, tasks, checks and answers of everything that was written', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('observations.csv'), langfuseCsv(20));
    writeFileSync(dir.at('table.csv'), tableCsv(12));
    writeFileSync(dir.at('chat.jsonl.gz'), gzipSync(chatJsonl(10)));
    const { code, out, err } = await gapcheck(
      ['import', 'observations.csv', 'table.csv', 'chat.jsonl.gz', '-o', 'prompts.jsonl'],
      { cwd: dir.path },
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('observations.csv: 20 records, read as langfuse');
    expect(out).toContain('table.csv: 12 records, read as csv');
    expect(out).toContain('chat.jsonl.gz: 10 records, read as chat');
    expect(out).toContain('at list prices');
    expect(out).toMatch(/Next: gapcheck run prompts\.jsonl\s*$/);
    const written = linesOf(dir.at('prompts.jsonl'));
    expect(written).toHaveLength(16 + 12 + 10);
    expect(written.filter(({ task }) => task === 'summarise-ticket')).toHaveLength(16);
    expect(written.find(({ task }) => task === 'greet')).toMatchObject({
      messages: [{ role: 'user', content: 'Say "hi", 0\r\nin two lines' }],
      answers: { closed: { text: 'Hi, 0' }, open: { text: 'Hello 0' } },
    });
    // A person adds a check and renames a task; both must be there in the run.
    const edited = written
      .filter(({ task }) => task === 'greet')
      .map((prompt) => ({
        ...prompt,
        task: 'greeting',
        checks: [{ check: 'contains', value: 'Hi', from: 'prompt' as const }],
      }));
    writeFileSync(dir.at('prompts.jsonl'), edited.map((prompt) => `${JSON.stringify(prompt)}\n`).join(''));
    const ran = await gapcheck(
      ['run', 'prompts.jsonl', '--closed', 'column:closed', '--open', 'column:open', '--name', 'x'],
      {
        cwd: dir.path,
      },
    );
    expect(ran).toMatchObject({ code: 0 });
    const [folder = ''] = readdirSync(dir.at('results')).filter((name) => !name.startsWith('.'));
    const frozen = linesOf(dir.at('results', folder, 'prompts.jsonl'));
    const core = ({ id, task, messages, checks, answers }: PromptRecord) => ({ id, task, messages, checks, answers });
    const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
    expect(frozen.map(core).sort(byId)).toEqual((edited as PromptRecord[]).map(core).sort(byId));
  });

  it('runs logged answers of an import as the closed arm', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('chat.jsonl'), chatJsonl(9));
    await gapcheck(['import', 'chat.jsonl', '-o', 'prompts.jsonl'], { cwd: dir.path });
    const { code, out } = await gapcheck(
      ['run', 'prompts.jsonl', '--closed', 'logged', '--open', 'command:cat', '--dry-run'],
      {
        cwd: dir.path,
      },
    );
    expect(code).toBe(0);
    expect(out).toContain('9 prompts');
  });
});

describe('what import prints, and where', () => {
  it('--preview writes nothing', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('table.csv'), tableCsv(3));
    const { code, out } = await gapcheck(['import', 'table.csv', '--preview', '-o', 'prompts.jsonl'], {
      cwd: dir.path,
    });
    expect(code).toBe(0);
    expect(out).toContain('Nothing was written.');
    expect(existsSync(dir.at('prompts.jsonl'))).toBe(false);
  });

  it('without -o stdout is records alone, and stderr what is said about them', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('a.jsonl'), chatJsonl(4));
    writeFileSync(dir.at('b.csv'), tableCsv(4));
    const { code, out, err } = await gapcheck(['import', '*.jsonl', 'b.csv'], { cwd: dir.path });
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as PromptRecord).source.file),
    ).toEqual([...Array<string>(4).fill('a.jsonl'), ...Array<string>(4).fill('b.csv')]);
    expect(err).toContain('What the log says: 8 usable records');
  });

  it.each([
    ['a missing file', ['import', 'no.csv'], 'There is no file "no.csv" here.'],
    ['a pattern that fits nothing', ['import', '*.log'], 'No file matches *.log'],
    ['an unbalanced quote', ['import', 'open.csv', '-o', 'p.jsonl'], 'open.csv:2: a quote opens here and never closes'],
    ['no log', ['import', '-o', 'p.jsonl'], 'No log was named'],
  ])('exit 2 and the reason on stderr: %s', async (_what, args, message) => {
    using dir = tempDir();
    writeFileSync(dir.at('open.csv'), 'prompt,task\n"c,d\ne,f\n');
    const { code, out, err } = await gapcheck(args, { cwd: dir.path });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(existsSync(dir.at('p.jsonl'))).toBe(false);
  });
});
