/** SQLite databases → the rows of one table, by SQLite itself compiled to WASM (an optional peer). */
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'node-sqlite3-wasm';
import { userError } from '../../errors.ts';
import { UnreadLog } from '../unread-log.ts';
import { knownDatabase } from './known-databases.ts';
import { optional } from './optional.ts';
import { iterate } from './sqlite-rows.ts';
import { likelyTable, quoted, type TableShape, tableText } from './sqlite-tables.ts';

export interface OpenDatabase {
  /** What was chosen and what was left, for people. */
  note: string;
  rows(): Generator<unknown>;
  close(): void;
}

/** Throws exit 2 without the reader, for a damaged file, and where no table or several could be meant. */
export async function openDatabase(path: string, file: string, wanted: string | undefined): Promise<OpenDatabase> {
  const { Database } = await optional(
    async () => (await import('node-sqlite3-wasm')).default,
    file,
    'an SQLite database',
    `npm install node-sqlite3-wasm, or export one table: sqlite3 -json ${file} "select * from ${quoted(namedTable(path))}" > table.json`,
  );
  const copy = readableCopy(path, file);
  let db: Database | undefined;
  const close = (): void => {
    if (db?.isOpen) db.close();
    copy.remove();
  };
  try {
    db = new Database(copy.path, { readOnly: true, fileMustExist: true });
    const tables = shapes(db);
    const chosen = choose(tables, file, wanted);
    const open = db;
    return { note: chosen.note, rows: () => undamaged(chosen.rows(open), file), close };
  } catch (error) {
    close();
    throw ofDatabase(error, file);
  }
}

/** A damaged page may be met only in the middle of the rows. */
function* undamaged(rows: Generator<unknown>, file: string): Generator<unknown> {
  try {
    yield* rows;
  } catch (error) {
    throw ofDatabase(error, file);
  }
}

function ofDatabase(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || error.name !== 'SQLite3Error') return error;
  return userError(
    'logs.damaged',
    `${file}: this SQLite database cannot be read (${error.message}).`,
    `check it with \`sqlite3 ${file} "pragma integrity_check"\` and copy it again`,
    error,
  );
}

interface Chosen {
  note: string;
  rows(db: Database): Generator<unknown>;
}

function choose(tables: TableShape[], file: string, wanted: string | undefined): Chosen {
  const known = wanted === undefined ? knownDatabase(tables) : undefined;
  if (known) return { note: `${file} is ${known.title}: ${known.what} are read.`, rows: known.rows };
  const table = wanted === undefined ? likelyTable(tables) : tables.find(({ name }) => name === wanted);
  if (!table) throw noTable(tables, file, wanted);
  const others = tables.filter((each) => each !== table && each.rows > 0);
  const left = others.length
    ? `; not read: ${others.map(tableText).join(', ')} (--table ${others[0]?.name} would read ${others.length > 1 ? 'the first of them' : 'it'})`
    : '';
  return {
    note: `${file}: the table ${tableText(table)} is read${left}.`,
    rows: (db) => iterate(db, `select * from ${quoted(table.name)}`),
  };
}

function noTable(tables: TableShape[], file: string, wanted: string | undefined): Error {
  const filled = tables.filter(({ rows }) => rows > 0);
  const list = filled.map(tableText).join(', ');
  if (filled.length === 0) return userError('logs.no-rows', `${file}: a database without rows.`, 'name another file');
  const what = wanted === undefined ? 'it is not clear which table holds the prompts' : `there is no table ${wanted}`;
  const likely = [...filled].sort((a, b) => b.score - a.score || b.textColumns.length - a.textColumns.length);
  return new UnreadLog('logs.which-table', `${file}: ${what}. Its tables are ${list}.`, {
    file,
    ways: likely.map(({ name }) => ({ table: name })),
  });
}

function shapes(db: Database): TableShape[] {
  const names = db.all("select name, type from sqlite_master where type in ('table', 'view') order by name");
  return names.flatMap(({ name }) => {
    if (typeof name !== 'string' || /^sqlite_|_fts(?:_|$)|migrations?$/i.test(name)) return [];
    const columns = db.all(`select name, type from pragma_table_info(${quotedText(name)})`);
    const count = db.get(`select count(*) as n from ${quoted(name)}`)?.n;
    return [shapeOf(name, columns, Number(count ?? 0))];
  });
}

function shapeOf(name: string, columns: Record<string, unknown>[], rows: number): TableShape {
  const all = columns.map((column) => String(column.name));
  const texts = columns.filter((column) => /^(?:|.*(?:char|text|clob|json|varying).*)$/i.test(String(column.type)));
  return { name, rows, columns: all, textColumns: texts.map((column) => String(column.name)), score: 0 };
}

const quotedText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * A database in write-ahead mode needs shared memory, which WASM has not: a copy with the older mode in its header is
 * read. What is still in the -wal file is not in it, so such a file is refused.
 */
function readableCopy(path: string, file: string): { path: string; remove(): void } {
  const wal = `${path}-wal`;
  if (existsSync(wal) && statSync(wal).size > 0)
    throw userError(
      'logs.open-database',
      `${file} is open in another program, or was not closed: its newest rows are only in ${file}-wal.`,
      `close that program, or write them back: sqlite3 ${file} "pragma wal_checkpoint(truncate)"`,
    );
  const folder = mkdtempSync(join(tmpdir(), 'gapcheck-'));
  const copy = join(folder, 'log.db');
  copyFileSync(path, copy);
  const handle = openSync(copy, 'r+');
  writeSync(handle, Buffer.from([1, 1]), 0, 2, 18);
  closeSync(handle);
  return { path: copy, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The likeliest table by its name, read out of the text of the schema: for the hint where no reader is installed. */
function namedTable(path: string): string {
  const buffer = Buffer.alloc(1 << 18);
  const handle = openSync(path, 'r');
  const length = readSync(handle, buffer, 0, buffer.length, 0);
  closeSync(handle);
  const text = buffer.subarray(0, length).toString('latin1');
  const names = [...text.matchAll(/CREATE TABLE\s+(?:IF NOT EXISTS\s+)?["'`[]?(\w+)/gi)].map(([, name = '']) => name);
  const own = names.filter((name) => !/^sqlite_|migration|_fts/i.test(name));
  return (
    own.find((name) =>
      /message|call|prompt|chat|respons|turn|log|request|steps|completion|generation|eval_results/i.test(name),
    ) ??
    own[0] ??
    'messages'
  );
}
