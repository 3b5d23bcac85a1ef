/**
 * Markdown rendered lightly, one source line at a time: headings, lists, emphasis, quotes, code. What it does not
 * know stays as it was written; `raw` shows everything as it was written.
 */

import { createFences } from '../text/fences.ts';
import type { WrapMode } from '../text/wrap.ts';
import { type Span, span } from './lines.ts';

export interface StyledLine {
  spans: Span[];
  mode: WrapMode;
  /** Columns that continuation lines are indented by. */
  hang: number;
  /** What the line is, for pictures that have better than characters for it. */
  kind?:
    | 'fence'
    | 'code'
    | 'fence-end'
    | 'heading'
    | 'rule'
    | 'table'
    | 'item'
    | 'quote'
    | 'added'
    | 'removed'
    | 'hunk';
}

export type LineRenderer = (line: string) => StyledLine;

const asWritten = (line: string, mode: WrapMode = 'words'): StyledLine => ({ spans: [span(line)], mode, hang: 0 });
/** Emphasis across a line this long is an accident, and patterns on it cost time. */
const longestMarkdown = 4_000;

export const renderRaw: LineRenderer = (line) => asWritten(line);
export const renderCode: LineRenderer = (line) => ({ spans: [span(line, 'code')], mode: 'code', hang: 0 });

/** A line of a diff: its sign says what the colour says. */
export const renderDiff: LineRenderer = (line) => {
  if (/^(?:\+\+\+|---) /.test(line)) return { spans: [span(line, 'label')], mode: 'code', hang: 0 };
  if (line.startsWith('+')) return { spans: [span(line, 'added')], mode: 'code', hang: 2, kind: 'added' };
  if (line.startsWith('-')) return { spans: [span(line, 'removed')], mode: 'code', hang: 2, kind: 'removed' };
  if (/^(?:@@|\\ )/.test(line)) return { spans: [span(line, 'dim')], mode: 'code', hang: 0, kind: 'hunk' };
  return { spans: [span(line)], mode: 'code', hang: 2 };
};

/** What stands behind the marks of a fence is the name of its language, or nothing. */
const isLanguage = /^[\w+#.-]{0,30}$/;

/** A renderer for one text from its first line on: it remembers whether it is inside a code fence. */
export function createMarkdown(): LineRenderer {
  const fences = createFences();
  return (line) => {
    const { is, info, isNested } = fences(line);
    if (isNested && is !== 'outside') return asWritten(line, 'code');
    if (is === 'open' && isLanguage.test(info))
      return { spans: [span(`┌╴${info}`, 'dim')], mode: 'code', hang: 0, kind: 'fence' };
    // Words behind the marks are text: they are lines of the code in every view.
    if (is === 'open') return { spans: [span('┌╴', 'dim'), span(info, 'code')], mode: 'code', hang: 2, kind: 'code' };
    if (is === 'close') return { spans: [span('└╴', 'dim')], mode: 'code', hang: 0, kind: 'fence-end' };
    if (is === 'inside') return { spans: [span('│ ', 'dim'), span(line, 'code')], mode: 'code', hang: 2, kind: 'code' };
    return line.length > longestMarkdown ? asWritten(line) : prose(line);
  };
}

/** The words of a heading. Signs at its end go only where a blank stands before them: `# About C#` is about C#. */
function headingOf(line: string): string | undefined {
  const words = /^\s{0,3}#{1,6}\s+(\S.*)$/.exec(line)?.[1]?.trimEnd();
  const signs = words === undefined ? '' : (/#{1,100}$/.exec(words)?.[0] ?? '');
  const kept = words?.slice(0, words.length - signs.length) ?? '';
  return /\s$/.test(kept) ? kept.trimEnd() : words;
}

function prose(line: string): StyledLine {
  const heading = headingOf(line);
  if (heading !== undefined) return { spans: [span(heading, 'heading')], mode: 'words', hang: 0, kind: 'heading' };
  if (/^\s{0,3}(?:[-*_]\s*){3,}$/.test(line))
    return { spans: [span('─────', 'dim')], mode: 'code', hang: 0, kind: 'rule' };
  // A table keeps its columns.
  if (/^\s*\|.*\|\s*$/.test(line)) return { spans: [span(line)], mode: 'code', hang: 0, kind: 'table' };
  const item = /^(\s*)([-+•]|\*(?=\s+\D)|\d{1,3}[.)])\s+(\S.*)$/.exec(line);
  if (item) {
    const [, indent = '', bullet = '', rest = ''] = item;
    // The sign stays as it is: plus and minus may belong to a figure.
    const lead = `${indent}${bullet} `;
    return { spans: [span(lead), ...emphasis(rest)], mode: 'words', hang: Math.min(lead.length, 12), kind: 'item' };
  }
  const quote = /^\s{0,3}>(?!\s*[\d=>.,$€£-])\s?(.*)$/.exec(line);
  if (quote) return { spans: [span('▏ ', 'dim'), ...emphasis(quote[1] ?? '')], mode: 'words', hang: 2, kind: 'quote' };
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  return { spans: emphasis(line), mode: 'words', hang: Math.min(indent, 8) };
}

/**
 * Stars inside a word multiply or raise to a power; underscores around one word are part of its name. Stars whose inside
 * begins as code goes on or ends as code begins are none either: `count(*) / count(*)`, `*.js,*.ts`, a comment in C.
 */
const begins = String.raw`(?=[^\s*)\]}.,;:!?/|=<>&%])`;
const ends = String.raw`[^\s*(\[{,/|=<>&+$-]`;
const inline = new RegExp(
  [
    '(?<!`)(`+)([^`]+)\\1',
    String.raw`(?<![\w*/])\*\*${begins}([^*]*${ends})\*\*(?![\w*/])`,
    String.raw`(?<!\w)__(?=[^\s_])([^_]* [^_]*[^\s_])__(?!\w)`,
    String.raw`(?<![\w*/])\*${begins}([^*]*${ends})\*(?![\w*/])`,
  ].join('|'),
  'g',
);

function emphasis(text: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const match of text.matchAll(inline)) {
    if (match.index > from) spans.push(span(text.slice(from, match.index)));
    const code = match[2];
    // Backticks stay: without colour they are all that tells code from prose.
    spans.push(code !== undefined ? span(match[0], 'code') : span(match[3] ?? match[4] ?? match[5] ?? '', 'bold'));
    from = match.index + match[0].length;
  }
  if (from < text.length || spans.length === 0) spans.push(span(text.slice(from)));
  return spans;
}
