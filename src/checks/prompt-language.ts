/** Which language a rater has to read for a prompt. Prompts are short, so fewer words suffice here than for a check. */
import type { Message } from '../records/prompt-record.ts';
import { lastRequest, messageText } from '../text/message-text.ts';
import { detectLanguage, hitsByLanguage, languageOfScript, smallWords } from './detect-language.ts';
import { languageName } from './language.ts';
import { askingWords, latinWords, ownLetters } from './language-words.ts';

/**
 * English name of the language that the user writes in; undefined where nothing tells it. `shared`: characters with
 * which the last request begins like others. What follows such a template decides, where it is clearly in a language.
 */
export function promptLanguage(messages: readonly Message[], shared = 0): string | undefined {
  const asked = textsOf(messages.filter(({ role }) => role === 'user'));
  const code = belowTemplate(messages, shared) ?? languageOf(asked) ?? aroundIt(asked, textsOf(messages));
  return code === undefined ? undefined : languageName(code);
}

function belowTemplate(messages: readonly Message[], shared: number): string | undefined {
  if (shared === 0) return undefined;
  const own = lastRequest(messages).slice(shared);
  const code = languageOf(own);
  // Names and menus have Latin words of any language; words in another script are the user's.
  if (code === undefined || !Object.hasOwn(latinWords, code)) return code;
  const read = withoutNames(own.slice(0, readAtMost));
  const found = wordsFound(read, code);
  if (found >= leastOfLong) return code;
  const template = languageOf(lastRequest(messages).slice(0, shared));
  return found > 1 && template !== undefined && wordsFound(read, template) === 0 ? code : undefined;
}

const textsOf = (messages: readonly Message[]): string => messages.map(messageText).join('\n');

/** What the words say of a long text, unless few of them do; else what a short one shows. */
function languageOf(text: string): string | undefined {
  const read = text.slice(0, readAtMost);
  const script = languageOfScript(read);
  if (script !== undefined) return script;
  const plain = withoutNames(read);
  const found = detectLanguage(text);
  return found !== undefined && wordsFound(plain, found) >= leastOfLong ? found : shortLanguage(plain);
}

/** The language of the rules is the user's only where nothing in the user's own words speaks against it. */
function aroundIt(asked: string, whole: string): string | undefined {
  const code = languageOf(whole);
  if (code === undefined || asked.trim() === '') return code;
  const read = asked.slice(0, readAtMost);
  if (code === 'en' && foreignLetter.test(read)) return undefined;
  const words = read.match(/\p{L}{2,}/gu) ?? [];
  const { hits } = hitsByLanguage(read, askingWords);
  return words.length < wordsThatTell || (hits.get(code) ?? 0) > 0 ? code : undefined;
}

/** English is written without. */
const foreignLetter = /(?![A-Za-z])\p{L}/u;
/** One alone may be a name or a number of something. */
const wordsThatTell = 2;

/** Words are enough in so short a text only where hardly any other language has as many. */
const lead = 1.5;
const leastShare = 0.12;
/** Words that speak for it: one small word of another language stands in many an English text. */
const least = { otherLatin: 2, other: 1 };
const leastOfLong = 3;
const readAtMost = 2_000;

/** "to", "do", "i" are Czech words as well, and "de", "la", "el", "die" parts of names: names say nothing of a language. */
const withoutNames = (text: string): string =>
  text
    .replace(/\b(?:https?:\/\/|www\.)\S+/g, ' ')
    .replace(/(?<=[\p{L}\p{N},;)'’"-]\s{1,3}|[/_.-])\p{Lu}\p{Ll}+/gu, ' ')
    .replace(/\b\w+[_./]\w+\b/g, ' ');

/** Words that speak for a language: its small ones of two letters or more, and those with a letter of its own; each once. */
function wordsFound(text: string, language: string): number {
  const words = new Set((text.toLowerCase().match(/[\p{L}\p{M}\u200c'’]+/gu) ?? []).filter(({ length }) => length > 1));
  const small = smallWords(language);
  const speaks = (word: string): boolean =>
    small?.has(word) === true || askingWords[language]?.has(word) === true || ownLetters[language]?.test(word) === true;
  return [...words].filter(speaks).length;
}

function shortLanguage(text: string): string | undefined {
  const { words, hits } = hitsByLanguage(text, askingWords);
  const own = (language: string): number => (ownLetters[language]?.test(text) ? 1 : 0);
  for (const language of Object.keys(ownLetters)) hits.set(language, (hits.get(language) ?? 0) + own(language));
  const ranked = [...hits].sort(([, a], [, b]) => b - a);
  const [[language, best] = ['', 0], [, second] = ['', 0]] = ranked;
  const isClear = best > 0 && best >= lead * second && best >= leastShare * words;
  const wanted = language !== 'en' && Object.hasOwn(latinWords, language) ? least.otherLatin : least.other;
  return isClear && wordsFound(text, language) >= wanted ? language : undefined;
}
