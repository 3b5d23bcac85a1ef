/**
 * One record that csv-parse refuses → its cells. csv-parse's own `relax_quotes` is no way out: it reads
 * `2,"y⏎3,z⏎4,"q"` as one row (an unbalanced quote swallows the file), says nothing, and cuts `"a "b, c" d"` in two.
 * Here a quote closes its cell only before a delimiter or line end; any other is kept as text and noted.
 */
import type { Dialect } from './csv-dialect.ts';

export type Mended =
  /** `end`: behind its line end. `lines`: how many it takes. `strays`: lines (from 0) of quotes that were kept. */
  | { cells: string[]; end: number; lines: number; strays: number[] }
  | { line: number; why: (firstLine: number) => string }
  | 'more';

type Cell = { text: string; end: number; stray?: boolean } | { why: (firstLine: number) => string } | 'more';

/** `text` begins with the record; 'more' when it goes on in text that has not come yet. */
export function mendRecord(text: string, last: boolean, dialect: Dialect, columns: number): Mended {
  const cells: string[] = [];
  const strays: number[] = [];
  let line = 0;
  for (let at = 0; ; at += 1) {
    const cell = mendCell({ text, last, dialect, missing: columns === 0 ? undefined : columns - cells.length }, at);
    if (cell === 'more') return 'more';
    if ('why' in cell) return { line, why: cell.why };
    if (cell.stray) strays.push(line);
    cells.push(cell.text);
    line += countLines(text.slice(at, cell.end));
    at = cell.end;
    if (text[at] === dialect.delimiter && at < text.length) continue;
    // The line end may be cut in two (CR | LF), or not be here yet.
    if (!last && at >= text.length - 1) return 'more';
    return { cells, end: at + (text.startsWith('\r\n', at) ? 2 : 1), lines: line + 1, strays };
  }
}

interface Place {
  text: string;
  last: boolean;
  dialect: Dialect;
  /** Cells that the record still lacks; undefined where nobody knows. */
  missing: number | undefined;
}

function mendCell(place: Place, start: number): Cell {
  const { text, last, dialect } = place;
  let at = start;
  if (dialect.skipBlank) while (text[at] === ' ') at += 1;
  if (dialect.quote !== '' && text[at] === dialect.quote) return quotedCell(place, at);
  const end = bareEnd(place, at);
  if (end >= text.length && !last) return 'more';
  const cell = text.slice(at, end);
  return { text: cell, end, stray: dialect.quote !== '' && cell.includes(dialect.quote) };
}

function quotedCell(place: Place, open: number): Cell {
  const { text, last, dialect } = place;
  const { quote, backslash } = dialect;
  let cell = '';
  let strays = 0;
  let newline = false;
  for (let from = open + 1; ; ) {
    const at = text.indexOf(quote, from);
    const piece = at < 0 ? text.slice(from) : text.slice(from, at);
    if (at < 0 && !last) return 'more';
    const literal = strays > 0 && !newline && (at < 0 || /[\r\n]/.test(piece)) ? literalCell(place, open) : undefined;
    if (literal) return literal;
    if (at < 0) return { why: () => 'a quote opens here and never closes' };
    newline ||= /[\r\n]/.test(piece);
    const escaped = backslash && trailingSlashes(piece) % 2 === 1;
    cell += backslash ? (escaped ? piece.slice(0, -1) : piece).replaceAll('\\\\', '\\') : piece;
    const kind = escaped ? 'escaped' : quoteKind(place, at);
    if (kind === 'more') return 'more';
    if (kind === 'close') return { text: cell, end: blanksEnd(text, at + 1), stray: strays > 0 };
    if (kind === 'doubled' && strays % 2 === 1) {
      if (at + 2 >= text.length && !last) return 'more';
      // `"… "Vis-à-Vis Bus"",`: inside stray quotes, two quotes before a cell end are a quote and the closing one.
      if (isCellEnd(place, at + 2)) return { text: cell + quote, end: at + 2, stray: true };
    }
    if (kind === 'stray') {
      strays += 1;
      if (newline && opensCell(place, at)) return tailOrUnbalanced(place, open, at, cell);
    }
    cell += quote;
    from = at + (kind === 'doubled' ? 2 : 1);
  }
}

function quoteKind(place: Place, at: number): 'doubled' | 'close' | 'stray' | 'more' {
  const { text, last, dialect } = place;
  if (at + 1 >= text.length) return last ? 'close' : 'more';
  if (text[at + 1] === dialect.quote) return 'doubled';
  const end = blanksEnd(text, at + 1);
  if (end >= text.length && !last) return 'more';
  return isCellEnd(place, end) ? 'close' : 'stray';
}

function blanksEnd(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at += 1;
  return at;
}

function isCellEnd({ text, dialect }: Place, at: number): boolean {
  const character = text[at];
  return character === undefined || character === dialect.delimiter || character === '\n' || character === '\r';
}

const opensCell = ({ text, dialect }: Place, at: number): boolean =>
  text[at - 1] === dialect.delimiter || text[at - 1] === '\n' || text[at - 1] === '\r';

function bareEnd(place: Place, from: number): number {
  let at = from;
  while (!isCellEnd(place, at)) at += 1;
  return at;
}

/** Would the line, from here on read without quotes, have just the cells that are missing? */
function fits({ text, dialect, missing }: Place, from: number): boolean {
  if (missing === undefined) return true;
  const end = text.slice(from).search(/[\r\n]/);
  const line = end < 0 ? text.slice(from) : text.slice(from, from + end);
  return (dialect.delimiter === '' ? 1 : line.split(dialect.delimiter).length) === missing;
}

/** The opening quote was an ordinary character: right when the line then has as many cells as the header. */
function literalCell(place: Place, open: number): Cell | undefined {
  if (!fits(place, open)) return undefined;
  const end = bareEnd(place, open);
  return { text: place.text.slice(open, end), end, stray: true };
}

/** A quote at the start of a line closes the cell with text behind it, if that line has no other quote and fits. */
function tailOrUnbalanced(place: Place, open: number, at: number, cell: string): Cell {
  const { text, last, dialect } = place;
  const why = (firstLine: number): string =>
    `a quote opens here and does not close before line ${firstLine + countLines(text.slice(0, at))}, where another cell opens`;
  if (text[at - 1] === dialect.delimiter) return { why };
  const length = text.slice(at).search(/[\r\n]/);
  if (length < 0 && !last) return 'more';
  const line = length < 0 ? text.slice(at + 1) : text.slice(at + 1, at + length);
  if (line.includes(dialect.quote) || !fits(place, at)) return { why };
  const end = bareEnd(place, at);
  return { text: cell + text.slice(at + 1, end), end, stray: open >= 0 };
}

function trailingSlashes(text: string): number {
  let count = 0;
  while (text.charCodeAt(text.length - 1 - count) === 92) count += 1;
  return count;
}

/** Line ends of any kind: CRLF counts once. */
export function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  for (let at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) if (text[at + 1] !== '\n') count += 1;
  return count;
}
