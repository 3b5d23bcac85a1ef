/** The entries of a zip. Reads the central directory, because sizes in local headers may be missing. */
import type { FileHandle } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { userError } from '../../errors.ts';
import type { ArchiveEntry } from './archive.ts';

interface Listed {
  name: string;
  method: number;
  packed: number;
  offset: number;
}

const maxComment = 65_557;

/** The methods of the zip format that are read. */
const packings = new Map<number, ArchiveEntry['packing']>([
  [0, 'stored'],
  [8, 'deflate'],
  [93, 'zstd'],
]);

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** Every entry of the central directory; none where the file is damaged. */
export async function listZip(handle: FileHandle, size: number): Promise<Listed[]> {
  const tail = await readAt(handle, Math.max(0, size - maxComment), Math.min(size, maxComment));
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (at < 0 || at + 20 > tail.length) return [];
  const begin = tail.readUInt32LE(at + 16);
  // A damaged size would ask for gigabytes.
  const directory = await readAt(handle, begin, Math.max(0, Math.min(tail.readUInt32LE(at + 12), size - begin)));
  const found: Listed[] = [];
  for (let from = 0; from + 46 <= directory.length && directory.readUInt32LE(from) === 0x02014b50; ) {
    const nameLength = directory.readUInt16LE(from + 28);
    const next = from + 46 + nameLength + directory.readUInt16LE(from + 30) + directory.readUInt16LE(from + 32);
    found.push({
      name: directory.toString('utf8', from + 46, from + 46 + nameLength),
      method: directory.readUInt16LE(from + 10),
      packed: directory.readUInt32LE(from + 20),
      offset: directory.readUInt32LE(from + 42),
    });
    from = next;
  }
  return found;
}

/** Where the bytes of one entry are. Throws exit 2 for other methods than stored, deflate and Zstandard, and for damage. */
export async function zipEntry(handle: FileHandle, file: string, size: number, listed: Listed): Promise<ArchiveEntry> {
  const { name, method, packed, offset } = listed;
  const packing = packings.get(method);
  if (packing === undefined || packed === 0xffffffff) {
    throw userError(
      'logs.zip-method',
      `${file}: ${name} is packed in a way gapcheck does not read.`,
      `\`unzip ${file}\` and give the file inside`,
    );
  }
  const header = await readAt(handle, offset, 30);
  const start = header.length < 30 ? size : offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (start + packed > size)
    throw userError(
      'logs.damaged',
      `${file}: the zip is damaged or cut off.`,
      `test it with \`unzip -t ${file}\` and copy it again`,
    );
  const end = start + packed;
  if (!/\.gz$/i.test(name)) return { name, start, end, packing };
  return packing === 'stored' ? { name, start, end, packing: 'gzip' } : { name, start, end, packing, inner: 'gzip' };
}

/** Throws exit 2 with the names of the sheets where the zip is an Excel workbook. */
export async function refuseWorkbook(handle: FileHandle, file: string, size: number, all: Listed[]): Promise<void> {
  const workbook = all.find(({ name }) => name === 'xl/workbook.xml' || name === 'xl/workbook.bin');
  const isWorkbook = workbook || all.some(({ name }) => name.startsWith('xl/')) || /\.xls[xmb]$/i.test(file);
  if (!isWorkbook) return;
  const sheets = workbook?.name.endsWith('.xml') ? await sheetNames(handle, file, size, workbook) : [];
  const named = sheets.length ? ` Its sheets are ${sheets.map((name) => `"${name}"`).join(', ')}.` : '';
  const one = sheets.length > 1 ? `open the sheet with the prompts, e.g. "${sheets[0]}", and ` : '';
  throw userError(
    'logs.workbook',
    `${file} is an Excel workbook, not a CSV file.${named}`,
    `${one}save it as "CSV UTF-8" and give that file`,
  );
}

async function sheetNames(handle: FileHandle, file: string, size: number, workbook: Listed): Promise<string[]> {
  try {
    const { start, end, packing } = await zipEntry(handle, file, size, workbook);
    const bytes = await readAt(handle, start, end - start);
    const xml = (packing === 'deflate' ? inflateRawSync(bytes, { maxOutputLength: 1 << 22 }) : bytes).toString('utf8');
    return [...xml.matchAll(/<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"/g)].map(([, name = '']) => unescaped(name));
  } catch {
    return [];
  }
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescaped = (text: string): string =>
  text
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, digits: string) =>
      String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(digits, hex ? 16 : 10) || 0xfffd)),
    )
    .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? '');
