/**
 * Which language is this text in? By script where a script has one language, by small words where several share it.
 * Honest about its limits: no answer for short, mixed or close texts. Lists and thresholds are our own.
 */
import { arabicWords, cyrillicWords, devanagariWords, latinWords } from './language-words.ts';

const scripts: { name: string; script: RegExp; language?: string; words?: Record<string, ReadonlySet<string>> }[] = [
  { name: 'Latin', script: /\p{sc=Latin}/u, words: latinWords },
  { name: 'Cyrillic', script: /\p{sc=Cyrillic}/u, words: cyrillicWords },
  { name: 'Arabic', script: /\p{sc=Arabic}/u, words: arabicWords },
  { name: 'Devanagari', script: /\p{sc=Devanagari}/u, words: devanagariWords },
  { name: 'Korean', script: /\p{sc=Hangul}/u, language: 'ko' },
  { name: 'Japanese', script: /[\p{sc=Hiragana}\p{sc=Katakana}]/u, language: 'ja' },
  { name: 'Chinese', script: /\p{sc=Han}/u, language: 'zh' },
  { name: 'Greek', script: /\p{sc=Greek}/u, language: 'el' },
  { name: 'Hebrew', script: /\p{sc=Hebrew}/u, language: 'he' },
  { name: 'Thai', script: /\p{sc=Thai}/u, language: 'th' },
  { name: 'Bengali', script: /\p{sc=Bengali}/u, language: 'bn' },
  { name: 'Gurmukhi', script: /\p{sc=Gurmukhi}/u, language: 'pa' },
  { name: 'Gujarati', script: /\p{sc=Gujarati}/u, language: 'gu' },
  { name: 'Tamil', script: /\p{sc=Tamil}/u, language: 'ta' },
  { name: 'Telugu', script: /\p{sc=Telugu}/u, language: 'te' },
  { name: 'Kannada', script: /\p{sc=Kannada}/u, language: 'kn' },
  { name: 'Malayalam', script: /\p{sc=Malayalam}/u, language: 'ml' },
  { name: 'Georgian', script: /\p{sc=Georgian}/u, language: 'ka' },
  { name: 'Armenian', script: /\p{sc=Armenian}/u, language: 'hy' },
];

/** ISO 639-1 codes that can come out. */
export const detectable: readonly string[] = scripts
  .flatMap(({ language, words }) => language ?? Object.keys(words ?? {}))
  .sort();

/** Written languages that a reader of the other would accept, or that small words cannot tell apart. */
const alike: readonly (readonly string[])[] = [
  ['da', 'no', 'sv'],
  ['es', 'pt'],
  ['cs', 'pl'],
  ['ru', 'uk', 'bg', 'sr'],
  ['hi', 'mr', 'ne'],
  ['ar', 'fa', 'ur'],
];
/** How many times as many small words the winner needs: over its likes, and over all others. */
const lead = { alike: 1.6, other: 2 };

const sampled = 20_000;
const leastLetters = 40;
const leastHits = 4;
const leastShare = 0.12;

