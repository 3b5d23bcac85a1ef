/** A .zip as `zip` writes it, as far as its readers look: local headers, contents, central directory, end record. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  name: string;
  data: Uint8Array;
  /** As it is, not deflated. */
  stored?: boolean;
}

export function zipOf(parts: readonly ZipPart[], comment = ''): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, stored = false } of parts) {
    const packed = stored ? Buffer.from(data) : deflateRawSync(data);
    const sums = [stored ? 0 : 8, crc32(data), packed.length, data.length] as const;
    const local = Buffer.concat([
      header(0x04034b50, [20, 0, sums[0], 0, 0], sums.slice(1), [name.length, 0]),
      text(name),
      packed,
    ]);
    directory.push(
      header(0x02014b50, [20, 20, 0, sums[0], 0, 0], sums.slice(1), [
        name.length,
        0,
        0,
        0,
        0,
        0,
        0,
        offset & 0xffff,
        offset >>> 16,
      ]),
      text(name),
    );
    files.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const end = header(0x06054b50, [0, 0, parts.length, parts.length], [list.length, offset], [comment.length]);
  return Buffer.concat([...files, list, end, text(comment)]);
}

const text = (value: string): Buffer => Buffer.from(value, 'latin1');

/** A signature, 16-bit fields, 32-bit fields, 16-bit fields: little-endian. */
function header(signature: number, before: number[], wide: number[], after: number[]): Buffer {
  const bytes = Buffer.alloc(4 + 2 * before.length + 4 * wide.length + 2 * after.length);
  let at = bytes.writeUInt32LE(signature >>> 0);
  for (const value of before) at = bytes.writeUInt16LE(value, at);
  for (const value of wide) at = bytes.writeUInt32LE(value >>> 0, at);
  for (const value of after) at = bytes.writeUInt16LE(value, at);
  return bytes;
}
