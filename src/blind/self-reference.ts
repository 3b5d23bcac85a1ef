/** Whether a sentence is about the one who wrote it, and so names whose answer it is. */
import { type FoundName, type Word, wordsOf } from './find-names.ts';
import {
  anchorPhrases,
  asWords,
  firstPerson,
  linkWords,
  madeMe,
  makerStems,
  modelNouns,
  modelSigns,
} from './self-words.ts';

/** One sentence of a folded text. */
export interface Sentence {
  text: string;
  /** Where it begins in the folded text. */
  from: number;
  words: readonly Word[];
  /** Indexes of names are into `words`. */
  names: readonly FoundName[];
}

/** A word, or a whole name as one. */
interface Item {
  text: string;
  name?: FoundName;
}

const phrases = (texts: readonly string[]): Map<string, string[][]> => {
  const byLast = new Map<string, string[][]>();
  for (const text of texts) {
    const words = wordsOf(text).map((word) => word.text);
    const last = words.at(-1) ?? '';
    byLast.set(last, [...(byLast.get(last) ?? []), words]);
  }
  return byLast;
};
const anchors = phrases(anchorPhrases);
const asPhrases = phrases(asWords);
const links: ReadonlySet<string> = new Set(linkWords.flatMap((word) => wordsOf(word).map(({ text }) => text)));
const farthest = 18;

/** Names of the sentence that tell its writer: all of them, or none. */
export function tellingNames(sentence: Sentence): FoundName[] {
  const { names } = sentence;
  if (names.length === 0) return [];
  const signed = names.some(({ ambiguous, own }) => !ambiguous || own) || hasSign(sentence.text);
  const usable = signed ? names : names.filter(({ ambiguous }) => !ambiguous);
  if (usable.length === 0) return [];
  const items = itemsOf(sentence);
  const usableSet = new Set(usable);
  const about =
    items.some(({ name }, at) => name !== undefined && usableSet.has(name) && isWriter(items, at)) ||
    hasShape(sentence, usable, sentence.from);
  return about ? usable.filter(({ held }) => !held) : [];
}

const signPattern = new RegExp(
  `(?<!\\p{L})(?:${modelSigns.filter((sign) => /\p{Script=Latin}/u.test(sign)).join('|')})(?!\\p{L})`,
  'u',
);
const otherSigns = modelSigns.filter((sign) => !/\p{Script=Latin}/u.test(sign));
const hasSign = (text: string): boolean => signPattern.test(text) || otherSigns.some((sign) => text.includes(sign));

function itemsOf({ words, names }: Sentence): Item[] {
  const items: Item[] = [];
  const byFirst = new Map(names.map((name) => [name.first, name]));
  for (let index = 0; index < words.length; index += 1) {
    const name = byFirst.get(index);
    items.push(name ? { text: (words[index] as Word).text, name } : { text: (words[index] as Word).text });
    if (name) index = Math.max(index, name.last);
  }
  return items;
}

function isWriter(items: readonly Item[], at: number): boolean {
  return anchoredBefore(items, at) || saidAs(items, at) || behind(items, at) || isHere(items, at);
}

/** "I am", "mein Name ist", then only links, then the name. */
function anchoredBefore(items: readonly Item[], at: number): boolean {
  const path: Item[] = [];
  for (let left = at - 1; left >= Math.max(0, at - farthest); left -= 1) {
    const item = items[left] as Item;
    const anchor = endsIn(items, left, anchors);
    if (anchor) return fits(anchor, path, items, at);
    if (!item.name && !links.has(item.text)) return false;
    path.push(item);
  }
  return false;
}

const isMaker = (word: string): boolean => makerStems.some((stem) => word.startsWith(stem));
/** "I am", "I was": being somewhere, or with somebody, is no name. */
const places = new Set([
  'at',
  'on',
  'by',
  'of',
  'with',
  'in',
  'bei',
  'auf',
  'chez',
  'sur',
  'en',
  'da',
  'bij',
  'przy',
  'hos',
  'z',
  'u',
  'в',
  'из',
]);
const namesItself =
  /^(?:name|nom|nombre|nome|naam|imię|namn|зовут|имя|heiße|heisse|heet|heter|appelle|llamo|chiamo|chamo|nazywam|call|اسمي)/;

