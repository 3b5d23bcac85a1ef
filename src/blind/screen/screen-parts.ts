/** The fixed parts of the picture: header, folded prompt, keys. */

import type { Message } from '../../records/prompt-record.ts';
import { printable, printableLine } from '../../text/printable.ts';
import { textWidth } from '../../text/width.ts';
import { clip, wrap } from '../../text/wrap.ts';
import { type Line, lineWidth, type Span, span } from '../lines.ts';
import type { SessionState } from '../session/state.ts';
import { promptSummary, rulesSummary } from '../shown-text.ts';
import type { Size } from './screen.ts';

/** Before anybody voted, a ballot is taken to need this long; three votes' worth of weight. */
const priorMs = 45_000;
const priorWeight = 3;

/** Minutes left at this rater's pace, at least 1. */
export function minutesLeft({ progress, paceMs }: Pick<SessionState, 'progress' | 'paceMs'>): number {
  const sum = paceMs.reduce((total, ms) => total + ms, 0);
  const pace = (priorMs * priorWeight + sum) / (priorWeight + paceMs.length);
  return Math.max(1, Math.round((progress.atMost * pace) / 60_000));
}

export const rule = (columns: number): Line => [span(` ${'─'.repeat(Math.max(0, columns - 2))}`, 'dim')];

const asking = (state: SessionState): boolean =>
  state.phase === 'guess' || (state.phase === 'saving' && state.pending?.guess === true);

/** Who, how far, how long: one line and a bar. */
export function header(state: SessionState, columns: number): Line[] {
  const { voted, atMost } = state.progress;
  if (asking(state)) {
    const { guessAt, guesses } = state;
    return [
      ends(' which one is the closed model?', `${guessAt + 1} of ${guesses.length} `, columns),
      bar(guessAt, guesses.length, columns),
    ];
  }
  if (state.phase === 'end' || state.phase === 'guess-offer' || state.phase === 'last' || state.phase === 'locking') {
    return [
      ends(` blind session · rater ${printableLine(state.rater)}`, 'all ballots voted ', columns),
      bar(1, 1, columns),
    ];
  }
  return [ends(...headerWords(state, columns), columns), bar(voted, voted + atMost, columns)];
}

function headerWords(state: SessionState, columns: number): [string, string] {
  const { number, atMost } = state.progress;
  const rater = printableLine(state.rater);
  if (state.phase === 'start') {
    const [most, about] = columns >= 56 ? ['at most ', 'about '] : ['≤ ', '~'];
    return [' blind session', `${most}${atMost} ballots · ${about}${minutesLeft(state)} min `];
  }
  const right = [`ballot ${number}`, `at most ${atMost} left`, `about ${minutesLeft(state)} min `];
  if (columns >= 80) return [` blind session · rater ${rater}`, right.join(' · ')];
  if (columns >= 56) return [` ${rater}`, right.join(' · ')];
  return [` ballot ${number}`, `≤ ${atMost} left · ~${minutesLeft(state)} min `];
}

function ends(left: string, right: string, columns: number): Line {
  const room = columns - textWidth(right);
  const start = clip(left, Math.max(0, room - 1));
  return [span(start, 'bold'), span(' '.repeat(Math.max(1, room - textWidth(start)))), span(right)];
}

function bar(done: number, all: number, columns: number): Line {
  const width = Math.max(1, columns - 2);
  const filled = all === 0 ? 0 : Math.min(width, Math.round((done / all) * width));
  const tip = filled > 0 && filled < width ? '╺' : '';
  return [
    span(` ${'━'.repeat(filled)}`, 'mark'),
    span(`${tip}${'─'.repeat(Math.max(0, width - filled - tip.length))}`, 'dim'),
  ];
}

/** The folded prompt: one line where rows are few, up to a fifth of the screen where they are not. */
export function promptLines(state: SessionState, { columns, rows }: Size): Line[] {
  const { ballot } = state;
  if (!ballot) return [];
  const most = rows < 20 ? 1 : Math.max(2, Math.floor(rows / 6));
  const text = printable(promptSummary(ballot.prompt.messages))
    .replace(/\s*\n\s*/g, ' ⏎ ')
    .trim();
  const task = columns >= 56 ? `${clip(printableLine(ballot.task), 24)} ▸ ` : '▸ ';
  const fold = '  p unfolds';
  const first = columns - 3 - textWidth(fold);
  const whole = task + text.slice(0, most * columns + 200);
  const pieces = [...wrap(whole, Math.max(8, first), 'words', 2)].map(([from, to]) => whole.slice(from, to));
  const shown = pieces.slice(0, most);
  const cut =
    pieces.length > most ||
    text.length > most * columns + 200 ||
    ballot.prompt.messages.length > 1 ||
    (ballot.prompt.tools?.length ?? 0) > 0;
  const lines = shown.map((piece, at): Span[] => {
    const last = at === shown.length - 1 && pieces.length > most;
    const body = last ? clip(`${piece} …`, Math.max(8, first)) : piece;
    return at === 0
      ? [span(' '), span(body.slice(0, task.length), 'label'), span(body.slice(task.length))]
      : [span('   '), span(body)];
  });
  if (rows >= 20) lines.push(...rulesLines(ballot.prompt.messages, columns, rows < 30 ? 1 : 2, first));
  const end = lines.at(-1);
  if (cut && end) end.push({ text: fold.trimStart(), style: 'key', column: columns - textWidth(fold) + 1 });
  return rows >= 20 ? [...lines, []] : lines;
}

