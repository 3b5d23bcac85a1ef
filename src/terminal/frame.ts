/**
 * Lines → bytes: only what changed, in one write, on the alternate screen. Every text passes the sanitiser here, so
 * no picture, whoever drew it, can talk to the terminal.
 */
import { writeSync } from 'node:fs';
import type { Line, Style } from '../blind/lines.ts';
import { printableLine } from '../text/printable.ts';
import { isAscii } from '../text/width.ts';

const esc = '\u001b[';
/** Alternate screen, no cursor, no automatic wrap: a character wider than thought cannot spill into the next row. */
const enter = `${esc}?1049h${esc}?25l${esc}?7l${esc}2J`;
const leave = `${esc}0m${esc}?7h${esc}?25h${esc}?1049l`;
/** Synchronised output: terminals that know it show a frame whole, others ignore it. */
const begin = `${esc}?2026h`;
const end = `${esc}?2026l`;

const weight: Partial<Record<Style, string>> = {
  bold: '1',
  heading: '1;4',
  label: '1',
  dim: '2',
  key: '1',
  notice: '1',
  failure: '1',
};
const colour: Partial<Record<Style, string>> = {
  code: '36',
  key: '1;36',
  mark: '36',
  notice: '1;33',
  failure: '1;31',
  added: '32',
  removed: '31',
};

/** One line's bytes, style included; never a newline. */
export function renderLine(line: Line, coloured: boolean): string {
  let out = '';
  for (const { text, style, column, differs } of line) {
    // Cleared before the jump: what stood between here and there belongs to an older frame.
    if (column !== undefined) out += `${esc}K${esc}${column + 1}G`;
    const look = style && ((coloured ? colour[style] : undefined) ?? weight[style]);
    const sgr = [look, differs && '4'].filter(Boolean).join(';');
    const safe = printableLine(text);
    out += sgr ? `${esc}${sgr}m${safe}${esc}0m` : safe;
  }
  return out;
}

export interface FrameWriter {
  open(): void;
  draw(lines: readonly Line[]): void;
  /** Forgets what is on the screen: the next frame is drawn whole. */
  forget(): void;
  /** Back to the normal screen with its cursor; safe to call twice and while the process dies. */
  close(): void;
}

export function createFrameWriter(output: NodeJS.WriteStream, { coloured }: { coloured: boolean }): FrameWriter {
  let shown: string[] | undefined;
  let isOpen = false;
  return {
    open() {
      isOpen = true;
      output.write(enter);
    },
    forget() {
      shown = undefined;
    },
    draw(lines) {
      const rows = lines.map((line) => renderLine(line, coloured));
      const before = shown;
      const changes = rows.flatMap((row, at) =>
        before?.[at] === row ? [] : [placed(row, at, lines[at] ?? [], output.columns)],
      );
      shown = rows;
      if (before && changes.length === 0) return;
      output.write(`${begin}${before ? '' : `${esc}2J`}${changes.join('')}${end}`);
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      writeNow(output, leave);
    },
  };
}

/**
 * Cleared behind the text; before it only where a terminal may count columns differently from us. Behind a full row the
 * cursor stays on the last sign, which clearing would take away.
 */
function placed(row: string, at: number, line: Line, columns: number | undefined): string {
  const start = `${esc}${at + 1};1H`;
  if (!line.every(({ text }) => isAscii(text))) return `${start}${esc}2K${row}`;
  const end = line.reduce((from, { text, column = from }) => column + text.length, 0);
  return columns !== undefined && end >= columns ? `${start}${row}` : `${start}${row}${esc}K`;
}

/** A dying process sends no more than it writes synchronously. */
function writeNow(output: NodeJS.WriteStream, text: string): void {
  try {
    const { fd } = output as { fd?: unknown };
    if (typeof fd === 'number') writeSync(fd, text);
    else output.write(text);
  } catch {
    // The terminal is gone: nothing is left to restore.
  }
}

/** NO_COLOR (no-color.org) wins; FORCE_COLOR and a terminal that has colours allow it. */
export function wantsColour(env: Record<string, string | undefined>, output: { isTTY?: boolean }): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0') return true;
  return output.isTTY === true && env.TERM !== 'dumb';
}
