/** One ballot: how far, the prompt and its rules, two answers, and the keys right below them. */
import type { Side } from '../../records/vote-lines.ts';
import { hasRightToLeft, textWidth } from '../../text/width.ts';
import { clip } from '../../text/wrap.ts';
import type { Differences } from '../differences.ts';
import { type Line, padLine, type Span, span } from '../lines.ts';
import { minimumMs } from '../session/ballot-keys.ts';
import type { Pane, PaneMode, PaneView, SessionState } from '../session/state.ts';
import { onScreenMs, unseen } from '../session/step.ts';
import type { Frame, Size } from './drawn-frame.ts';
import { keyBar } from './key-bar.ts';
import { type MarkedRow, markRows } from './mark-rows.ts';
import type { DisplayLine, LaidOut } from './panes.ts';
import { header, promptLines, promptRoom } from './screen-parts.ts';

/** What is remembered of the ballot that is shown. */
export interface Shown {
  laidOut(state: SessionState, pane: Pane, columns: number): LaidOut;
  /** Where the two part, with the texts that offsets count in; undefined where marks are not shown. */
  marks(state: SessionState): { texts: Record<Side, string>; found: Differences } | undefined;
}

const besideFrom = 76;
export const stackedFrom = 17;
/** Below so few rows an answer gets no fewer, so that the keys do not jump from ballot to ballot. */
const leastPane = 6;

interface Plan {
  mode: PaneMode;
  /** Text columns of a pane, the same for both. */
  columns: number;
  /** Text rows of each pane. */
  heights: Record<Side, number>;
  prompt: number;
}

/** `asked`: a question that stands below the answers, in the place of the keys. */
export function drawBallot(state: SessionState, size: Size, shown: Shown, asked?: readonly Line[]): Frame {
  const foot = asked ?? footLines(state, size, modeFor(state, size));
  const plan = planPanes(state, size, size.rows - 1 - foot.length, shown);
  const look = (side: Side): Look => lookAt(state, side, plan.columns, plan.heights[side], shown);
  const looks = { left: look('left'), right: look('right') };
  const body = { beside: drawBeside, stacked: drawStacked, single: drawSingle }[plan.mode](state, size, plan, {
    ...looks,
    place: placeWords(state, shown),
  });
  const sides = plan.mode === 'single' ? [singleSide(state)] : (['left', 'right'] as const);
  const viewed: Frame['viewed'] = {
    type: 'viewed',
    mode: plan.mode,
    height: Math.min(plan.heights.left, plan.heights.right),
  };
  for (const side of sides) viewed[side] = looks[side].view;
  const top = [header(state, size.columns), ...promptLines(state, size, plan.prompt)];
  return { lines: [...top, ...body, ...foot], viewed };
}

function modeFor(state: SessionState, { columns, rows }: Size): PaneMode {
  if (state.fullWidth) return 'single';
  if (columns >= besideFrom && !readsRightToLeft(state)) return 'beside';
  return rows < stackedFrom ? 'single' : 'stacked';
}

/** A terminal that reorders right-to-left text does so across the whole row, so such answers never share one. */
function readsRightToLeft({ ballot }: SessionState): boolean {
  const answers = ballot ? [ballot.left, ballot.right] : [];
  return answers.some((answer) => answer.kind === 'text' && hasRightToLeft(answer.text.slice(0, 5_000)));
}

/** Rows of labels and dividers. */
const dividers: Record<PaneMode, number> = { beside: 2, stacked: 3, single: 1 };
const besideColumns = (columns: number): number => Math.floor((columns - 4) / 2);

