/**
 * State + size → lines. The same wrap width and paging for both answers; no length, no latency, no tally, no name.
 * Beside each other from 90 columns, stacked below, one at a time where the screen has few rows.
 */
import type { Side } from '../../records/vote-lines.ts';
import { hasRightToLeft } from '../../text/width.ts';
import { clip } from '../../text/wrap.ts';
import { type Line, lineWidth, padLine, type Span, sliceLine, span } from '../lines.ts';
import { minimumMs } from '../session/reduce.ts';
import type { Pane, PaneMode, PaneView, SessionEvent, SessionState } from '../session/state.ts';
import { onScreenMs, unseen } from '../session/step.ts';
import { answerBlocks, type Block, promptBlocks } from '../shown-text.ts';
import { drawHelp } from './help.ts';
import { pageLines } from './pages.ts';
import { type LaidOut, layOut } from './panes.ts';
import { commandBar, header, promptLines, rule, voteBar } from './screen-parts.ts';

export interface Size {
  columns: number;
  rows: number;
}

export interface Frame {
  /** Exactly `rows` lines, none wider than `columns`. */
  lines: Line[];
  /** What was on screen: dispatch it back to the session. */
  viewed?: Extract<SessionEvent, { type: 'viewed' }>;
}

export interface Screen {
  draw(state: SessionState, size: Size): Frame;
  /** Lays out a little more of the answers at hand, for an idle moment. False when there is nothing left to do. */
  prepare(): boolean;
}

const besideFrom = 90;
const stackedFrom = 17;
const smallest: Size = { columns: 20, rows: 6 };

/** Remembers the layout of the ballot at hand, and of nothing else. */
export function createScreen(): Screen {
  let ballot = '';
  const cache = new Map<string, LaidOut>();
  const laidOut = (state: SessionState, pane: Pane, columns: number): LaidOut => {
    if (state.ballot?.id !== ballot) cache.clear();
    ballot = state.ballot?.id ?? '';
    const key = `${pane} ${columns} ${pane === 'prompt' ? '' : state.view}`;
    const known = cache.get(key) ?? layOut(blocksOf(state, pane), columns);
    cache.set(key, known);
    return known;
  };
  return {
    draw(state, size) {
      if (size.columns < smallest.columns || size.rows < smallest.rows) return tooSmall(size);
      const frame = drawPhase(state, size, laidOut);
      return { ...frame, lines: fitTo(frame.lines, size) };
    },
    prepare() {
      const open = [...cache.values()].find((layout) => !layout.complete());
      open?.ensure(open.ensure(0) + 80);
      return open !== undefined;
    },
  };
}

type LayOutPane = (state: SessionState, pane: Pane, columns: number) => LaidOut;

function blocksOf({ ballot, view }: SessionState, pane: Pane): Block[] {
  if (!ballot) return [];
  return pane === 'prompt' ? promptBlocks(ballot.prompt) : answerBlocks(ballot[pane], view);
}

function tooSmall({ columns, rows }: Size): Frame {
  const lines: Line[] = Array.from({ length: Math.max(1, rows) }, () => []);
  lines[0] = [span(clip('window too small', columns), 'bold')];
  return { lines };
}

function fitTo(lines: readonly Line[], { columns, rows }: Size): Line[] {
  return Array.from({ length: rows }, (_, row) => clipLine(lines[row] ?? [], columns));
}

function clipLine(line: Line, columns: number): Line {
  if (lineWidth(line) <= columns) return line;
  const out: Span[] = [];
  for (const part of line) {
    const room = columns - Math.max(lineWidth(out), part.column ?? 0);
    if (room <= 0) break;
    out.push({ ...part, text: clip(part.text, room) });
  }
  return out;
}

function drawPhase(state: SessionState, size: Size, laidOut: LayOutPane): Frame {
  if (state.phase === 'prompt') return drawPrompt(state, size, laidOut);
  if (state.phase === 'help') return drawHelp(state, size);
  const page = pageLines(state, size);
  if (page) return { lines: page };
  return state.ballot ? drawBallot(state, size, laidOut) : { lines: header(state, size.columns) };
}

