/** Third-party CSV files: csv-spectrum must be read exactly; csv-edge read right or refused with the line. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GapcheckError } from '../../../src/errors.ts';
import { decodeLog, surveyEncoding } from '../../../src/logs/encoding.ts';
import { type LogSource, openLogs } from '../../../src/logs/open-logs.ts';
import { rowObject } from '../../../src/logs/row-object.ts';
import { openTable } from '../../../src/logs/table.ts';
import { isAbsent, sharedData } from '../../helpers/shared-data.ts';

interface Read {
  columns: string[];
  rows: string[][];
  lines: number[];
  warnings: string[];
  encoding: string;
}

async function read(file: string, cwd: string, encoding?: string): Promise<Read> {
  const [source] = (await openLogs(file, cwd)).sources as [LogSource];
  const survey = await surveyEncoding(source, encoding);
  const table = await openTable(decodeLog(source, survey.encoding), source.file);
  const rows = [];
  for await (const batch of table.rows) rows.push(...batch);
  return {
    columns: table.columns,
    rows: rows.map(({ cells }) => cells),
    lines: rows.map(({ line }) => line),
    warnings: [...survey.warnings, ...table.warnings],
    encoding: survey.encoding,
  };
}

const spectrum = join(sharedData, 'csv-spectrum');

describe.skipIf(isAbsent('csv-spectrum'))('csv-spectrum (../shared/data)', () => {
  const names = isAbsent('csv-spectrum') ? [] : readdirSync(join(spectrum, 'csvs'));
  it('has 11 files', () => expect(names).toHaveLength(11));
  it.each(names)('%s', async (name) => {
    const { columns, rows } = await read(`csvs/${name}`, spectrum);
    const expected = JSON.parse(readFileSync(join(spectrum, 'json', name.replace('.csv', '.json')), 'utf8'));
    expect(rows.map((cells) => rowObject(columns, cells))).toEqual(expected);
  });
});

const edge = join(sharedData, 'csv-edge');

interface Expected {
  columns?: string[];
  rows?: number;
  first?: string[];
  last?: string[];
  encoding?: string;
  /** Part of a warning. */
  warns?: string;
  /** Part of the refusal. */
  refused?: string;
}