/** Empty rows go to the prompt first, then below the keys, which never stand far below the text. */
function planPanes(state: SessionState, size: Size, room: number, { laidOut }: Shown): Plan {
  const mode = modeFor(state, size);
  const columns = mode === 'beside' ? besideColumns(size.columns) : size.columns - 2;
  const wanted = promptRoom(state, size);
  const rows = Math.max(1, room - dividers[mode] - wanted.least);
  const needs = (side: Side): number => Math.min(rows, Math.max(1, laidOut(state, side, columns).ensure(rows)));
  const both = mode === 'stacked' ? needs('left') + needs('right') : Math.max(needs('left'), needs('right'));
  const spare = Math.max(0, rows - Math.max(both, Math.min(leastPane, rows)));
  const prompt = wanted.least + Math.min(spare, wanted.most - wanted.least);
  const left = rows - (prompt - wanted.least);
  const used = Math.min(left, Math.max(both, leastPane));
  if (mode !== 'stacked') return { mode, columns, heights: { left: used, right: used }, prompt };
  // Rows that one answer does not need show more of the other.
  const half = Math.max(1, Math.floor(used / 2));
  const ofLeft = needs('left') <= half ? needs('left') : Math.max(half, used - needs('right'));
  return { mode, columns, heights: { left: ofLeft, right: Math.max(1, used - ofLeft) }, prompt };
}

interface Look {
  rows: readonly MarkedRow[];
  view: PaneView;
}

/** What a pane shows of its text from the line that was asked for, or the last one that fills it. */
export function visibleRows(state: SessionState, pane: Pane, height: number, layout: LaidOut): PaneView {
  const wanted =
    pane !== 'prompt' && state.anchor ? Math.max(0, layout.lineAt(state.anchor[pane]) - 1) : state.top[pane];
  const made = layout.ensure(Math.min(wanted, Number.MAX_SAFE_INTEGER - 2 * height) + 2 * height + 1);
  const last = Math.max(0, made - height);
  const top = layout.complete() ? Math.min(wanted, last) : wanted;
  return { top, end: layout.complete() && top + height >= made };
}

function lookAt(state: SessionState, side: Side, columns: number, height: number, shown: Shown): Look {
  const layout = shown.laidOut(state, side, columns);
  const view = visibleRows(state, side, height, layout);
  const marks = shown.marks(state);
  if (!marks)
    return { rows: layout.lines(view.top, view.top + height).map((line) => ({ line, differs: false })), view };
  const start = startOfLine(layout, view.top);
  const rows = withNextLine(layout, start, view.top + height);
  const marked = markRows(rows, marks.found[side], marks.texts[side]);
  return { rows: marked.slice(view.top - start, view.top - start + height), view };
}

/** Rows of a source line that are looked back for at most. */
const longestLine = 400;

function startOfLine(layout: LaidOut, top: number): number {
  const from = Math.max(0, top - longestLine);
  const rows = layout.rows(from, top + 1);
  const source = rows.at(-1)?.source;
  let start = top;
  while (start > from && rows[start - from - 1]?.source === source) start -= 1;
  return start;
}

/** One row more than is shown tells where the last source line ends. */
function withNextLine(layout: LaidOut, start: number, end: number): readonly DisplayLine[] {
  const rows = layout.rows(start, end + longestLine);
  const last = rows[Math.min(rows.length, end - start) - 1]?.source;
  const next = rows.findIndex(({ source }, at) => at >= end - start && source !== last);
  return next === -1 ? rows : rows.slice(0, next + 1);
}

const singleSide = ({ focus }: SessionState): Side => (focus === 'right' ? 'right' : 'left');

type Looks = Record<Side, Look> & { place: string };

/** "x difference 1 of 3", on the row below the answers. */
function placeWords(state: SessionState, { marks }: Shown): string {
  const found = marks(state)?.found;
  if (!found || found.places.length === 0) return '';
  const { difference } = state;
  const at = difference
    ? found.places.findIndex(({ left, right }) => left === difference.left && right === difference.right)
    : 0;
  return `x difference ${Math.max(0, at) + 1} of ${found.places.length}${found.more ? '+' : ''}`;
}

/** A row of line signs with words in it; `to` is the first column behind it. */
function line(words: readonly string[], to: number, from = 0): string {
  const text = words
    .filter((word) => word !== '')
    .map((word) => `─ ${word} `)
    .join('─');
  return (
    clip(text, Math.max(0, to - from)).padEnd(0) +
    '─'.repeat(Math.max(0, to - from - textWidth(clip(text, Math.max(0, to - from)))))
  );
}

