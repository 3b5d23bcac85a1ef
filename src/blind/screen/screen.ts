/**
 * State + size → lines. The same wrap width and paging for both answers; no length, no latency, no tally, no name.
 * Beside each other from 76 columns, stacked below, one at a time where the screen has few rows or `v` asks for it.
 */
import { clip } from '../../text/wrap.ts';
import { comparedBelow, findDifferences } from '../differences.ts';
import { type Line, lineWidth, padLine, type Span, sliceLine, span } from '../lines.ts';
import type { Pane, SessionState } from '../session/state.ts';
import { answerBlocks, type Block, promptBlocks, shownText, stepBlocks } from '../shown-text.ts';
import { drawBallot, type Shown, visibleRows } from './draw-ballot.ts';
import type { Frame, Size } from './drawn-frame.ts';
import { drawHelp } from './help.ts';
import { pageLines, questionLines } from './pages.ts';
import { type LaidOut, layOut } from './panes.ts';
import { header } from './screen-parts.ts';

export interface Screen {
  draw(state: SessionState, size: Size): Frame;
  /** Lays out a little more of the answers, for an idle moment. False when there is nothing left to do. */
  prepare(): boolean;
}

const smallest: Size = { columns: 20, rows: 6 };

/** Remembers the layout of the ballot that is shown, and of nothing else. */
export function createScreen(): Screen {
  let ballot = '';
  const cache = new Map<string, LaidOut>();
  const compared = new Map<string, ReturnType<Shown['marks']>>();
  const forget = (state: SessionState): void => {
    if (state.ballot?.id === ballot) return;
    cache.clear();
    compared.clear();
    ballot = state.ballot?.id ?? '';
  };
  const shown: Shown = {
    laidOut(state, pane, columns) {
      forget(state);
      const key = `${pane} ${columns} ${pane === 'prompt' ? '' : `${state.view} ${state.steps !== undefined}`}`;
      const known = cache.get(key) ?? layOut(blocksOf(state, pane), columns);
      cache.set(key, known);
      return known;
    },
    marks(state) {
      forget(state);
      const key = `${state.view} ${state.difference !== undefined} ${state.steps !== undefined}`;
      if (!compared.has(key)) compared.set(key, marksOf(state));
      return compared.get(key);
    },
  };
  return {
    draw(state, size) {
      if (size.columns < smallest.columns || size.rows < smallest.rows) return tooSmall(size);
      const frame = drawPhase(state, size, shown);
      return { ...frame, lines: fitTo(frame.lines, size) };
    },
    prepare() {
      const open = [...cache.values()].find((layout) => !layout.complete());
      open?.ensure(open.ensure(0) + 80);
      return open !== undefined;
    },
  };
}

/** By themselves only where the two are much alike, and short enough to compare before anybody asks. */
function marksOf(state: SessionState): ReturnType<Shown['marks']> {
  const { ballot, view, difference, steps } = state;
  if (!ballot || steps) return undefined;
  const texts = { left: shownText(ballot.left, view), right: shownText(ballot.right, view) };
  const asked = difference !== undefined;
  if (!asked && Math.max(texts.left.length, texts.right.length) > comparedBelow) return undefined;
  const found = findDifferences(texts.left, texts.right);
  return asked || found.alike ? { texts, found } : undefined;
}

function blocksOf({ ballot, view, steps }: SessionState, pane: Pane): Block[] {
  if (!ballot) return [];
  if (pane === 'prompt') return promptBlocks(ballot.prompt);
  return steps ? stepBlocks(ballot[pane]) : answerBlocks(ballot[pane], view);
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

function drawPhase(state: SessionState, size: Size, shown: Shown): Frame {
  if (state.phase === 'prompt') return drawPrompt(state, size, shown);
  if (state.phase === 'help') return drawHelp(state, size);
  const question = questionLines(state, size);
  if (question) return { lines: drawBallot(state, size, shown, question).lines };
  const page = pageLines(state, size);
  if (page) return { lines: page };
  return state.ballot ? drawBallot(state, size, shown) : { lines: [header(state, size.columns)] };
}

function drawPrompt(state: SessionState, size: Size, shown: Shown): Frame {
  const top = [header(state, size.columns), []];
  const height = Math.max(1, size.rows - top.length - 2);
  const layout = shown.laidOut(state, 'prompt', size.columns - 2);
  const view = visibleRows(state, 'prompt', height, layout);
  const lines = layout.lines(view.top, view.top + height);
  // What ends the page stands right below the text, also on a tall terminal.
  const rows = lines.slice(0, height).map((line): Line => [span(' '), ...line]);
  const message = state.notice
    ? [span(` › ${state.notice}`, 'notice')]
    : [span(' p', 'key'), span(' back to the answers   ↑ ↓ PgUp PgDn scroll')];
  return {
    lines: [...top, ...rows, [span(' '), view.end ? span('end', 'dim') : span('▾ more', 'mark')], message],
    viewed: { type: 'viewed', mode: state.shown?.mode ?? 'beside', height, prompt: view },
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
