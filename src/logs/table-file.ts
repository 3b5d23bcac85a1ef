/** A delimited file → mapped records: by its columns, by an export's own format, or as records where columns combine. */
import { userError } from '../errors.ts';
import type { JsonObject } from '../records/plain-json.ts';
import { shellWord } from '../text/shell.ts';
import type { Gatherer } from './collect.ts';
import { isKnownColumn } from './columns.ts';
import type { CsvRow } from './csv-rows.ts';
import { type Detected, detectExport, detectFormat } from './detect.ts';
import { skip } from './draft.ts';
import { isNamedElsewhere } from './fields/answers-elsewhere.ts';
import { joinedPrompt } from './fields/joined-prompt.ts';
import { UnusedFields } from './fields/unused.ts';
import { chat } from './formats/chat.ts';
import { type CsvMapper, csvMapper, hasCombination } from './formats/csv.ts';
import { carriedRows, envelope } from './formats/envelope.ts';
import type { LogFormat } from './formats/format.ts';
import { messageCells } from './group/message-cells.ts';
import { namedSides } from './group/named-sides.ts';
import { cellsOf, jsonSink } from './json-file.ts';
import { fewValued } from './labels.ts';
import { laterColumns } from './later-columns.ts';
import type { Arranged, LoadOptions, ReadFile } from './load-options.ts';
import { rowObject } from './row-object.ts';
import type { Table } from './table.ts';
import { UnreadLog } from './unread-log.ts';

export async function readCsvFile(
  file: string,
  chunks: AsyncGenerator<Buffer>,
  options: LoadOptions,
  collector: Gatherer,
  arranged: Map<LogFormat, Arranged>,
): Promise<ReadFile> {
  // csv-parse is loaded for tables only.
  const { openTable } = await import('./table.ts');
  const table = await openTable(chunks, file);
  const rows = table.rows[Symbol.asyncIterator]();
  const first = await rows.next();
  const ahead = first.done ? [] : first.value;
  widen(table, ahead);
  const own = ahead.slice(0, sampleRows).map((row) => rowObject(table.columns, row.cells));
  const sides = hasFlags(options) ? undefined : (namedSides(own) ?? messageCells(own));
  const sample = sides ? own.map(sides) : own;
  const format = exportFormat(table, sample.slice(0, 20), file, options);
  const cells = format ? undefined : cellsOf(sample, options);
  const joined = format || cells || hasFlags(options) || hasAnswerColumns(table) ? undefined : joinedPrompt(sample);
  const byRecord =
    !format &&
    options.format !== 'csv' &&
    !hasFlags(options) &&
    (cells !== undefined || joined !== undefined || hasCombination(table.columns));
  const mapper =
    format || byRecord
      ? undefined
      : tableMapper(
          table,
          file,
          options,
          ahead.map((row) => row.cells),
        );
  const tally = new UnusedFields();
  const asRecords = format?.format ?? (byRecord ? chat : undefined);
  const reading = { ...options, few: fewValued(sample) };
  const sink = asRecords
    ? jsonSink({ file, format: asRecords, options: reading, collector, arranged, tally, cells, joined })
    : undefined;
  const unread = mapper?.unused ?? [];
  const elsewhere = table.columns.flatMap((column, at) =>
    mapper && !unread.includes(at) && isNamedElsewhere(column) ? [at] : [],
  );
  const found = format
    ? { format: format.format.name, why: format.why }
    : { format: 'csv', why: mapper?.why ?? cells?.why ?? 'columns that belong together make the prompt' };
  let records = 0;
  for (let batch = ahead, done = first.done === true; !done; ) {
    for (const row of batch) {
      if (isHeaderAgain(row.cells, table.columns)) {
        collector.add(skip('lines of the header that come again'), { format: found.format, file, line: row.line });
        continue;
      }
      records += 1;
      if (sink) {
        const value = rowObject(table.columns, row.cells);
        sink({ line: row.line, value: sides ? sides(value) : value });
      } else if (mapper) {
        tally.row();
        for (const at of unread) tally.count(table.columns[at] as string, row.cells[at]);
        const mapped = mapper.map(row.cells);
        tally.answer(mapped);
        for (const at of elsewhere) tally.elsewhere.count(table.columns[at] as string, row.cells[at]);
        collector.add(mapped, { format: 'csv', file, line: row.line });
      }
    }
    const next = await rows.next();
    done = next.done === true;
    if (!done) batch = next.value as typeof batch;
  }
  if (records === 0)
    throw userError(
      'logs.no-rows',
      `${file}: a header (${shown(table.columns)}) and no rows.`,
      'export it again, or name another file',
    );
  return {
    ...found,
    records,
    columns: table.columns,
    answers: mapper?.answers ?? [],
    warnings: table.warnings,
    tally,
    sample,
  };
}

