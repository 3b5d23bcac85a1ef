/** Pages in the place of a ballot: before the first, after the last, and when something went wrong. */
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
  last: ({ undoable }, { press, save }) => [
    title('That was the last ballot.'),
    plain('Lock your votes when you are content with them: from then on they can no longer change.'),
    foot(
      act('Lock my votes', 'Enter', () => press('enter'), true),
      undoable !== undefined && act('Take back my last vote', 'u', () => press('u')),
      act('Save, lock later', 'q', save),
    ),
  ],
  'guess-offer': ({ guesses }, { press }) => [
    title('Your votes are locked. Thank you.'),
    plain(
      `${guesses.length === 1 ? 'One ballot' : `${guesses.length} ballots`} once more, a minute or two: which one is the closed model? It measures how blind this was. A hunch is enough, nothing is revealed, your votes stay.`,
    ),
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
  end: ({ votes = 0, fingerprint = '' }, { save }) => [
    title(`Thank you. ${count(votes, 'vote')}, locked.`),
    plain('One thing is left: save your votes to a file and send it back to whoever gave you this page.'),
    foot(act('Save votes', 'Enter', save, true)),
    plain('Fingerprint of your votes. It stands on the report too, so nobody can change them unseen:'),
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

export interface Welcome {
  ballots: number;
  voted: number;
  minutes: number;
  kept: boolean;
  finished: boolean;
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
  const left = `${count(ballots - voted, 'ballot')} to come, about ${minutes} min`;
  if (finished) return { heading: 'Your votes are locked.', words: [`${votes} on this page.`], go: 'Go on' };
  if (voted >= ballots)
    return {
      heading: 'Every ballot is voted.',
      words: [`${votes}. Lock them when you are content: from then on they can no longer change.`],
      go: 'Lock my votes',
    };
  if (voted > 0)
    return {
      heading: 'Welcome back.',
      words: [`${votes} so far, ${left}. Each vote is kept in this browser at once.`],
      go: 'Go on',
    };
  return {
    heading: 'Two answers, one vote.',
    words: [
      'Each ballot is a prompt and two answers, LEFT and RIGHT. Which one would you rather have? One key or one tap votes.',
      'Nothing here says who wrote which, and nothing leaves this page: at the end you save a small file and send it back.',
      `At most ${left}. You can stop at any time: each vote is kept in this browser at once.`,
    ],
    go: 'Start',
  };
}
