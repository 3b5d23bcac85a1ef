/** Parquet files → rows, by hyparquet (an optional peer; hyparquet-compressors knows the packings beside Snappy). */
import { userError } from '../../errors.ts';
import { optional } from './optional.ts';

const rowsAtOnce = 1000;

/** Rows in file order; lists of structs stay lists of objects. Throws exit 2 without the reader, or for a damaged file. */
export async function* parquetRows(path: string, file: string): AsyncGenerator<unknown> {
  const { hyparquet, compressors } = await optional(
    async () => ({
      hyparquet: await import('hyparquet'),
      compressors: (await import('hyparquet-compressors')).compressors,
    }),
    file,
    'a Parquet file',
    `npm install hyparquet hyparquet-compressors, or export it as JSON lines: duckdb -c "copy (from '${file}') to 'logs.jsonl'"`,
  );
  const slices = new Set<unknown>();
  process.on('unhandledRejection', ofReader);
  try {
    const bytes = noting(await hyparquet.asyncBufferFromFile(path), slices);
    const metadata = await hyparquet.parquetMetadataAsync(bytes);
    const rows = Number(metadata.num_rows);
    for (let from = 0; from < rows; from += rowsAtOnce) {
      const options = { file: bytes, metadata, compressors, rowStart: from, rowEnd: Math.min(rows, from + rowsAtOnce) };
      yield* await hyparquet.parquetReadObjects(options);
    }
  } catch (error) {
    // What the other columns throw comes once their bytes are there.
    await Promise.allSettled(slices);
    await new Promise((resolve) => setImmediate(resolve));
    throw userError(
      'logs.damaged',
      `${file}: this Parquet file cannot be read (${error instanceof Error ? error.message : String(error)}).`,
      `export it as JSON lines: duckdb -c "copy (from '${file}') to 'logs.jsonl'"`,
      error,
    );
  } finally {
    process.off('unhandledRejection', ofReader);
  }
}

/**
 * hyparquet decodes the columns of a row side by side and waits for the first that fails: what a second damaged column
 * throws would end the process as an unhandled rejection. All others still do.
 */
function ofReader(reason: unknown): void {
  if (!(reason instanceof Error && /[\\/]hyparquet[\\/-]/.test(reason.stack ?? ''))) throw reason;
}

interface Slices {
  byteLength: number;
  slice(start: number, end?: number): ArrayBuffer | Promise<ArrayBuffer>;
}

/** The same bytes; `slices` holds those that are being read. */
const noting = ({ byteLength, slice }: Slices, slices: Set<unknown>): Slices => ({
  byteLength,
  slice: (start, end) => {
    const part = Promise.resolve(slice(start, end));
    slices.add(part);
    const done = (): boolean => slices.delete(part);
    part.then(done, done);
    return part;
  },
});