const wild: Record<string, Expected> = {
  'duckdb/auto/backslash_escape.csv': { rows: 2, first: ['345', 'TEST7', 'text"2"'] },
  'duckdb/auto/duplicate_header_collision.csv': { columns: ['a', 'b', 'a_2', 'a_1'], rows: 2 },
  'duckdb/auto/empty_header.csv': { columns: ['column_1', 'column_2', 'column_3'], rows: 2 },
  'duckdb/auto/issue_1254_rn.csv': { rows: 2, last: ['1', '2'] },
  'duckdb/auto/no_header.csv': { columns: ['123.0', 'TEST1', '2000-12-12'], rows: 1 },
  'duckdb/auto/pipe_delim.csv': { rows: 2, last: ['567', 'TEST4', 'text3'] },
  'duckdb/auto/rfc_conform_quote.csv': {
    rows: 2,
    first: ['345', 'TEST2', 'trailing_space, '],
    last: ['567', 'TEST2', 'no"space'],
  },
  'duckdb/auto/semicolon_delim.csv': { rows: 2, last: ['567', 'TEST9', 'text3'] },
  'duckdb/auto/semicolon_quote.csv': { rows: 2, last: ['567', 'TEST10', 'te;xt3'] },
  'duckdb/auto/tab_single_quote.csv': { rows: 2, first: ['345', 'TEST13', 'te\txt2'] },
  'duckdb/auto/utf8bom.csv': { columns: ['id', 'name'], rows: 2 },
  'duckdb/blank_line.csv': { columns: ['col'], rows: 10, last: ['11'] },
  'duckdb/csv_quoted_newline_odd.csv': { columns: ['content'], rows: 2, last: ['84,hello world'] },
  'duckdb/double_quoted_header.csv': { columns: ['foo "bar', 'name'], rows: 2 },
  'duckdb/empty.csv': { refused: 'is empty (0 bytes)' },
  'duckdb/encodings/latin1.csv': {
    rows: 12,
    first: ['José Álvarez', '30'],
    encoding: 'windows-1252',
    warns: 'latin1.csv:2: not valid UTF-8',
  },
  'duckdb/encodings/shift_jis.csv': { refused: 'shift_jis.csv:1: bytes that are neither UTF-8 nor Windows-1252' },
  'duckdb/encodings/utf16.csv': { rows: 20, first: ['José Álvarez', '30'], encoding: 'utf-16le' },
  'duckdb/error/mismatch/bad.csv': { rows: 2, first: ['4', 'BBB', '9', ''] },
  'duckdb/header_only.csv': { columns: ['abs_file_name'], rows: 0 },
  'duckdb/headers/empty_1.csv': { columns: ['a', 'b', 'c', 'column_4', 'e'], rows: 2 },
  'duckdb/inconsistencies/inconsistent_columns_6.csv': { columns: ['one', 'two', 'three', 'four'], rows: 5 },
  'duckdb/inconsistencies/line_with_spaces.csv': {
    columns: ['a', 'b', 'c', 'd'],
    rows: 4,
    warns: 'line 2 is taken for the header',
  },
  'duckdb/inconsistent_cells.csv': { columns: ['One', 'two', 'three'], rows: 4, last: ['1', '2', '3', '4', '5'] },
  'duckdb/later_quotes.csv': { rows: 2049, last: ['2048', '",'] },
  'duckdb/line_too_long.csv.gz': { rows: 0 },
  'duckdb/locations_header_trailing_comma.csv': {
    columns: ['id', 'name', 'lat', 'lon', 'column_5'],
    rows: 1,
    first: ['1', 'name', '0', '0'],
  },
  'duckdb/mixed_new_line.csv': { columns: ['1', '2', '3'], rows: 2, last: ['7', '8', '9'] },
  'duckdb/null_terminator.csv': { columns: ['a\0b'], warns: 'NUL' },
  'duckdb/nullbyte.csv': { rows: 1, first: ['val1', 'val\0' + '2', 'val3'], warns: 'nullbyte.csv:2: holds NUL' },
  'duckdb/real/greek_utf8.csv': { rows: 7, last: ['607808', 'poverty\u202a', '1'] },
  'duckdb/rejects/unquoted/basic.csv': { rows: 7, warns: 'basic.csv:5: a quote inside a cell' },
  'duckdb/rejects/unquoted/unquoted_new_line.csv': { rows: 7, warns: 'unquoted_new_line.csv:5: a quote inside a cell' },
  'duckdb/test/concat.gz': { rows: 14 },
  'duckdb/test/invalid_utf.csv': {
    encoding: 'windows-1252',
    columns: ['042', '42', 'â‚('],
    warns: 'invalid_utf.csv:1',
  },
  'duckdb/test/invalid_utf_header.csv': { encoding: 'windows-1252', rows: 10, warns: 'invalid_utf_header.csv:1' },
  'duckdb/test/mixed_line_endings.csv': { columns: ['10', 'hello', '20'], rows: 2, last: ['30', 'test', '30'] },
  'duckdb/test/new_line_string_rn_exc.csv': { rows: 2, last: ['100', '2403', '160', 'p3'] },
  'duckdb/test/test_comp.csv.gz': { columns: ['a', 'b', 'c'], rows: 2 },
  'duckdb/test/unterminated.csv': { refused: 'unterminated.csv:1: a quote opens here and never closes' },
  'duckdb/thijs_unquoted.csv': {
    rows: 3,
    last: ['"SYSTEMAT BELGIUM " SA', ' ', '2013'],
    warns: 'thijs_unquoted.csv:2',
  },
  'duckdb/unescaped_quotes/end_quote.csv': { rows: 1, warns: 'end_quote.csv:1' },
  'duckdb/unescaped_quotes/stops.csv': {
    rows: 9,
    last: ['de:08317:12007:2:1', 'Lahr Schlüssel "Vis-à-Vis Bus"', '48.3411985847104', '7.87932997062448'],
    warns: 'stops.csv:9',
  },
  'duckdb/unescaped_quotes/unescaped_quote.csv': {
    rows: 5,
    last: ['6', 'pedro "pdet" holanda'],
    warns: 'unescaped_quote.csv:1',
  },
  'duckdb/unquoted_escape/human_eval.csv': { rows: 9 },
  'node-csv/327.cws.csv': { rows: 1, first: ['Acentuação1', 'acentuação2'], encoding: 'windows-1252' },
  'node-csv/365-utf16le-bom-windows.csv': { columns: ['a', 'b', 'c'], rows: 1, encoding: 'utf-16le' },
  'papaparse/sample-header.csv': { rows: 2, last: ['', 'test name 02'] },
  'papaparse/utf-8-bom-sample.csv': { columns: ['A', 'B', 'C'], rows: 1 },
  'papaparse/verylong-sample.csv': { rows: 2000 },
  'tabulator/escaping.csv': { columns: ['ID', 'Test'], rows: 3, last: ['3', 'Test " line 3'] },
  'tabulator/skip-rows.csv': { columns: ['id', 'name'], rows: 2, last: ['2', '中国人'] },
  'tabulator/table.csv.zip': { columns: ['id', 'name'], rows: 2 },
  'tabulator/table_unicode_headers.csv': { columns: ['id', '国人'], rows: 2 },
};

