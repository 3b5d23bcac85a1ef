/** Bytes of a file or of a part of it, unpacked; and what to do where they cannot be read. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip, createInflateRaw } from 'node:zlib';
import { causeCode, userError } from '../../errors.ts';
import type { ArchiveEntry } from './archive.ts';

export const chunkSize = 1 << 16;

/** Bytes of a file or of a part of it, unpacked. */
export async function* readBytes(
  path: string,
  file: string,
  part: Pick<ArchiveEntry, 'packing' | 'inner'> & { name?: string; start?: number; end?: number },
  onRaw?: (chunk: Buffer) => void,
): AsyncGenerator<Buffer> {
  if (part.packing === 'stored' && part.start === undefined) {
    yield* plainBytes(path, file, onRaw);
    return;
  }
  const range = part.end === undefined ? {} : { start: part.start ?? 0, end: part.end - 1 };
  const raw = createReadStream(path, { highWaterMark: chunkSize, ...range });
  if (onRaw) raw.on('data', (chunk) => onRaw(chunk as Buffer));
  if (part.packing === 'zstd') {
    const { unpackZstd } = await import('./zstd.ts');
    const chunks: Buffer[] = [];
    for await (const chunk of raw) chunks.push(chunk as Buffer);
    yield await unpackZstd(Buffer.concat(chunks), file, part.name ?? file);
    return;
  }
  const unpack =
    part.packing === 'gzip'
      ? createGunzip({ chunkSize })
      : part.packing === 'deflate'
        ? createInflateRaw({ chunkSize })
        : undefined;
  try {
    // The errors of both streams come out of the loop; pipeline's callback only keeps it from being unhandled.
    if (unpack && part.inner === 'gzip') yield* pipeline(raw, unpack, createGunzip({ chunkSize }), () => {});
    else yield* unpack ? pipeline(raw, unpack, () => {}) : raw;
  } catch (error) {
    throw cannotRead(file, error);
  }
}

/** One buffer for the whole file: a chunk is good until the next is asked for. */
export async function* plainBytes(path: string, file: string, onRaw?: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
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

export function cannotOpen(file: string, error: unknown): Error {
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

export function cannotRead(file: string, error: unknown): unknown {
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
