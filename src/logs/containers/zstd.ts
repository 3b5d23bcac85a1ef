/** Entries packed with Zstandard, as Inspect packs its logs: by Node where it can, else by the peer that Parquet files need too. */
import * as zlib from 'node:zlib';
import { userError } from '../../errors.ts';
import { optional } from './optional.ts';

/** Node has it since 22.15. */
const ofNode = (zlib as { zstdDecompressSync?: (bytes: Buffer) => Buffer }).zstdDecompressSync;

/** Throws exit 2 without a reader, and for damage. */
export async function unpackZstd(bytes: Buffer, file: string, name: string): Promise<Buffer> {
  const unpack = ofNode ?? (await ofPeer(file));
  try {
    return Buffer.from(unpack(bytes));
  } catch (error) {
    throw userError(
      'logs.damaged',
      `${file}: ${name} is damaged.`,
      `test it with \`7z t ${file}\` and copy it again`,
      error,
    );
  }
}

async function ofPeer(file: string): Promise<(bytes: Uint8Array) => Uint8Array> {
  const without = file.endsWith('.eval')
    ? `write it as JSON: inspect log dump ${file} > log.json`
    : `unpack it: 7z x ${file}`;
  const { compressors } = await optional(
    () => import('hyparquet-compressors'),
    file,
    'a zip packed with Zstandard',
    `npm install hyparquet-compressors, or ${without}`,
  );
  return (bytes) => (compressors as { ZSTD: (input: Uint8Array) => Uint8Array }).ZSTD(bytes);
}
