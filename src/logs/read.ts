/** Files → bytes: paths and globs, standard input, and what is packed in them. Says what to do with anything else. */
import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip, createInflateRaw } from 'node:zlib';
import { causeCode, userError } from '../errors.ts';
import { type ArchiveEntry, logEntries } from './containers/archive.ts';
import { type Kind, kindOf, refusals } from './containers/magic.ts';
import { jsonLines } from './containers/row-lines.ts';
import { spool } from './containers/spool.ts';
import { isTar, tarEntries } from './containers/tar.ts';
import { textForm } from './containers/text-forms.ts';
import { listZip, refuseWorkbook, zipEntry } from './containers/zip.ts';
import { globFiles, isPattern } from './globs.ts';

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

const chunkSize = 1 << 16;

/** Plain names stay as they are; patterns become the files they match, sorted. Each file once. */
export async function expandFiles(patterns: string[], cwd: string): Promise<string[]> {
  const files: string[] = [];
  for (const pattern of patterns) {
    if (!isPattern(pattern) || (await exists(resolve(cwd, pattern)))) files.push(pattern);
    else files.push(...(await matches(pattern, cwd)));
  }
  const unique = [...new Map(files.map((file) => [resolve(cwd, file), file])).values()];
  if (unique.length === 0)
    throw userError('logs.no-files', 'No log file was named.', 'gapcheck import FILE… -o prompts.jsonl');
  return unique;
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function matches(pattern: string, cwd: string): Promise<string[]> {
  const found = await globFiles(pattern, cwd);
  if (!found.length) throw userError('logs.no-match', `No file matches ${pattern}.`, 'look what is there: `ls`');
  return found;
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

interface Archive {
  what: 'tar' | 'zip';
  entries: ArchiveEntry[];
  others: string[];
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

const some = (names: string[]): string =>
  `${names.slice(0, 8).join(', ')}${names.length > 8 ? `, and ${names.length - 8} more` : ''}`;

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

async function inspect(path: string, file: string): Promise<{ kind: Kind; archive?: Archive }> {
  const handle = await open(path).catch((error: unknown) => {
    throw cannotOpen(file, error);
  });
  try {
    const head = Buffer.alloc(512);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    const { size } = await handle.stat();
    if (bytesRead === 0)
      throw userError('logs.empty', `${file} is empty (0 bytes).`, 'export it again, or name another file');
    const kind = kindOf(head.subarray(0, bytesRead));
    if (kind === 'zip') return { kind, archive: await zipArchive(handle, file, size) };
    if (kind === 'text' && isTar(head)) return { kind, archive: await tarArchive(handle, file, size) };
    if (kind === 'text' || kind === 'gzip' || kind === 'sqlite' || kind === 'parquet') return { kind };
    const { what, hint } = refusals[kind];
    throw userError('logs.binary', `${file} is ${what}, not a text log.`, hint.replaceAll('FILE', file));
  } finally {
    await handle.close();
  }
}

async function zipArchive(handle: FileHandle, file: string, size: number): Promise<Archive> {
  const all = await listZip(handle, size);
  await refuseWorkbook(handle, file, size, all);
  const { logs, others } = logEntries(all);
  if (logs.length === 0) throw noLogs(file, 'zip', others);
  const filled = logs.filter(({ packed }) => packed > 0);
  const [first] = logs;
  if (filled.length === 0)
    throw userError('logs.empty', `${file}: ${first?.name} in it is empty.`, 'export it again, or name another file');
  const entries: ArchiveEntry[] = [];
  for (const listed of filled) entries.push(await zipEntry(handle, file, size, listed));
  return { what: 'zip', entries, others };
}

async function tarArchive(handle: FileHandle, file: string, size: number): Promise<Archive> {
  const { logs, others } = logEntries(await tarEntries(handle, size));
  const entries = logs.filter(({ start, end }) => end > start);
  if (entries.length === 0) throw noLogs(file, 'tar', others);
  return { what: 'tar', entries, others };
}

const noLogs = (file: string, what: string, others: string[]): Error =>
  userError(
    `logs.${what}`,
    `${file} holds no CSV or JSON file${others.length ? `; it holds ${some(others)}` : ''}.`,
    what === 'zip'
      ? `unzip it and name the file: \`unzip ${file}\``
      : `unpack it and name the file: \`tar xf ${file}\``,
  );

/** Bytes of a file or of a part of it, unpacked. */
async function* readBytes(
  path: string,
  file: string,
  part: { packing: ArchiveEntry['packing']; start?: number; end?: number },
  onRaw?: (chunk: Buffer) => void,
): AsyncGenerator<Buffer> {
  if (part.packing === 'stored' && part.start === undefined) {
    yield* plainBytes(path, file, onRaw);
    return;
  }
  const range = part.end === undefined ? {} : { start: part.start ?? 0, end: part.end - 1 };
  const raw = createReadStream(path, { highWaterMark: chunkSize, ...range });
  if (onRaw) raw.on('data', (chunk) => onRaw(chunk as Buffer));
  const unpack =
    part.packing === 'gzip'
      ? createGunzip({ chunkSize })
      : part.packing === 'deflate'
        ? createInflateRaw({ chunkSize })
        : undefined;
  try {
    // The errors of both streams come out of the loop; pipeline's callback only keeps it from being unhandled.
    yield* unpack ? pipeline(raw, unpack, () => {}) : raw;
  } catch (error) {
    throw cannotRead(file, error);
  }
}

/** One buffer for the whole file: a chunk is good until the next is asked for. */
async function* plainBytes(path: string, file: string, onRaw?: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  const handle = await open(path).catch((error: unknown) => {
    throw cannotOpen(file, error);
  });
  try {
    const buffer = Buffer.allocUnsafe(chunkSize);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, chunkSize, null);
      if (bytesRead === 0) return;
      const chunk = buffer.subarray(0, bytesRead);
      onRaw?.(chunk);
      yield chunk;
    }
  } catch (error) {
    throw cannotRead(file, error);
  } finally {
    await handle.close();
  }
}

function cannotOpen(file: string, error: unknown): Error {
  const code = causeCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return userError('logs.missing', `${file}: no such file.`, 'check the path: `ls`', error);
  if (code === 'EACCES' || code === 'EPERM')
    return userError('logs.unreadable', `${file}: no permission to read it.`, `chmod u+r ${file}`, error);
  return userError(
    'logs.unreadable',
    `${file} cannot be opened (${code ?? String(error)}).`,
    'name an ordinary file',
    error,
  );
}

function cannotRead(file: string, error: unknown): unknown {
  const code = causeCode(error);
  if (code === undefined) return error;
  if (code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE')
    return userError(
      'logs.damaged',
      `${file}: the compressed data is damaged or cut off.`,
      `test it with \`gzip -t ${file}\` and copy it again`,
      error,
    );
  return cannotOpen(file, error);
}
