/** Which clause of an answer says no, in which words, and which other clauses only stand around it. */
import { longWords, shortened } from './asked-words.ts';
import { type Clause, clausesOf, fold, wordCount } from './clauses.ts';
import { declinesElsewhere } from './decline-elsewhere.ts';
import { families, givingIt, judging } from './decline-words.ts';
import { isBusiness, isFiller, isFillerElsewhere } from './filler-words.ts';
import { away, type How, inAnotherLanguage, isStrong, type No, named, short } from './no-found.ts';
import { saysShortNo, veryShort } from './short-no.ts';
import { longestTalk, turnsAway } from './turns-away.ts';
import { isAnothers } from './whose-no.ts';

/** The first clause that says plainly what is not done, else the first that says no at all. */
export function theNo(opening: readonly Clause[], prompt: string): No | undefined {
  const gives = opening.some(({ folded }) => givingIt.test(folded));
  const asked = new Set(gives ? longWords(fold(shortened(prompt))) : []);
  const found = opening.flatMap((no) => {
    const how = declines(no, asked);
    return how ? [{ no, how }] : [];
  });
  const firm =
    found.find(({ how }) => isStrong(how)) ??
    found.find(({ how }) => how.name === 'against a rule') ??
    found.find(({ how }) => how.name !== 'weak role');
  return firm ?? found[0] ?? shortNo(opening);
}

function shortNo(opening: readonly Clause[]): No | undefined {
  if (words(opening) > veryShort || opening.some(({ folded }) => isUnknown.test(folded))) return undefined;
  const no = opening.find((clause) => !isAnothers(clause.folded) && saysShortNo(clause));
  return no && { no, how: short };
}

/** What the answer does not know is not declined; "I don't know how to help with that" is. */
const isUnknown = /^(?:sorry,? )?i do not know(?! how to\b)/;

/** In an answer that is about nothing but the talk. */
export function awayFrom(spoken: string): No | undefined {
  const no = spoken.length <= longestTalk ? turnsAway(clausesOf(spoken)) : undefined;
  return no && { no, how: away };
}

export function declines({ folded }: Clause, asked?: ReadonlySet<string>): How | undefined {
  if (isAnothers(folded)) return undefined;
  const found = families.find(({ pattern }) => pattern.test(folded));
  if (found) return found;
  const isNamed = asked !== undefined && givingIt.test(folded) && longWords(folded).some((word) => asked.has(word));
  if (isNamed && !isBusiness(folded)) return named;
  return declinesElsewhere(folded) ? inAnotherLanguage : undefined;
}

/** In a prompt: "Translate: can't help you" has no subject. */
export const saysNo = (text: string): boolean =>
  clausesOf(text).some(
    (clause) => declines({ ...clause, folded: clause.folded.replace(/^(?:i|…) /, '') }) ?? declines(clause),
  );

/** What is said all the same: "but in general, …". */
const saysAnyway =
  /^(?:(?:…|i) )?(?:but |still,? )?(?:in general|in (?:many|most|some|several) (?:places|countries|states|cases|regions)|generally(?: speaking)?|that said|as a rule|typically|usually|for most people),? /;

export const fills = (clause: Clause, foreign: boolean): boolean =>
  !saysAnyway.test(clause.folded) &&
  (judging.test(clause.folded) ||
    isFiller(clause.folded) ||
    (foreign && isFillerElsewhere(clause.folded)) ||
    declines(clause) !== undefined);

export const words = (clauses: readonly Clause[]): number =>
  clauses.reduce((sum, clause) => sum + wordCount(clause.words), 0);
