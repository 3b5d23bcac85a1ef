/** Names in a folded text: looked up word by word, so that time grows with the text alone. */

import { isEverydayWord } from './everyday-words.ts';
import type { FoldedText } from './folded-text.ts';
import { softNames } from './mask-names.ts';
import { baseOf, hasEndings } from './name-endings.ts';
import { type Entry, isJoinedSuffix, isSuffix, type NameBook, type NameKind, type Word, wordsOf } from './name-list.ts';
import { isOtherName } from './names-of-people.ts';
import { holdsNative, nativePlaces } from './native-names.ts';
import { withOwner } from './owner-paths.ts';

export interface FoundName {
  /** Indexes into the words: from `first` up to and including `last`. */
  first: number;
  last: number;
  start: number;
  end: number;
  kind: NameKind;
  /** A word of every day without a version: it needs a second sign. */
  ambiguous: boolean;
  /** Such a word, with a capital, that is a family of this run's arms: a second sign by itself. */
  ofRun?: boolean;
  /** A name that is a thing or a sign as well, without a version: "a Gemini", "a llama". */
  soft: boolean;
  /** A name of this run's own arms, in full. */
  own: boolean;
  /** The prompt holds it: it is seen, and never masked. */
  held: boolean;
  /** The prompt holds it as a word of every day or the name of a person, in a question that is not about models. */
  asWord?: boolean;
  /** Small letters, without version. */
  name: string;
}

/** Every name, first to last, without overlap. `cased`: the folded text before its letters were made small. */
export function findNames(words: readonly Word[], folded: string, cased: string, book: NameBook): FoundName[] {
  const found: FoundName[] = [];
  const inflected = hasEndings(folded);
  for (let index = 0; index < words.length; index += 1) {
    const one = nameAt(words, index, cased, book, inflected);
    if (!one) continue;
    const name = withOwner(words, one, folded);
    while ((found.at(-1)?.last ?? -1) >= name.first) found.pop();
    found.push(name);
    index = name.last;
  }
  const native = nativeNames(words, folded, book);
  return native.length === 0 ? found : withoutOverlap([...found, ...native].sort((a, b) => a.start - b.start));
}

/**
 * Whether a text may hold a name at all: most answers hold none, and then nothing is asked about its sentences and
 * places. `false` is sure, for the text and for every part of it that begins and ends with a whole word.
 */
export function mayHoldNames({ text }: FoldedText, book: NameBook): boolean {
  if (holdsNative(text, book)) return true;
  return beginsName(wordsOf(text), book, hasEndings(text));
}

const beginsName = (words: readonly Word[], book: NameBook, inflected: boolean): boolean =>
  words.some(
    ({ text }, index) =>
      spellings(text).some((first) =>
        book.byFirst.get(first)?.some((entry) => matchFrom(words, index, entry.words, first) !== undefined),
      ) ||
      (inflected && baseOf(text, book) !== undefined),
  );

/** Of two that share a place, the longer: "챗GPT" before "GPT". */
function withoutOverlap(sorted: readonly FoundName[]): FoundName[] {
  const kept: FoundName[] = [];
  for (const name of sorted) {
    const last = kept.at(-1);
    if (!last || name.start >= last.end) kept.push(name);
    else if (name.end - name.start > last.end - last.start) kept[kept.length - 1] = name;
  }
  return kept;
}

function nameAt(
  words: readonly Word[],
  index: number,
  cased: string,
  book: NameBook,
  inflected: boolean,
): FoundName | undefined {
  const { byFirst } = book;
  const word = words[index] as Word;
  for (const spelled of spellings(word.text)) {
    for (const entry of byFirst.get(spelled) ?? []) {
      const last = matchFrom(words, index, entry.words, spelled);
      if (last === undefined) continue;
      const found = whole(words, index, last, entry, spelled !== word.text, book, cased);
      const isVerb = found.ambiguous && smallWords.has(found.name) && !/^\p{Lu}/u.test(cased.slice(found.start));
      const name = smallWords.has(found.name) ? { ...found, ambiguous: isVerb } : found;
      if (!isOtherName(words, name, cased, book) && !isEverydayWord(words, name, cased, book)) return name;
    }
  }
  return inflected ? inflectedAt(words, index, cased, book) : undefined;
}

function inflectedAt(words: readonly Word[], index: number, cased: string, book: NameBook): FoundName | undefined {
  const { text, start } = words[index] as Word;
  const base = baseOf(text, book);
  if (base === undefined || !/^\p{Lu}/u.test(cased[start] ?? '')) return undefined;
  const found = whole(words, index, index, base, false, book, cased);
  return isOtherName(words, found, cased, book) ? undefined : found;
}

function spellings(word: string): string[] {
  const bare = withoutDigits(word);
  return bare === word ? [word] : [word, bare];
}

/** As words of every day they are written in small letters. */
const smallWords: ReadonlySet<string> = new Set(['grok', 'copilot']);