/** Code, links and addresses are in no language. */
const proseOf = (text: string): string =>
  text
    .slice(0, sampled)
    .replace(/```[^`]*(?:```|$)/g, ' ')
    .replace(/\b(?:https?:\/\/|www\.)\S+/g, ' ');

/** ISO 639-1 code, or undefined when not sure. */
export function detectLanguage(text: string): string | undefined {
  const prose = proseOf(text);
  const letters = prose.match(/\p{L}/gu) ?? [];
  if (letters.length < leastLetters) return scarce(letters);
  const counts = scripts.map(({ script }) => letters.filter((letter) => script.test(letter)).length);
  const japanese = scripts.findIndex(({ language }) => language === 'ja');
  const chinese = scripts.findIndex(({ language }) => language === 'zh');
  const kana = counts[japanese] ?? 0;
  if (kana > 0.1 * letters.length && kana + (counts[chinese] ?? 0) > 0.6 * letters.length) return 'ja';
  const top = counts.indexOf(Math.max(...counts));
  const winner = scripts[top];
  if (!winner || (counts[top] ?? 0) < 0.7 * letters.length) return undefined;
  return winner.language ?? byWords(prose, winner.words ?? {});
}

/** A handful of letters still tells a script of one language, e.g. Korean. */
function scarce(letters: string[]): string | undefined {
  if (letters.length < 8) return undefined;
  const only = scripts.find(({ script }) => letters.every((letter) => script.test(letter)));
  return only?.language === 'zh' ? undefined : only?.language;
}

const wordsOf = (prose: string): string[] => prose.toLowerCase().match(/[\p{L}\p{M}\u200c]+/gu) ?? [];

/** A word of one letter is a word of many languages. */
const weightOf = (word: string): number => (word.length === 1 ? 0.5 : 1);

/** The commonest small words of a language; undefined where its script tells it. */
export const smallWords = (language: string): ReadonlySet<string> | undefined =>
  scripts.find(({ words }) => words && Object.hasOwn(words, language))?.words?.[language];

/** How many words of a text each language has among its commonest small words and in `more`; of one letter, half. */
export function hitsByLanguage(
  text: string,
  more: Readonly<Record<string, ReadonlySet<string>>>,
): { words: number; hits: Map<string, number> } {
  const words = wordsOf(proseOf(text));
  const lists = Object.assign({}, ...scripts.map((script) => script.words)) as Record<string, ReadonlySet<string>>;
  const hits = new Map(
    Object.entries(lists).map(([language, list]): [string, number] => [
      language,
      words.reduce((sum, word) => sum + (list.has(word) || more[language]?.has(word) ? weightOf(word) : 0), 0),
    ]),
  );
  return { words: words.length, hits };
}

/** Of a text of any length: the one language of the script that most of its letters are in. Kana decide for Japanese. */
export function languageOfScript(text: string): string | undefined {
  const letters = proseOf(text).match(/\p{L}/gu) ?? [];
  const count = (script: RegExp): number => letters.filter((letter) => script.test(letter)).length;
  const own = scripts.filter(({ language }) => language !== undefined);
  const inOwn = own.map(({ language, script }) => ({ language, letters: count(script) }));
  const east = inOwn.filter(({ language }) => language === 'ja' || language === 'zh');
  const han = east.reduce((sum, each) => sum + each.letters, 0);
  if (han > 0.5 * letters.length) return east.some((each) => each.language === 'ja' && each.letters > 0) ? 'ja' : 'zh';
  return inOwn.find((each) => each.letters > 0.5 * letters.length)?.language;
}

function byWords(prose: string, lists: Record<string, ReadonlySet<string>>): string | undefined {
  const words = wordsOf(prose);
  const hits = Object.entries(lists).map(([language, list]) => ({
    language,
    hits: words.filter((word) => list.has(word)).length,
  }));
  hits.sort((a, b) => b.hits - a.hits);
  const [best, ...others] = hits;
  if (!best || best.hits < leastHits || best.hits < leastShare * words.length) return undefined;
  const clear = others.every(
    (other) => best.hits >= other.hits * (areAlike(best.language, other.language) ? lead.alike : lead.other),
  );
  return clear ? best.language : undefined;
}

const areAlike = (a: string, b: string): boolean => alike.some((group) => group.includes(a) && group.includes(b));

/** Chinese and Japanese share signs; Serbian is written in two alphabets. */
const scriptIsOpen: readonly string[] = ['zh', 'ja', 'sr'];

/**
 * The script of a text that is surely none of this language, e.g. Urdu asked for and Latin letters found; undefined
 * when it may be.
 */
export function foreignScript(text: string, language: string): string | undefined {
  const letters = proseOf(text).match(/\p{L}/gu) ?? [];
  if (letters.length < leastLetters || scriptIsOpen.includes(language)) return undefined;
  const found = scripts.find(
    ({ script }) => letters.filter((letter) => script.test(letter)).length > 0.9 * letters.length,
  );
  const writes = found && (found.language === language || Object.hasOwn(found.words ?? {}, language));
  return found && !writes ? found.name : undefined;
}
