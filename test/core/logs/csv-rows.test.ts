import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnNames, columnRoles } from '../../../src/logs/columns.ts';
import type { Dialect } from '../../../src/logs/csv-dialect.ts';
import { CsvParser, type CsvRow } from '../../../src/logs/csv-rows.ts';
import { sniffDialect } from '../../../src/logs/sniff.ts';
import { openTable } from '../../../src/logs/table.ts';
import { processorTime } from '../../helpers/processor-time.ts';

const rfc: Dialect = { delimiter: ',', quote: '"', backslash: false, skipBlank: false };

const rows = (text: string, dialect = rfc): string[][] =>
  new CsvParser(dialect, 'x.csv').push(text, true).map((row) => row.cells);

/** The same text in pieces of `size` characters: nothing may depend on where a chunk ends. */
function inPieces(text: string, size: number): { cells: string[][]; lines: number[] } {
  const parser = new CsvParser(rfc, 'x.csv');
  const found = [];
  for (let at = 0; at < text.length; at += size) found.push(...parser.push(text.slice(at, at + size)));
  found.push(...parser.push('', true));
  return { cells: found.map((row) => row.cells), lines: found.map((row) => row.line) };
}

describe('CsvParser', () => {
  it.each([
    [
      'CRLF, LF and CR in one file',
      'a,b\r\nc,d\ne,f\rg,h',
      [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
        ['g', 'h'],
      ],
    ],
    [
      'line ends inside quotes stay as they are',
      'a,"b\r\nc"\r\nd,"e\nf"\n',
      [
        ['a', 'b\r\nc'],
        ['d', 'e\nf'],
      ],
    ],
    ['doubled quotes', '"say ""hi""",b\n', [['say "hi"', 'b']]],
    [
      'blank lines are no rows',
      '\n\na,b\n\r\n\nc,d\n\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a quoted empty cell is a row', '""\n', [['']]],
    [
      'text behind a closing quote',
      'h,i\n"ANTON" SON,2\n',
      [
        ['h', 'i'],
        ['"ANTON" SON', '2'],
      ],
    ],
    [
      'quotes inside a quoted cell',
      'h,i\n"Schlüssel "Vis-à-Vis Bus"",2\n',
      [
        ['h', 'i'],
        ['Schlüssel "Vis-à-Vis Bus"', '2'],
      ],
    ],
    [
      'a quoted cell that closes a line later with text behind it',
      'a,b\n"x\n"bla,4\n"y",1\n',
      [
        ['a', 'b'],
        ['x\nbla', '4'],
        ['y', '1'],
      ],
    ],
  ])('%s', (_name, text, expected) => {
    expect(rows(text)).toEqual(expected);
  });

  it.each([
    ['the quote never closes', 'a,b\n1,"x\n2,y\n', 2],
    ['another cell opens first', 'a,b\n1,x\n2,"y\n3,z\n4,"q"\n', 3],
    ['it would swallow a well-formed line', 'p,t\n"one,a\n"two",b\n', 2],
  ])('names the line where a quote opened: %s', (_name, text, line) => {
    expect(() => rows(text)).toThrow(`x.csv:${line}: a quote opens here`);
  });

  it('counts physical lines, whatever the line end', () => {
    const parser = new CsvParser(rfc, 'x.csv');
    expect(parser.push('a,b\r\n"x\ny",2\r3,4\n\n5,6', true).map((row) => row.line)).toEqual([1, 2, 4, 6]);
  });

  it('counts the same lines where the first carriage return comes late, in pieces of any size', () => {
    const text = 'a,b\n"x\ny",2\n\n3,"4\n\r5"\r\n\r\n6,7\r8,9\n';
    for (let size = 1; size <= text.length; size += 1) {
      const { cells, lines } = inPieces(text, size);
      expect(cells).toEqual([
        ['a', 'b'],
        ['x\ny', '2'],
        ['3', '4\n\r5'],
        ['6', '7'],
        ['8', '9'],
      ]);
      expect(lines).toEqual([1, 2, 5, 9, 10]);
    }
  });

  it('reads well-formed files as csv-parse does, in pieces of any size', () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('', '"', 'a,b', 'x\r\ny', 'x\ny', '""', ' "q" ', 'é😀', '\u2028'),
    );
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), fc.constantFrom('\n', '\r\n'), (records, size, end) => {
        const width = records[0]?.length ?? 2;
        const even = records.map((record) => Array.from({ length: width }, (_, at) => record[at] ?? ''));
        const text =
          even.map((record) => record.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join(end) + end;
        expect(parse(text)).toEqual(even);
        expect(rows(text)).toEqual(even);
        expect(inPieces(text, size).cells).toEqual(even);
      }),
    );
  });

  it('never throws anything but a named error, and gives the same in pieces', () => {
    const noise = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', ' ', '\\', "'"), maxLength: 40 });
    const outcome = (read: () => string[][]): unknown => {
      try {
        return read();
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    fc.assert(
      fc.property(noise, fc.integer({ min: 1, max: 5 }), (text, size) => {
        const whole = outcome(() => rows(text));
        expect(Array.isArray(whole) || whole === 'logs.unbalanced-quote').toBe(true);
        expect(outcome(() => inPieces(text, size).cells)).toEqual(whole);
      }),
      { numRuns: 3000 },
    );
  });

  it('stays linear on one long quoted cell that arrives in small pieces', () => {
    const parser = new CsvParser(rfc, 'x.csv');
    const spent = processorTime();
    parser.push('a,"');
    for (let at = 0; at < 2000; at += 1) parser.push('x"" \n'.repeat(200));
    expect(parser.push('",b\n', true)[0]?.cells).toHaveLength(3);
    expect(spent()).toBeLessThan(2000);
  });
});

