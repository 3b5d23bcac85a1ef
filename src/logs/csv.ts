/**
 * Delimited text → rows, streaming. RFC 4180 plus what exports really contain: mixed line ends, stray quotes, backslash
 * escapes, ragged rows. A parser of its own because the errors must name the line where a quote opened, an unbalanced
 * quote must not swallow the rest, and CR, LF and CRLF may share a file. Cell text is never altered.
 */
import { userError } from '../errors.ts';

export interface Dialect {
  /** One character; empty for a file of one column. */
  delimiter: string;
  /** `"`, `'`, or empty where quotes are ordinary characters. */
  quote: '"' | "'" | '';
  /** `\` escapes a quote inside quotes (`\"`), or, without quotes, a delimiter or line end. */
  backslash: boolean;
  /** Blanks before an opening quote belong to nobody: `1, "text"`. */
  skipBlank: boolean;
}

export interface CsvRow {
  line: number;
  cells: string[];
}

export interface CsvNotes {
  /** Lines with a quote where none belongs; the text was kept. */
  strayQuotes: number[];
}

/** A cell longer than this is taken for a quote that never closed. */
const cellLimit = 8_000_000;

/** Parses text as it comes. `columns` (once known) settles what a stray quote means. */
export class CsvParser {
  readonly notes: CsvNotes = { strayQuotes: [] };
  columns = 0;
  private rest = '';
  private line: number;
  /** Do not try again before this much text is there: keeps a long cell linear. */
  private wait = 0;
  private readonly file: string;
  private readonly dialect: Dialect;
  private readonly delimiterCode: number;
  private readonly quoteCode: number;
  private readonly lenient: boolean;

