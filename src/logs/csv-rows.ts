/**
 * Delimited text → rows, streaming, by csv-parse in its strict mode. Around it, because it cannot: physical line numbers
 * (it counts CRLF in a cell twice), and what to do with a record that it refuses (mend-record.ts). Cell text is never
 * altered.
 */

import { type Options, Parser } from 'csv-parse';
import { userError } from '../errors.ts';
import { escapeTail, quotedCells, restoreSlashes, shieldSlashes, slashedCell } from './csv-backslash.ts';
import type { Dialect } from './csv-dialect.ts';
import { textOf } from './encoding.ts';
import { countLines, type Mended, mendRecord } from './mend-record.ts';

export interface CsvRow {
  line: number;
  cells: string[];
}

export interface CsvNotes {
  /** Lines with a quote where none belongs; the text was kept. */
  strayQuotes: number[];
  /** Line on which a quote opens that never closes: nothing from there on was read. */
  cutAt?: number;
}

/** A cell longer than this is taken for a quote that never closed. */
const cellLimit = 8_000_000;
/** Once a file needed mending: little text is read again after the next refusal. */
const smallPiece = 4096;
/** Records without a stray quote after which csv-parse reads on: starting it again costs as much as some rows. */
const cleanRecords = 64;
/** Ends the last record and is more than csv-parse looks ahead. */
const padding = Buffer.from('\n'.repeat(8));

/** csv-parse, with its records handed over as they are made: its `info` then still belongs to that record. */
class Records extends Parser {
  onRecord: (cells: string[]) => void = () => {};
  override push(record: unknown): boolean {
    if (Array.isArray(record)) this.onRecord(record as string[]);
    return true;
  }
}

const carriageReturn = 13;
const anyEnd = ['\r\n', '\n', '\r'];

function optionsFor({ delimiter, quote, backslash, skipBlank }: Dialect): Options {
  const escapes = backslash && quote !== '';
  return {
    // One column: a byte that UTF-8 never has.
    delimiter: delimiter === '' ? Buffer.from([0xff]) : delimiter,
    quote: quote === '' ? (backslash ? '"' : null) : quote,
    escape: escapes ? '\\' : quote === '' ? '"' : quote,
    relax_column_count: true,
    skip_empty_lines: true,
    ltrim: skipBlank,
    ...(escapes && { cast: (cell: string, { quoting }: { quoting: boolean }) => slashedCell(cell, quoting) }),
  };
}

/** Parses text as it comes. `columns` (once known) settles what a stray quote means. */
export class CsvParser {
  readonly notes: CsvNotes = { strayQuotes: [] };
  columns = 0;
  private readonly file: string;
  private readonly dialect: Dialect;
  private readonly options: Options;
  /** Made with the first bytes: they tell which line ends it has to look for. */
  private parser: Records | undefined;
  /** Until a carriage return comes, csv-parse looks for line feeds alone, which takes less time. */
  private lineEnds = ['\n'];
  private rows: CsvRow[] = [];
  /** Line on which the next record (or blank line) begins. */
  private line: number;
  private emitted = 0;
  /** What csv-parse has counted up to the last record: bytes, lines, blank lines. */
  private doneBytes = 0;
  private doneLines = 0;
  private doneBlank = 0;
  /** Text that csv-parse has, from the last whole record on, and where it begins. */
  private unread: Buffer[] = [];
  private unreadFrom = 0;
  private fed = 0;
  /** Text that csv-parse does not have yet: the end of a chunk that cannot stand alone, or a record to be mended. */
  private rest = '';
  private mending = false;
  /** Mended records in a row that csv-parse would have read too. */
  private clean = 0;
  /** Do not try again before this much text is there: keeps a long cell linear. */
  private wait = 0;

  constructor(dialect: Dialect, file: string, options: { line?: number } = {}) {
    this.dialect = dialect;
    this.file = file;
    this.line = options.line ?? 1;
    this.options = optionsFor(dialect);
  }

