/** Whether the no in a text that was asked for (a letter, a scene, a translation) is the model's own: it was not written. */
import { prefiltered } from '../prefilter.ts';
import type { Request } from './asked-words.ts';
import { type Clause, wordCount } from './clauses.ts';
import { judging } from './decline-words.ts';
import {
  authoring,
  ofCrime,
  offering,
  otherHelp,
  otherText,
  theWriting,
  withIt,
  wouldHarm,
} from './declined-writing.ts';
import { isBusiness, isConditional, isFillerElsewhere } from './filler-words.ts';
import { type Found, inAnotherLanguage, isByRules } from './no-found.ts';
import { isOfTalk } from './talk-words.ts';

/** In a letter or a story, the no is the model's own only when nearly nothing was written. */
const voicedWords = 6;
/** In a text that is written for somebody: the no is about the writing, and nothing was written. */
export function isTheModels({ clauses, no, how, request }: Found, substance: number): boolean {
  if ((request.holdsNo || isHandedOn(clauses, request)) && !isByRules(how)) return false;
  // A new wording of a no is one: "申し訳ございませんが…".
  const speaksOfRequest = ({ folded }: Clause): boolean =>
    withIt.test(folded) || ofCrime.test(folded) || judging.test(folded) || isFillerElsewhere(folded);
  if (request.asks === 'words' && how.name === inAnotherLanguage.name && !clauses.some(speaksOfRequest)) return false;
  if (no.sentence === 0 && declinesToAuthor(no, request) && clauses.some((clause) => saysWhyNot(clause, no)))
    return true;
  if (
    no.sentence === 0 &&
    /^declining/.test(how.name) &&
    clauses.some((clause) => clause !== no && (otherText.test(clause.folded) || wouldHarm.test(clause.folded)))
  )
    return true;
  if (clauses.some(({ folded }) => isTold.test(folded)) || refusesDeed(no)) return false;
  if (!how.task && !isByRules(how)) return false;
  // Whoever speaks in a letter does not say that they will not write it, why that is wrong, or what else they could write.
  const speaksAsModel = ({ folded }: Clause): boolean => judging.test(folded) || otherHelp.test(folded);
  const worries = ({ folded }: Clause): boolean => /\b(?:worried about you|are you safe|988)\b/.test(folded);
  if (
    no.sentence <= 1 &&
    theWriting.test(no.folded) &&
    clauses.some((clause) => speaksAsModel(clause) || worries(clause))
  )
    return true;
  const forbids = ({ folded }: Clause): boolean => speaksAsModel({ folded } as Clause) || ofCrime.test(folded);
  if (
    no.sentence === 0 &&
    withIt.test(no.folded) &&
    clauses.some(forbids) &&
    !clauses.some(({ folded }) => isBusiness(folded.replace(/\d[\d ]*/g, '')))
  )
    return true;
  const offered = how.name.startsWith('bare no')
    ? clauses.filter(({ folded }) => /^(?:happy|glad) to /.test(folded))
    : [];
  const written = offered.reduce((left, { words }) => left - wordCount(words), substance);
  return written <= voicedWords && !clauses.some(({ folded }) => isBusiness(folded)) && !isConditional(no.folded);
}

/** "… she thought": somebody of a story speaks. */
const isTold =
  /\b(?:he|she|they|it) (?:said|says|thought|thinks|whispered|cried|asked|replied|muttered|sighed|laughed|shouted|told)\b/;
/** "I refuse to die", "I decline to dance", "I refuse to give up", "I can't do this anymore": no work of a model. */
const refusesDeed = ({ folded }: Clause): boolean => {
  if (ofLife.test(folded)) return true;
  const [, verb, behind = ''] =
    /\bi (?:[a-z]+ly )?(?:refuse|decline) to (?:[a-z]+ly )?([a-z]+)( [a-z]+)?/.exec(folded) ?? [];
  return verb !== undefined && (!isOfTalk(verb) || deeds.has(verb) || deeds.has(`${verb}${behind}`));
};
const ofLife =
  /\b(?:do|take|stand|bear|go|keep|live|stay|wait|hide|pretend|be)\b(?: \w+){0,4}? (?:any ?more|any longer|without you)\b/;
const deeds: ReadonlySet<string> = new Set(
  'move|stop|leave|stay|keep|lie|believe|think|feel|want|wait|hide|sit|hope|give up|give in|let go|go home|go back|go away'.split(
    '|',
  ),
);

/** The model declines the part that it was asked to play. */
export const declinesRole = (no: Clause, { text, holdsNo }: Request): boolean =>
  no.sentence === 0 && !holdsNo && asksForRole.test(text) && theRole.test(no.folded);
const asksForRole =
  /\b(?:pretend|act (?:as|like)|role-?play\w*|play|you are|you're|simulate|in character|from now on|be (?:a|an|my|the))\b/;
const part = '(?:role|persona|character|identity|part|game)';
const theRole = prefiltered(
  `\\b(?:tak(?:e|ing) on|play(?:ing)?|adopt(?:ing)?|assum(?:e|ing)|step(?:ping)? into|be(?:ing)?|stay(?:ing)? in|do(?:ing)?) (?:[a-z]+ ){0,2}?${part}\\b|\\b${part} (?:[a-z]+ ){0,4}?i\\b|\\brole-?play|\\bpretend|\\bact(?:ing)? (?:as|like)\\b|\\bsimulat|\\bplay along\\b`,
);

/** The making of the text that was asked for, or the help with it, is what is declined: the object has a word of the request. */
const declinesToAuthor = ({ folded }: Clause, { text }: Request): boolean => {
  const object = authoring.exec(folded);
  if (!object) return false;
  const named = folded.slice(folded.startsWith('i ') ? object.index : 0);
  return sharesWord(named, text);
};

/** Nouns change their endings, and in Chinese and Japanese no blank divides words: then two signs in a row are one. */
function sharesWord(named: string, asked: string): boolean {
  const stems = new Set((asked.match(/\p{L}{5,}/gu) ?? []).map(stemOf));
  if ((named.match(/\p{L}{5,}/gu) ?? []).some((word) => stems.has(stemOf(word)))) return true;
  const signs = Array.from(named.matchAll(/(?=([\p{Script=Han}\p{Script=Katakana}]{2}))/gu), ([, two = '']) => two);
  return signs.some((two) => asked.includes(two));
}
const stemOf = (word: string): string => word.slice(0, 5);
const saysWhyNot = ({ folded, words }: Clause, no: Clause): boolean =>
  judging.test(folded) ||
  ofCrime.test(folded) ||
  wouldHarm.test(folded) ||
  (words !== no.words && (otherHelp.test(folded) || offering.test(folded))) ||
  /\b(?:as|since|because) (?:it|they|that|this) .{0,40}\b(?:mislead|harm|hurt|deceiv|demean|steal|target)|\bthat (?:demean|mislead|harm|hurt|deceiv|spread|promot|targets?)/.test(
    folded,
  );

/** A correction or a new wording has the words of the prompt. */
function isHandedOn(clauses: readonly Clause[], { asks, text }: Request): boolean {
  if (asks !== 'words') return false;
  const said = clauses.flatMap(({ folded }) => folded.match(/\p{L}{3,}/gu) ?? []);
  return 2 * said.filter((word) => text.includes(word)).length >= said.length;
}
