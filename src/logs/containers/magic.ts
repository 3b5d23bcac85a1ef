/** What a file is by its first bytes, where that is not text. */
export type Kind = 'text' | 'gzip' | 'zip' | 'sqlite' | 'parquet' | 'zstd' | 'excel-old' | 'binary';

const magics: readonly [Kind, number[]][] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['sqlite', [...Buffer.from('SQLite format 3')]],
  ['parquet', [...Buffer.from('PAR1')]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['excel-old', [0xd0, 0xcf, 0x11, 0xe0]],
  ['binary', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['binary', [0x89, 0x50, 0x4e, 0x47]],
];

export function kindOf(head: Uint8Array): Kind {
  const found = magics.find(([, bytes]) => bytes.every((byte, at) => head[at] === byte));
  return found?.[0] ?? 'text';
}

/** Why such a file cannot be read, and what to do. */
export const refusals: Record<
  Exclude<Kind, 'text' | 'gzip' | 'zip' | 'sqlite' | 'parquet'>,
  { what: string; hint: string }
> = {
  zstd: { what: 'zstd-compressed', hint: 'decompress it first: `zstd -d FILE`' },
  'excel-old': { what: 'an old Excel workbook', hint: 'save it as "CSV UTF-8" and give that file' },
  binary: { what: 'not a text file', hint: 'give a CSV, JSON or JSON-lines export' },
};
