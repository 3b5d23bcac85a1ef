/** Votes out of the browser: a file, or the clipboard; and a file back in, to go on elsewhere. */
import { GapcheckError } from '../errors.ts';
import { button, el, say } from './dom.ts';
import { count } from './page-words.ts';
import type { VotesStore } from './votes-store.ts';

export interface SaveActions {
  /** The dialog covers the answers. */
  covered(open: boolean): void;
  /** A file was saved, or taken in: what is shown has to follow. */
  changed(taken: boolean): void;
}

export function createSaveDialog(votes: VotesStore, fileName: string, { covered, changed }: SaveActions) {
  const state = el('p', { class: 'unsaved' });
  const notice = el('p', { class: 'notice', role: 'status' });
  const text = el('textarea', { id: 'votes-text', readonly: true, rows: '5', spellcheck: 'false' });
  const picker = el('input', { type: 'file', id: 'votes-file', accept: '.jsonl,.json,.txt' });
  const node = el('dialog', { class: 'overlay', 'aria-labelledby': 'save-title' });
  const draw = (words = ''): void => {
    say(state, unsavedWords(votes));
    say(notice, words);
    text.value = votes.text();
  };
  const download = (): void => {
    saveFile(votes.text(), fileName);
    votes.markSaved();
    draw(`Saved as ${fileName}. Send it back. If you vote on more later, save a new file: it replaces this one.`);
    changed(false);
  };
  const copy = async (): Promise<void> => {
    const copied = await copyText(votes.text(), text);
    draw(
      copied ? 'Copied. Paste it into a message or a file.' : 'It was not copied. Select the text below and copy it.',
    );
  };
  picker.addEventListener('change', async () => {
    const [file] = picker.files ?? [];
    if (!file) return;
    try {
      votes.takeFile(await file.text());
      changed(true);
    } catch (error) {
      if (!(error instanceof GapcheckError)) throw error;
      draw(error.message);
    }
    picker.value = '';
  });
  node.append(
    el('h2', { id: 'save-title' }, 'Your votes'),
    state,
    el(
      'div',
      { class: 'foot' },
      button({ class: 'main', onclick: download, 'data-first': true }, 'Save to a file'),
      button({ onclick: () => void copy() }, 'Copy'),
      button({ onclick: () => node.close() }, 'Back', el('kbd', { 'aria-hidden': 'true' }, 'Esc')),
    ),
    notice,
    el(
      'details',
      {},
      el('summary', {}, 'The file as text'),
      el('label', { for: 'votes-text', class: 'hidden' }, 'Your votes as text'),
      text,
    ),
    el(
      'details',
      {},
      el('summary', {}, 'Continue from a saved file'),
      el('label', { for: 'votes-file' }, 'Votes that you saved from this page, for example on another device'),
      picker,
    ),
  );
  node.addEventListener('close', () => covered(false));
  return {
    node,
    isOpen: (): boolean => node.open,
    open(): void {
      draw();
      covered(true);
      node.showModal();
      node.querySelector<HTMLElement>('[data-first]')?.focus();
    },
  };
}

/** How much would be lost with this browser. */
export function unsavedWords(votes: Pick<VotesStore, 'unsaved'>): string {
  const fresh = votes.unsaved();
  if (fresh.lines === 0) return 'Everything is saved to a file.';
  if (fresh.votes === 0) return 'Your votes are saved to a file; your guesses are not yet.';
  return `${count(fresh.votes, 'vote')} not yet saved to a file.`;
}

function saveFile(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }));
  const link = el('a', { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The clipboard of today, else the selection's; false when neither takes it. */
async function copyText(text: string, field: HTMLTextAreaElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const details = field.closest('details');
    if (details) details.open = true;
    field.select();
    return document.execCommand('copy');
  }
}
