/** The one log inside a .zip. Reads the central directory, because sizes in local headers may be missing. */
import type { FileHandle } from 'node:fs/promises';
import { userError } from '../errors.ts';

export interface ZipEntry {
  name: string;
  method: number;
  /** Where the compressed bytes begin and end in the file. */
  start: number;
  end: number;
}

const maxComment = 65_557;

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function entries(
  handle: FileHandle,
  size: number,
): Promise<{ name: string; method: number; packed: number; offset: number }[]> {
  const tail = await readAt(handle, Math.max(0, size - maxComment), Math.min(size, maxComment));
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (at < 0 || at + 20 > tail.length) return [];
  const begin = tail.readUInt32LE(at + 16);
  // A damaged size would ask for gigabytes.
  const directory = await readAt(handle, begin, Math.max(0, Math.min(tail.readUInt32LE(at + 12), size - begin)));
  const found = [];
  for (let from = 0; from + 46 <= directory.length && directory.readUInt32LE(from) === 0x02014b50; ) {
    const nameLength = directory.readUInt16LE(from + 28);
    const next = from + 46 + nameLength + directory.readUInt16LE(from + 30) + directory.readUInt16LE(from + 32);
    const name = directory.toString('utf8', from + 46, from + 46 + nameLength);
    found.push({
      name,
      method: directory.readUInt16LE(from + 10),
      packed: directory.readUInt32LE(from + 20),
      offset: directory.readUInt32LE(from + 42),
    });
    from = next;
  }
  return found;
}

/** Throws exit 2 for a workbook, for none or several logs inside, and for methods other than stored and deflate. */
export async function zipLog(handle: FileHandle, file: string, size: number): Promise<ZipEntry> {
  const all = await entries(handle, size);
  const workbook = all.some((entry) => entry.name.startsWith('xl/') || entry.name === '[Content_Types].xml');
  if (workbook || /\.xls[xmb]$/i.test(file)) {
    throw userError(
      'logs.workbook',
      `${file} is an Excel workbook, not a CSV file.`,
      'save it as "CSV UTF-8" and give that file',
    );
  }
  const logs = all.filter(
    (entry) => /\.(?:csv|tsv|txt|jsonl?|ndjson)$/i.test(entry.name) && !entry.name.startsWith('__MACOSX/'),
  );
  const [log] = logs;
  if (!log || logs.length > 1) {
    const what = log
      ? `holds ${logs.length} logs: ${logs
          .slice(0, 4)
          .map((entry) => entry.name)
          .join(', ')}`
      : 'holds no CSV or JSON file';
    throw userError('logs.zip', `${file} ${what}.`, `unzip it and name the file: \`unzip ${file}\``);
  }
  if ((log.method !== 0 && log.method !== 8) || log.packed === 0xffffffff) {
    throw userError(
      'logs.zip-method',
      `${file}: ${log.name} is packed in a way gapcheck does not read.`,
      `\`unzip ${file}\` and give the file inside`,
    );
  }
  if (log.packed === 0)
    throw userError('logs.empty', `${file}: ${log.name} in it is empty.`, 'export it again, or name another file');
  const header = await readAt(handle, log.offset, 30);
  const start = header.length < 30 ? size : log.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (start + log.packed > size)
    throw userError(
      'logs.damaged',
      `${file}: the zip is damaged or cut off.`,
      `test it with \`unzip -t ${file}\` and copy it again`,
    );
  return { name: log.name, method: log.method, start, end: start + log.packed };
}
