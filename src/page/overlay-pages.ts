/** Pages in the place of a ballot: before the first, after the last, and when something went wrong. */

import { introduction } from '../blind/screen/introduction.ts';
import {
  finalVotes,
  fingerprintWords,
  guessCount,
  guessOffer,
  lastBallot,
  votesText,
} from '../blind/session/closing-words.ts';
import { unusableMeaning } from '../blind/session/keys.ts';
import {
  imagesName,
  languageWords,
  leaveOutRows,
  leftOutMeaning,
  type PromptsToCome,
  rowWords,
} from '../blind/session/leave-out.ts';
import type { Phase, SessionState } from '../blind/session/state.ts';
import type { Press } from './ballot-view.ts';
import { button, el } from './dom.ts';
import { count } from './page-words.ts';

export interface PageActions {
  press: Press;
  save(): void;
}

type Page = (state: SessionState, actions: PageActions) => HTMLElement[];

const title = (text: string): HTMLElement => el('h2', { tabindex: '-1' }, text);
const plain = (...parts: (string | HTMLElement)[]): HTMLElement => el('p', {}, ...parts);
const cap = (key: string): HTMLElement => el('kbd', { 'aria-hidden': 'true' }, key);
const foot = (...nodes: (HTMLElement | false)[]): HTMLElement => el('div', { class: 'foot' }, ...nodes);

/** A button; the first of a page is the one that leads on. */
const act = (text: string, key: string, onclick: () => void, main = false): HTMLElement =>
  button({ class: main ? 'main' : '', onclick }, text, cap(key));

const pages: Partial<Record<Phase, Page>> = {
  last: ({ undoable, votes = 0, skips }, { press, save }) => [
    title(lastBallot(votesText(votes, skips))),
    plain('Make your votes final when you are content with them. After that they can no longer change.'),
    foot(
      act('Make my votes final', 'Enter', () => press('enter'), true),
      undoable !== undefined && act('Undo the last vote', 'u', () => press('u')),
      act('Save, decide later', 'q', save),
    ),
  ],
  'guess-offer': ({ guesses }, { press }) => [
    title(guessOffer[0]),
    plain(`${guessCount(guesses.length)} ${guessOffer[1]}`),
    foot(
      act('Start', 'Enter', () => press('enter'), true),
      act('No, thanks', 'n', () => press('n')),
    ),
  ],
  stuck: ({ failure = '' }, { press }) => [
    title('Your votes so far are kept.'),
    plain(failure),
    foot(act('Try again', 'Enter', () => press('enter'), true)),
  ],
  end: ({ rater, votes = 0, skips, fingerprint = '' }, { save }) => [
    title(finalVotes(rater, votes, skips)),
    plain('One thing is left: save your votes to a file, and send it to the person who gave you this page.'),
    foot(act('Save votes', 'Enter', save, true)),
    plain(fingerprintWords(`${fingerprint.slice(0, 12)}…`, votes)),
    el('p', { class: 'fingerprint' }, fingerprint),
  ],
};

export function createPages(actions: PageActions) {
  const node = el('div', { class: 'page' });
  let shown = '';
  return {
    node,
    /** True when this phase has a page of its own. */
    draw(state: SessionState): boolean {
      const page = pages[state.phase];
      if (!page) {
        shown = '';
        return false;
      }
      const now = `${state.phase} ${state.failure ?? ''}`;
      if (shown === now) return true;
      shown = now;
      const failure = state.failure ? [el('p', { class: 'failure', role: 'alert' }, state.failure)] : [];
      node.replaceChildren(...page(state, actions), ...(state.phase === 'stuck' ? [] : failure));
      node.querySelector('h2')?.focus();
      return true;
    },
  };
}

/** Boxes for what may be left out; nothing where there is no choice. `names` tells what is ticked. */
export function leaveOutChoice(toCome: PromptsToCome): { nodes: HTMLElement[]; names(): string[] } {
  const rows = leaveOutRows(toCome).filter(({ name }) => name !== imagesName);
  const boxes = rows.map((row) => {
    const { name } = row;
    const id = `leave-${name}`;
    const box = el('input', { type: 'checkbox', id, checked: toCome.leftOut.includes(name) });
    const label = el('label', { for: id }, `Leave out ${rowWords(row)}`);
    return { name, box, node: el('p', { class: 'check' }, box, ' ', label) };
  });
  const words = languageWords(toCome);
  const choice =
    rows.length > 0 &&
    el(
      'details',
      {},
      el('summary', {}, 'Leave out a language'),
      plain(leftOutMeaning),
      ...boxes.map(({ node }) => node),
    );
  return {
    nodes: [...(words === '' ? [] : [plain(words)]), ...(choice ? [choice] : [])],
    names: () => boxes.flatMap(({ name, box }) => (box.checked ? [name] : [])),
  };
}

export interface Welcome {
  ballots: number;
  voted: number;
  minutes: number;
  kept: boolean;
  finished: boolean;
  /** What is shown between the words and the button. */
  choice: readonly HTMLElement[];
}

/** Before the clock of the first ballot starts. */
export function welcomePage(welcome: Welcome, start: () => void): HTMLElement {
  const { heading, words, go } = welcomeWords(welcome);
  const unkept = 'This browser keeps nothing for pages opened from a file: save your votes before you close it.';
  return el(
    'div',
    { class: 'page' },
    title(heading),
    ...words.map((text) => plain(text)),
    ...welcome.choice,
    ...(welcome.kept ? [] : [el('p', { class: 'failure' }, unkept)]),
    foot(act(go, 'Enter', start, true)),
  );
}

function welcomeWords({ ballots, voted, minutes, finished }: Welcome): {
  heading: string;
  words: string[];
  go: string;
} {
  const votes = count(voted, 'vote');
  const left = `${count(ballots - voted, 'ballot')} left, about ${count(minutes, 'minute')}`;
  if (finished) return { heading: 'Your votes are final.', words: [`${votes} on this page.`], go: 'Continue' };
  if (voted >= ballots)
    return {
      heading: 'Every ballot is voted.',
      words: [`${votes}. Make them final when you are content with them. After that they can no longer change.`],
      go: 'Make my votes final',
    };
  if (voted > 0)
    return {
      heading: 'Welcome back.',
      words: [`${votes} so far, ${left}. Each vote is kept in this browser at once.`],
      go: 'Continue',
    };
  return {
    heading: 'Blind session',
    words: [
      introduction,
      unusableMeaning,
      'Nothing leaves this page. At the end you save a small file and send it back.',
      `At most ${left}. You can stop at any time: each vote is saved in this browser at once.`,
    ],
    go: 'Start',
  };
}
