/**
 * The blind session as a state machine: `reduce(state, event) → {state, effects}`. No clock (time is in events), no
 * layout (what was on screen comes back as `viewed`), nothing of a terminal: the same module runs in a browser.
 */

import type { Side, View } from '../../records/vote-lines.ts';
import type { Ballot } from '../ballot.ts';
import { findDifferences } from '../differences.ts';
import { shownText } from '../shown-text.ts';
import { castSkip, edit, onCauseKey, onRecogniseKey, onSkipKey } from './after-votes.ts';
import { forKey } from './key-table.ts';
import { nextFocus, noteViewed, scroll, shownPanes } from './scrolling.ts';
import type { Effect, Phase, SessionEvent, SessionState, Step } from './state.ts';
import { back, entryFor, onScreenMs, overlay, save, showBallot, step, unseen, type VoteKey } from './step.ts';

/** A vote counts after this long on screen. */
export const minimumMs = 1_500;
/** A vote key that comes again sooner is one that is being held down. */
const heldKeyMs = 400;
/** A guess is a hunch: short, but not a bounce of the key before. */
const guessMinimumMs = 400;

/** Asks for the first ballot. `at` is milliseconds of whatever clock the events carry. */
export function startSession(
  rater: string,
  at: number,
  { introduces = false, paceMs = [] }: { introduces?: boolean; paceMs?: readonly number[] } = {},
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
  };
  return step(state, { type: 'next' });
}

