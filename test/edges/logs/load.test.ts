import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GapcheckError } from '../../../src/errors.ts';
import { type LoadOptions, loadPrompts } from '../../../src/logs/load.ts';
import { hashing } from '../../../src/store/hashing.ts';
import { zipOf } from '../../helpers/zip-file.ts';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'gapcheck-load-'));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const options = (extra: Partial<LoadOptions> = {}): LoadOptions => ({
  redact: true,
  now: new Date('2026-11-20T00:00:00Z'),
  seed: 1,
  hashing,
  cwd,
  ...extra,
});
const load = (name: string, content: string | Uint8Array, extra: Partial<LoadOptions> = {}) => {
  writeFileSync(join(cwd, name), content);
  return loadPrompts([name], options(extra));
};
async function failure(promise: Promise<unknown>): Promise<GapcheckError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(GapcheckError);
  expect((error as GapcheckError).exitCode).toBe(2);
  expect((error as GapcheckError).hint).toBeTruthy();
  return error as GapcheckError;
}

describe('a Langfuse export as a table', () => {
  const row = (id: string, level: string, output: string, message: string) =>
    `${id},t-${id},GENERATION,${level},${message},,summarise-ticket,OpenAI-generation,"Summarise ticket ${id}, please.",${output},{}`;
  const head = 'id,traceId,type,level,statusMessage,promptName,traceName,name,input,output,usageDetails';

  it('takes the task from the next name where the first column is empty, and counts failed calls', async () => {
    const loaded = await load(
      'observations.csv',
      `${[head, row('1', 'DEFAULT', 'Export fails.', ''), row('2', 'ERROR', '', 'Connection error.')].join('\n')}\n`,
    );
    expect(loaded.prompts.map(({ task }) => task)).toEqual(['summarise-ticket', 'summarise-ticket']);
    expect(loaded.audit.answers).toMatchObject({ logged: 2, failed: 1 });
    expect(loaded.prompts.map(({ ref }) => ref?.error)).toEqual([undefined, 'Connection error.']);
  });
});

describe('a table of prompts', () => {
  it('reads prompt, system, task, id and named answers', async () => {
    const loaded = await load(
      'a.csv',
      'id,task,system,prompt,answer:closed,answer:open\n7,mail,Be kind.,Hello,Hi!,Hey\n',
    );
    expect(loaded.prompts[0]).toMatchObject({
      task: 'mail',
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Hello' },
      ],
      answers: { closed: { text: 'Hi!' }, open: { text: 'Hey' } },
      source: { format: 'csv', file: 'a.csv', line: 2 },
      source_id: '7',
    });
    expect(loaded.answerColumns).toEqual(['closed', 'open']);
    expect(loaded.understood[0]?.why).toBe(
      'prompt = column "prompt", system = column "system", task = column "task", answers closed, open',
    );
  });

  it.each([
    '{{ env.HOME }} $HOME {% raw %}',
    'file:///etc/hosts',
    '[{"role":"user","content":"not a message list"}]',
    '{"messages":[]}',
    'line one\r\nline two\n\n  indented\t',
    '=SUM(A1)',
    '👩‍💻 zero\u200bwidth\u00a0nbsp \u202eRTL',
    '\u001b[31mred\u001b[0m',
    '"quoted"',
  ])('keeps the bytes of a cell: %j', async (text) => {
    const loaded = await load('b.csv', `\ufeffprompt,task\r\n"${text.replaceAll('"', '""')}",t\r\nplain,t\r\n`);
    expect(loaded.prompts[0]?.messages).toEqual([{ role: 'user', content: text }]);
  });

  it('reads a cell as messages only from a column named messages, or by flag', async () => {
    const cell = '"[{""role"":""user"",""content"":""Hi""},{""role"":""assistant"",""content"":""Hello""}]"';
    const declared = await load('c.csv', `messages,task\n${cell},t\n`);
    expect(declared.prompts[0]).toMatchObject({ messages: [{ role: 'user', content: 'Hi' }], ref: { text: 'Hello' } });
    const flagged = await load('c.csv', `prompt,task\n${cell},t\n`, { messagesField: 'prompt' });
    expect(flagged.prompts[0]?.messages).toEqual([{ role: 'user', content: 'Hi' }]);
  });

  it('folds duplicates into a count and keeps source order', async () => {
    const loaded = await load('d.csv', 'prompt,task\nb,t\na,t\nb,t\nb,t\n');
    expect(loaded.prompts.map(({ messages, count }) => [messages[0]?.content, count])).toEqual([
      ['b', 3],
      ['a', undefined],
    ]);
    expect(loaded.duplicates).toBe(2);
  });

  it('refuses to choose between two different prompt columns', async () => {
    const error = await failure(load('e.csv', 'prompt,question\na,b\n'));
    expect(error.message).toContain('"prompt" and "question" could both be the prompt');
    expect(error.message).toContain('e.csv:2');
    expect(
      (await load('e.csv', 'prompt,question\na,b\n', { promptField: 'question' })).prompts[0]?.messages[0]?.content,
    ).toBe('b');
  });

  it('rejects a row with a stray delimiter by its line instead of cutting the prompt', async () => {
    const loaded = await load('f.csv', 'task,prompt\nt,fine\nt,Hello, world\nt\n');
    expect(loaded.prompts).toHaveLength(1);
    expect(loaded.rejected.map(({ reason, firstLines }) => [reason.slice(0, 20), firstLines[0]?.line])).toEqual([
      ['more cells than the ', 3],
      ['the prompt is empty', 4],
    ]);
  });

  it('warns where Excel cuts cells', async () => {
    const loaded = await load('g.csv', `prompt,task\n${'x'.repeat(32_767)},t\nshort,t\n`);
    expect(loaded.rejected[0]).toMatchObject({ reason: expect.stringContaining('cut'), count: 1 });
  });
});