/** Names for the cells that rows have beyond the header, where they are columns of their own. */
function widen(table: Table, ahead: readonly CsvRow[]): void {
  const { columns } = table;
  const beyond = laterColumns(
    columns.length,
    ahead.map(({ cells }) => cells),
  );
  if (beyond === 0) return;
  const names = Array.from({ length: beyond }, (_, at) => `column_${columns.length + at + 1}`);
  table.columns = [...columns, ...names];
  table.warnings.push(
    `some rows have ${columns.length + beyond} cells, and the header has ${columns.length} names: ${names.length === 1 ? 'the last one is' : 'the last ones are'} ${names.join(', ')}.`,
  );
}

/** Tables that were put together have their header once for each. */
const isHeaderAgain = (cells: readonly string[], columns: readonly string[]): boolean =>
  cells[0]?.trim() === columns[0] &&
  cells.length === columns.length &&
  cells.every((cell, at) => cell.trim() === columns[at]);

const hasAnswerColumns = ({ columns }: Table): boolean => columns.some((column) => /^answer:/i.test(column.trim()));

/** Rows that settle what a column holds. */
const sampleRows = 200;

const hasFlags = ({ promptField, messagesField, answerField, taskField }: LoadOptions): boolean =>
  [promptField, messagesField, answerField, taskField].some((field) => field !== undefined);

/** An export of an observability tool, known by its columns; its cells hold JSON, which its mapper decodes. */
function exportFormat(table: Table, rows: JsonObject[], file: string, options: LoadOptions): Detected | undefined {
  if (options.format !== undefined && options.format !== 'csv') return detectFormat(rows, file, options.format);
  if (options.format === 'csv' || options.promptField || options.messagesField) return undefined;
  const found = detectExport(rows.length ? rows : [rowObject(table.columns, [])]);
  const carried = found || hasFlags(options) ? undefined : carriedRows(rows);
  return found ?? (carried === undefined ? undefined : { format: envelope, why: carried });
}

function tableMapper(
  table: Table,
  file: string,
  options: LoadOptions,
  first: readonly (readonly string[])[],
): CsvMapper {
  const mapper = csvMapper(table.columns, options, first);
  if (!('problem' in mapper)) return mapper;
  const headless =
    table.columns.some((column) => /^[\d.,:/-]+$/.test(column) || isSentence(column)) &&
    !table.columns.some(isKnownColumn);
  const data = headless ? ` Line ${table.headerLine} does not look like a header: put one in front.` : '';
  throw new UnreadLog(
    'logs.no-prompt-column',
    `${file}:${table.headerLine}: ${mapper.problem}. The columns are ${shown(table.columns)}.${data}`,
    {
      file,
      // Under a sentence as its name, a column would be read without its first row.
      records: headless ? [] : first.map((cells) => rowObject(table.columns, cells)),
      ...(headless && { hint: withHeader(table, file) }),
      ...(/\.txt$/i.test(file) &&
        table.columns.length === 1 && {
          hint: `if each line is a prompt: jq -Rc '{prompt: .}' ${shellWord(file)} > prompts-in.jsonl`,
        }),
    },
  );
}

/** What people write, and no name of a column: several words that end as a sentence does. */
const isSentence = (column: string): boolean =>
  /^\S+(?:\s+\S+){2,}$/.test(column.trim()) && /[.?!…。？！]["'”’)]?$/.test(column.trim());

/** Names for the columns in front of what is there: one or two columns of sentences are prompts and their answers. */
function withHeader({ columns }: Table, file: string): string {
  return columns.length <= 2 && !/\.tsv$/i.test(file)
    ? `(echo ${columns.length === 1 ? 'prompt' : 'prompt,answer'}; cat ${shellWord(file)}) > with-header.csv`
    : 'put a line in front that names the columns, "prompt" for the prompts and "answer" for the answers';
}

const shown = (columns: readonly string[]): string =>
  `${columns
    .slice(0, 20)
    .map((column) => oneLine(column.length > 60 ? `${column.slice(0, 57)}…` : column))
    .join(', ')}${columns.length > 20 ? ', …' : ''}`;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