// ───────────────────────────── one ballot ─────────────────────────────

interface Plan {
  mode: PaneMode;
  /** Text columns of a pane, the same for both. */
  columns: number;
  /** Text rows of each pane. */
  heights: Record<Side, number>;
}

function drawBallot(state: SessionState, size: Size, laidOut: LayOutPane): Frame {
  const top = [...header(state, size.columns), ...promptLines(state, size)];
  const foot = footLines(state, size);
  const room = size.rows - top.length - foot.length;
  const plan = planPanes(state, size, room, laidOut);
  const look = (side: Side): Look => lookAt(state, side, plan.columns, plan.heights[side], laidOut);
  const views = { left: look('left'), right: look('right') };
  const body = { beside: drawBeside, stacked: drawStacked, single: drawSingle }[plan.mode](state, plan, views);
  const shown = plan.mode === 'single' ? [singleSide(state)] : (['left', 'right'] as const);
  const viewed: Frame['viewed'] = {
    type: 'viewed',
    mode: plan.mode,
    height: Math.min(plan.heights.left, plan.heights.right),
  };
  for (const side of shown) viewed[side] = views[side].view;
  const filled = Array.from({ length: Math.max(room, body.length) }, (_, at) => body[at] ?? []);
  return { lines: [...top, ...filled, ...foot], viewed };
}

function planPanes(state: SessionState, size: Size, room: number, laidOut: LayOutPane): Plan {
  const { columns, rows } = size;
  const even = (height: number): Plan['heights'] => ({ left: Math.max(1, height), right: Math.max(1, height) });
  if (columns >= besideFrom && !readsRightToLeft(state))
    return { mode: 'beside', columns: Math.floor((columns - 5) / 2), heights: even(room - 2) };
  if (rows < stackedFrom) return { mode: 'single', columns: columns - 2, heights: even(room - 1) };
  const half = Math.floor((room - 2) / 2);
  const needs = (side: Side): number => Math.min(half, Math.max(1, laidOut(state, side, columns - 2).ensure(half)));
  // Rows that one answer does not need show more of the other.
  const heights = { left: room - 2 - needs('right'), right: room - 2 - needs('left') };
  const left = needs('left') < half ? needs('left') : Math.max(half, heights.left);
  return { mode: 'stacked', columns: columns - 2, heights: { left, right: Math.max(1, room - 2 - left) } };
}

/** A terminal that reorders right-to-left text does so across the whole row, so such answers never share one. */
function readsRightToLeft({ ballot }: SessionState): boolean {
  const answers = ballot ? [ballot.left, ballot.right] : [];
  return answers.some((answer) => answer.kind === 'text' && hasRightToLeft(answer.text.slice(0, 5_000)));
}

interface Look {
  lines: Line[];
  view: PaneView;
}

function lookAt(state: SessionState, pane: Pane, columns: number, height: number, laidOut: LayOutPane): Look {
  const layout = laidOut(state, pane, columns);
  const wanted = pane !== 'prompt' && state.anchor ? layout.lineAt(state.anchor[pane]) : state.top[pane];
  const made = layout.ensure(Math.min(wanted, Number.MAX_SAFE_INTEGER - 2 * height) + 2 * height + 1);
  const last = Math.max(0, made - height);
  const top = layout.complete() ? Math.min(wanted, last) : wanted;
  return { lines: layout.lines(top, top + height), view: { top, end: layout.complete() && top + height >= made } };
}

const sideWord: Record<Side, string> = { left: 'LEFT', right: 'RIGHT' };

const singleSide = ({ focus }: SessionState): Side => (focus === 'right' ? 'right' : 'left');

/** Name of the side, whether the arrow keys move it, and where it stands: never how long it is. */
function sideLabel(state: SessionState, side: Side, { view }: Look): Span[] {
  const chosen = state.focus === side ? [span(' ◂ scrolls alone, Tab changes', 'dim')] : [];
  const above = view.top > 0 ? [span('  ▴ more above', 'dim')] : [];
  return [span(sideWord[side], 'label'), ...chosen, ...above];
}