describe('sniffDialect', () => {
  it.each([
    ['a;b\n1;2,5\n', ';'],
    ['a\tb\n1\t"x,y"\n', '\t'],
    ['a|b\n1|2\n', '|'],
    ['sep=;\na;b\n1;2\n', ';'],
    ['prompt\nTell me a joke, please\nHi, there\n', ''],
    ['prompt,task\n"a;b;c","d;e;f"\n', ','],
  ])('%j → %j', (text, delimiter) => {
    expect(sniffDialect(text, true, 'x').dialect.delimiter).toBe(delimiter);
  });

  it('takes backslash escapes only where RFC 4180 does not fit', () => {
    expect(sniffDialect('a,b\n1,"x\\"y\\""\n', true, 'x').dialect.backslash).toBe(true);
    expect(sniffDialect('a,b\n1,"C:\\dir\\"\n2,"D:\\e"\n', true, 'x').dialect.backslash).toBe(false);
  });

  it('does not stop at a delimiter that finds rows of one cell each, however even they are', () => {
    const text = '"Tickets, of May"\nid;prompt\n1;Hello\n2;Bye\n';
    expect(sniffDialect(text, true, 'x')).toMatchObject({ dialect: { delimiter: ';' }, skipLines: 1 });
  });
});

describe('openTable', () => {
  /** Rows of two lines each, so that the first 64 KB end inside a cell. */
  const text = (rows: number, end: string): string =>
    `id,prompt${end}${Array.from({ length: rows }, (_, at) => `${at},"Say ""é${at}"",\nplease"${end}`).join('')}`;

  it.each([
    [3, '\n'],
    [4_000, '\n'],
    [4_000, '\r\n'],
  ])('reads on where its first look ended: %i rows ended by %j', async (count, end) => {
    const bytes = Buffer.from(text(count, end));
    async function* chunks() {
      let from = 0;
      for (const to of [50_001, 70_003, 90_000, bytes.length]) {
        // The two bytes of a letter come together.
        const whole = bytes[to] !== undefined && bytes[to] >= 0x80 && bytes[to] < 0xc0 ? to - 1 : to;
        if (whole > from) yield bytes.subarray(from, whole);
        from = Math.max(from, whole);
      }
    }
    const table = await openTable(chunks(), 'x.csv');
    const read: CsvRow[] = [];
    for await (const batch of table.rows) read.push(...batch);
    expect(table.columns).toEqual(['id', 'prompt']);
    expect(read.map((row) => row.cells)).toEqual(
      Array.from({ length: count }, (_, at) => [String(at), `Say "é${at}",\nplease`]),
    );
    expect(read.map((row) => row.line)).toEqual(Array.from({ length: count }, (_, at) => 2 + 2 * at));
  });
});

describe('columns', () => {
  it('makes blank and repeated names whole', () => {
    expect(columnNames(['a', 'b', 'a', 'a_1', ' ', 'a'])).toEqual(['a', 'b', 'a_2', 'a_1', 'column_5', 'a_3']);
  });
  it('knows roles by name, whatever the spelling', () => {
    expect(columnRoles(['ID', 'User Prompt', 'Task Type', 'systemPrompt'])).toMatchObject({
      id: 0,
      prompt: 1,
      task: 2,
      system: 3,
    });
  });
});
