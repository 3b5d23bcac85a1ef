/** Files → bytes: paths and globs, gzip (all members), a .zip with one log. Says what to do with anything else. */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip, createInflateRaw } from 'node:zlib';
import { causeCode, userError } from '../errors.ts';
import { globFiles, isPattern } from './globs.ts';
import { type Kind, kindOf, refusals } from './magic.ts';
import { type ZipEntry, zipLog } from './zip.ts';

export interface LogSource {
  /** As shown to people and kept in records: relative to the working folder where it is inside it. */
  file: string;
  path: string;
  /** `gzip`, or the entry of a zip. */
  packed?: string;
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

/** Opens a file, or throws exit 2: missing, a folder, empty, unreadable, a workbook, a database, … */
export async function openLog(name: string, cwd: string): Promise<LogSource> {
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
      'save it as a file first, then name that file',
    );
  const { kind, entry } = await inspect(path, file);
  const packed = entry ? `${entry.name} in a zip` : kind === 'gzip' ? 'gzip' : undefined;
  return { file, path, ...(packed && { packed }), bytes: (onRaw) => readBytes(path, file, kind, entry, onRaw) };
}

async function inspect(path: string, file: string): Promise<{ kind: Kind; entry?: ZipEntry }> {
  const handle = await open(path).catch((error: unknown) => {
    throw cannotOpen(file, error);
  });
  try {
    const head = Buffer.alloc(64);
    const { bytesRead } = await handle.read(head, 0, 64, 0);
    const { size } = await handle.stat();
    if (bytesRead === 0)
      throw userError('logs.empty', `${file} is empty (0 bytes).`, 'export it again, or name another file');
    const kind = kindOf(head.subarray(0, bytesRead));
    if (kind === 'zip') return { kind, entry: await zipLog(handle, file, size) };
    if (kind === 'text' || kind === 'gzip') return { kind };
    const { what, hint } = refusals[kind];
    throw userError('logs.binary', `${file} is ${what}, not a text log.`, hint.replaceAll('FILE', file));
  } finally {
    await handle.close();
  }
}

async function* readBytes(
  path: string,
  file: string,
  kind: Kind,
  entry: ZipEntry | undefined,
  onRaw?: (chunk: Buffer) => void,
): AsyncGenerator<Buffer> {
  if (kind === 'text') {
    yield* plainBytes(path, file, onRaw);
    return;
  }
  const range = entry ? { start: entry.start, end: entry.end - 1 } : {};
  const raw = createReadStream(path, { highWaterMark: chunkSize, ...range });
  if (onRaw) raw.on('data', (chunk) => onRaw(chunk as Buffer));
  const unpack =
    kind === 'gzip' ? createGunzip({ chunkSize }) : entry?.method === 8 ? createInflateRaw({ chunkSize }) : undefined;
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
  if (code === 'ENOENT' && file === '-')
    return userError(
      'logs.stdin',
      '-: there is no file of that name, and standard input is not read.',
      'save it as a file first, then name that file',
      error,
    );
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
