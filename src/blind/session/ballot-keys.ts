/** What the keys of a ballot do: vote, undo, look at it in another way, read its prompt. */
import type { Side, View } from '../../records/vote-lines.ts';
import { findDifferences } from '../differences.ts';
import { hasSteps, shownText } from '../shown-text.ts';
import { type CommandName, commandOf, forKey, type VoteKey, voteKeys } from './keys.ts';
import { nextFocus, scroll, shownPanes } from './scrolling.ts';
import type { SessionState, Step } from './state.ts';
import { back, entryFor, onScreenMs, overlay, save, step, unseen } from './step.ts';

/** A vote counts after this long on screen. */
export const minimumMs = 1_500;

/** A vote key that comes again sooner is one that is being held down. */
const heldKeyMs = 400;

const doing: Readonly<Record<CommandName, (state: SessionState) => Step>> = {
  skip: (state) => overlay(state, 'skip'),
  undo,
  // Reading the prompt is part of reading the ballot.
  prompt: (state) => step({ ...state, phase: 'prompt' }),
  note: (state) => step({ ...overlay(state, 'note').state, input: state.note ?? '' }),
  recognise: (state) => overlay(state, 'recognise'),
  pause: (state) => overlay(state, 'paused'),
  help: (state) => overlay(state, 'help'),
  format: toggleView,
  difference: jumpToDifference,
  steps: toggleSteps,
  fullWidth: (state) => step({ ...state, fullWidth: !state.fullWidth, focus: 'both' }),
  quit: (state) => step(state, { type: 'quit', why: 'saved' }),
};

export function onBallotKey(state: SessionState, key: string): Step {
  const vote = forKey(voteKeys, key);
  if (vote) return castVote(state, vote);
  const command = commandOf(key);
  if (command) return doing[command](state);
  if (key === 'tab') return step({ ...state, focus: nextFocus(state) });
  if (key === 'escape')
    return state.steps ? toggleSteps(state) : step(state.difference ? { ...state, difference: undefined } : state);
  const moved = scroll(state, key, shownPanes(state));
  return step(moved ?? state);
}

function castVote(before: SessionState, vote: VoteKey): Step {
  const held = before.now - before.lastVoteKeyAt < heldKeyMs;
  const state = { ...before, lastVoteKeyAt: before.now };
  if (onScreenMs(state) < minimumMs)
    return step({
      ...state,
      notice: 'No vote yet: less than 1.5 seconds on the screen. Press the key again.',
    });
  if (held) return step({ ...state, notice: 'Let go of the key, then vote.' });
  const more = unseen(state);
  if (more.length > 0 && state.steps)
    return step({ ...state, notice: 'w goes back to the answers. Read them to the end, then vote.' });
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

export function undo(state: SessionState): Step {
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

/** Both sides at once, so that nothing tells which side a rater looked into. */
function toggleSteps(state: SessionState): Step {
  if (!state.ballot || !hasSteps(state.ballot)) return step({ ...state, notice: 'These answers have no steps.' });
  if (state.steps) return step({ ...state, steps: undefined, top: state.steps.top, notice: 'These are the answers.' });
  const top = { ...state.top, left: 0, right: 0 };
  const notice = 'These are the steps of both agents. w goes back.';
  return step({ ...state, steps: { top: state.top }, top, difference: undefined, notice });
}

function jumpToDifference(state: SessionState): Step {
  if (state.steps) return step({ ...state, notice: 'w goes back to the answers. x shows where they differ.' });
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

export function onPromptKey(state: SessionState, key: string): Step {
  const moved = scroll(state, key, ['prompt']);
  if (moved) return step(moved);
  if (forKey(voteKeys, key)) return step({ ...state, notice: 'p closes the prompt. Then vote.' });
  return step(key === 'p' || key === 'escape' || key === 'enter' || key === 'q' ? back(state) : state);
}

export function onHelpKey(state: SessionState, key: string): Step {
  const by = forKey({ down: 1, up: -1, pagedown: 6, pageup: -6 }, key);
  const top = { ...state.top, prompt: 0 };
  if (by === undefined && state.helpAtStart)
    return step({ ...state, phase: 'start', helpAtStart: undefined, hiddenAt: undefined, top });
  if (by === undefined) return step({ ...back(state), top });
  return step({ ...state, top: { ...state.top, prompt: Math.max(0, state.top.prompt + by) } });
}
