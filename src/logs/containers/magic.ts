/** What a file is by its first bytes, where that is not text. */
export type Kind = 'text' | 'gzip' | 'zip' | 'sqlite' | 'parquet' | Refused;
type Refused = 'zstd' | 'bzip2' | 'xz' | '7z' | 'lz4' | 'avro' | 'orc' | 'excel-old' | 'binary';

const magics: readonly [Kind, number[]][] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['sqlite', [...Buffer.from('SQLite format 3')]],
  ['parquet', [...Buffer.from('PAR1')]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['bzip2', [...Buffer.from('BZh')]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['avro', [...Buffer.from('Obj\u0001')]],
  ['orc', [...Buffer.from('ORC')]],
  ['excel-old', [0xd0, 0xcf, 0x11, 0xe0]],
  ['binary', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['binary', [0x89, 0x50, 0x4e, 0x47]],
];

export function kindOf(head: Uint8Array): Kind {
  const found = magics.find(([, bytes]) => bytes.every((byte, at) => head[at] === byte));
  // A text may begin with the letters of a mark that is short.
  const isText = found && wordMarks.has(found[0]) && !head.some((byte) => byte < 9);
  return found && !isText ? found[0] : 'text';
}

const wordMarks = new Set<Kind>(['bzip2', 'orc']);

/** Why such a file cannot be read, and what to do. */
export const refusals: Record<Refused, { what: string; hint: string }> = {
  zstd: { what: 'zstd-compressed', hint: 'decompress it first: `zstd -d FILE`' },
  bzip2: { what: 'bzip2-compressed', hint: 'decompress it first: `bunzip2 -k FILE`' },
  xz: { what: 'xz-compressed', hint: 'decompress it first: `unxz -k FILE`' },
  '7z': { what: 'a 7-Zip archive', hint: 'unpack it and name the file: `7z x FILE`' },
  lz4: { what: 'lz4-compressed', hint: 'decompress it first: `lz4 -d FILE`' },
  avro: { what: 'an Avro file', hint: 'export it as JSON lines, or turn it into them: `avro-tools tojson FILE`' },
  orc: { what: 'an ORC file', hint: 'export it as CSV or JSON lines' },
  'excel-old': { what: 'an old Excel workbook', hint: 'save it as "CSV UTF-8" and give that file' },
  binary: { what: 'not a text file', hint: 'give a CSV, JSON or JSON-lines export' },
};
