/** A drawn line: spans with a style each. Styles only underline what the words already say. */
import { textWidth } from '../text/width.ts';

export type Style =
  | 'bold'
  | 'dim'
  | 'heading'
  | 'code'
  | 'label'
  | 'key'
  | 'notice'
  | 'failure'
  | 'mark'
  | 'added'
  | 'removed';

export interface Span {
  text: string;
  style?: Style | undefined;
  /** The other answer does not have it. */
  differs?: true;
  /** Column (from 0) this span starts in, whatever a terminal thought the text before it was wide. */
  column?: number;
}

export type Line = readonly Span[];

export const span = (text: string, style?: Style): Span => (style ? { text, style } : { text });

/** Columns that a line takes, its fixed columns included. */
export function lineWidth(line: Line): number {
  let at = 0;
  for (const { text, column } of line) at = Math.max(at, column ?? 0) + textWidth(text);
  return at;
}

/** Part of a line by code units of its text. */
export function sliceLine(line: Line, from: number, to: number): Span[] {
  const out: Span[] = [];
  let at = 0;
  for (const { text, style, differs } of line) {
    const start = Math.max(from, at);
    const end = Math.min(to, at + text.length);
    if (start < end) out.push({ ...span(text.slice(start - at, end - at), style), ...(differs && { differs }) });
    at += text.length;
    if (at >= to) break;
  }
  return out;
}

/** Filled with spaces to a width; longer ones stay. */
export function padLine(line: Line, columns: number): Span[] {
  const missing = columns - lineWidth(line);
  return missing > 0 ? [...line, span(' '.repeat(missing))] : [...line];
}
