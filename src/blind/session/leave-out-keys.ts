/** What the keys of the choice do: before the first ballot, on a page of its own. */
import {
  choiceRows,
  isSameChoice,
  keepSome,
  leavesSome,
  leaving,
  leftOutWords,
  type PromptsToCome,
} from './leave-out.ts';
import type { SessionState, Step } from './state.ts';
import { step } from './step.ts';

export function onLeaveOutKey(state: SessionState, key: string): Step {
  const { toCome } = state;
  if (!toCome || key === 'escape') return step({ ...state, phase: 'start', leaveOut: undefined });
  const names = leaving(state);
  if (key === 'enter') return takeChoice(state, toCome, names);
  const found = choiceRows(state).find((one) => one.key === key);
  if (!found) return step(state);
  const { row, out } = found;
  const next = out ? names.filter((name) => name !== row.name) : [...names, row.name];
  if (!leavesSome(toCome, next)) return step({ ...state, notice: keepSome });
  const said = next.length === 0 ? 'Nothing is left out.' : `To be left out: ${leftOutWords(next)}.`;
  return step({ ...state, leaveOut: next, notice: said });
}

function takeChoice(state: SessionState, { leftOut }: PromptsToCome, names: readonly string[]): Step {
  if (isSameChoice(leftOut, names)) return step({ ...state, phase: 'start', leaveOut: undefined });
  const pending = { phase: 'leave-out' as const, leaveOut: names };
  return step({ ...state, phase: 'saving', pending }, { type: 'leave-out', names });
}

/** It is on the disk: the first ballot may be another one now. */
export const afterLeaveOut = (state: SessionState, toCome: PromptsToCome, leftOut: readonly string[]): Step =>
  step(
    {
      ...state,
      phase: 'waiting',
      introduces: true,
      pending: undefined,
      leaveOut: undefined,
      toCome: { ...toCome, leftOut },
    },
    { type: 'next' },
  );
