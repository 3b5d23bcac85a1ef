/** Small moves of the session that every key handler is made of. */
import type { Side } from '../../records/vote-lines.ts';
import type { Ballot } from '../ballot.ts';
import { defaultView } from '../shown-text.ts';
import type { VoteKey } from './keys.ts';
import type { Effect, Phase, SessionState, Step, VoteEntry } from './state.ts';

export const step = (state: SessionState, ...effects: Effect[]): Step => ({ state, effects });

/** Milliseconds the current ballot has been on screen, pauses and overlays left out. */
export const onScreenMs = (state: SessionState): number => Math.max(0, state.now - state.shownAt - state.offScreenMs);

/** Which answers still have text below the screen. */
export const unseen = ({ seen }: SessionState): Side[] => (['left', 'right'] as const).filter((side) => !seen[side]);

export function showBallot(state: SessionState, ballot: Ballot, kept: Partial<SessionState> = {}): SessionState {
  return {
    ...state,
    phase: 'ballot',
    ballot,
    shownAt: state.now,
    offScreenMs: 0,
    view: defaultView(ballot.left, ballot.right),
    focus: 'both',
    top: { left: 0, right: 0, prompt: 0 },
    seen: { left: false, right: false, prompt: false },
    note: undefined,
    recognised: undefined,
    input: '',
    difference: undefined,
    fullWidth: false,
    steps: undefined,
    notice: undefined,
    ...kept,
  };
}

/** Overlays hide the answers: their time is no reading time. */
export const overlay = (state: SessionState, phase: Phase): Step =>
  step({ ...state, phase, input: '', hiddenAt: state.now });

export function back(state: SessionState): SessionState {
  const hidden = state.hiddenAt === undefined ? 0 : state.now - state.hiddenAt;
  return { ...state, phase: 'ballot', input: '', hiddenAt: undefined, offScreenMs: state.offScreenMs + hidden };
}

export function entryFor(
  state: SessionState,
  { choice, retry }: Pick<VoteKey, 'choice' | 'retry'>,
  reason?: string,
): VoteEntry {
  const { ballot, view, recognised, note } = state;
  if (!ballot) throw new Error('a vote without a ballot');
  return {
    ballot: ballot.id,
    choice,
    retry,
    view,
    ...(recognised ? { recognised } : {}),
    ...(reason ? { reason } : {}),
    ...(note ? { note } : {}),
    ms: Math.round(onScreenMs(state)),
  };
}

export const save = (state: SessionState, vote: VoteEntry): Step =>
  step({ ...state, phase: 'saving', pending: { phase: 'ballot', vote } }, { type: 'vote', vote });
