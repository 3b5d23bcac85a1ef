/** Whether a sentence is about the one who wrote it, and so names whose answer it is. */
import { tellsWhoAnswers } from './answerer.ts';
import { bindsWriter } from './binding-rules.ts';
import type { FoundName } from './find-names.ts';
import { makersOfOtherThings, relatives, signsOfModel } from './mask-names.ts';
import { modelSign, vendorSign } from './name-signs.ts';
import { classesOf } from './self-classes.ts';
import { isAboutWriter } from './self-patterns.ts';
import { hasSelfShape } from './self-shapes.ts';
import type { Sentence } from './sentences-of.ts';

/** Names of the sentence that tell its writer: all of them, or none. */
export function tellingNames(sentence: Sentence): FoundName[] {
  const { names } = sentence;
  if (names.length === 0) return [];
  const signed = names.some(({ ambiguous, own }) => !ambiguous || own) || hasSign(sentence.text);
  const usable = signed ? names : names.filter(({ ambiguous }) => !ambiguous);
  if (usable.length === 0) return [];
  if (isReported(sentence.text)) return [];
  const counted = new Set(usable);
  const about =
    classesOf(sentence.words, names, counted).some(isAboutWriter) ||
    hasShape(sentence, usable, sentence.from) ||
    tellsWhoAnswers(sentence, counted);
  return about ? usable.filter(({ held }) => !held) : [];
}

/**
 * A text that has said who wrote it says so wherever this name, or that of its maker, stands again. A maker of many
 * other things counts beside a word for a model alone.
 */
export function namesOfWriter(told: readonly FoundName[]): (name: FoundName, sentence: Sentence) => boolean {
  const known = new Set(told.map(({ name }) => name));
  for (const { starts, names } of relatives)
    if (starts.some((start) => [...known].some((name) => name.startsWith(start))))
      for (const name of names) known.add(name.toLowerCase());
  return ({ name }, { text }) => known.has(name) && (!makersOfOtherThings.has(name) || hasSign(text));
}

const signPattern = new RegExp(
  `(?<!\\p{L})(?:${signsOfModel.filter((sign) => /\p{Script=Latin}/u.test(sign)).join('|')})(?!\\p{L})`,
  'u',
);
const otherSigns = signsOfModel.filter((sign) => !/\p{Script=Latin}/u.test(sign));
const hasSign = (text: string): boolean => signPattern.test(text) || otherSigns.some((sign) => text.includes(sign));

function hasShape({ text }: Sentence, names: readonly FoundName[], from: number): boolean {
  if (text.length > longestShape) return false;
  let marked = '';
  let at = 0;
  for (const { start, end, kind } of names) {
    if (start - from < at) continue;
    marked += text.slice(at, start - from) + (kind === 'vendor' ? vendorSign : modelSign);
    at = end - from;
  }
  const hasRules =
    hasSign(text) ||
    /\b(?:use|usage|content|safety) polic/.test(text) ||
    names.some(({ kind, name }) => kind === 'model' || !makersOfOtherThings.has(name));
  const all = marked + text.slice(at);
  const ofOtherThings = names.every(({ kind, name }) => kind === 'vendor' && makersOfOtherThings.has(name));
  return hasSelfShape(all, hasRules) || bindsWriter(all, { ofOtherThings });
}

/** What a screenshot shows or somebody says is not what the writer says of itself. */
const reported =
  /\baccording to (?!my|me\b|[^,]{0,40}(?:polic|guideline|rules|terms|principle))|,\s(?:(?:the|my|your|our|a|an|his|her)\s\p{L}{2,20}|he|she|they)\s(?:says|said|writes|wrote|reports|reported|joked|claims|claimed|explains|told me)\W*$|,\s(?:said|says|writes|wrote|reports)\s(?:the|a|an|my|our|his|her)\s|(?:^|[ ,])(?:laut|selon|según|secondo (?:il|la|lo|i)|segundo (?:o|a|os|as)|volgens|według|enligt|согласно|судя по)\s(?!mein|moi|mon|mes|mi |mis |me |mijn|mig|min |meu)/u;
const isReported = (text: string): boolean => text.length < longestShape && reported.test(text);

/** A longer sentence is data. */
const longestShape = 2_000;

/** A sentence without a subject that goes on about the writer: only beside one that names it. */
const goesOn =
  /(?:によって|が)(?:開発|作成|訓練|トレーニング|設計)され(?:ました|た|ています)|(?:개발|훈련|학습|제작)(?:되었습니다|됐습니다|했습니다)|만들었습니다|(?:made|built|trained|developed|created|designed|released|powered) by\b|(?:entwickelt|trainiert) von\b|(?:开发|训练|研发)的?。|^(?:my|i|i'm|it|are you|am i|if i|ich|mein\p{L}{0,2}|je|j'|on m'|mon|ma|mes|me|mi|mis|soy|fui|sono|mio|mia|sou|meu|minha|ik|mijn|jestem|mój|moja|zostałem|jag|min|mitt|ben|beni|benim|bana|я|меня|мой|моя|моё|мне)(?![\p{L}])|^(?:我|我的|私|저는|제|मैं|मेर|मुझे|أنا)/u;

export const mayGoOn = (text: string): boolean => goesOn.test(text);
