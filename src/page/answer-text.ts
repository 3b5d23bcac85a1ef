/**
 * Blocks → elements, by the same Markdown as the terminal's. What fills the first screen is made at once, the rest
 * while nothing else happens: a 100 KB answer shows as fast as a short one.
 */

import {
  createMarkdown,
  type LineRenderer,
  renderCode,
  renderDiff,
  renderRaw,
  type StyledLine,
} from '../blind/markdown-lines.ts';
import { sourceLines } from '../blind/screen/panes.ts';
import type { Block } from '../blind/shown-text.ts';
import { isAscii } from '../text/width.ts';
import { el } from './dom.ts';

export interface ShownText {
  /** The element that holds an offset of the blocks' joined text, made now if it was not. */
  lineAt(offset: number): HTMLElement | undefined;
  /** Stops making more. */
  stop(): void;
}

/** Plain characters made before the ballot shows: a screen or two. */
const firstPart = 6_000;
/** Characters per element that the browser may leave out while it is off the screen. */
const chunkSize = 3_000;
/** A row this long is laid out in parts: one paragraph of a megabyte would stop the page. */
const longestRow = 20_000;
const sliceMs = 6;
/** The first part is on the screen before the rest is begun. */
const restAfterMs = 60;

/** Fills `box`; `onComplete` comes when the last line is in it. */
export function showText(box: HTMLElement, blocks: readonly Block[], onComplete: () => void): ShownText {
  const starts: { node: HTMLElement; at: number }[] = [];
  const source = rows(blocks, (node, at) => starts.push({ node, at }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let chunk: HTMLElement | undefined;
  let room = 0;
  let complete = false;
  /** Adds one row; what it cost, or undefined at the end. */
  const addRow = (): number | undefined => {
    const next = source.next();
    if (next.done) return undefined;
    if (next.value.node && (!chunk || room <= 0)) {
      chunk = el('div', { class: 'chunk' });
      room = chunkSize;
      box.append(chunk);
    }
    if (next.value.node) chunk?.append(next.value.node);
    room -= next.value.size;
    return next.value.cost;
  };
  const finish = (): void => {
    if (complete) return;
    complete = true;
    onComplete();
  };
  const goOn = (): void => {
    const until = performance.now() + sliceMs;
    while (performance.now() < until) {
      if (addRow() !== undefined) continue;
      finish();
      return;
    }
    timer = setTimeout(goOn);
  };
  box.replaceChildren();
  for (let made = 0; made < firstPart; ) {
    const cost = addRow();
    if (cost === undefined) {
      finish();
      break;
    }
    made += Math.max(40, cost);
  }
  if (!complete) timer = setTimeout(goOn, restAfterMs);
  return {
    lineAt(offset) {
      while (!complete && (starts.at(-1)?.at ?? 0) <= offset) if (addRow() === undefined) finish();
      return starts.findLast(({ at }) => at <= offset)?.node;
    },
    stop: () => clearTimeout(timer),
  };
}

interface Row {
  /** Undefined when it went into the box of the row before. */
  node: HTMLElement | undefined;
  /** Characters. */
  size: number;
  /** What it costs to lay out, in plain characters: ideographs and emoji take several times as long. */
  cost: number;
}
type Note = (node: HTMLElement, at: number) => void;

const renderers: Record<Exclude<Block['kind'], 'label' | 'image'>, () => LineRenderer> = {
  prose: createMarkdown,
  raw: () => renderRaw,
  code: () => renderCode,
  diff: () => renderDiff,
};

function* rows(blocks: readonly Block[], note: Note): Generator<Row> {
  let offset = 0;
  for (const { kind, text, url } of blocks) {
    if (kind === 'image') {
      const node = imageNode({ text, url });
      note(node, offset);
      offset += text.length + 1;
      yield { node, size: text.length, cost: firstPart / 4 };
      continue;
    }
    const render = kind === 'label' ? undefined : renderers[kind]();
    let code: HTMLElement | undefined;
    for (const { line, from } of sourceLines(text)) {
      const styled: StyledLine = render?.(line) ?? { spans: [{ text: line }], mode: 'words', hang: 0 };
      const node =
        kind === 'label' ? el('p', { class: 'label' }, line) : rowNode(styled, kind === 'code' || kind === 'diff');
      if (!node) continue;
      note(node, offset + from);
      // Rows of code that follow one another share a box, a few screens of them at most.
      const isCode = node.classList.contains('code');
      const goesOn = isCode && code !== undefined && code.childElementCount < 60;
      if (goesOn) code?.append(node);
      else code = isCode ? el('pre', {}, node) : undefined;
      yield {
        node: goesOn ? undefined : (code ?? node),
        size: line.length,
        cost: isAscii(line) ? line.length : 3 * line.length,
      };
    }
    offset += text.length + 1;
  }
}

/** An image of the packet itself: the page holds its bytes. */
export const imageNode = ({ text, url = '' }: Pick<Block, 'text' | 'url'>): HTMLElement =>
  el('img', { class: 'prompt-image', src: url, alt: text, decoding: 'async' });

/** One source line; undefined for what only draws a border in a terminal. */
function rowNode({ spans, kind, mode }: StyledLine, inCode: boolean): HTMLElement | undefined {
  if (kind === 'fence' || kind === 'fence-end') return undefined;
  if (kind === 'rule') return el('hr');
  if (inCode || kind === 'code')
    return el('span', { class: inCode && kind ? `code ${kind}` : 'code' }, ...cut(spans.at(-1)?.text ?? ''));
  if (kind === 'item') return itemNode(spans);
  const shown = kind === 'quote' ? spans.slice(1) : spans;
  const whole = shown.map(({ text }) => text).join('');
  if (whole.trim() === '') return el('p', { class: 'gap' });
  if (kind === 'heading') return el('h3', {}, whole);
  const name = kind ?? (mode === 'code' ? 'table' : 'row');
  return el('p', { class: name }, ...shown.flatMap(inlineNodes));
}

/** Few nodes per row: what a long answer costs is their making and their removal. The tab stop is the style sheet's. */
function itemNode([lead, ...rest]: StyledLine['spans']): HTMLElement {
  const text = lead?.text ?? '';
  const depth = Math.min(5, Math.floor((text.length - text.trimStart().length) / 2));
  const [first, ...others] = rest;
  const bullet = `${text.trim()}\t`;
  const nodes = first && !first.style ? [{ text: bullet + first.text }, ...others] : [{ text: bullet }, ...rest];
  return el('p', { class: `item depth-${depth}` }, ...nodes.flatMap(inlineNodes));
}

function inlineNodes({ text, style }: StyledLine['spans'][number]): Node[] {
  if (style === 'bold') return [el('strong', {}, text)];
  if (style === 'code') return [el('code', {}, text.replace(/^`+|`+$/g, ''))];
  return cut(text);
}

/** Text nodes; a row too long becomes several rows. */
function cut(text: string): Node[] {
  if (text.length <= longestRow) return [document.createTextNode(text)];
  const parts: Node[] = [];
  for (let from = 0; from < text.length; ) {
    const to = from + longestRow;
    const half = /[\ud800-\udbff]/.test(text[to - 1] ?? '') ? 1 : 0;
    parts.push(el('span', { class: 'part' }, text.slice(from, to - half)));
    from = to - half;
  }
  return parts;
}
