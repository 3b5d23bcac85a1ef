/** What logs are packed in: databases, column files, archives, standard input, and text forms of other tools. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sqlite from 'node-sqlite3-wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { optional } from '../../../src/logs/containers/optional.ts';
import { type LoadedPrompts, type LoadOptions, loadPrompts } from '../../../src/logs/load.ts';
import { hashing } from '../../../src/store/hashing.ts';
import { zipOf } from '../../helpers/zip-file.ts';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'containers-'));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const load = (name: string, extra: Partial<LoadOptions> = {}): Promise<LoadedPrompts> =>
  loadPrompts([name], { redact: true, now: new Date('2026-11-20T00:00:00Z'), seed: 1, hashing, cwd, ...extra });
const asked = ({ prompts }: LoadedPrompts): unknown[] => prompts.map(({ messages }) => messages.at(-1)?.content);
const write = (name: string, content: string | Buffer): string => {
  writeFileSync(join(cwd, name), content);
  return name;
};
const line = (prompt: string, answer: string): string => `${JSON.stringify({ prompt, answer })}\n`;

describe('an SQLite database', () => {
  const database = (name: string, ...sql: string[]): string => {
    const db = new sqlite.Database(join(cwd, name));
    for (const each of sql) db.exec(each);
    db.close();
    return name;
  };

  it('is read from the table that holds calls, and says what it left', async () => {
    const name = database(
      'calls.db',
      'create table plans(id integer, name text)',
      "insert into plans values (1, 'small'), (2, 'large')",
      'create table calls(prompt text, response text, model text, big integer)',
      "insert into calls values ('Who digs?', 'The mole.', 'gpt-4.1-mini', 9007199254740993)",
    );
    const loaded = await load(name);
    expect(asked(loaded)).toEqual(['Who digs?']);
    expect(loaded.prompts[0]?.ref?.text).toBe('The mole.');
    expect(loaded.warnings.join()).toMatch(
      /the table calls \(1 row; text in prompt, response, model\) is read; not read: plans \(2 rows/,
    );
  });

  it('of Chainlit gives the messages among its steps, in their threads', async () => {
    const name = database(
      'chainlit.db',
      'create table threads(id text, name text)',
      "insert into threads values ('t1', 'Lamp')",
      'create table steps(id text, type text, threadId text, input text, output text, createdAt text)',
      "insert into steps values ('1', 'user_message', 't1', '', 'Why does it flicker?', '2026-01-01T10:00:00Z')",
      "insert into steps values ('2', 'run', 't1', 'Why does it flicker?', '', '2026-01-01T10:00:01Z')",
      "insert into steps values ('3', 'assistant_message', 't1', '', 'A loose bulb.', '2026-01-01T10:00:02Z')",
    );
    const loaded = await load(name);
    expect(asked(loaded)).toEqual(['Why does it flicker?']);
    expect(loaded.prompts[0]?.ref?.text).toBe('A loose bulb.');
    expect(loaded.warnings.join()).toContain('2 rows are 1 conversation: 1 prompt');
  });

  it('is read from its only table, whatever its columns are called', async () => {
    const name = database(
      'calls.sqlite',
      'create table ai(feature text, request_json text, response_json text)',
      `insert into ai values ('tag', '{"model":"m","messages":[{"role":"user","content":"Tag: late"}]}', '{"choices":[{"message":{"role":"assistant","content":"delivery"}}]}')`,
    );
    const { prompts } = await load(name);
    expect(prompts[0]).toMatchObject({ task: 'tag', ref: { text: 'delivery' } });
  });

  it('asks where two tables could be meant, and takes --table', async () => {
    const name = database(
      'two.db',
      'create table first(prompt text, answer text)',
      'create table second(question text, answer text)',
      "insert into first values ('One?', '1')",
      "insert into second values ('Two?', '2'), ('Three?', '3')",
    );
    await expect(load(name)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(
        'first (1 row; text in prompt, answer), second (2 rows; text in question, answer)',
      ),
      hint: `gapcheck import ${name} --table first -o prompts.jsonl`,
    });
    expect(asked(await load(name, { table: 'second' }))).toEqual(['Two?', 'Three?']);
    await expect(load(name, { table: 'third' })).rejects.toThrow('there is no table third');
  });

  it('in write-ahead mode is read, unless rows are still in the file beside it', async () => {
    const name = database('wal.db', 'create table t(prompt text)', "insert into t values ('Alone?')");
    const bytes = readFileSync(join(cwd, name));
    bytes.fill(2, 18, 20);
    write(name, bytes);
    expect(asked(await load(name))).toEqual(['Alone?']);
    write(`${name}-wal`, Buffer.from('rows'));
    await expect(load(name)).rejects.toMatchObject({ exitCode: 2, hint: expect.stringContaining('wal_checkpoint') });
    expect(readFileSync(join(cwd, name)).equals(bytes)).toBe(true);
  });

  it('without rows, or damaged, is refused with exit 2', async () => {
    await expect(load(database('empty.db', 'create table t(prompt text)'))).rejects.toMatchObject({ exitCode: 2 });
    await expect(load(write('cut.db', Buffer.from('SQLite format 3\0…')))).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('an archive', () => {
  const folder = (): void => {
    mkdirSync(join(cwd, 'logs/deep'), { recursive: true });
    write('logs/a.jsonl', line('In a?', 'A.'));
    write(`logs/deep/${'long-'.repeat(30)}name.csv`, 'prompt,answer\nIn b?,B.\n');
    write('logs/user.json', '{"email":"ana@example.com"}');
    write('logs/README.md', 'about');
  };

  it.each([
    ['logs.tar', ['cf']],
    ['logs.tar.gz', ['czf']],
    ['pax.tar', ['--format=pax', '-cf']],
  ])('%s: every entry that is a log is read, the others are named', async (name, flags) => {
    folder();
    execFileSync('tar', [...flags, name, 'logs'], { cwd });
    const loaded = await load(name);
    expect(asked(loaded).sort()).toEqual(['In a?', 'In b?']);
    const said = loaded.warnings.join('\n');
    expect(said).toContain('logs/README.md');
    expect(said).toMatch(/Left out: .*logs\/user\.json: no prompt found/);
    expect(loaded.prompts.map(({ source }) => source.file)).toContain(`${name}/logs/a.jsonl`);
  });

  it.each([true, false])('reads a packed log inside a zip (stored: %s)', async (stored) => {
    const parts = ['a', 'b'].map((name) => ({
      name: `${name}.jsonl.gz`,
      data: gzipSync(line(`In ${name}?`, name)),
      stored,
    }));
    write('packed.zip', zipOf(parts));
    expect(asked(await load('packed.zip'))).toEqual(['In a?', 'In b?']);
  });

  it('leaves no temporary file behind', async () => {
    folder();
    execFileSync('tar', ['czf', 'again.tar.gz', 'logs'], { cwd });
    const before = readdirSync(tmpdir()).filter((each) => each.startsWith('gapcheck-')).length;
    await load('again.tar.gz');
    expect(readdirSync(tmpdir()).filter((each) => each.startsWith('gapcheck-')).length).toBeLessThanOrEqual(before);
  });

  it('whose entries are no logs is refused with what each lacks', async () => {
    write('none.zip', zipOf(['a.json', 'b.json'].map((name) => ({ name, data: Buffer.from('{"x":1}') }))));
    await expect(load('none.zip')).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('none.zip/a.json'),
    });
  });

  it('that is a packed log of Inspect gives its samples once, with the task from its head', async () => {
    const json = (name: string, value: unknown) => ({ name, data: Buffer.from(JSON.stringify(value)) });
    const messages = [{ role: 'user', content: 'Which tide is highest?' }];
    const output = { model: 'm', choices: [{ message: { role: 'assistant', content: 'Spring tide' } }] };
    write(
      'run.eval',
      zipOf([
        json('_journal/start.json', { version: 2, eval: { task: 'tides' }, plan: {} }),
        json('samples/1_epoch_1.json', { id: 1, epoch: 1, input: messages, target: 'Spring', messages, output }),
        json('summaries.json', [{ id: 1, epoch: 1, input: 'Which tide is highest?', target: 'Spring' }]),
        json('header.json', { version: 2, status: 'success', eval: { task: 'tides' }, plan: {} }),
      ]),
    );
    const { prompts } = await load('run.eval');
    expect(prompts).toHaveLength(1);
    expect(prompts[0]).toMatchObject({ task: 'tides', messages, ref: { text: 'Spring tide' } });
  });

  it('that is a workbook names its sheets', async () => {
    const sheets =
      '<workbook><sheets><sheet name="Prompts &amp; more" sheetId="1"/><sheet name="Notes"/></sheets></workbook>';
    write('book.xlsx', zipOf([{ name: 'xl/workbook.xml', data: Buffer.from(sheets) }]));
    await expect(load('book.xlsx')).rejects.toMatchObject({
      message: 'book.xlsx is an Excel workbook, not a CSV file. Its sheets are "Prompts & more", "Notes".',
      hint: expect.stringContaining('save it as "CSV UTF-8"'),
    });
  });
});

describe('JSON', () => {
  it.each([
    ['values one after another on a line', '{"prompt":"a?"}{"prompt":"b?"}\n{"prompt":"c?"}\n'],
    ['lines of arrays', '[{"prompt":"a?"},{"prompt":"b?"}]\n[{"prompt":"c?"}]\n'],
    ['pretty-printed values one after another', '{\n "prompt": "a?"\n}\n{\n "prompt": "b?"\n}\n{"prompt":"c?"}'],
    [
      'lines behind a time and a level',
      '12:00 INFO up\n12:01 INFO {"prompt":"a?"}\n12:02 INFO {"prompt":"b?"}\n12:03 x {"prompt":"c?"}\n',
    ],
  ])('as %s', async (_, text) => {
    const loaded = await load(write('x.log', text));
    expect(asked(loaded)).toEqual(['a?', 'b?', 'c?']);
  });

  it('as YAML', async () => {
    expect(asked(await load(write('x.yaml', '- prompt: a?\n- prompt: |\n    b?\n')))).toEqual(['a?', 'b?\n']);
    await expect(load(write('bad.yaml', 'a: [1\nb: 2'))).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('standard input', () => {
  it('is read where the file is called -', () => {
    const script = `import { loadPrompts } from './src/logs/load.ts'; import { hashing } from './src/store/hashing.ts';
      const { prompts, understood } = await loadPrompts(['-'], { redact: true, now: new Date(), seed: 1, hashing, cwd: ${JSON.stringify(cwd)} });
      console.log(JSON.stringify([understood[0].file, prompts.map((p) => p.messages[0].content)]));`;
    const done = spawnSync('npx', ['tsx', '--input-type=module', '-e', script], {
      input: line('Piped?', 'Yes.'),
      encoding: 'utf8',
    });
    expect(JSON.parse(done.stdout)).toEqual(['standard input', ['Piped?']]);
  });
});

describe('a file packed in a way that is not read', () => {
  it.each([
    ['a.jsonl.bz2', Buffer.from('BZh91AY&SY\u0000\u0001', 'latin1'), 'bunzip2 -k a.jsonl.bz2'],
    ['a.jsonl.xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4]), 'unxz -k a.jsonl.xz'],
    ['a.7z', Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]), '7z x a.7z'],
    ['a.avro', Buffer.from('Obj\u0001\u0004\u0014avro.codec'), 'avro-tools tojson a.avro'],
  ])('%s is refused with the command that unpacks it', async (name, content, command) => {
    await expect(load(write(name, content))).rejects.toMatchObject({ hint: expect.stringContaining(command) });
  });

  it('is not every text that begins with the letters of a mark', async () => {
    expect(asked(await load(write('orc.csv', 'ORC,prompt,answer\n1,When?,At six.\n')))).toEqual(['When?']);
  });
});

describe('optional readers', () => {
  it('are named with the line that installs them', async () => {
    const missing = optional(() => import(`not-${'installed'}-at-all`), 'x.db', 'an SQLite database', 'npm install y');
    await expect(missing).rejects.toMatchObject({
      exitCode: 2,
      message: 'x.db is an SQLite database, and its reader is not installed.',
      hint: 'npm install y',
    });
  });

  it('are no dependencies, and small', () => {
    const { dependencies, peerDependenciesMeta } = JSON.parse(readFileSync('package.json', 'utf8'));
    const readers = ['node-sqlite3-wasm', 'hyparquet', 'hyparquet-compressors'];
    for (const name of readers) {
      expect(dependencies).not.toHaveProperty(name);
      expect(peerDependenciesMeta[name]).toEqual({ optional: true });
    }
    const all = [...readers, 'fzstd', 'hysnappy'];
    const needed = readers.flatMap((name) =>
      Object.keys(JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).dependencies ?? {}),
    );
    expect(needed.filter((name) => !all.includes(name))).toEqual([]);
    const bytes = (name: string): number =>
      readdirSync(`node_modules/${name}`, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
    expect(bytes('node-sqlite3-wasm')).toBeLessThan(3e6);
    expect(all.reduce((sum, name) => sum + bytes(name), 0)).toBeLessThan(5e6);
  });
});