export function reduce(before: SessionState, event: SessionEvent): Step {
  const state = 'at' in event ? { ...before, now: Math.max(before.now, event.at) } : before;
  switch (event.type) {
    case 'ballot':
      return step(beginBallot({ ...state, progress: event.progress }, event.ballot));
    case 'no-more':
      return step(
        {
          ...state,
          phase: state.undoable ? 'last' : 'locking',
          ballot: undefined,
          votes: event.votes,
          identical: event.identical ?? 0,
        },
        ...(state.undoable ? [] : [finish]),
      );
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
      return step({ ...state, phase: 'end', votes: event.votes, fingerprint: event.fingerprint });
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
  return isFirst ? { ...known, phase: 'start', ballot } : showBallot(known, ballot);
}

function onStartKey(state: SessionState, key: string): Step {
  if (key === 'q') return step(state, { type: 'quit', why: 'saved' });
  return step(key === 'enter' && state.ballot ? showBallot(state, state.ballot) : state);
}

const finish: Effect = { type: 'finish' };

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
        notice: note ? 'The note is kept with your vote.' : 'No note is kept.',
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

const keysHere: Partial<Record<Phase, string>> = { ballot: ' ? shows all keys.', start: ' Enter begins.' };

const keyName = (key: string): string =>
  key.length === 1 ? `"${key}"` : key.replace(/^./, (first) => first.toUpperCase());

/** One key says which is better and which would have to be redone (blinding.md §6). */
export const voteKeys: Readonly<Record<string, VoteKey>> = {
  d: { choice: 'left', retry: ['right'] },
  f: { choice: 'left', retry: [] },
  space: { choice: 'tie', retry: [] },
  j: { choice: 'right', retry: [] },
  k: { choice: 'right', retry: ['left'] },
  b: { choice: 'both-bad', retry: ['left', 'right'] },
};

const commands: Readonly<Record<string, (state: SessionState) => Step>> = {
  s: (state) => overlay(state, 'skip'),
  u: undo,
  // Reading the prompt is part of reading the ballot.
  p: (state) => step({ ...state, phase: 'prompt' }),
  n: (state) => step({ ...overlay(state, 'note').state, input: state.note ?? '' }),
  i: (state) => overlay(state, 'recognise'),
  z: (state) => overlay(state, 'paused'),
  '?': (state) => overlay(state, 'help'),
  m: toggleView,
  x: jumpToDifference,
  v: (state) => step({ ...state, fullWidth: !state.fullWidth, focus: 'both' }),
  tab: (state) => step({ ...state, focus: nextFocus(state) }),
  escape: (state) => step(state.difference ? { ...state, difference: undefined } : state),
  q: (state) => step(state, { type: 'quit', why: 'saved' }),
};

function onBallotKey(state: SessionState, key: string): Step {
  const vote = forKey(voteKeys, key);
  if (vote) return castVote(state, vote);
  const command = forKey(commands, key);
  if (command) return command(state);
  const moved = scroll(state, key, shownPanes(state));
  return step(moved ?? state);
}

function castVote(before: SessionState, vote: VoteKey): Step {
  const held = before.now - before.lastVoteKeyAt < heldKeyMs;
  const state = { ...before, lastVoteKeyAt: before.now };
  if (onScreenMs(state) < minimumMs)
    return step({ ...state, notice: 'A vote counts after 1.5 seconds on the screen.' });
  if (held) return step({ ...state, notice: 'Let go of the key, then vote.' });
  const more = unseen(state);
  if (more.length > 0) return step({ ...state, notice: readOn(state, more) });
  return save(state, entryFor(state, vote));
}

/** One answer at a time: the other one is a key away, not below. */
function readOn({ focus, shown, top }: SessionState, more: readonly Side[]): string {
  const name = (side: Side): string => side.toUpperCase();
  if (shown?.mode !== 'single') {
    const verb = more.length > 1 ? 'go' : 'goes';
    return `Read to the end first: ${more.map(name).join(' and ')} ${verb} on below. PgDn scrolls down.`;
  }
  const here = focus === 'right' ? 'right' : 'left';
  const [other = here] = more.filter((side) => side !== here);
  if (more.includes(here)) return `PgDn first: ${name(here)} goes on below.`;
  return top[other] > 0 ? `Press Tab: ${name(other)} goes on there.` : `Press Tab: you have not seen ${name(other)}.`;
}

function afterAppend(state: SessionState, n: number): Step {
  const { pending, ballot } = state;
  if (pending?.vote && ballot) {
    const paceMs = pending.vote.choice === 'skip' ? state.paceMs : [...state.paceMs, pending.vote.ms].slice(-12);
    const undoable = { n, ballot, progress: state.progress, kept: { note: state.note, recognised: state.recognised } };
    return step({ ...state, phase: 'waiting', pending: undefined, undoable, paceMs }, { type: 'next' });
  }
  if (pending?.undo) {
    const { undo: undone } = pending;
    const shown = showBallot(
      { ...state, pending: undefined, undoable: undefined, progress: undone.progress },
      undone.ballot,
      undone.kept,
    );
    // It has been read before: only a new look at it is asked for, not another scroll to its end.
    return step({
      ...shown,
      seen: { left: true, right: true, prompt: true },
      paceMs: state.paceMs.slice(0, -1),
      notice: 'The vote is undone. Vote again.',
    });
  }
  if (pending?.guess) return nextGuess({ ...state, pending: undefined });
  return step({ ...state, pending: undefined, undoable: undefined, phase: 'locking' }, { type: 'guesses' });
}

function undo(state: SessionState): Step {
  const { undoable } = state;
  if (!undoable) return step({ ...state, notice: 'There is nothing to undo: only the last vote can be undone.' });
  return step(
    { ...state, phase: 'saving', pending: { phase: state.phase, undo: undoable } },
    { type: 'undo', n: undoable.n },
  );
}

function toggleView(state: SessionState): Step {
  const view: View = state.view === 'plain' ? 'raw' : 'plain';
  return step({
    ...state,
    view,
    difference: undefined,
    notice: view === 'raw' ? 'This is the unformatted text.' : 'This is the formatted text.',
  });
}

function jumpToDifference(state: SessionState): Step {
  const { ballot, view, difference } = state;
  const { places, more } = findDifferences(shownText(ballot?.left, view), shownText(ballot?.right, view));
  if (places.length === 0) return step({ ...state, notice: 'The two answers do not differ.' });
  const at = difference
    ? places.findIndex(({ left, right }) => left === difference.left && right === difference.right)
    : -1;
  const found = places[at + 1];
  if (!found) return step({ ...state, difference: undefined, notice: 'That was the last difference. x starts again.' });
  const next = at + 2 < places.length ? ' x shows the next one.' : '';
  const of = `${places.length}${more ? ' or more' : ''}`;
  return step({ ...state, difference: found, anchor: found, notice: `Difference ${at + 2} of ${of}.${next}` });
}

function onPromptKey(state: SessionState, key: string): Step {
  const moved = scroll(state, key, ['prompt']);
  if (moved) return step(moved);
  if (forKey(voteKeys, key)) return step({ ...state, notice: 'p closes the prompt. Then vote.' });
  return step(key === 'p' || key === 'escape' || key === 'enter' || key === 'q' ? back(state) : state);
}

function onHelpKey(state: SessionState, key: string): Step {
  const by = forKey({ down: 1, up: -1, pagedown: 6, pageup: -6 }, key);
  if (by === undefined) return step({ ...back(state), top: { ...state.top, prompt: 0 } });
  return step({ ...state, top: { ...state.top, prompt: Math.max(0, state.top.prompt + by) } });
}

function onStuckKey(state: SessionState, key: string): Step {
  if (key === 'q') return step(state, { type: 'quit', why: 'saved' });
  if (key !== 'enter' || !state.retry) return step(state);
  return step({ ...state, phase: 'waiting', retry: undefined }, state.retry);
}

// ───────────────────────────── the end ─────────────────────────────

function onLastKey(state: SessionState, key: string): Step {
  if (key === 'u') return undo(state);
  if (key === 'q') return step(state, { type: 'quit', why: 'saved' });
  if (key !== 'enter') return step(state);
  return step({ ...state, phase: 'locking', pending: { phase: 'last' } }, finish);
}

function showGuess(state: SessionState): SessionState {
  const guess = state.guesses[state.guessAt];
  return guess ? { ...showBallot(state, guess.ballot), phase: 'guess' } : state;
}

const guessKeys: Readonly<Record<string, Side | 'unknown'>> = {
  f: 'left',
  left: 'left',
  l: 'left',
  j: 'right',
  right: 'right',
  r: 'right',
  space: 'unknown',
};

function onGuessKey(state: SessionState, key: string): Step {
  const moved = scroll(state, key, shownPanes(state));
  if (moved) return step(moved);
  if (key === 'tab') return step({ ...state, focus: nextFocus(state) });
  if (key === 'q') return step({ ...state, phase: 'locking' }, { type: 'close' });
  if (key === 'escape') return step({ ...state, phase: 'guess-paused' });
  const guess = forKey(guessKeys, key);
  const of = state.guesses[state.guessAt]?.of;
  if (!guess || of === undefined || onScreenMs(state) < guessMinimumMs) return step(state);
  return step({ ...state, phase: 'saving', pending: { phase: 'guess', guess: true } }, { type: 'guess', guess, of });
}

function onGuessOfferKey(state: SessionState, key: string): Step {
  if (key === 'enter') return step(showGuess(state));
  if (key === 'n') return step({ ...state, phase: 'locking' }, { type: 'close' });
  return step(state, ...(key === 'q' || key === 'escape' ? [later] : []));
}

/** The question comes again in the next session. */
const later: Effect = { type: 'quit', why: 'saved' };

function onGuessPausedKey(state: SessionState, key: string): Step {
  if (key === 'q') return step(state, later);
  return step(key === 'enter' || key === 'escape' ? { ...showGuess(state), notice: undefined } : state);
}

function nextGuess(state: SessionState): Step {
  const guessAt = state.guessAt + 1;
  if (guessAt >= state.guesses.length) return step({ ...state, phase: 'locking' }, { type: 'close' });
  return step(showGuess({ ...state, guessAt }));
}
