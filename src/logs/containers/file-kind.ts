/** What a file is by its first bytes, and the logs in it where it is an archive. */

import { type FileHandle, open } from 'node:fs/promises';
import { userError } from '../../errors.ts';
import { type ArchiveEntry, logEntries } from './archive.ts';
import { type Kind, kindOf, refusals } from './magic.ts';
import { cannotOpen } from './read-bytes.ts';
import { isTar, tarEntries } from './tar.ts';
import { listZip, refuseWorkbook, zipEntry } from './zip.ts';

export interface Archive {
  what: 'tar' | 'zip';
  entries: ArchiveEntry[];
  others: string[];
}

export const some = (names: string[]): string =>
  `${names.slice(0, 8).join(', ')}${names.length > 8 ? `, and ${names.length - 8} more` : ''}`;

export async function inspect(path: string, file: string): Promise<{ kind: Kind; archive?: Archive }> {
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
