/** What a screen is given and what it gives back. */
import type { Line } from '../lines.ts';
import type { SessionEvent } from '../session/state.ts';

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
