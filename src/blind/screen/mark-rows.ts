/** Marks what differs in the rows that are on the screen. Words are found in a row as it is drawn: Markdown's signs are gone there. */
import type { Range } from '../differences.ts';
import { type Line, type Span, sliceLine } from '../lines.ts';
import type { DisplayLine } from './panes.ts';

export interface MarkedRow {
  line: Line;
  differs: boolean;
}

/** Rows that come before and behind the window and belong to the same source lines are needed to find words in order. */
export function markRows(rows: readonly DisplayLine[], ranges: readonly Range[], text: string): MarkedRow[] {
  const marked: MarkedRow[] = [];
  for (let at = 0; at < rows.length; ) {
    const source = rows[at]?.source ?? 0;
    let end = at + 1;
    while (rows[end]?.source === source && end < rows.length) end += 1;
    const next = rows[end]?.source ?? Number.POSITIVE_INFINITY;
    const words = ranges.filter(([from]) => from >= source && from < next).map(([from, to]) => text.slice(from, to));
    marked.push(...markGroup(rows.slice(at, end), words));
    at = end;
  }
  return marked;
}

function markGroup(rows: readonly DisplayLine[], words: readonly string[]): MarkedRow[] {
  const texts = rows.map(({ line }) => line.map((part) => part.text).join(''));
  const found: Range[][] = rows.map(() => []);
  let [row, from] = [0, 0];
  for (const word of words) {
    const hit = findWord(texts, word, row, from);
    // A word that is drawn in another way marks its row alone.
    if (hit === undefined) found[row]?.push([0, 0]);
    else {
      [row, from] = [hit.row, hit.at + word.length];
      found[row]?.push([hit.at, from]);
    }
  }
  return rows.map(({ line }, at) => ({
    line: underlined(line, found[at] ?? []),
    differs: (found[at] ?? []).length > 0,
  }));
}

function findWord(texts: readonly string[], word: string, row: number, from: number) {
  for (let at = row; at < texts.length; at += 1) {
    const hit = (texts[at] ?? '').indexOf(word, at === row ? from : 0);
    if (hit !== -1) return { row: at, at: hit };
  }
  return undefined;
}

function underlined(line: Line, ranges: readonly Range[]): Line {
  const out: Span[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    if (to <= from) continue;
    out.push(...sliceLine(line, at, from));
    out.push(...sliceLine(line, from, to).map((part): Span => ({ ...part, differs: true })));
    at = to;
  }
  return at === 0 ? line : [...out, ...sliceLine(line, at, Number.MAX_SAFE_INTEGER)];
}
