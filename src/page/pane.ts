/** One side: its name, its text, and whether its end has been on the screen. */

import type { Block } from '../blind/shown-text.ts';
import type { Side } from '../records/vote-lines.ts';
import { type ShownText, showText } from './answer-text.ts';
import { el, say } from './dom.ts';

export interface Pane {
  node: HTMLElement;
  /** What scrolls when the two stand beside each other. */
  scroller: HTMLElement;
  show(blocks: readonly Block[]): void;
  /** Brings the place where the two part into view and marks the word there; undefined takes the mark away. */
  mark(offset: number | undefined, text: string): void;
  /** The last line is complete and on the screen now. */
  atEnd(): boolean;
}

const sideWord: Record<Side, string> = { left: 'LEFT', right: 'RIGHT' };

/** `onSeen` comes whenever what is on the screen changes. */
export function createPane(side: Side, onSeen: () => void): Pane {
  const body = el('div', { class: 'text' });
  const end = el('p', { class: 'end' }, 'end');
  const more = el('span', { class: 'more' });
  const name = `${side}-title`;
  const scroller = el('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-labelledby': name }, body, end);
  const title = el('h2', { id: name }, sideWord[side]);
  const node = el('div', { class: `pane ${side}` }, el('div', { class: 'side' }, title, more), scroller);
  let shown: ShownText | undefined;
  let marked: HTMLElement | undefined;
  let complete = false;
  let visible = false;
  const update = (): void => {
    say(more, complete && visible ? '' : '▾ more below');
    onSeen();
  };
  let observer: IntersectionObserver | undefined;
  /** One observer per text: what an older one still has to tell is not about this text. */
  const watchEnd = (): void => {
    const own = new IntersectionObserver((entries) => {
      if (own !== observer) return;
      visible = entries.at(-1)?.isIntersecting === true;
      update();
    });
    observer = own;
    own.observe(end);
  };
  return {
    node,
    scroller,
    atEnd: () => complete && visible,
    show(blocks) {
      shown?.stop();
      observer?.disconnect();
      observer = undefined;
      complete = false;
      visible = false;
      end.hidden = true;
      scroller.scrollTop = 0;
      shown = showText(body, blocks, () => {
        complete = true;
        end.hidden = false;
        watchEnd();
      });
      say(more, complete ? '' : '▾ more below');
    },
    mark(offset, text) {
      marked?.classList.remove('here');
      marked = offset === undefined ? undefined : shown?.lineAt(offset);
      highlight(side, marked && offset !== undefined ? wordRange(marked, text, offset) : undefined);
      marked?.classList.add('here');
      marked?.scrollIntoView({ block: 'center' });
    },
  };
}

/** Browsers without highlights show the row alone. */
function highlight(side: Side, range: Range | undefined): void {
  if (typeof Highlight === 'undefined') return;
  if (range) CSS.highlights.set(`difference-${side}`, new Highlight(range));
  else CSS.highlights.delete(`difference-${side}`);
}

/** The word at an offset of the source, found in the row by how often it came before: Markdown's signs are gone there. */
function wordRange(row: HTMLElement, text: string, offset: number): Range | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const word = /^[^\s*_`#]+/.exec(text.slice(offset).replace(/^[*_`#]+/, ''))?.[0];
  if (!word) return undefined;
  const nth = text.slice(start, offset).split(word).length - 1;
  const parts = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
  let seen = 0;
  for (let part = parts.nextNode(); part; part = parts.nextNode()) {
    const content = part.textContent ?? '';
    for (let at = content.indexOf(word); at !== -1; at = content.indexOf(word, at + word.length)) {
      if (seen === nth) {
        const range = document.createRange();
        range.setStart(part, at);
        range.setEnd(part, at + word.length);
        return range;
      }
      seen += 1;
    }
  }
  return undefined;
}