/** What the system prompt asks of an answer, dim, under the question: the start of it, the rest unfolds. */
function rulesLines(messages: readonly Message[], columns: number, most: number, width: number): Span[][] {
  const text = printable(rulesSummary(messages))
    .replace(/\s*\n\s*/g, ' ⏎ ')
    .trim();
  if (text === '' || columns < 56) return [];
  const whole = `rules: ${text.slice(0, most * columns + 200)}`;
  const pieces = [...wrap(whole, Math.max(8, width), 'words', 2)].map(([from, to]) => whole.slice(from, to));
  return pieces.slice(0, most).map((piece, at): Span[] => {
    const last = at === most - 1 && pieces.length > most;
    return [span('   '), span(last ? clip(`${piece} …`, Math.max(8, width)) : piece, 'dim')];
  });
}

// ───────────────────────────── keys ─────────────────────────────

type Key = readonly [key: string, does: string];

const voteWords: Readonly<Record<'wide' | 'middle' | 'narrow', readonly (readonly Key[])[]>> = {
  wide: [
    [
      ['d', 'LEFT, redo right'],
      ['f', 'LEFT better'],
      ['space', 'both fine'],
      ['j', 'RIGHT better'],
      ['k', 'RIGHT, redo left'],
      ['b', 'both bad'],
    ],
  ],
  middle: [
    [
      ['d', 'LEFT, redo right'],
      ['f', 'LEFT better'],
      ['space', 'both fine'],
    ],
    [
      ['j', 'RIGHT better'],
      ['k', 'RIGHT, redo left'],
      ['b', 'both bad'],
    ],
  ],
  narrow: [
    [
      ['f', 'LEFT'],
      ['j', 'RIGHT'],
      ['space', 'tie'],
      ['b', 'bad'],
    ],
    [
      ['d', 'LEFT, redo R'],
      ['k', 'RIGHT, redo L'],
    ],
  ],
};

const guessWords: readonly Key[] = [
  ['f', 'LEFT is the closed one'],
  ['j', 'RIGHT is'],
  ['space', "don't know"],
];
const shortGuessWords: readonly Key[] = [
  ['f', 'LEFT'],
  ['j', 'RIGHT'],
  ['space', "don't know"],
];

/** The voting keys; quiet until a vote counts. */
export function voteBar(columns: number, { guess, ready }: { guess: boolean; ready: boolean }): Line[] {
  if (guess) return [keyLine(columns >= 64 ? guessWords : shortGuessWords, columns, ready)];
  const size = columns >= 108 ? 'wide' : columns >= 58 ? 'middle' : 'narrow';
  const rows = voteWords[size];
  const cells = Math.max(...rows.map((row) => row.length));
  const grid =
    size === 'middle'
      ? Array.from({ length: cells }, (_, at) => Math.max(...rows.map((row) => cellWidth(row[at]))))
      : undefined;
  return rows.map((row) => keyLine(row, columns, ready, grid));
}

const cellWidth = (cell: Key | undefined): number => (cell ? textWidth(cell[0]) + 1 + textWidth(cell[1]) : 0);

function keyLine(keys: readonly Key[], columns: number, ready: boolean, grid?: readonly number[]): Line {
  const widths = keys.map((cell, at) => grid?.[at] ?? cellWidth(cell));
  const free = columns - 2 - widths.reduce((sum, width) => sum + width, 0);
  const gap = Math.max(1, Math.min(4, Math.floor(free / Math.max(1, keys.length - 1))));
  const line: Span[] = [span(' ')];
  for (const [at, [key, does]] of keys.entries()) {
    line.push(span(key, ready ? 'key' : 'dim'), span(` ${does}`, ready ? undefined : 'dim'));
    const pad = (widths[at] ?? 0) - cellWidth([key, does]) + (at < keys.length - 1 ? gap : 0);
    line.push(span(' '.repeat(Math.max(0, pad))));
  }
  return line;
}

/** The other keys; the hint that something is still unread goes first. */
export function commandBar(state: SessionState, columns: number): Line {
  const scrolls = !state.seen.left || !state.seen.right;
  const single = state.shown?.mode === 'single';
  const keys: Key[] = [];
  if (asking(state)) keys.push(['q', 'enough guesses'], ['PgDn', 'scrolls']);
  else {
    if (scrolls && single) keys.push(['Tab', 'other answer']);
    if (scrolls) keys.push(['PgDn', single ? 'reads on' : 'reads on to the end']);
    if (state.undoable) keys.push(['u', 'undo last vote']);
    keys.push(
      ['?', 'all keys'],
      ['s', 'skip'],
      ['n', state.note ? 'note ✓' : 'note'],
      ['q', 'save and quit'],
      ['x', 'difference'],
      ['m', state.view === 'raw' ? 'plain view' : 'raw view'],
    );
  }
  const line: Span[] = [span(' ')];
  for (const [key, does] of keys) {
    const cell = [span(key, 'key'), span(` ${does}`, 'dim')];
    if (lineWidth([...line, ...cell]) > columns - 1) break;
    line.push(...cell, span('   '));
  }
  return line;
}
