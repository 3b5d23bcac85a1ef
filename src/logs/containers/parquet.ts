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
  try {
    const bytes = await hyparquet.asyncBufferFromFile(path);
    const metadata = await hyparquet.parquetMetadataAsync(bytes);
    const rows = Number(metadata.num_rows);
    for (let from = 0; from < rows; from += rowsAtOnce) {
      const options = { file: bytes, metadata, compressors, rowStart: from, rowEnd: Math.min(rows, from + rowsAtOnce) };
      yield* await hyparquet.parquetReadObjects(options);
    }
  } catch (error) {
    throw userError(
      'logs.damaged',
      `${file}: this Parquet file cannot be read (${error instanceof Error ? error.message : String(error)}).`,
      `export it as JSON lines: duckdb -c "copy (from '${file}') to 'logs.jsonl'"`,
      error,
    );
  }
}
