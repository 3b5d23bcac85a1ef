/** A delimited file as a table: named columns, then rows in batches as they are parsed. */
import { userError } from '../errors.ts';
import { columnNames } from './columns.ts';
import type { Dialect } from './csv-dialect.ts';
import { CsvParser, type CsvRow } from './csv-rows.ts';
import { textOf } from './encoding.ts';
import { type Sniffed, sniffDialect, sniffSize } from './sniff.ts';

export interface Table {
  columns: string[];
  dialect: Dialect;
  headerLine: number;
  /** Rows as they stand: short rows are short, long rows keep what is too much. */
  rows: AsyncIterable<CsvRow[]>;
  /** Complete once all rows were read. */
  warnings: string[];
}

const longestHeader = 1 << 21;

/** Whether the text holds the end of a header and of a row, outside quotes. */
function hasRows(head: string): boolean {
  let ends = 0;
  let quoted = false;
  for (let at = 0; at < head.length && ends < 2; at += 1) {
    const code = head.charCodeAt(at);
    if (code === 34) quoted = !quoted;
    else if (!quoted && (code === 10 || code === 13)) ends += 1;
  }
  return ends >= 2;
}

/** Reads up to the header. Throws exit 2 where there is none. */
export async function openTable(chunks: AsyncIterable<Buffer>, file: string): Promise<Table> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head = '';
  let done = false;
  let size = sniffSize;
  for (;;) {
    while (head.length < size && !done) {
      const next = await iterator.next();
      done = next.done === true;
      if (!done) head += textOf(next.value as Buffer);
    }
    // A header with whole instructions in it is longer than most files.
    if (done || size >= longestHeader || hasRows(head)) break;
    size *= 2;
  }
  const sniffed = sniffDialect(head.slice(0, size), done && head.length <= size, file);
  const { parser, rows: ahead } = begin(sniffed, head, size, done, file);
  const first = ahead.filter((row) => !isComment(row, sniffed));
  while (!first.length && !done) {
    const next = await iterator.next();
    done = next.done === true;
    first.push(...parser.push(done ? '' : (next.value as Buffer), done));
  }
  const header = first.shift();
  if (!header) throw userError('logs.empty', `${file} holds no line of text.`, 'export it again, or name another file');
  parser.columns = header.cells.length;
  const warnings = [...sniffed.warnings];
  const rows = readRows(iterator, parser, first, done, sniffed, file, warnings);
  return { columns: columnNames(header.cells), dialect: sniffed.dialect, headerLine: header.line, rows, warnings };
}

/** The head as rows, and the parser for what follows it. */
function begin(sniffed: Sniffed, head: string, size: number, done: boolean, file: string): Begun {
  const { begun } = sniffed;
  if (begun) {
    const left = head.slice(size);
    return left === '' ? begun : { ...begun, rows: [...begun.rows, ...begun.parser.push(left, done)] };
  }
  const parser = new CsvParser(sniffed.dialect, file, { line: sniffed.skipLines + 1 });
  return { parser, rows: parser.push(skipLines(head, sniffed.skipLines), done) };
}
type Begun = NonNullable<Sniffed['begun']>;

async function* readRows(
  iterator: AsyncIterator<Buffer>,
  parser: CsvParser,
  first: CsvRow[],
  done: boolean,
  sniffed: Sniffed,
  file: string,
  warnings: string[],
): AsyncGenerator<CsvRow[]> {
  yield first;
  let finished = done;
  while (!finished) {
    const next = await iterator.next();
    finished = next.done === true;
    const rows = parser.push(finished ? '' : (next.value as Buffer), finished);
    yield sniffed.comment ? rows.filter((row) => !isComment(row, sniffed)) : rows;
  }
  const { strayQuotes, cutAt } = parser.notes;
  if (cutAt !== undefined)
    warnings.push(
      `${file}:${cutAt}: a quote opens here and never closes, as in a file that was cut off; the rows before it were used, and nothing from this line on.`,
    );
  if (strayQuotes.length) {
    warnings.push(
      `${file}:${strayQuotes[0]}: a quote inside a cell without its escape${others(strayQuotes)}; the text was kept as it is.`,
    );
  }
}

function others(lines: number[]): string {
  const rest = new Set(lines).size - 1;
  return rest > 0 ? ` (also ${rest} other line${rest === 1 ? '' : 's'})` : '';
}

const isComment = (row: CsvRow, { comment }: Sniffed): boolean =>
  comment !== undefined && row.cells.length === 1 && row.cells[0]?.startsWith(comment) === true;

function skipLines(text: string, count: number): string {
  let at = 0;
  for (let line = 0; line < count; line += 1) {
    const end = text.slice(at).search(/\r\n|\n|\r/);
    if (end < 0) return '';
    at += end + (text.startsWith('\r\n', at + end) ? 2 : 1);
  }
  return text.slice(at);
}