  /** Whole rows in what has come so far. Blank lines are no rows. UTF-8 in whole characters, or text. */
  push(chunk: string | Buffer, last = false): CsvRow[] {
    const text = typeof chunk === 'string' ? chunk : this.passOn(chunk);
    const size = this.notes.strayQuotes.length || this.mending ? smallPiece : text.length;
    for (let at = 0; at < text.length; at += size) this.read(text.slice(at, at + size), false);
    if (last) this.read('', true);
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  /** Bytes go to csv-parse as they are. Where it refuses them, or they must be prepared, they come back as text. */
  private passOn(chunk: Buffer): string {
    const asText = this.dialect.backslash || this.mending || this.rest !== '' || this.notes.strayQuotes.length > 0;
    if (asText) return textOf(chunk);
    const refused = this.give(Buffer.from(chunk), false);
    if (refused !== undefined) this.mendNext();
    return refused ?? '';
  }

  private mendNext(): void {
    this.mending = true;
    this.clean = 0;
    this.wait = 0;
  }

  private read(piece: string, last: boolean): void {
    let text = this.rest + piece;
    this.rest = '';
    for (;;) {
      if (!this.mending) {
        const refused = this.giveText(text, last);
        if (refused === undefined) return;
        text = refused;
        this.mendNext();
      }
      const mended = last || text.length >= this.wait ? this.mended(text, last) : undefined;
      if (this.notes.cutAt !== undefined) return;
      if (!mended) {
        this.rest = text;
        if (text.length >= this.wait) this.wait = text.length * 2;
        if (text.length > cellLimit) throw this.tooLong();
        return;
      }
      text = text.slice(mended.end);
      this.wait = 0;
      this.clean = mended.strays.length ? 0 : this.clean + 1;
      if (this.clean < cleanRecords && text !== '') continue;
      this.mending = false;
      this.startAgain();
    }
  }

  private giveText(text: string, last: boolean): string | undefined {
    return this.give(Buffer.from(this.asCsv(text, last)), last);
  }

  /** Gives csv-parse its bytes; the unread rest where it refuses a record. Its `write` works while we wait. */
  private give(bytes: Buffer, last: boolean): string | undefined {
    const parser = this.parserFor(bytes);
    if (bytes.length) this.feed(parser, bytes);
    if (last && !parser.errored) parser.write(padding);
    this.forget();
    const open = this.fed > this.unreadFrom;
    if (!parser.errored && !(last && open)) {
      if (this.fed - this.unreadFrom > cellLimit) throw this.tooLong();
      return undefined;
    }
    const left = this.asText(Buffer.concat(this.unread).toString());
    const blank = /^[\r\n]*/.exec(left)?.[0] ?? '';
    this.line += countLines(blank);
    const rest = left.slice(blank.length) + this.rest;
    this.rest = '';
    return rest === '' ? undefined : rest;
  }

  private feed(parser: Records, bytes: Buffer): void {
    this.unread.push(bytes);
    this.fed += bytes.length;
    parser.write(bytes);
  }

  /** The first carriage return: what is unread is read again, by a parser that knows it. */
  private parserFor(bytes: Buffer): Records {
    if (this.lineEnds !== anyEnd && bytes.includes(carriageReturn)) {
      this.lineEnds = anyEnd;
      const left = this.unread;
      this.startAgain();
      this.parser = this.freshParser();
      if (left.length > 0) this.feed(this.parser, Buffer.concat(left));
    }
    this.parser ??= this.freshParser();
    return this.parser;
  }

  /** Drops what whole records were made of. */
  private forget(): void {
    const { unread } = this;
    while (unread[0] && this.unreadFrom + unread[0].length <= this.doneBytes) {
      this.unreadFrom += unread[0].length;
      unread.shift();
    }
    const cut = this.doneBytes - this.unreadFrom;
    if (unread[0] && cut > 0) {
      unread[0] = unread[0].subarray(cut);
      this.unreadFrom += cut;
    }
  }

  private freshParser(): Records {
    const parser = new Records({ ...this.options, record_delimiter: this.lineEnds });
    parser.on('error', () => {});
    parser.onRecord = (cells) => this.take(cells, parser.info);
    return parser;
  }

  private startAgain(): void {
    this.parser = undefined;
    this.doneBytes = 0;
    this.doneLines = 0;
    this.doneBlank = 0;
    this.unread = [];
    this.unreadFrom = 0;
    this.fed = 0;
  }

  private take(cells: string[], { bytes, lines, empty_lines: blank }: Records['info']): void {
    const line = this.line + blank - this.doneBlank;
    const oneLine = lines - this.doneLines - (blank - this.doneBlank) === 1;
    this.line = line + 1 + (oneLine ? 0 : linesIn(cells));
    this.doneBytes = bytes;
    this.doneLines = lines;
    this.doneBlank = blank;
    this.emit(line, cells);
  }

  private emit(line: number, cells: string[]): void {
    if (this.columns === 0) this.columns = cells.length;
    this.emitted += 1;
    this.rows.push({ line, cells });
  }

  private mended(text: string, last: boolean): Extract<Mended, { cells: unknown }> | undefined {
    const mended = mendRecord(text, last, this.dialect, this.columns);
    if (mended === 'more') return undefined;
    if ('why' in mended) {
      if (!last || this.emitted < 2) throw this.unbalanced(this.line + mended.line, mended.why(this.line));
      this.notes.cutAt = this.line + mended.line;
      return undefined;
    }
    for (const line of mended.strays) this.notes.strayQuotes.push(this.line + line);
    const blank = mended.cells.length === 1 && mended.cells[0] === '' && text[0] !== this.dialect.quote;
    if (!blank) this.emit(this.line, mended.cells);
    this.line += mended.lines;
    return mended;
  }

  /** What csv-parse gets; text that cannot stand alone waits in `rest`. */
  private asCsv(text: string, last: boolean): string {
    const { dialect } = this;
    if (dialect.backslash && dialect.quote === '') {
      const { csv, used } = quotedCells(text, dialect.delimiter, last);
      this.rest = text.slice(used);
      if (this.rest.length > cellLimit) throw this.tooLong();
      return csv;
    }
    const keep = last ? 0 : dialect.backslash ? escapeTail(text) : endsInHalf(text);
    this.rest = keep ? text.slice(-keep) : '';
    const whole = keep ? text.slice(0, -keep) : text;
    return dialect.backslash ? shieldSlashes(whole, dialect.quote) : whole;
  }

  private asText(csv: string): string {
    return this.dialect.backslash && this.dialect.quote !== '' ? restoreSlashes(csv) : csv;
  }

  private tooLong(): Error {
    return this.unbalanced(this.line, 'a cell of more than 8 million characters begins here');
  }

  private unbalanced(line: number, what: string): Error {
    return userError(
      'logs.unbalanced-quote',
      `${this.file}:${line}: ${what}.`,
      `open line ${line} and close the quote, or write a quote inside a cell twice ("")`,
    );
  }
}

const linesIn = (cells: readonly string[]): number => cells.reduce((sum, cell) => sum + countLines(cell), 0);

/** 1 when the text ends between the halves of a surrogate pair. */
const endsInHalf = (text: string): number => {
  const code = text.charCodeAt(text.length - 1);
  return code >= 0xd800 && code < 0xdc00 ? 1 : 0;
};
