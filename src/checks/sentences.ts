import { judgeAmount } from './amounts.ts';
import type { Check } from './check.ts';
import { amount, checkOptions, readAmount } from './options.ts';

/** A full stop after these ends no sentence. */
const abbreviations = new Set(
  'mr mrs ms dr prof sr jr st vs etc e.g i.e no vol fig al inc ltd co corp dept est approx ca cf gen gov hon sgt capt col lt rev jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k a.m p.m ph.d b.a m.a bzw z.b d.h ggf usw'.split(
    ' ',
  ),
);

/** Ends of sentences: `.`, `?`, `!` or their CJK forms, then closing quotes, then a space or the end. */
const ending = /(?<![.?!。！？])([.?!]+|[。！？]+)["'”’»)\]*_]*(?=\s|$|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])/gu;

/**
 * Sentences as a reader counts them, a small relative of the Punkt rules: a stop after an abbreviation, an initial or
 * a list number, or (in a text that has capitals) before a small
 * letter, ends nothing.
 */
export function countSentences(text: string): number {
  const hasCapitals = /\p{Lu}/u.test(text);
  let count = 0;
  let from = 0;
  for (const match of text.matchAll(ending)) {
    const end = match.index + match[0].length;
    if (!endsSentence(text, match.index, end, match[1] ?? '', hasCapitals)) continue;
    if (/[\p{L}\p{N}]/u.test(text.slice(from, end))) count += 1;
    from = end;
  }
  return /[\p{L}\p{N}]/u.test(text.slice(from)) ? count + 1 : count;
}

function endsSentence(text: string, at: number, end: number, sign: string, hasCapitals: boolean): boolean {
  if (!/^\.+$/.test(sign)) return true;
  const next = /^\s*["'“‘«(*_]*(.)/su.exec(text.slice(end, end + 40))?.[1];
  if (hasCapitals && next !== undefined && /\p{Ll}/u.test(next)) return false;
  if (sign.length > 1) return true;
  const word = /[^\s(["'“*_]*$/.exec(text.slice(Math.max(0, at - 20), at))?.[0].toLowerCase() ?? '';
  if (/^\d{1,3}$/.test(word) && startsLine(text, at - word.length)) return false;
  return !abbreviations.has(word) && !/^\p{L}$/u.test(word);
}

const startsLine = (text: string, at: number): boolean =>
  /(?:^|\n)[ \t*#-]*$/.test(text.slice(Math.max(0, at - 12), at));

/** `sentences: {atMost: 5}`: or `3` for exactly three, or `{atLeast: 2}`. */
export const sentences = {
  name: 'sentences',
  validate: (spec, path) => checkOptions(spec, path, { value: amount }),
  run: (spec, { text }) => judgeAmount(spec, countSentences(text), readAmount(spec.value), 'sentence'),
} satisfies Check;