describe.skipIf(isAbsent('csv-edge'))('csv-edge (../shared/data)', () => {
  it('knows every file', () => {
    if (isAbsent('csv-edge')) return;
    const files = readdirSync(edge, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && !/LICENSE|\.ndjson$/.test(entry.name),
    );
    expect(files).toHaveLength(Object.keys(wild).length);
  });

  it.each(Object.entries(wild))('%s', async (file, expected) => {
    const found = await read(file, edge).catch((error: unknown) => error);
    if (expected.refused !== undefined) {
      expect(found).toBeInstanceOf(GapcheckError);
      expect((found as GapcheckError).message).toContain(expected.refused);
      return;
    }
    if (found instanceof Error) throw found;
    const { columns, rows, warnings, encoding } = found as Read;
    expect(JSON.stringify([columns, rows])).not.toContain('\ufffd');
    if (expected.columns) expect(columns).toEqual(expected.columns);
    if (expected.rows !== undefined) expect(rows).toHaveLength(expected.rows);
    if (expected.first) expect(rows[0]).toEqual(expected.first);
    if (expected.last) expect(rows.at(-1)).toEqual(expected.last);
    expect(encoding).toBe(expected.encoding ?? 'utf-8');
    expect(warnings.join('\n')).toContain(expected.warns ?? '');
    if (!expected.warns && encoding === 'utf-8' && !file.includes('skip-rows')) expect(warnings).toEqual([]);
  });

  it('keeps real prompts with escaped commas and newlines whole', async () => {
    const { columns } = await read('duckdb/unquoted_escape/human_eval.csv', edge);
    expect(columns[1]).toContain(
      'def has_close_elements(numbers: List[float], threshold: float) -> bool:\n\t""" Check if in given list of numbers, are',
    );
    expect(columns[1]).not.toContain('\\\n');
  });

  it('reads Shift-JIS where the flag says so', async () => {
    const { columns, rows } = await read('duckdb/encodings/shift_jis.csv', edge, 'shift_jis');
    expect(columns).toEqual(['名前', '年齢']);
    expect(rows).toHaveLength(20);
  });
});
