/** Scrolling: the session wishes for top lines, the layout says what was really shown. */
import { forKey } from './keys.ts';
import { type Pane, panes, type SessionEvent, type SessionState } from './state.ts';

export const nextFocus = ({ focus, shown }: SessionState): SessionState['focus'] => {
  if (shown?.mode === 'single') return focus === 'right' ? 'left' : 'right';
  return focus === 'both' ? 'left' : focus === 'left' ? 'right' : 'both';
};

export const shownPanes = ({ focus, shown }: SessionState): Pane[] =>
  focus === 'both' ? (shown?.mode === 'single' ? ['left'] : ['left', 'right']) : [focus];

/** New tops; the layout clamps them and says so with `viewed`. Undefined when the key does not scroll. */
export function scroll(state: SessionState, key: string, which: readonly Pane[]): SessionState | undefined {
  const page = Math.max(1, (state.shown?.height ?? 10) - 1);
  const moves: Record<string, number> = {
    down: 1,
    up: -1,
    pagedown: page,
    pageup: -page,
    home: -Infinity,
    end: Infinity,
  };
  const by = forKey(moves, key);
  if (by === undefined) return undefined;
  const top = { ...state.top };
  for (const pane of which) top[pane] = Math.max(0, by === Infinity ? Number.MAX_SAFE_INTEGER : top[pane] + by);
  return { ...state, top, anchor: undefined };
}

export function noteViewed(state: SessionState, event: Extract<SessionEvent, { type: 'viewed' }>): SessionState {
  const top = { ...state.top };
  const seen = { ...state.seen };
  for (const pane of panes) {
    const view = event[pane];
    if (!view) continue;
    top[pane] = view.top;
    // The end of a list of steps is no end of an answer.
    seen[pane] ||= view.end && (state.steps === undefined || pane === 'prompt');
  }
  return { ...state, top, seen, anchor: undefined, shown: { height: event.height, mode: event.mode } };
}