/** Name of the side, whether the arrow keys move it, and that there is more above: never how long it is. */
const sideWords = (state: SessionState, side: Side, { view }: Look, name: string): string[] => [
  state.steps ? `${name} steps` : name,
  state.focus === side ? 'scrolls alone' : '',
  view.top > 0 ? '▴ more above' : '',
];

const endWord = ({ view }: Look): string => (view.end ? 'end' : '▾ more');

const gutter = ({ differs }: MarkedRow): Span => (differs ? span('▌', 'mark') : span(' '));
const empty: MarkedRow = { line: [], differs: false };

function drawBeside(state: SessionState, { columns }: Size, plan: Plan, { left, right, place }: Looks): Line[] {
  const middle = plan.columns + 2;
  const row = (one: MarkedRow, two: MarkedRow): Line => {
    const before = padLine([gutter(one), ...one.line], middle);
    // Fixed columns: an answer whose width a terminal sees differently cannot push the other one aside.
    const [first = span(''), ...rest] = two.line;
    return [
      ...before,
      { text: '│', style: 'dim', column: middle },
      { ...gutter(two), column: middle + 1 },
      { ...first, column: middle + 2 },
      ...rest,
    ];
  };
  const joined = (one: string[], two: string[], sign: string): Line => [
    span(` ${line(one, middle, 1)}`, 'dim'),
    { text: sign, style: 'dim', column: middle },
    span(line(two, columns - 1, middle + 1), 'dim'),
  ];
  return [
    joined(sideWords(state, 'left', left, 'LEFT'), sideWords(state, 'right', right, 'RIGHT'), '┬'),
    ...Array.from({ length: plan.heights.left }, (_, at) => row(left.rows[at] ?? empty, right.rows[at] ?? empty)),
    joined([endWord(left), place], [endWord(right)], '┴'),
  ];
}

function drawStacked(state: SessionState, { columns }: Size, { heights }: Plan, looks: Looks): Line[] {
  const pane = (side: Side, name: string): Line[] => [
    [span(` ${line([...sideWords(state, side, looks[side], name), endWord(looks[side])], columns - 1, 1)}`, 'dim')],
    ...paneRows(looks[side], heights[side]),
  ];
  return [
    ...pane('left', 'LEFT (above)'),
    ...pane('right', 'RIGHT (below)'),
    [span(` ${line([looks.place], columns - 1, 1)}`, 'dim')],
  ];
}

const paneRows = (look: Look, height: number): Line[] =>
  Array.from({ length: height }, (_, at): Line => {
    const row = look.rows[at] ?? empty;
    return [gutter(row), ...row.line];
  });

function drawSingle(state: SessionState, { columns }: Size, { heights }: Plan, looks: Looks): Line[] {
  const side = singleSide(state);
  const [name, other] = side === 'left' ? ['LEFT', 'RIGHT'] : ['RIGHT', 'LEFT'];
  const above = looks[side].view.top > 0 ? '▴ more above' : '';
  const words = [state.steps ? `${name} steps` : name, `Tab: ${other}`, endWord(looks[side]), above, looks.place];
  return [[span(` ${line(words, columns - 1, 1)}`, 'dim')], ...paneRows(looks[side], heights[side])];
}

function footLines(state: SessionState, { columns, rows }: Size, mode: PaneMode): Line[] {
  const ready = state.phase === 'guess' || (onScreenMs(state) >= minimumMs && unseen(state).length === 0);
  const middle = mode === 'beside' ? besideColumns(columns) + 4 : Math.floor(columns / 2) + 1;
  const bar = keyBar(state, { columns, middle, divided: mode === 'beside', rows: rows < 10 ? 2 : 3 }, ready);
  const message = messageLine(state, columns);
  return message ? [...bar.slice(0, -1), message] : bar;
}

function messageLine(state: SessionState, columns: number): Line | undefined {
  if (state.failure)
    return [span(clip(` ! ${state.failure} Nothing is lost; the same key tries again.`, columns), 'failure')];
  return state.notice ? [span(clip(` › ${state.notice}`, columns), 'notice')] : undefined;
}