describe('JSON', () => {
  it('reads chat JSON lines; the last assistant turn is the answer', async () => {
    const line = {
      model: 'gpt-x',
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hello' },
      ],
      temperature: 0,
    };
    const loaded = await load(
      'a.jsonl',
      `${JSON.stringify(line)}\nnot json\n${JSON.stringify({ messages: [{ role: 'user', content: 'Two' }] })}\n`,
    );
    expect(loaded.prompts).toHaveLength(2);
    expect(loaded.prompts[0]).toMatchObject({
      messages: [{ role: 'user', content: 'Hi' }],
      ref: { text: 'Hello', model: 'gpt-x' },
      params: { temperature: 0 },
    });
    expect(loaded.rejected).toEqual([
      { reason: 'not valid JSON', count: 1, firstLines: [{ file: 'a.jsonl', line: 2 }] },
    ]);
  });

  it.each([
    ['pretty array', (rows: unknown[]) => JSON.stringify(rows, null, 2)],
    ['array on one line', (rows: unknown[]) => JSON.stringify(rows)],
    ['array with a trailing comma', (rows: unknown[]) => `[${rows.map((row) => JSON.stringify(row)).join(',\n')},\n]`],
    ['wrapper', (rows: unknown[]) => JSON.stringify({ data: rows, has_more: false })],
    ['objects one after another', (rows: unknown[]) => rows.map((row) => JSON.stringify(row, null, 1)).join('\n')],
    [
      'gzip in two members',
      (rows: unknown[]) => Buffer.concat(rows.map((row) => gzipSync(`${JSON.stringify(row)}\n`))),
    ],
  ])('%s', async (_name, write) => {
    const rows = [
      { task: 'a', prompt: 'One "\\' },
      { task: 'b', prompt: 'Two {[' },
    ];
    const loaded = await load('b.json', write(rows));
    expect(loaded.prompts.map(({ task, messages }) => [task, messages[0]?.content])).toEqual([
      ['a', 'One "\\'],
      ['b', 'Two {['],
    ]);
  });

  it('reads what it wrote', async () => {
    const first = await load('c.csv', 'prompt,task\n"Mail bob@acme.io, 4539 1488 0343 6467",t\n');
    const again = await load('c.jsonl', first.prompts.map((prompt) => JSON.stringify(prompt)).join('\n'));
    expect(again.prompts).toEqual(first.prompts);
    expect(again.understood[0]?.format).toBe('gapcheck');
    expect(again.redacted).toEqual({});
  });
});

