/** Tables and bars of the terminal report: a number is shown whole or not at all. */

import Table from 'cli-table3';
import { textWidth } from '../text/width.ts';
import { toWidth } from '../text/wrap.ts';
import type { ScopeReport } from './model.ts';

export type Paint = (code: number, text: string) => string;

const narrowestName = 16;

/** Of the cells, with the blank between two of them. */
const widthsOf = (head: string[], rows: string[][]): number[] =>
  head.map((title, at) => Math.max(textWidth(title), ...rows.map((row) => textWidth(row[at] ?? ''))) + 1);
const sum = (widths: number[]): number => widths.reduce((total, width) => total + width + 1, 0);

/** Whether no column has to go, if names give way. */
export function fitsWhole(rows: string[][], columns: number): boolean {
  const [names = 0, ...others] = widthsOf(
    (rows[0] ?? []).map(() => ''),
    rows,
  );
  return sum([Math.min(names, narrowestName), ...others]) <= columns;
}

/** Names give way first, then the last columns. An empty head is left out. */
export function terminalTable(head: string[], rows: string[][], columns: number, paint: Paint): string[] {
  const titled = head.length > 0;
  const widths = widthsOf(titled ? head : (rows[0] ?? []).map(() => ''), rows);
  const total = (): number => sum(widths);
  const spare = (widths[0] ?? 0) - narrowestName;
  while (widths.length > 2 && total() - Math.max(0, spare) > columns) widths.pop();
  if (total() > columns) widths[0] = Math.max(narrowestName, (widths[0] ?? 0) - (total() - columns));
  const shown = [...(titled ? [head] : []), ...rows].map((row) => row.slice(0, widths.length));
  return grid(shown, widths, titled ? paint : (_code, text) => text, titled ? ['left'] : ['left', 'left']);
}

/** Cells are cut by our own measure first: cli-table3 counts some signs otherwise, and would cut a number. */
function grid(rows: string[][], widths: number[], paint: Paint, aligned: ('left' | undefined)[]): string[] {
  const drawn = new Table({ chars: bare, style: { head: [], border: [], 'padding-left': 1, 'padding-right': 0 } });
  const cells = rows.map((row) =>
    row.map((cell, at) => toWidth(cell, Math.max(1, (widths[at] ?? 1) - 1), aligned[at] ?? 'right')),
  );
  drawn.push(...cells.map((row, at) => (at === 0 ? row.map((cell) => paint(2, cell)) : row)));
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

/** A table without lines: columns stand one blank apart. */
const bare = {
  ...Object.fromEntries(
    ['top', 'bottom', 'left', 'mid', 'right'].flatMap((side) =>
      ['', '-mid', '-left', '-right'].map((end) => [side + end, '']),
    ),
  ),
  middle: ' ',
};

/** Cells of a bar: one for each vote up to this many, then shares of it. */
const barCells = 20;

const signs = [
  ['a', '█', 'open better'],
  ['bothFine', '─', 'both fine'],
  ['identical', '=', 'identical, not read'],
  ['bothBad', '×', 'both unusable'],
  ['noAnswer', '·', 'no answer from either'],
  ['b', '░', 'closed better'],
] as const;

/** The signs that these rows use; the four of a vote always. */
const signsOf = (scopes: readonly ScopeReport[]): (typeof signs)[number][] =>
  signs.filter(
    ([key]) => (key !== 'identical' && key !== 'noAnswer') || scopes.some(({ counts }) => Math.round(counts[key]) > 0),
  );

export const barLegend = (scopes: readonly ScopeReport[]): string =>
  signsOf(scopes)
    .map(([, sign, words]) => `${sign} ${words}`)
    .join('   ');

/** The order of the counts, where there is no room for bars. */
export const countsOrder = 'open better : neither : closed better';

/** One cell a vote up to 20, then 20 by largest remainder; no count that is there gets none. */
export function voteBar({ counts }: Pick<ScopeReport, 'counts'>): string {
  const total = signs.reduce((sum, [key]) => sum + counts[key], 0);
  const cells = Math.min(barCells, Math.round(total));
  const parts = signs
    .filter(([key]) => counts[key] > 0)
    .map(([key, sign]) => {
      const exact = (counts[key] / total) * cells;
      return { sign, exact, given: Math.max(1, Math.floor(exact)) };
    });
  const over = (): number => parts.reduce((sum, { given }) => sum + given, 0) - cells;
  // Halves of shared prompts can make more kinds than there are votes: then each keeps its one cell.
  while (over() > 0 && parts.some(({ given }) => given > 1))
    take(
      parts.filter(({ given }) => given > 1),
      -1,
    );
  while (over() < 0) take(parts, 1);
  return parts.map(({ sign, given }) => sign.repeat(given)).join('');
}

/** From the part that has most above its share, or to the one that has most below it. */
function take(parts: { exact: number; given: number }[], step: 1 | -1): void {
  const [first] = [...parts].sort((one, other) => step * (other.exact - other.given - (one.exact - one.given)));
  if (first) first.given += step;
}
