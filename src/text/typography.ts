/**
 * Typography in the `plain` view, on both sides alike: quotation marks, dashes between words, list signs, blank lines and
 * trailing blanks. Whatever could carry meaning stays: emoji, signs before numbers, joiners, code. `raw` changes nothing.
 */

import { createFences } from './fences.ts';
import { createUnfencedCode } from './unfenced-code.ts';

/** Prose with even typography. Pure and idempotent. */
export function plainText(text: string): string {
  const fences = createFences();
  const isUnfencedCode = createUnfencedCode();
  const lines: string[] = [];
  let blankBefore = false;
  let inFence = false;
  for (const line of text.split('\n')) {
    const drawn = line.replace(drawsNothing, '');
    const { is } = fences(inFence ? line : drawn);
    inFence = is === 'open' || is === 'inside';
    const isCode = is !== 'outside' || isUnfencedCode(drawn);
    // Marks that draw nothing must not hide an opening fence from those who read on.
    const shown = is === 'open' ? drawn : isCode ? line : plainLine(line);
    const isBlank = !isCode && shown.trim() === '';
    if (!isBlank || !blankBefore) lines.push(shown);
    blankBefore = isBlank;
  }
  return lines.join('\n');
}

/** A line this long is data; patterns on it cost time. */
const longestLine = 20_000;
/** Marks that draw nothing and join nothing: soft hyphen, zero-width space, word joiner, byte-order mark. */
const drawsNothing = /[\u00ad\u200b\u2060\ufeff]/g;

function plainLine(source: string): string {
  if (source.length > longestLine) return source;
  const line = source.replace(drawsNothing, '');
  const [, indent = '', sign = '', rest = ''] = /^(\s*)(?:([*•‣◦▪●])(?=\s+[^\s\d]))?([\s\S]*)$/.exec(line) ?? [];
  return `${indent}${sign === '' ? '' : '-'}${plainWords(rest)}`.trimEnd();
}

/** Code within a line keeps every character. */
const plainWords = (words: string): string =>
  words
    .split(/((?<!`)`+[^`]+`+)/)
    .map((part, at) => (at % 2 === 1 ? part : evenMarks(part)))
    .join('');

/** A dash is even only between two words: before a figure it may be a minus, at the head of a line a sign. */
const blank = '[ \\u00a0\\u202f]';
const between = (dash: string): string => `(?<=[\\p{L}\\p{M}\\p{N}.,;:!?)\\]}"'»%*_])${dash}(?=[\\p{L}"'«([{*_])`;
const dash = new RegExp(`${between(`${blank}?—${blank}?`)}|${between(`${blank}–${blank}`)}`, 'gu');

function evenMarks(words: string): string {
  if (!/[^\x20-\x7e]/.test(words)) return words;
  return words
    .replace(/[“”„‟]/g, '"')
    .replace(/[‘’‚‛]/g, "'")
    .replace(dash, ' - ');
}

/** Whether an answer is code rather than prose: then `raw` is the view to begin with. JSON reads better indented. */
export function looksLikeCode(text: string): boolean {
  const trimmed = text.trim();
  if (/^<[a-z!?][\s\S]*>$/i.test(trimmed)) return true;
  const lines = trimmed.split('\n', 400);
  const coded = lines.filter((line) =>
    /[;{}]\s*$|^\s*(?:def|class|import|from|function|const|let|var|return|if|for|while|SELECT|#include)\b.*[({:;]?\s*$|=>|^\s*(?:\/\/|#!)/.test(
      line,
    ),
  );
  return lines.length >= 3 && coded.length / lines.length > 0.6;
}