const endMark = ({ view }: Look): Span => (view.end ? span('end', 'dim') : span('▾ more', 'mark'));

function drawBeside(state: SessionState, { columns, heights }: Plan, { left, right }: Record<Side, Look>): Line[] {
  const row = (one: Line, two: Line): Line => {
    const [first = span(''), ...rest] = two;
    const before = padLine([span(' '), ...one], columns + 1);
    // Fixed columns: an answer whose width a terminal sees differently cannot push the other one aside.
    return [...before, { text: ' │ ', style: 'dim', column: columns + 1 }, { ...first, column: columns + 4 }, ...rest];
  };
  const rows = Array.from({ length: heights.left }, (_, at) => row(left.lines[at] ?? [], right.lines[at] ?? []));
  return [
    row(sideLabel(state, 'left', left), sideLabel(state, 'right', right)),
    ...rows,
    row([endMark(left)], [endMark(right)]),
  ];
}

function drawStacked(state: SessionState, { heights }: Plan, looks: Record<Side, Look>): Line[] {
  return (['left', 'right'] as const).flatMap((side) => paneRows(state, side, looks[side], heights[side]));
}

/** A label row that also says whether more follows, then the text. */
function paneRows(state: SessionState, side: Side, look: Look, height: number): Line[] {
  const title: Line = [span(' '), ...sideLabel(state, side, look), span('  '), endMark(look)];
  const rows = Array.from({ length: height }, (_, at): Line => [span(' '), ...(look.lines[at] ?? [])]);
  return [title, ...rows];
}

function drawSingle(state: SessionState, { heights }: Plan, looks: Record<Side, Look>): Line[] {
  const side = singleSide(state);
  const [title = [], ...rows] = paneRows({ ...state, focus: 'both' }, side, looks[side], heights[side]);
  return [[...title, span(`  Tab: ${side === 'left' ? 'RIGHT' : 'LEFT'}`, 'dim')], ...rows];
}

function footLines(state: SessionState, { columns, rows }: Size): Line[] {
  const guess = state.phase === 'guess';
  const ready = guess || (onScreenMs(state) >= minimumMs && unseen(state).length === 0);
  const bar = voteBar(columns, { guess, ready });
  return [...(rows >= stackedFrom ? [rule(columns)] : []), ...bar, messageLine(state, columns)];
}

function messageLine(state: SessionState, columns: number): Line {
  if (state.failure)
    return [span(clip(` ! ${state.failure} Nothing is lost; the same key tries again.`, columns), 'failure')];
  if (state.notice) return [span(clip(` › ${state.notice}`, columns), 'notice')];
  return commandBar(state, columns);
}

function drawPrompt(state: SessionState, size: Size, laidOut: LayOutPane): Frame {
  const top = [...header(state, size.columns), []];
  const height = Math.max(1, size.rows - top.length - 2);
  const look = lookAt(state, 'prompt', size.columns - 2, height, laidOut);
  const rows = Array.from({ length: height }, (_, at): Line => [span(' '), ...(look.lines[at] ?? [])]);
  const message = state.notice
    ? [span(` › ${state.notice}`, 'notice')]
    : [span(' p', 'key'), span(' back to the answers   ↑ ↓ PgUp PgDn scroll')];
  return {
    lines: [...top, ...rows, [span(' '), endMark(look)], message],
    viewed: { type: 'viewed', mode: state.shown?.mode ?? 'beside', height, prompt: look.view },
  };
}

/** The text of a frame, for tests and for looking at it. @internal */
export const frameText = ({ lines }: Frame): string[] => lines.map(lineAsText);

function lineAsText(line: Line): string {
  let out: Span[] = [];
  for (const part of line) out = [...padLine(out, part.column ?? 0), part];
  const whole = sliceLine(out, 0, Number.MAX_SAFE_INTEGER);
  return whole
    .map(({ text }) => text)
    .join('')
    .trimEnd();
}