describe('no silent success', () => {
  it.each([
    ['missing file', async () => loadPrompts(['nope.csv'], options()), 'nope.csv: no such file'],
    ['no match', async () => loadPrompts(['*.nope'], options()), 'No file matches'],
    ['empty file', async () => load('x.csv', ''), 'x.csv is empty'],
    ['blank file', async () => load('x.csv', ' \n\n'), 'nothing but blanks'],
    ['header only', async () => load('x.csv', 'prompt,task\n'), 'and no rows'],
    [
      'no prompt column',
      async () => load('x.csv', 'alpha,beta\n1,2\n'),
      'x.csv:1: no prompt column. The columns are alpha, beta',
    ],
    ['no header', async () => load('x.csv', '12,34\n1,2\n'), 'does not look like a header'],
    ['only blank prompts', async () => load('x.csv', 'prompt,task\n ,t\n'), 'the prompt is empty (x.csv:2)'],
    ['unbalanced quote', async () => load('x.csv', 'prompt,task\n"b,t\nc,t\n'), 'x.csv:2: a quote opens here'],
    ['SQLite', async () => load('x.db', 'SQLite format 3\0…'), 'SQLite'],
    ['Parquet', async () => load('x.parquet', 'PAR1…'), 'this Parquet file cannot be read'],
    ['broken gzip', async () => load('x.csv.gz', gzipSync('prompt\nhello\n').subarray(0, 20)), 'damaged or cut off'],
    ['unknown JSON', async () => load('x.jsonl', '{"foo":1}\n'), 'has the fields foo'.replace('has', 'have')],
    [
      'Shift-JIS',
      async () =>
        load(
          'x.csv',
          Buffer.from([
            0x70, 0x72, 0x6f, 0x6d, 0x70, 0x74, 0x0a, 0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0x82, 0xc5, 0x81, 0x42, 0x0a,
          ]),
        ),
      'x.csv:2: bytes that are neither UTF-8 nor Windows-1252',
    ],
    [
      'bytes of anything',
      async () => load('x.csv', createHash('sha512').update('x').digest()),
      'x.csv is not text: NUL and control bytes all over it.',
    ],
    [
      'a workbook whose parts have no name that one knows',
      async () => load('x.xlsx', zipOf([{ name: 'sheet1.xml', data: Buffer.from('<x/>') }])),
      'x.xlsx is an Excel workbook',
    ],
    ['bad --encoding', async () => load('x.csv', 'prompt\na\n', { encoding: 'klingon' }), 'no such encoding'],
    ['bad --since', async () => load('x.csv', 'prompt\na\n', { since: 'yesterday' }), 'neither an age nor a date'],
  ])('%s', async (_name, run, message) => {
    expect((await failure(run())).message).toContain(message);
  });

  it('uses the whole rows before a quote that never closes, and names its line', async () => {
    const loaded = await load('cut.csv', 'prompt,task\na,t\n"b,t\nc,t\n');
    expect(loaded.prompts.map(({ messages }) => messages[0]?.content)).toEqual(['a']);
    expect(loaded.warnings.join(' ')).toContain('cut.csv:3: a quote opens here and never closes');
  });

  it('reads UTF-16 without a mark by its zero bytes', async () => {
    const loaded = await load('u.csv', Buffer.from('prompt\nhello\n', 'utf16le'));
    expect(loaded.prompts.map(({ messages }) => messages[0]?.content)).toEqual(['hello']);
  });

  it('a folder', async () => {
    mkdirSync(join(cwd, 'folder'), { recursive: true });
    expect((await failure(loadPrompts(['folder'], options()))).message).toContain('is a folder');
  });

  it.skipIf(process.platform === 'win32')('a pipe, which a shell makes of <(…)', async () => {
    execFileSync('mkfifo', [join(cwd, 'pipe.csv')]);
    expect(await failure(loadPrompts(['pipe.csv'], options()))).toMatchObject({
      message: expect.stringContaining('pipe.csv is a pipe'),
      hint: expect.stringContaining('gapcheck import - < pipe.csv'),
    });
  });

  it('suggests the encoding that fits', async () => {
    const bytes = Buffer.from([
      0x70, 0x72, 0x6f, 0x6d, 0x70, 0x74, 0x0a, 0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0x82, 0xc5, 0x81, 0x42, 0x0a,
    ]);
    expect((await failure(load('y.csv', bytes))).hint).toContain('--encoding shift_jis');
    expect((await load('y.csv', bytes, { encoding: 'shift_jis' })).prompts[0]?.messages[0]?.content).toBe('日本語で。');
  });
});
