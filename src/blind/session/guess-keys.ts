import { forKey, guessKeys } from './keys.ts';
import { nextFocus, scroll, shownPanes } from './scrolling.ts';
import type { Effect, SessionState, Step } from './state.ts';
import { onScreenMs, showBallot, step } from './step.ts';

const closeAsked: Effect = { type: 'close', asked: true };

/** A guess is a hunch: short, but not a bounce of the key before. */
const guessMinimumMs = 400;

function showGuess(state: SessionState): SessionState {
  const guess = state.guesses[state.guessAt];
  return guess ? { ...showBallot(state, guess.ballot), phase: 'guess' } : state;
}

export function onGuessKey(state: SessionState, key: string): Step {
  const moved = scroll(state, key, shownPanes(state));
  if (moved) return step(moved);
  if (key === 'tab') return step({ ...state, focus: nextFocus(state) });
  if (key === 'q') return step({ ...state, phase: 'locking' }, closeAsked);
  if (key === 'escape') return step({ ...state, phase: 'guess-paused' });
  const guess = forKey(guessKeys, key);
  const of = state.guesses[state.guessAt]?.of;
  if (!guess || of === undefined || onScreenMs(state) < guessMinimumMs) return step(state);
  return step({ ...state, phase: 'saving', pending: { phase: 'guess', guess: true } }, { type: 'guess', guess, of });
}

export function onGuessOfferKey(state: SessionState, key: string): Step {
  if (key === 'enter') return step(showGuess(state));
  if (key === 'n') return step({ ...state, phase: 'locking' }, closeAsked);
  return step(state, ...(key === 'q' || key === 'escape' ? [later] : []));
}

/** The question comes again in the next session. */
const later: Effect = { type: 'quit', why: 'saved' };

export function onGuessPausedKey(state: SessionState, key: string): Step {
  if (key === 'q') return step(state, later);
  return step(key === 'enter' || key === 'escape' ? { ...showGuess(state), notice: undefined } : state);
}

export function nextGuess(state: SessionState): Step {
  const guessAt = state.guessAt + 1;
  if (guessAt >= state.guesses.length) return step({ ...state, phase: 'locking' }, closeAsked);
  return step(showGuess({ ...state, guessAt }));
}
