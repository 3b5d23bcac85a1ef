/** Files → bytes: paths and globs, standard input, and what is packed in them. Says what to do with anything else. */

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import { userError } from '../errors.ts';
import { type Archive, inspect, some } from './containers/file-kind.ts';
import { cannotOpen, cannotRead, chunkSize, plainBytes, readBytes } from './containers/read-bytes.ts';
import { jsonLines } from './containers/row-lines.ts';
import { spool } from './containers/spool.ts';
import { isTar } from './containers/tar.ts';
import { textForm } from './containers/text-forms.ts';
import { exists } from './globs.ts';

export interface LogSource {
  /** As shown to people and kept in records: relative to the working folder where it is inside it. */
  file: string;
  path: string;
  /** `gzip`, or what it was taken out of. */
  packed?: string;
  /** What the bytes are where the file's name would mislead. */
  form?: 'json';
  /** Decompressed bytes from the start; may be called again. A chunk is good until the next is asked for. `onRaw` sees the bytes as they are on the disk. */
  bytes(onRaw?: (chunk: Buffer) => void): AsyncIterable<Buffer>;
}

/** A named log as one or several sources, and what is to be said of how it was opened. */
export interface OpenedLog {
  sources: LogSource[];
  notes: string[];
  /** Several files in one: an entry that is no log is named, and the others are read. */
  archive: boolean;
  /** Removes temporary files; to be called once everything was read. */
  close(): void;
}

export interface OpenOptions {
  /** Which table of a database is read. */
  table?: string;
}

/** Opens a file (`-`: standard input), or throws exit 2: missing, a folder, empty, unreadable, a workbook, … */
export async function openLogs(name: string, cwd: string, options: OpenOptions = {}): Promise<OpenedLog> {
  if (name === '-' && !(await exists(resolve(cwd, name)))) return openStandardInput(options);
  const path = resolve(cwd, name);
  const inside = relative(cwd, path) || '.';
  const file = (isAbsolute(inside) || inside.startsWith('..') ? name : inside).replaceAll('\\', '/');
  const info = await stat(path).catch((error: unknown) => {
    throw cannotOpen(file, error);
  });
  if (info.isDirectory())
    throw userError(
      'logs.folder',
      `${file} is a folder.`,
      `name its files: gapcheck import '${file.replace(/\/$/, '')}/*.jsonl' -o prompts.jsonl`,
    );
  if (!info.isFile())
    throw userError(
      'logs.pipe',
      `${file} is a pipe or a device, which cannot be read a second time.`,
      'give it as standard input: gapcheck import - < FILE'.replace('FILE', file),
    );
  return openPath(path, file, options);
}

async function openStandardInput(options: OpenOptions): Promise<OpenedLog> {
  if (process.stdin.isTTY)
    throw userError(
      'logs.stdin',
      '-: standard input is the keyboard.',
      'send a log into it: gapcheck import - < logs.jsonl',
    );
  const spooled = await spool(process.stdin);
  try {
    const opened = await openPath(spooled.path, 'standard input', options);
    const close = (): void => {
      opened.close();
      spooled.remove();
    };
    return { ...opened, close };
  } catch (error) {
    spooled.remove();
    throw error;
  }
}

async function openPath(path: string, file: string, options: OpenOptions): Promise<OpenedLog> {
  const { kind, archive } = await inspect(path, file);
  if (archive) return archiveLogs(path, file, archive);
  if (kind === 'gzip' && (await isPackedTar(path, file))) return packedTar(path, file);
  if (kind === 'sqlite') return databaseLog(path, file, options.table);
  if (kind === 'parquet') {
    const { parquetRows } = await import('./containers/parquet.ts');
    return one(rowSource(path, file, 'Parquet', () => parquetRows(path, file)));
  }
  const plain: LogSource = {
    file,
    path,
    ...(kind === 'gzip' && { packed: 'gzip' }),
    bytes: (onRaw) => readBytes(path, file, { packing: kind === 'gzip' ? 'gzip' : 'stored' }, onRaw),
  };
  const form = await formOf(plain);
  return form ? formLog(plain, form) : one(plain);
}

const one = (source: LogSource, notes: string[] = [], close: () => void = () => {}): OpenedLog => ({
  sources: [source],
  notes,
  archive: false,
  close,
});

/** Rows that become lines of JSON; the hash is that of the file itself. */
const rowSource = (
  path: string,
  file: string,
  packed: string,
  rows: () => AsyncIterable<unknown> | Iterable<unknown>,
): LogSource => ({
  file,
  path,
  packed,
  bytes: async function* (onRaw) {
    if (onRaw) for await (const _ of plainBytes(path, file, onRaw));
    yield* jsonLines(rows());
  },
});

async function databaseLog(path: string, file: string, table: string | undefined): Promise<OpenedLog> {
  const { openDatabase } = await import('./containers/sqlite.ts');
  const database = await openDatabase(path, file, table);
  return one(
    rowSource(path, file, 'SQLite', () => database.rows()),
    [database.note],
    () => database.close(),
  );
}

async function formOf(source: LogSource): Promise<ReturnType<typeof textForm>> {
  for await (const chunk of source.bytes()) return textForm(chunk.toString('utf8').replace(/^\ufeff/, ''), source.file);
  return undefined;
}

async function formLog(source: LogSource, form: NonNullable<ReturnType<typeof textForm>>): Promise<OpenedLog> {
  const chunks: Buffer[] = [];
  for await (const chunk of source.bytes()) chunks.push(Buffer.from(chunk));
  const { text, notes } = await form.read(
    Buffer.concat(chunks)
      .toString('utf8')
      .replace(/^\ufeff/, ''),
    source.file,
  );
  const bytes = async function* (onRaw?: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
    if (onRaw) for await (const _ of source.bytes(onRaw));
    yield Buffer.from(text);
  };
  return one({ ...source, form: 'json', bytes }, notes);
}

function archiveLogs(path: string, file: string, { what, entries, others }: Archive, close = () => {}): OpenedLog {
  const single = what === 'zip' && entries.length === 1;
  const sources = entries.map(
    (entry): LogSource => ({
      file: single ? file : `${file}/${entry.name}`,
      path,
      packed: single ? `${entry.name} in a zip` : `in a ${what}`,
      bytes: (onRaw) => readBytes(path, file, entry, onRaw),
    }),
  );
  const notes = others.length ? [`${file}: not read, because they are not named like logs: ${some(others)}.`] : [];
  return { sources, notes, archive: entries.length > 1, close };
}

async function isPackedTar(path: string, file: string): Promise<boolean> {
  for await (const chunk of readBytes(path, file, { packing: 'gzip' })) return isTar(chunk);
  return false;
}

/** A packed tar is unpacked once, because its entries are read more than once. */
async function packedTar(path: string, file: string): Promise<OpenedLog> {
  const spooled = await spool(createReadStream(path), createGunzip({ chunkSize })).catch((error: unknown) => {
    throw cannotRead(file, error);
  });
  try {
    const { archive } = await inspect(spooled.path, file);
    if (archive) return archiveLogs(spooled.path, file, archive, spooled.remove);
    throw userError('logs.damaged', `${file}: the tar inside is damaged.`, `test it with \`tar tzf ${file}\``);
  } catch (error) {
    spooled.remove();
    throw error;
  }
}
