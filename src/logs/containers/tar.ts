/** The entries of a tar file (ustar, GNU and pax long names), read from its headers without its bodies. */
import type { FileHandle } from 'node:fs/promises';
import type { ArchiveEntry } from './archive.ts';

const block = 512;

/** A header of tar: `ustar` at byte 257. Archives from before 1988 are not known. */
export const isTar = (head: Uint8Array): boolean =>
  head.length >= 262 && Buffer.from(head.subarray(257, 262)).toString('latin1') === 'ustar';

/** Ordinary files only, in their order. A damaged header ends the list. */
export async function tarEntries(handle: FileHandle, size: number): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = [];
  let longName: string | undefined;
  for (let at = 0; at + block <= size; ) {
    const header = await readAt(handle, at, block);
    if (header.length < block || header.every((byte) => byte === 0)) break;
    const length = sizeOf(header);
    if (length === undefined || !isTar(header)) break;
    const start = at + block;
    const end = Math.min(size, start + length);
    const kind = String.fromCharCode(header[156] ?? 0);
    if (kind === 'L' || kind === 'x') longName = nameIn(await readAt(handle, start, Math.min(length, 1 << 16)), kind);
    else {
      const name = longName ?? ownName(header);
      if (kind === '0' || kind === '\0')
        entries.push({ name, start, end, packing: name.endsWith('.gz') ? 'gzip' : 'stored' });
      longName = undefined;
    }
    at = start + Math.ceil(length / block) * block;
  }
  return entries;
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

const textAt = (bytes: Buffer, from: number, length: number): string =>
  bytes
    .subarray(from, from + length)
    .toString('utf8')
    .replace(/\0[\s\S]*$/, '');

const ownName = (header: Buffer): string => {
  const prefix = textAt(header, 345, 155);
  const name = textAt(header, 0, 100);
  return (prefix && !header.subarray(257, 265).equals(gnu) ? `${prefix}/${name}` : name).replace(/^\.\//, '');
};
const gnu = Buffer.from('ustar  \0');

/** Octal digits, or base 256 from 8 GB on. */
function sizeOf(header: Buffer): number | undefined {
  if (((header[124] ?? 0) & 0x80) !== 0) return Number(header.readBigUInt64BE(128));
  const digits = textAt(header, 124, 12).trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : undefined;
}

/** The name that a GNU long-name block or a pax header gives to the entry behind it. */
function nameIn(body: Buffer, kind: string): string | undefined {
  if (kind === 'L') return textAt(body, 0, body.length);
  return /(?:^|\n)\d+ path=([^\n]+)\n/.exec(body.toString('utf8'))?.[1];
}
