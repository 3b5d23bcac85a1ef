/**
 * The blind session as a state machine: `reduce(state, event) → {state, effects}`. No clock (time is in events), no
 * layout (what was on screen comes back as `viewed`), nothing of a terminal: the same module runs in a browser.
 */

import type { Ballot } from '../ballot.ts';
import { castSkip, edit, onCauseKey, onRecogniseKey, onSkipKey } from './after-votes.ts';
import { onBallotKey, onHelpKey, onPromptKey, undo } from './ballot-keys.ts';
import { nextGuess, onGuessKey, onGuessOfferKey, onGuessPausedKey } from './guess-keys.ts';
import { commands, forKey, guesses, startKeys, voteKeys } from './keys.ts';
import { leaveOutRows, type PromptsToCome } from './leave-out.ts';
import { afterLeaveOut, onLeaveOutKey } from './leave-out-keys.ts';
import { isTooFast, tooFastWords } from './pace.ts';
import { noteViewed } from './scrolling.ts';
import type { Effect, NoMore, Phase, SessionEvent, SessionState, Step } from './state.ts';
import { back, overlay, showBallot, step } from './step.ts';

/** Asks for the first ballot. `at` is milliseconds of whatever clock the events carry. */
export function startSession(
  rater: string,
  at: number,
  {
    introduces = false,
    paceMs = [],
    toCome,
    skipCost,
  }: {
    introduces?: boolean;
    paceMs?: readonly number[];
    toCome?: PromptsToCome | undefined;
    skipCost?: string | undefined;
  } = {},
): Step {
  const fresh = { left: false, right: false, prompt: false };
  const state: SessionState = {
    rater,
    introduces,
    phase: 'waiting',
    now: at,
    shownAt: at,
    offScreenMs: 0,
    lastVoteKeyAt: Number.NEGATIVE_INFINITY,
    view: 'plain',
    focus: 'both',
    top: { left: 0, right: 0, prompt: 0 },
    seen: fresh,
    input: '',
    progress: { number: 1, atMost: 0, voted: 0 },
    paceMs,
    guesses: [],
    guessAt: 0,
    toCome,
    skipCost,
  };
  return step(state, { type: 'next' });
}

export function reduce(before: SessionState, event: SessionEvent): Step {
  const state = 'at' in event ? { ...before, now: Math.max(before.now, event.at) } : before;
  switch (event.type) {
    case 'ballot':
      return step(beginBallot({ ...state, progress: event.progress }, event.ballot));
    case 'no-more':
      return afterLastBallot(state, event);
    case 'appended':
      return afterAppend(state, event.n);
    case 'failed':
      return step(
        event.retry
          ? { ...state, phase: 'stuck', failure: event.message, retry: event.retry }
          : afterFailure(state, event.message),
      );
    case 'guesses':
      return event.guesses.length === 0
        ? step(state, { type: 'close' })
        : step({ ...state, phase: 'guess-offer', guesses: event.guesses, guessAt: 0 });
    case 'closed':
      return step({
        ...state,
        phase: 'end',
        votes: event.votes,
        skips: event.skips ?? 0,
        fingerprint: event.fingerprint,
      });
    case 'viewed':
      return step(noteViewed(state, event));
    case 'tick':
      return step(state);
    case 'key':
      return onKey(
        { ...state, notice: undefined, failure: state.phase === 'stuck' ? state.failure : undefined },
        event.key,
        event.text ?? '',
      );
  }
}

/** A run that has votes is known; only its very first ballot is introduced, once. */
function beginBallot(state: SessionState, ballot: Ballot): SessionState {
  const isFirst = state.introduces && state.progress.voted === 0;
  const known = { ...state, introduces: false };
  if (isFirst) return { ...known, phase: 'start', ballot };
  // Said once, while there are ballots left to read: afterwards a report can only leave the votes out.
  if (state.isWarned || !isTooFast(state.paceMs)) return showBallot(known, ballot);
  return { ...showBallot(known, ballot), isWarned: true, notice: tooFastWords };
}

function onStartKey(state: SessionState, key: string): Step {
  if (key === 'q') return step(state, { type: 'quit', why: 'saved' });
  if (key === startKeys.leaveOut.key && state.toCome && leaveOutRows(state.toCome).length > 0)
    return step({ ...state, phase: 'leave-out' });
  if (key === commands.help.key) return overlay({ ...state, helpAtStart: true }, 'help');
  return step(key === 'enter' && state.ballot ? showBallot(state, state.ballot) : state);
}

/** Votes become final when the rater says so, also in a later session: "decide later" was said to nobody in vain. */
function afterLastBallot(state: SessionState, { votes, skips = 0, identical = 0, open, later }: NoMore): Step {
  const asks = state.undoable !== undefined || (open && !later);
  const known = { ...state, ballot: undefined, votes, skips, identical, later: later === true };
  return asks ? step({ ...known, phase: 'last' }) : step({ ...known, phase: 'locking' }, later ? saved : finish);
}