/** A vendor needs a maker, a word for a model or a name on the way; a model may be no place. */
function fits(anchor: readonly string[], path: readonly Item[], items: readonly Item[], at: number): boolean {
  const words = path.filter(({ name }) => !name).map(({ text }) => text);
  const behindIt = items.slice(at + 1, at + 5).some(({ text }) => modelNouns.has(text) || isMaker(text));
  const made = words.some(isMaker) || anchor.some(isMaker) || words.some((word) => modelNouns.has(word)) || behindIt;
  if (made || path.some(({ name }) => name !== undefined) || anchor.some((word) => namesItself.test(word))) return true;
  if (anchor[0] === 'my' || anchor[0] === 'mein' || anchor[0] === 'mon' || anchor.includes('me')) return true;
  if (items[at]?.name?.kind === 'vendor') return anchor[0] === 'i' && words.length === 1 && words[0] === 'from';
  // "I am a Gemini, born in June."
  return words[0] !== 'a' && words[0] !== 'an' && !words.some((word) => places.has(word));
}

function endsIn(items: readonly Item[], last: number, byLast: Map<string, string[][]>): string[] | undefined {
  const text = items[last]?.text ?? '';
  return byLast.get(text)?.find((words) => {
    const first = last - words.length + 1;
    return first >= 0 && words.every((word, step) => items[first + step]?.text === word && !items[first + step]?.name);
  });
}

