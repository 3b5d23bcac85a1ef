/** What covers the answers for a moment: help, questions, the pause, the whole prompt. One dialog, filled per phase. */

import { causeWords, skipReasons, skipWords } from '../blind/session/after-votes.ts';
import { unusableMeaning } from '../blind/session/keys.ts';
import type { Phase, SessionState } from '../blind/session/state.ts';
import { hasSteps, promptBlocks } from '../blind/shown-text.ts';
import { showText } from './answer-text.ts';
import type { Press } from './ballot-view.ts';
import { button, el, say } from './dom.ts';
import { commandWords, voteWords } from './page-words.ts';

export interface OverlayActions {
  press: Press;
  /** What a field holds now. */
  field(text: string): void;
  shortcuts: { on(): boolean; set(on: boolean): void };
}

type Filling = (state: SessionState, actions: OverlayActions) => HTMLElement[];

const title = (text: string): HTMLElement => el('h2', { id: 'overlay-title' }, text);
const plain = (text: string): HTMLElement => el('p', {}, text);
const cap = (key: string): HTMLElement => el('kbd', { 'aria-hidden': 'true' }, key);

/** Phases that cover the answers. */
const fillings: Partial<Record<Phase, Filling>> = {
  help: helpPage,
  paused: (_state, { press }) => [
    title('Paused'),
    plain('The clock has stopped and the answers are hidden.'),
    foot(main('Continue', () => press('escape'))),
  ],
  skip: (state, { press }) => [
    title('Skip this ballot: why?'),
    choices(skipReasons, press),
    plain(skipWords(state)),
    foot(back(press)),
  ],
  reason: (state, actions) =>
    fieldPage(state, actions, { heading: 'Skip this ballot: why?', done: 'Skip', label: 'Reason' }),
  note: (state, actions) =>
    fieldPage(state, actions, { heading: 'A note on this ballot', done: 'Keep it with my vote', label: 'Note' }),
  recognise: (_state, { press }) => [
    title('You recognise the models. Which answer came from the closed one?'),
    el(
      'div',
      { class: 'choices two' },
      button({ onclick: () => press('f') }, cap('f'), 'LEFT'),
      button({ onclick: () => press('j') }, cap('j'), 'RIGHT'),
    ),
    plain('The ballot still counts: vote on quality alone.'),
    foot(back(press, 'Never mind')),
  ],
  cause: (_state, { press }) => [title('How did you recognise it?'), choices(causeWords, press), foot(back(press))],
  prompt: promptPage,
  'guess-paused': (_state, { press }) => [
    title('Paused'),
    plain('Your guesses so far are saved, and the answers are hidden.'),
    foot(main('Continue', () => press('enter'))),
  ],
};

export function createOverlay(actions: OverlayActions) {
  const node = el('dialog', { class: 'overlay', 'aria-labelledby': 'overlay-title' });
  // Escape goes through the session, which may have somewhere to go back to.
  node.addEventListener('cancel', (event) => {
    event.preventDefault();
    actions.press('escape');
  });
  let shown: Phase | undefined;
  return {
    node,
    draw(state: SessionState): void {
      const filling = fillings[state.phase];
      if (!filling) {
        if (node.open) node.close();
        shown = undefined;
        node.replaceChildren();
        return;
      }
      if (shown === state.phase) {
        const notice = node.querySelector('.notice');
        if (notice) say(notice, state.notice ?? '');
        return;
      }
      shown = state.phase;
      node.classList.toggle('wide', state.phase === 'prompt' || state.phase === 'help');
      node.replaceChildren(...filling(state, actions));
      if (!node.open) node.showModal();
      node.querySelector<HTMLElement>('[data-first]')?.focus();
    },
  };
}

const foot = (...nodes: HTMLElement[]): HTMLElement => el('div', { class: 'foot' }, ...nodes);
const main = (text: string, onclick: () => void): HTMLElement =>
  button({ class: 'main', 'data-first': true, onclick }, text);
const back = (press: Press, text = 'Back'): HTMLElement => button({ onclick: () => press('escape') }, text, cap('Esc'));

const choices = (words: readonly string[], press: Press): HTMLElement =>
  el(
    'div',
    { class: 'choices' },
    ...words.map((word, at) => button({ onclick: () => press(String(at + 1)) }, cap(String(at + 1)), word)),
  );

interface FieldWords {
  heading: string;
  label: string;
  done: string;
}

function fieldPage(
  { input }: SessionState,
  { press, field }: OverlayActions,
  { heading, label, done }: FieldWords,
): HTMLElement[] {
  const box = el('textarea', { id: 'overlay-field', rows: '3', maxlength: '500', 'data-first': true });
  box.value = input;
  box.addEventListener('input', () => field(box.value));
  return [
    title(heading),
    el('label', { for: 'overlay-field' }, label),
    box,
    foot(button({ class: 'main', onclick: () => press('enter') }, done, cap('Enter')), back(press)),
  ];
}

function promptPage({ ballot }: SessionState, { press }: OverlayActions): HTMLElement[] {
  const text = el('div', { class: 'text' });
  const box = el(
    'div',
    { class: 'scroller', tabindex: '0', role: 'region', 'aria-labelledby': 'overlay-title', 'data-first': true },
    text,
  );
  if (ballot) showText(text, promptBlocks(ballot.prompt), () => {});
  return [
    title('The whole prompt'),
    box,
    el('p', { class: 'notice', role: 'status' }),
    foot(button({ class: 'main', onclick: () => press('p') }, 'Back to the answers', cap('p'))),
  ];
}

function helpPage({ ballot }: SessionState, { press, shortcuts }: OverlayActions): HTMLElement[] {
  const leaveAnd = (key: string) => () => {
    press('escape');
    press(key);
  };
  const votes = voteWords.map(({ key, does, also }) => helpRow(key, el('span', {}, also ? `${does}, ${also}` : does)));
  const known = commandWords.filter(({ name }) => name !== 'steps' || (ballot !== undefined && hasSteps(ballot)));
  const rest = known.map(({ key, help }) => helpRow(key, button({ onclick: leaveAnd(key) }, help)));
  const scrolls = helpRow(
    '↑ ↓',
    el('span', {}, 'scroll both, also PgUp PgDn Home End; Tab to one answer scrolls it alone'),
  );
  const box = el('input', { type: 'checkbox', id: 'shortcuts', checked: shortcuts.on() });
  box.addEventListener('change', () => shortcuts.set(box.checked));
  return [
    title('All keys'),
    plain(`Which answer would you rather use? One key or tap saves one vote. ${unusableMeaning}`),
    el('div', { class: 'help' }, el('dl', {}, ...votes), el('dl', {}, ...rest, scrolls)),
    el(
      'p',
      { class: 'check' },
      box,
      ' ',
      el(
        'label',
        { for: 'shortcuts' },
        'Single keys vote (switch off where they are in the way of a screen reader or speech input)',
      ),
    ),
    foot(main('Back to the answers', () => press('escape'))),
  ];
}

const helpRow = (key: string, what: HTMLElement): HTMLElement =>
  el('div', {}, el('dt', {}, el('kbd', {}, key)), el('dd', {}, what));