const finish: Effect = { type: 'finish' };
const saved: Effect = { type: 'quit', why: 'saved' };

/** Back to where the key was pressed: the same key tries again. */
const afterFailure = (state: SessionState, failure: string): SessionState => ({
  ...state,
  phase: state.pending?.phase ?? state.phase,
  failure,
  pending: undefined,
});

// ───────────────────────────── keys ─────────────────────────────

type KeyHandler = (state: SessionState, key: string, text: string) => Step;

const handlers: Record<Phase, KeyHandler> = {
  waiting: (state) => step(state),
  start: onStartKey,
  'leave-out': onLeaveOutKey,
  saving: (state) => step(state),
  locking: (state) => step(state),
  stuck: onStuckKey,
  ballot: onBallotKey,
  prompt: onPromptKey,
  help: onHelpKey,
  paused: (state) => step(back(state)),
  skip: onSkipKey,
  reason: (state, key, text) => edit(state, key, text, (reason) => castSkip(state, reason)),
  note: (state, key, text) =>
    edit(state, key, text, (note) =>
      step({
        ...back(state),
        note: note || undefined,
        notice: note ? 'The note will be kept with your vote.' : 'No note is kept.',
      }),
    ),
  recognise: onRecogniseKey,
  cause: onCauseKey,
  last: onLastKey,
  'guess-offer': onGuessOfferKey,
  'guess-paused': onGuessPausedKey,
  guess: onGuessKey,
  end: (state, key) =>
    ['enter', 'q', 'escape', 'space'].includes(key) ? step(state, { type: 'quit', why: 'done' }) : step(state),
};

function onKey(state: SessionState, key: string, text: string): Step {
  if (key === 'ctrl-c') return step(state, { type: 'quit', why: 'interrupted' });
  // A key held down sends nothing but itself.
  const fresh = forKey(voteKeys, key) ? state : { ...state, lastVoteKeyAt: Number.NEGATIVE_INFINITY };
  const next = handlers[state.phase](fresh, key, text);
  if (next.state !== fresh || next.effects.length > 0 || waits.includes(state.phase)) return next;
  return step({ ...fresh, notice: `${keyName(key)} does nothing here.${keysHere[state.phase] ?? ''}` });
}

/** Nobody is asked anything: what is typed is for later. */
const waits: readonly Phase[] = ['waiting', 'saving', 'locking'];

const keysHere: Partial<Record<Phase, string>> = {
  ballot: ' ? shows all keys.',
  start: ' Enter begins.',
  guess: ` ${guesses.left.key}, ${guesses.right.key} or ${guesses.unknown.key} answers; Esc pauses; ${commands.quit.key} ends the guesses.`,
};

const keyName = (key: string): string =>
  key.length === 1 ? `"${key}"` : key.replace(/^./, (first) => first.toUpperCase());

function afterAppend(state: SessionState, n: number): Step {
  const { pending, ballot } = state;
  if (pending?.vote && ballot) {
    const paceMs = pending.vote.choice === 'skip' ? state.paceMs : [...state.paceMs, pending.vote.ms].slice(-12);
    const kept = { note: state.note, recognised: state.recognised, offScreenMs: -pending.vote.ms };
    const undoable = { n, ballot, progress: state.progress, kept };
    return step({ ...state, phase: 'waiting', pending: undefined, undoable, paceMs }, { type: 'next' });
  }
  if (pending?.undo) {
    const { undo: undone } = pending;
    const shown = showBallot(
      { ...state, pending: undefined, undoable: undefined, progress: undone.progress },
      undone.ballot,
      undone.kept,
    );
    // It has been read before: its clock goes on, and nothing asks for another scroll to its end.
    return step({
      ...shown,
      seen: { left: true, right: true, prompt: true },
      paceMs: state.paceMs.slice(0, -1),
      notice: 'The vote is undone. Vote again.',
    });
  }
  if (pending?.leaveOut && state.toCome) return afterLeaveOut(state, state.toCome, pending.leaveOut);
  if (pending?.guess) return nextGuess({ ...state, pending: undefined });
  return step({ ...state, pending: undefined, undoable: undefined, phase: 'locking' }, { type: 'guesses' });
}

function onStuckKey(state: SessionState, key: string): Step {
  if (key === 'q') return step(state, { type: 'quit', why: 'saved' });
  if (key !== 'enter' || !state.retry) return step(state);
  return step({ ...state, phase: 'waiting', retry: undefined }, state.retry);
}

// ───────────────────────────── the end ─────────────────────────────

function onLastKey(state: SessionState, key: string): Step {
  if (key === 'u') return undo(state);
  if (key === 'q') return step(state, saved);
  if (key !== 'enter') return step(state);
  if (state.later) return step(state, saved);
  return step({ ...state, phase: 'locking', pending: { phase: 'last' } }, finish);
}