/** "As Claude, I cannot": at the head of a clause, the first person soon behind it. */
function saidAs(items: readonly Item[], at: number): boolean {
  for (let before = at - 1; before >= Math.max(0, at - farthest); before -= 1) {
    const found = endsIn(items, before, asPhrases);
    const head = found ? items[before - found.length] : undefined;
    if (found && (head === undefined || /^[.,;:!?()"'«»—–-]$/.test(head.text))) return goesOnAsWriter(items, at);
    const { text, name } = items[before] as Item;
    if (!name && !links.has(text)) return false;
  }
  return false;
}

/** "As Claude, …, I" or "Als Claude habe ich"; in "As Claude wrote, I waited" somebody else is Claude. */
function goesOnAsWriter(items: readonly Item[], at: number): boolean {
  const isFirst = ({ text }: Item): boolean => firstPerson.has(text);
  const apart = /^[,(]$/.test(items[at + 1]?.text ?? '');
  return items.slice(at + 1, at + (apart ? 13 : 3)).some(isFirst);
}

const behindPhrases = madeMe.map((phrase) => wordsOf(phrase).map(({ text }) => text));

/** "OpenAI trained me". */
const behind = (items: readonly Item[], at: number): boolean =>
  behindPhrases.some((words) => words.every((word, step) => items[at + 1 + step]?.text === word));

const greetings = new Set(['hi', 'hello', 'hey', 'there', '!', ',', '.', 'this', 'is']);

/** "Claude here", "this is Claude speaking". */
function isHere(items: readonly Item[], at: number): boolean {
  const next = items[at + 1]?.text;
  if (next !== 'here' && next !== 'speaking') return false;
  const after = items[at + 2]?.text;
  const ends = after === undefined || /^[,.!?—–:;-]$/.test(after);
  return ends && items.slice(0, at).every(({ text, name }) => name !== undefined || greetings.has(text));
}

/**
 * Sentences whose shape says it, `§` in the place of each name. Bounded gaps, so that time grows with the text alone.
 * Languages without blanks or with suffixes stand here.
 */
const shapes: readonly RegExp[] = [
  /\b(?:polic(?:y|ies)|guidelines|terms of (?:use|service)|usage rules)\b.{0,80}\b(?:do(?:es)? not allow me|don't allow me|prevent me|require me|i (?:can't|cannot|must|have to))/,
  /\b(?:i (?:must|have to|need to|can't|cannot|am not able|am unable)|i'm not able|i'm unable)\b.{0,120}§.{0,40}\b(?:polic(?:y|ies)|guidelines|terms of (?:use|service)|usage rules)\b/,
  /^[^a-z§]{0,8}(?:per|under|according to|following)\b.{0,20}§.{0,60}\b(?:polic(?:y|ies)|guidelines|terms)\b.{0,40}\bi\b/,
  /\bmore about me\b|\bwho made me\b|\bmy (?:website|homepage|model card)\b/,
  /^\W{0,8}(?:ici|aquí|aqui(?: é)?|qui|tu|hier (?:ist|spricht|is)|här är) §[,.!]/u,
  /(?:私|僕|わたし|わたくし)は.{0,40}§(?:です|と申します|といいます|と言います|という)/u,
  /(?:私|僕|わたし|わたくし)は.{0,6}§(?:によって|に|が|の)(?:開発|作成|訓練|トレーニング|学習|設計|製作|研究)/u,
  /§として[、,]?.{0,4}(?:私|僕|わたし)/u,
  /§(?:によって|に|が)(?:開発|作成|訓練|トレーニング|学習|設計|製作)(?:された|した).{0,16}(?:ai|モデル|アシスタント).{0,4}です/u,
  /(?:저는|나는|전|제 이름은) ?.{0,40}§(?:입니다|이에요|예요|라고 합니다|이라고 합니다|라고 해요)/u,
  /§(?:으로서|로서),? ?(?:저는|나는|제가)/u,
  /(?:저는|나는|전) .{0,12}§(?:이|가|에서|에 의해)? ?(?:만든|개발한|개발된|훈련한|훈련된|학습시킨|제작한) .{0,16}(?:ai|인공지능|언어|모델|어시스턴트|챗봇|§)/u,
  /我(?:是|叫|名叫|的名字是|的名字叫).{0,16}§/u,
  /(?:作为|身为).{0,8}§.{0,12}[，,]?我/u,
  /(?:由|是由).{0,6}§.{0,8}(?:开发|研发|训练|推出|打造|创造|提供)的?.{0,16}(?:助手|模型|ai|机器人|。|$)/u,
  /मैं .{0,40}§ ?(?:हूँ|हूं)/u,
  /मेरा नाम §/u,
  /मुझे (?:कंपनी )?§ (?:ने|द्वारा) .{0,16}(?:बनाया|प्रशिक्षित|विकसित|तैयार)/u,
  /(?:^|[^\p{L}])(?:ben,? §(?:[,.]|$|'?y?[ıiuü]m(?!\p{L})| tarafından)|benim adım §|adım §|ismim §|beni §.{0,16}(?:geliştirdi|eğitti|yarattı|yaptı))/u,
  /§ tarafından (?:geliştirildim|eğitildim|yaratıldım|oluşturuldum|yapıldım|tasarlandım|geliştirilen|eğitilmiş|geliştirilmiş) ?(?:bir|yapay)?/u,
  /§ olarak .{0,80}[ıiuüae]m(?!\p{L})/u,
];

function hasShape({ text }: Sentence, names: readonly FoundName[], from: number): boolean {
  let marked = '';
  let at = 0;
  for (const { start, end } of names) {
    if (start - from < at) continue;
    marked += `${text.slice(at, start - from)}§`;
    at = end - from;
  }
  marked += text.slice(at);
  return marked.length <= longestShape && shapes.some((pattern) => pattern.test(marked));
}

/** A longer sentence is data. */
const longestShape = 2_000;

/** A sentence without a subject that goes on about the writer: only beside one that names it. */
const goesOn =
  /(?:によって|が)(?:開発|作成|訓練|トレーニング|設計)され(?:ました|た|ています)|(?:개발|훈련|학습)되었습니다|(?:made|built|trained|developed|created) by\b|(?:entwickelt|trainiert) von\b/u;

export const mayGoOn = (text: string): boolean => goesOn.test(text);
