/** What stays while ballots come and go: who, how far, what is not saved yet. */
import { button, el, say } from './dom.ts';
import { unsavedWords } from './save-votes.ts';
import type { VotesStore } from './votes-store.ts';

export interface ProgressShown {
  words: string;
  done: number;
  all: number;
}

export interface Frame {
  nodes: HTMLElement[];
  /** Puts a page or the ballot in the middle. */
  show(node: HTMLElement): void;
  progress(shown: ProgressShown): void;
  saved(votes: VotesStore): void;
  /** Moves the focus to the line that says where one is, which a screen reader then reads. */
  announce(): void;
}

export function createFrame(rater: string, openSave: () => void): Frame {
  const where = el('p', { class: 'where', tabindex: '-1' });
  const unsaved = el('span', { class: 'unsaved' });
  const bar = el('progress', { 'aria-label': 'Ballots done' });
  const saveButton = button({ class: 'save', onclick: openSave }, 'Save votes', unsaved);
  const title = el('h1', {}, 'blind session', el('span', { class: 'rater' }, ` · ${rater}`));
  const content = el('main', {});
  return {
    nodes: [el('header', { class: 'top' }, title, where, saveButton, bar), content],
    show: (node) => {
      if (content.firstChild !== node) content.replaceChildren(node);
    },
    progress({ words, done, all }) {
      say(where, words);
      bar.max = Math.max(1, all);
      bar.value = all === 0 ? 1 : done;
    },
    saved(votes) {
      const fresh = votes.unsaved();
      const words = fresh.votes > 0 ? `${fresh.votes} not saved to a file` : 'not saved to a file';
      say(unsaved, fresh.lines === 0 ? '' : words);
      saveButton.title = unsavedWords(votes);
    },
    announce: () => where.focus({ preventScroll: true }),
  };
}
