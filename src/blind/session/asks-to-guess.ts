import type { SessionState } from './state.ts';

/** The rater is asked to tell the models apart, not to vote. */
export const asking = (state: Pick<SessionState, 'phase' | 'pending'>): boolean =>
  state.phase === 'guess' ||
  state.phase === 'guess-paused' ||
  (state.phase === 'saving' && state.pending?.guess === true);
