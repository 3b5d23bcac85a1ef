/** A sentence as a string of classes, one string for each language whose words for the writer stand in it. */
import type { FoundName } from './find-names.ts';
import { makersOfOtherThings } from './mask-names.ts';
import { type Word, wordsOf } from './name-list.ts';
import { languages } from './self-words.ts';

interface Phrase {
  words: readonly string[];
  classes: string;
}

interface Language {
  byFirst: ReadonlyMap<string, readonly Phrase[]>;
}

const phraseList = (text: string): string[] =>
  text
    .replace(/\s+/g, ' ')
    .split('|')
    .map((part) => part.trim())
    .filter(Boolean);

function toLanguage(lexicon: Readonly<Record<string, string>>): Language {
  const byFirst = new Map<string, Phrase[]>();
  for (const [classes, text] of Object.entries(lexicon)) {
    for (const phrase of phraseList(text)) {
      const words = wordsOf(phrase).map((word) => word.text);
      const [first = ''] = words;
      byFirst.set(first, [...(byFirst.get(first) ?? []), { words, classes }]);
    }
  }
  for (const phrases of byFirst.values()) phrases.sort((a, b) => b.words.length - a.words.length);
  return { byFirst };
}

/** What can make a sentence be about its writer: without one of these no shape fits. */
const telling = /[IBZMYyUwAChHjmTdtipzvnu]/;

/** First words of phrases that tell, by language: a sentence without one of them is not read in that language. */
function readTellingFirst(): ReadonlyMap<string, readonly Language[]> {
  const all = Object.values(languages).map(toLanguage);
  const found = new Map<string, Language[]>();
  for (const language of all)
    for (const [first, phrases] of language.byFirst)
      if (phrases.some(({ classes }) => /[IZMYyUwHhjmTditpzqADXbv]/.test(classes)))
        found.set(first, [...(found.get(first) ?? []), language]);
  return found;
}
let tellingFirst: ReadonlyMap<string, readonly Language[]> | undefined;

const signs: Readonly<Record<string, string>> = {
  ',': ',',
  ';': ';',
  ':': ':',
  '(': '(',
  ')': ')',
  '[': '(',
  ']': ')',
  '-': '-',
  '–': '-',
  '—': '-',
  '/': ',',
  '.': '.',
  '!': '.',
  '?': '.',
  '…': '.',
  '،': ',',
};

/** A longer sentence is read in pieces. */
const longest = 160;

/** `names` in their order; `usable`: those that count. Every string is at most `longest` classes and as many again for words of two. */
export function classesOf(
  words: readonly Word[],
  names: readonly FoundName[],
  usable: ReadonlySet<FoundName>,
): string[] {
  const strings: string[] = [];
  let next = 0;
  for (let from = 0; from < words.length; from += longest) {
    const to = Math.min(words.length, from + longest);
    const begins = next;
    while (next < names.length && (names[next] as FoundName).first < to) next += 1;
    const piece = names.slice(begins, next);
    if (!piece.some((name) => usable.has(name))) continue;
    for (const language of languagesIn(words, from, to)) strings.push(read(words, from, to, piece, usable, language));
  }
  return strings.filter((classes) => telling.test(classes));
}

function languagesIn(words: readonly Word[], from: number, to: number): Set<Language> {
  const found = new Set<Language>();
  tellingFirst ??= readTellingFirst();
  for (let index = from; index < to; index += 1)
    for (const language of tellingFirst.get((words[index] as Word).text) ?? []) found.add(language);
  return found;
}

function read(
  words: readonly Word[],
  from: number,
  to: number,
  names: readonly FoundName[],
  usable: ReadonlySet<FoundName>,
  language: Language,
): string {
  let classes = '';
  let next = 0;
  for (let index = from; index < to; ) {
    while (next < names.length && (names[next] as FoundName).first < index) next += 1;
    const name = names[next];
    if (name?.first === index) {
      classes += usable.has(name) ? classOfName(name) : 'x';
      index = behindEnding(words, Math.max(index, name.last) + 1);
      continue;
    }
    const stop = Math.min(to, name?.first ?? to);
    const phrase = phraseAt(words, index, stop, language);
    if (phrase) {
      classes += isOwning(words, index, classes) ? 's' : phrase.classes;
      index += phrase.words.length;
      continue;
    }
    classes += classOfWord((words[index] as Word).text);
    index += 1;
  }
  return classes;
}

/** An ending behind an apostrophe belongs to the name: "Google'a", "Claude'em". English has words there. */
function behindEnding(words: readonly Word[], index: number): number {
  const [name, sign, ending] = [words[index - 1], words[index], words[index + 1]];
  if (sign?.text !== "'" || sign.start !== name?.end || ending?.start !== sign.end) return index;
  return /^\p{L}{1,4}$/u.test(ending.text) && !/^(?:s|d|m|t|re|ve|ll)$/.test(ending.text) ? index + 2 : index;
}

function classOfName({ kind, soft, name }: FoundName): string {
  if (kind === 'vendor') return makersOfOtherThings.has(name) ? '1' : 'V';
  return soft ? 'G' : 'N';
}

/** The 's behind a name: "Google's", not "it's". */
const isOwning = (words: readonly Word[], index: number, classes: string): boolean =>
  words[index]?.text === "'" && words[index + 1]?.text === 's' && /[NGV1]$/.test(classes);

function phraseAt(words: readonly Word[], index: number, to: number, { byFirst }: Language): Phrase | undefined {
  const candidates = byFirst.get((words[index] as Word).text);
  return candidates?.find(
    (phrase) =>
      index + phrase.words.length <= to && phrase.words.every((word, step) => words[index + step]?.text === word),
  );
}

function classOfWord(text: string): string {
  const sign = signs[text];
  if (sign !== undefined) return sign;
  if (/^\p{N}/u.test(text)) return 'L';
  return /^[\p{L}\p{M}]/u.test(text) ? 'x' : '';
}
