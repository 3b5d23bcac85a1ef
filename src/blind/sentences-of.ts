/** A folded text in sentences, each with its words and names. */
import type { FoundName } from './find-names.ts';
import type { Word } from './name-list.ts';

/** One sentence of a folded text. */
export interface Sentence {
  text: string;
  /** Where it begins in the folded text. */
  from: number;
  words: readonly Word[];
  /** Indexes of names are into `words`. */
  names: readonly FoundName[];
}

const stops = new Set(['.', '!', '?', '…']);
const wideStops = new Set(['。', '！', '？', '।', '؟']);

/** Sentences that hold a name; the others say nothing about their writer. Linear. */
export function sentencesOf(folded: string, words: readonly Word[], names: readonly FoundName[]): Sentence[] {
  const ends = boundaries(folded);
  const sentences: Sentence[] = [];
  let word = 0;
  let name = 0;
  let from = 0;
  for (const to of ends) {
    const firstWord = word;
    while (word < words.length && (words[word] as Word).start < to) word += 1;
    const firstName = name;
    while (name < names.length && (names[name] as FoundName).start < to) name += 1;
    const own = words.slice(firstWord, word);
    const local = names
      .slice(firstName, name)
      .map((found) => ({ ...found, first: found.first - firstWord, last: found.last - firstWord }));
    sentences.push({ text: folded.slice(from, to), from, words: own, names: local });
    from = to;
  }
  return sentences;
}

/** Where sentences end, the end of the text among them. */
function boundaries(text: string): number[] {
  const ends: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] as string;
    if (
      wideStops.has(letter) ||
      (stops.has(letter) && endsHere(text, at) && !asksShortly(text, at, ends.at(-1) ?? 0)) ||
      (letter === '\n' && endsLine(text, at))
    )
      ends.push(at + 1);
  }
  if (ends.at(-1) !== text.length) ends.push(text.length);
  return ends;
}

/** A stop before a blank, a quotation mark or the end: not that of "4.6", "z.ai" or "e.g.,". */
const endsHere = (text: string, at: number): boolean => /^["')\]»”]?(?:\s|$)/.test(text.slice(at + 1, at + 3));

/** "My name? Gemini." is one sentence. */
const asksShortly = (text: string, at: number, from: number): boolean =>
  text[at] === '?' && at - from < 24 && /^\S+(?: \S+){0,3}$/.test(text.slice(from, at).trim());

/** A blank line, a list sign, a heading; a single break inside a sentence is a blank. */
function endsLine(text: string, at: number): boolean {
  const rest = text.slice(at + 1, at + 12);
  return (
    /^[ \t]*(?:\n|$|[-•>#|]|\d{1,3}[.)] )/.test(rest) || /[.!?:;,)]\s{0,3}$/.test(text.slice(Math.max(0, at - 4), at))
  );
}

/** Index of the last one that begins before a place; -1 where none does. They are in order. */
export function lastBefore(all: readonly ({ from: number } | { start: number })[], place: number): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = all[middle] as { from: number } | { start: number };
    if (('from' in one ? one.from : one.start) < place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