  constructor(dialect: Dialect, file: string, options: { line?: number; lenient?: boolean } = {}) {
    this.dialect = dialect;
    this.file = file;
    this.line = options.line ?? 1;
    this.lenient = options.lenient ?? true;
    this.delimiterCode = dialect.delimiter === '' ? -1 : dialect.delimiter.charCodeAt(0);
    this.quoteCode = dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0);
  }

  /** Whole rows in what has come so far. Blank lines are no rows. */
  push(text: string, last = false): CsvRow[] {
    const buffer = this.rest === '' ? text : this.rest + text;
    const rows: CsvRow[] = [];
    if (!last && buffer.length < this.wait) {
      this.rest = buffer;
      return rows;
    }
    const from = this.parse(buffer, last, rows);
    this.rest = buffer.slice(from);
    this.wait = this.rest.length * 2;
    if (this.rest.length > cellLimit)
      throw this.unbalanced(this.line, 'a cell of more than 8 million characters begins here');
    return rows;
  }

  private parse(buffer: string, last: boolean, rows: CsvRow[]): number {
    const { delimiter, quote, backslash } = this.dialect;
    const escapes = quote === '' && backslash;
    let at = 0;
    let quoteAt = quote === '' ? Number.POSITIVE_INFINITY : -1;
    let crAt = -1;
    while (at < buffer.length) {
      let end = buffer.indexOf('\n', at);
      if (crAt < at) crAt = found(buffer.indexOf('\r', at));
      if (quoteAt < at) quoteAt = found(buffer.indexOf(quote, at));
      const bare = end >= 0 && quoteAt > end && crAt >= end - 1 && !escapes;
      if (bare) {
        const stop = crAt === end - 1 ? end - 1 : end;
        if (stop > at)
          this.emit(rows, this.line, delimiter === '' ? [buffer.slice(at, stop)] : split(buffer, at, stop, delimiter));
        this.line += 1;
        at = end + 1;
        continue;
      }
      end = this.record(buffer, at, last, rows);
      if (end < 0) return at;
      at = end;
    }
    return at;
  }

  private emit(rows: CsvRow[], line: number, cells: string[]): void {
    if (this.columns === 0) this.columns = cells.length;
    rows.push({ line, cells });
  }

  /** One record, character by character; −1 when it goes on in text that has not come yet. */
  private record(buffer: string, start: number, last: boolean, rows: CsvRow[]): number {
    const line = this.line;
    const stray = this.notes.strayQuotes.length;
    const cells: string[] = [];
    let at = start;
    for (;;) {
      const next = this.cell(buffer, at, last, cells);
      if (next < 0) {
        this.line = line;
        this.notes.strayQuotes.length = stray;
        return -1;
      }
      at = next;
      const code = buffer.charCodeAt(at);
      if (code !== this.delimiterCode || at >= buffer.length) break;
      at += 1;
    }
    if (!last && at >= buffer.length - 1) {
      // The line end may be cut in two (CR | LF), or not be here yet.
      this.line = line;
      this.notes.strayQuotes.length = stray;
      return -1;
    }
    if (cells.length > 1 || cells[0] !== '' || buffer[start] === this.dialect.quote) this.emit(rows, line, cells);
    return at >= buffer.length ? at : this.lineEnd(buffer, at);
  }

  private lineEnd(buffer: string, at: number): number {
    this.line += 1;
    return buffer.charCodeAt(at) === 13 && buffer.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
  }

  private cell(buffer: string, start: number, last: boolean, cells: string[]): number {
    let at = start;
    if (this.dialect.skipBlank) while (buffer.charCodeAt(at) === 32) at += 1;
    if (this.quoteCode >= 0 && buffer.charCodeAt(at) === this.quoteCode) return this.quoted(buffer, at, last, cells);
    if (this.quoteCode < 0 && this.dialect.backslash) return this.escaped(buffer, start, last, cells);
    const end = this.bareEnd(buffer, at);
    if (end >= buffer.length && !last) return -1;
    const text = buffer.slice(this.dialect.skipBlank ? at : start, end);
    if (this.quoteCode >= 0 && text.includes(this.dialect.quote)) this.notes.strayQuotes.push(this.line);
    cells.push(text);
    return end;
  }

  private bareEnd(buffer: string, from: number): number {
    for (let at = from; at < buffer.length; at += 1) {
      const code = buffer.charCodeAt(at);
      if (code === 10 || code === 13 || code === this.delimiterCode) return at;
    }
    return buffer.length;
  }

  /** `\,` and `\` before a line end are the character itself; any other backslash is kept. */
  private escaped(buffer: string, start: number, last: boolean, cells: string[]): number {
    let text = '';
    let from = start;
    for (let at = start; ; at += 1) {
      const end = at >= buffer.length;
      if (end && !last) return -1;
      const code = buffer.charCodeAt(at);
      if (end || code === 10 || code === 13 || code === this.delimiterCode) {
        cells.push(text + buffer.slice(from, at));
        return at;
      }
      if (code !== 92) continue;
      const next = buffer.charCodeAt(at + 1);
      if (next === this.delimiterCode || next === 10 || next === 13 || next === 92) {
        text += buffer.slice(from, at);
        from = at + 1;
        if (next === 10 || next === 13) this.line += 1;
        at += next === 13 && buffer.charCodeAt(at + 2) === 10 ? 2 : 1;
      }
    }
  }

  /** The regular case in one sweep; `carefully` takes over at the first quote that is neither doubled nor closing. */
  private quoted(buffer: string, open: number, last: boolean, cells: string[]): number {
    if (this.dialect.backslash) return this.carefully(buffer, open, last, cells);
    const { quote } = this.dialect;
    let escapes = false;
    let at = buffer.indexOf(quote, open + 1);
    for (; at >= 0; at = buffer.indexOf(quote, at + 2)) {
      if (at + 1 < buffer.length && buffer.charCodeAt(at + 1) === this.quoteCode) escapes = true;
      else break;
    }
    if (at < 0) return last ? this.carefully(buffer, open, last, cells) : -1;
    if (at + 1 >= buffer.length && !last) return -1;
    if (!this.isCellEnd(buffer, at + 1)) return this.carefully(buffer, open, last, cells);
    const raw = buffer.slice(open + 1, at);
    this.line += countLines(raw);
    cells.push(escapes ? raw.replaceAll(quote + quote, quote) : raw);
    return at + 1;
  }

  private carefully(buffer: string, open: number, last: boolean, cells: string[]): number {
    const opened = this.line;
    let text = '';
    let from = open + 1;
    let strays = 0;
    let newlineAt = -1;
    for (;;) {
      const at = this.nextQuote(buffer, from, last);
      if (at === -1) return -1;
      const piece = at === -2 ? buffer.slice(from) : buffer.slice(from, at);
      const newline = piece.search(/[\r\n]/);
      if (newline >= 0 && newlineAt < 0) {
        newlineAt = from + newline;
        const literal = strays > 0 ? this.literal(buffer, open, cells) : -1;
        if (literal >= 0) {
          this.line = opened;
          return literal;
        }
      }
      if (at === -2) {
        const literal = newlineAt < 0 && strays > 0 ? this.literal(buffer, open, cells) : -1;
        if (literal >= 0) return literal;
        throw this.unbalanced(opened, 'a quote opens here and never closes');
      }
      this.line += countLines(piece);
      const escapes = this.dialect.backslash ? trailingBackslashes(piece) : 0;
      text += this.dialect.backslash ? unescaped(piece) : piece;
      if (escapes % 2 === 1) {
        text += this.dialect.quote;
        from = at + 1;
        continue;
      }
      const kind = this.quoteAt(buffer, at, last);
      if (kind === 'unknown') return -1;
      if (kind === 'escape' && strays % 2 === 1) {
        if (at + 2 >= buffer.length && !last) return -1;
        // `"… "Vis-à-Vis Bus"",`: inside stray quotes, two quotes before a cell end are a quote and the closing one.
        if (this.isCellEnd(buffer, at + 2)) {
          cells.push(text + this.dialect.quote);
          return at + 2;
        }
      }
      if (kind === 'escape') {
        text += this.dialect.quote;
        from = at + 2;
        continue;
      }
      if (kind === 'close') {
        cells.push(text);
        return this.afterClose(buffer, at + 1);
      }
      if (strays === 0) this.notes.strayQuotes.push(opened);
      strays += 1;
      if (!this.lenient) throw this.unbalanced(opened, 'text follows a closing quote');
      const opens = this.looksLikeOpening(buffer, at);
      if (newlineAt >= 0 && opens) {
        const end = this.closeWithTail(buffer, at, last, text, cells);
        if (end >= 0) return end;
        if (end === -1) return -1;
        throw this.unbalanced(
          opened,
          `a quote opens here and does not close before line ${this.line}, where another cell opens`,
        );
      }
      text += this.dialect.quote;
      from = at + 1;
    }
  }

  /** Next quote, with escapes by backslash taken over; −1 more text needed, −2 none to the end of the file. */
  private nextQuote(buffer: string, from: number, last: boolean): number {
    const at = buffer.indexOf(this.dialect.quote, from);
    return at >= 0 ? at : last ? -2 : -1;
  }

  private quoteAt(buffer: string, at: number, last: boolean): 'escape' | 'close' | 'stray' | 'unknown' {
    if (at + 1 >= buffer.length) return last ? 'close' : 'unknown';
    const next = buffer.charCodeAt(at + 1);
    if (next === this.quoteCode) return 'escape';
    if (this.isCellEnd(buffer, at + 1)) return 'close';
    let blank = at + 1;
    while (buffer.charCodeAt(blank) === 32) blank += 1;
    if (blank >= buffer.length && !last) return 'unknown';
    return blank > at + 1 && this.isCellEnd(buffer, blank) ? 'close' : 'stray';
  }

  private isCellEnd(buffer: string, at: number): boolean {
    if (at >= buffer.length) return true;
    const code = buffer.charCodeAt(at);
    return code === this.delimiterCode || code === 10 || code === 13;
  }

  private afterClose(buffer: string, from: number): number {
    let at = from;
    while (buffer.charCodeAt(at) === 32) at += 1;
    return at;
  }

  private looksLikeOpening(buffer: string, at: number): boolean {
    const before = buffer.charCodeAt(at - 1);
    return before === this.delimiterCode || before === 10 || before === 13;
  }

  /** The opening quote was an ordinary character: right when the line then has as many cells as the header. */
  private literal(buffer: string, open: number, cells: string[]): number {
    const end = this.bareEnd(buffer, open);
    if (this.columns && cells.length + this.cellsLeft(buffer, open) !== this.columns) return -1;
    cells.push(buffer.slice(open, end));
    return end;
  }

  private cellsLeft(buffer: string, from: number): number {
    let count = 1;
    for (let at = from; at < buffer.length; at += 1) {
      const code = buffer.charCodeAt(at);
      if (code === 10 || code === 13) break;
      if (code === this.delimiterCode) count += 1;
    }
    return count;
  }

  /** A quote at the start of a line closes the cell with text behind it, if that line has no other quote and fits. −1 more text needed, −2 no. */
  private closeWithTail(buffer: string, at: number, last: boolean, text: string, cells: string[]): number {
    const before = buffer.charCodeAt(at - 1);
    if (before !== 10 && before !== 13) return -2;
    const lineEnd = buffer.slice(at).search(/[\r\n]/);
    if (lineEnd < 0 && !last) return -1;
    const line = lineEnd < 0 ? buffer.slice(at + 1) : buffer.slice(at + 1, at + lineEnd);
    const fits = !this.columns || cells.length + this.cellsLeft(buffer, at) === this.columns;
    if (line.includes(this.dialect.quote) || !fits) return -2;
    const end = this.bareEnd(buffer, at);
    cells.push(text + buffer.slice(at + 1, end));
    return end;
  }

  private unbalanced(line: number, what: string): Error {
    return userError(
      'logs.unbalanced-quote',
      `${this.file}:${line}: ${what}.`,
      `open line ${line} and close the quote, or write a quote inside a cell twice ("")`,
    );
  }
}

function trailingBackslashes(text: string): number {
  let count = 0;
  while (text.charCodeAt(text.length - 1 - count) === 92) count += 1;
  return count;
}

/** `\\\\` → `\\`; the backslash that escapes the quote behind the piece goes too. Others are kept. */
const unescaped = (piece: string): string => {
  const body = trailingBackslashes(piece) % 2 === 1 ? piece.slice(0, -1) : piece;
  return body.includes('\\\\') ? body.replaceAll('\\\\', '\\') : body;
};

const found = (at: number): number => (at < 0 ? Number.POSITIVE_INFINITY : at);

function split(buffer: string, from: number, to: number, delimiter: string): string[] {
  const cells: string[] = [];
  let at = from;
  for (;;) {
    const next = buffer.indexOf(delimiter, at);
    if (next < 0 || next >= to) break;
    cells.push(buffer.slice(at, next));
    at = next + 1;
  }
  cells.push(buffer.slice(at, to));
  return cells;
}

/** Line ends of any kind: CRLF counts once. */
function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  for (let at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) if (text[at + 1] !== '\n') count += 1;
  return count;
}