/** `qwen3` → `qwen`, `gpt4o` → `gpt`. A longer word is no name. */
const withoutDigits = (word: string): string =>
  word.length > longestName || !/\d[a-z]?$/.test(word.slice(-2)) ? word : word.replace(/(?<!\d)\d+[a-z]?$/, '');
const longestName = 40;

function matchFrom(
  words: readonly Word[],
  index: number,
  name: readonly string[],
  spelled: string,
): number | undefined {
  for (let at = 1; at < name.length; at += 1) {
    const word = words[index + at];
    if (word?.text !== name[at] && !(at === name.length - 1 && withoutDigits(word?.text ?? '') === name[at]))
      return undefined;
  }
  return name[0] === spelled ? index + name.length - 1 : undefined;
}

/** "1. Gemini" and below it "2. Claude": the number is the list's. */
const numbersItem = ({ start }: Word, cased: string): boolean =>
  cased[start - 1] === '\n' && /^\d{1,3}[.)]\s/.test(cased.slice(start, start + 6));

/** "Qwen2.5-72B-Instruct-GPTQ-Int4" has five; without a bound "Llama Llama Llama …" is read to its end from each word. */
const mostParts = 12;

/** The name with the version, size and kind behind it. */
function whole(
  words: readonly Word[],
  first: number,
  matched: number,
  entry: Entry,
  hasDigits: boolean,
  { held: isHeld, asksForWords = false }: NameBook,
  cased: string,
): FoundName {
  let last = matched;
  let versioned = hasDigits;
  for (let parts = 0; parts < mostParts; parts += 1) {
    const [next, after] = [words[last + 1], words[last + 2]];
    const joined = next !== undefined && words[last]?.end === next.start;
    if (joined && (next.text === '-' || next.text === '.' || next.text === ':') && after && after.start === next.end) {
      if (next.text === '.' ? !/^\d/.test(after.text) : !/^[\p{L}\d]/u.test(after.text)) break;
      if (next.text === '-' && !isJoinedSuffix(after.text)) break;
      versioned ||= /\d/.test(after.text) || next.text === '-';
      last += 2;
      continue;
    }
    if (next && !joined && (isSuffix(next.text) || isEdition(entry, next, cased)) && !numbersItem(next, cased)) {
      versioned ||= /\d/.test(next.text);
      last += 1;
      continue;
    }
    break;
  }
  const { kind, own } = entry;
  const held = isHeld(entry.spelled);
  const { start } = words[first] as Word;
  const { end } = words[last] as Word;
  const name = entry.words.join(' ');
  const ofRun = entry.ofRun === true && /^\p{Lu}/u.test(cased.slice(start, end));
  const ambiguous = entry.ambiguous && !versioned && !isOfFamily(words, first, last, cased);
  const soft = !versioned && softNames.has(name);
  return {
    first,
    last,
    start,
    end,
    kind,
    ambiguous,
    ofRun,
    soft,
    own,
    held,
    name,
    asWord: held && soft && asksForWords,
  };
}

/** Names that are nothing else: a word with a capital behind them is an edition, "EXAONE Deep", and makes no person. */
const unmistakable: ReadonlySet<string> = new Set(
  'exaone chatgpt deepseek qwen smollm olmo chatglm minimax internlm nemotron hyperclova yandexgpt gigachat stablelm'.split(
    ' ',
  ),
);
const isEdition = ({ words, kind }: Entry, { start, end, text }: Word, cased: string): boolean =>
  kind === 'model' &&
  unmistakable.has(words[0] ?? '') &&
  editions.has(text) &&
  /\p{Lu}/u.test(cased.slice(start, end)[0] ?? '');
const editions: ReadonlySet<string> = new Set(
  'deep coder math research reasoning reasoner image audio voice search'.split(' '),
);

/** "The Llama family", with a capital. */
const isOfFamily = (words: readonly Word[], first: number, last: number, cased: string): boolean =>
  /^(?:family|series|lineup|line)$/.test(words[last + 1]?.text ?? '') &&
  /\p{Lu}/u.test(cased[words[first]?.start ?? 0] ?? '');

/** Index of the word that holds this place of the folded text. */
function wordAt(words: readonly Word[], place: number): number {
  let [low, high] = [0, words.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle] as Word).end > place) high = middle;
    else low = middle + 1;
  }
  return low;
}

function nativeNames(words: readonly Word[], folded: string, book: NameBook): FoundName[] {
  const found: FoundName[] = [];
  if (words.length === 0) return found;
  let taken = -1;
  for (const { name, kind, start, end } of nativePlaces(folded, book)) {
    if (start < taken) continue;
    taken = end;
    const [first, last] = [wordAt(words, start), wordAt(words, end - 1)];
    found.push({
      first,
      last,
      start,
      end,
      kind,
      ambiguous: false,
      soft: false,
      own: false,
      held: book.held(name),
      name,
    });
  }
  return found;
}
