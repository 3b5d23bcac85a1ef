/**
 * Blocks → display lines of a width, made only as far as somebody looks: the visible window and a page more.
 * A 1 MB answer costs its first screen.
 */

import { printable } from '../../text/printable.ts';
import { wrap } from '../../text/wrap.ts';
import { type Line, type Span, sliceLine, span } from '../lines.ts';
import { createMarkdown, type LineRenderer, renderCode, renderDiff, renderRaw } from '../markdown-lines.ts';
import type { Block } from '../shown-text.ts';

export interface LaidOut {
  /** Lines [from, to), as many of them as there are. */
  lines(from: number, to: number): Line[];
  /** The same with where they come from. */
  rows(from: number, to: number): readonly DisplayLine[];
  /** Lines made so far, after making at least `count` where there are as many. */
  ensure(count: number): number;
  /** Every line is made. */
  complete(): boolean;
  /** The display line that holds an offset of the blocks' joined text. */
  lineAt(offset: number): number;
}

const label = (): LineRenderer => (line) => ({ spans: [span(line, 'label')], mode: 'words', hang: 2 });

const renderers: Record<Block['kind'], () => LineRenderer> = {
  prose: createMarkdown,
  raw: () => renderRaw,
  code: () => renderCode,
  diff: () => renderDiff,
  label,
  image: label,
};

export interface DisplayLine {
  line: Line;
  /** Offset at which its source line begins: the same for all rows of one. */
  source: number;
  /** Offset of the row itself in the joined text. */
  offset: number;
}

export function layOut(blocks: readonly Block[], columns: number): LaidOut {
  const made: DisplayLine[] = [];
  const source = displayLines(blocks, Math.max(4, columns));
  let done = false;
  const ensure = (count: number): number => {
    while (!done && made.length < count) {
      const next = source.next();
      if (next.done) done = true;
      else made.push(next.value);
    }
    return made.length;
  };
  return {
    ensure,
    complete: () => done,
    rows: (from, to) => {
      ensure(to);
      return made.slice(from, to);
    },
    lines: (from, to) => {
      ensure(to);
      return made.slice(from, to).map(({ line }) => line);
    },
    lineAt(offset) {
      for (let at = 0; ; at += 1) {
        if (ensure(at + 2) < at + 2) return Math.max(0, made.length - 1);
        if ((made[at + 1]?.offset ?? 0) > offset) return at;
      }
    },
  };
}

function* displayLines(blocks: readonly Block[], columns: number): Generator<DisplayLine> {
  let offset = 0;
  for (const [at, { kind, text }] of blocks.entries()) {
    if (at > 0 && kind === 'label') yield { line: [], offset, source: offset };
    const render = renderers[kind]();
    for (const { line, from } of sourceLines(text)) {
      for (const piece of wrapped(render, line, columns))
        yield { line: piece.line, offset: offset + from + piece.at, source: offset + from };
    }
    offset += text.length + 1;
  }
}

/** Lines of a text without splitting all of it. A terminator of any kind ends one. */
export function* sourceLines(text: string): Generator<{ line: string; from: number }> {
  for (let from = 0; from <= text.length; ) {
    const end = text.indexOf('\n', from);
    const to = end === -1 ? text.length : end;
    for (const line of printable(text.slice(from, text[to - 1] === '\r' && end !== -1 ? to - 1 : to)).split('\n'))
      yield { line, from };
    from = to + 1;
  }
}

function* wrapped(render: LineRenderer, source: string, columns: number): Generator<{ line: Line; at: number }> {
  const { spans, mode, hang } = render(source);
  const text = spans.length === 1 ? (spans[0]?.text ?? '') : spans.map((part) => part.text).join('');
  const indent = hang > 0 && hang < columns / 2 ? hang : 0;
  let first = true;
  for (const [from, to] of wrap(text, columns, mode, indent)) {
    const piece = sliceLine(spans, from, to);
    yield { line: first || indent === 0 ? piece : [...hanging(spans, indent), ...piece], at: from };
    first = false;
  }
}

/** A bar goes on beside wrapped lines; that of code is dotted there, because a line of code that ends means something. */
function hanging([first]: readonly Span[], indent: number): Span[] {
  if (first?.style !== 'dim') return [span(' '.repeat(indent))];
  return [{ ...first, text: first.text.replace('│', '┊') }];
}
