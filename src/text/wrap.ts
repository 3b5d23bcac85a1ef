/**
 * Line breaks by terminal columns, one at a time: only what is asked for is measured, because segmenting 100 KB at
 * once takes seconds and a rater sees forty lines of it.
 */
import { graphemes, graphemeWidth, isAscii, isWide, singleColumns, textWidth } from './width.ts';

/**
 * `words` breaks at spaces and around wide characters; `code` keeps every space, and breaks behind the last one of a line's
 * second half, else behind its last sign, else at the edge; `whole-words` lets a word that is longer than a line (a path, a
 * URL) stand out, so that it can be copied.
 */
export type WrapMode = 'words' | 'code' | 'whole-words';

/** Piece of the text shown on one line: code units [from, to). */
export type Piece = readonly [from: number, to: number];

/**
 * Pieces of one paragraph (no newline in it) that fit into `columns`, the second and later ones into
 * `columns - hang`. Nothing but spaces at a break is left out; a grapheme is never cut.
 */
export function* wrap(text: string, columns: number, mode: WrapMode = 'words', hang = 0): Generator<Piece> {
  if (text === '') yield [0, 0];
  for (let from = 0, room = columns; from < text.length; room = Math.max(2, columns - hang)) {
    const limit = fitEnd(text, from, room);
    const to = limit >= text.length ? limit : breakAt(text, from, limit, mode);
    yield [from, mode === 'code' ? to : trimEnd(text, from, to)];
    from = mode === 'code' ? to : skipSpaces(text, to);
  }
}

/** End of the longest start of text[from…] that fits; at least one grapheme. */
function fitEnd(text: string, from: number, room: number): number {
  const end = Math.min(text.length, from + room);
  // One unit more: a combining mark after the last column belongs to it.
  if (isAscii(text.slice(from, end + 1))) return end;
  const simple = takeSimple(text, from, room);
  if (simple !== undefined) return simple;
  for (let reach = room * 2 + 16; ; reach *= 4) {
    const slice = text.slice(from, from + reach);
    const whole = from + slice.length >= text.length;
    const taken = takeGraphemes(slice, room, whole);
    if (taken !== undefined) return from + taken;
  }
}

/** Letters, kana and ideographs that never join with their neighbours: one unit each, so no segmenting. */
const simpleUnits = new RegExp(
  `^[${singleColumns}\\u3001-\\u3029\\u3041-\\u3096\\u30a0-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uff01-\\uff9d]*$`,
);

function takeSimple(text: string, from: number, room: number): number | undefined {
  // One unit more than fits at most: a mark behind the last one would belong to it.
  if (!simpleUnits.test(text.slice(from, from + room + 1))) return undefined;
  let columns = 0;
  let at = from;
  for (; at < text.length; at += 1) {
    columns += isWide(text.charCodeAt(at)) ? 2 : 1;
    if (columns > room) break;
  }
  return Math.max(at, from + 1);
}

/** Units of `slice` that fit into `room`; undefined when its end came first and more text follows. */
function takeGraphemes(slice: string, room: number, whole: boolean): number | undefined {
  let columns = 0;
  let taken = 0;
  for (const grapheme of graphemes(slice)) {
    const next = taken + grapheme.length;
    // The last grapheme of a cut slice may go on behind the cut; one of 1,000 units is no honest grapheme.
    if (!whole && next >= slice.length && grapheme.length < 1_000) return undefined;
    columns += graphemeWidth(grapheme);
    if (columns > room && taken > 0) return taken;
    taken = next;
  }
  return whole || columns >= room ? taken : undefined;
}

function breakAt(text: string, from: number, limit: number, mode: WrapMode): number {
  if (mode === 'code') return codeBreak(text, from, limit);
  const at = lastBreak(text, from, limit);
  if (at !== undefined || mode !== 'whole-words') return at ?? limit;
  const end = text.indexOf(' ', limit);
  return end === -1 ? text.length : end;
}

/** A row that is less than half full would tear code apart more than a cut word does. */
function codeBreak(text: string, from: number, limit: number): number {
  if (text[limit] === ' ') return limit;
  const half = from + Math.ceil((limit - from) / 2);
  const tail = text.slice(half, limit);
  const sign = tail.includes(' ') ? tail.lastIndexOf(' ') : tail.search(lastSign);
  if (sign === -1) return limit;
  // A mark behind a blank belongs to it.
  const [blank] = graphemes(text.slice(half + sign, half + sign + 3));
  return blank === tail[sign] ? half + sign + 1 : limit;
}

/** No name and no number is torn where one ends on the row. */
const lastSign = /[([{,;=/&|:"'.<>][\w]*$/;

function lastBreak(text: string, from: number, limit: number): number | undefined {
  if (text[limit] === ' ') return limit;
  for (let at = limit; at > from; at -= 1) {
    if (text[at - 1] === ' ') return text.slice(from, at).trim() === '' ? undefined : at;
    if (breaksAround(text, at)) return at;
  }
  return undefined;
}

/** Between two wide characters a line may break, but not before a mark that joins them. */
function breaksAround(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit < 0x1100 || (unit >= 0xdc00 && unit <= 0xdfff)) return false;
  const before = text.charCodeAt(at - 1);
  return (
    isWide(unit) && isWide(before) && !/[\u3001\u3002\uff01\uff0c\uff1a\uff1b\uff1f\u300d\uff09]/.test(text[at] ?? '')
  );
}

function trimEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && text[end - 1] === ' ') end -= 1;
  return end;
}

function skipSpaces(text: string, at: number): number {
  let next = at;
  while (text[next] === ' ') next += 1;
  return next;
}

/** Cuts a line to `columns`, with an ellipsis where something is missing. */
export function clip(text: string, columns: number): string {
  if (columns <= 0) return '';
  if (isAscii(text) ? text.length <= columns : fitEnd(text, 0, columns) >= text.length && textWidth(text) <= columns)
    return text;
  if (columns === 1) return '…';
  const cut = text.slice(0, fitEnd(text, 0, columns - 1));
  return textWidth(cut) <= columns - 1 ? `${cut.trimEnd()}…` : '…';
}

/** Exactly `columns` wide: filled with spaces on one side, or cut with an ellipsis. */
export function toWidth(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const shown = clip(text, columns);
  const room = ' '.repeat(Math.max(0, columns - textWidth(shown)));
  return align === 'left' ? shown + room : room + shown;
}

/** A paragraph as lines of at most `columns`; those behind the first begin with `indent`. */
export function wrapLines(text: string, columns: number, indent = '', mode: WrapMode = 'words'): string[] {
  const room = Math.max(8, columns);
  const hang = indent.length < room - 8 ? indent : '';
  return [...wrap(text, room, mode, hang.length)].map(
    ([from, to], at) => (at === 0 ? '' : hang) + text.slice(from, to),
  );
}
