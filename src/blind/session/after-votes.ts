/** Questions beside the vote: why skip, a note, who recognised which side and by what. */

import { skipRuleWords } from '../../text/skip-words.ts';
import { forKey, sideKeys } from './keys.ts';
import type { SessionState, Step } from './state.ts';
import { back, entryFor, save, step } from './step.ts';

/** Said where a ballot is skipped: what a skip does, and what skips cost in this run. */
export const skipWords = ({ skipCost }: Pick<SessionState, 'skipCost'>): string =>
  `${skipRuleWords} ${skipCost ?? ''}`.trim();

export const skipReasons = [
  'I cannot judge this one',
  'the prompt is unclear or broken',
  'it holds private data',
  'another reason',
] as const;
const causes = ['names-itself', 'style', 'length', 'remember', 'other'] as const;
export const causeWords = [
  'it names itself',
  'its style',
  'its length or format',
  'I remember this prompt',
  'something else',
] as const;

export function onSkipKey(state: SessionState, key: string): Step {
  if (key === 'escape' || key === 's') return step(back(state));
  const reason = skipReasons[Number(key) - 1];
  if (reason === undefined) return step(state);
  return Number(key) === skipReasons.length ? step({ ...state, phase: 'reason', input: '' }) : castSkip(state, reason);
}

export const castSkip = (state: SessionState, reason: string): Step => {
  const shown = back(state);
  return save(shown, entryFor(shown, { choice: 'skip', retry: [] }, reason || skipReasons[skipReasons.length - 1]));
};

const longestInput = 500;

export function edit(state: SessionState, key: string, text: string, done: (input: string) => Step): Step {
  if (key === 'escape') return step(back(state));
  if (key === 'enter') return done(state.input.trim());
  // A page's own field tells all it holds.
  if (key === 'field') return step({ ...state, input: text.replace(/\p{Cc}+/gu, ' ').slice(0, longestInput) });
  if (key === 'backspace') return step({ ...state, input: [...state.input].slice(0, -1).join('') });
  const typed = key === 'space' ? ' ' : text.replace(/\p{Cc}+/gu, ' ');
  return step({ ...state, input: (state.input + typed).slice(0, longestInput) });
}

export function onRecogniseKey(state: SessionState, key: string): Step {
  if (key === 'escape' || key === 'i') return step({ ...back(state), recognised: undefined });
  const side = forKey(sideKeys, key);
  return step(side ? { ...state, phase: 'cause', recognisedSide: side } : state);
}

export function onCauseKey(state: SessionState, key: string): Step {
  const cause = causes[Number(key) - 1];
  if (key === 'escape') return step(back(state));
  if (!cause || !state.recognisedSide) return step(state);
  return step({
    ...back(state),
    recognised: { closed: state.recognisedSide, cause },
    notice: 'Noted. Now vote on quality alone.',
  });
}
