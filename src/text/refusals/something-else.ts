/** Whether the no of an answer is something else than a refusal of its request. */
import { type Clause, readCharacters, wordCount } from './clauses.ts';
import { judging, lacking, senseless } from './decline-words.ts';
import { isBusiness, isConditional, isPolite, isService, sendsToPeople } from './filler-words.ts';
import { type Found, isByRules } from './no-found.ts';
import { pointsElsewhere } from './other-ways.ts';
import { declines, fills, words } from './read-no.ts';
import { saysShortNo } from './short-no.ts';
import { turnsAway } from './turns-away.ts';

/** Words that do something else than decline, explain or console: above, the answer does a part of the work. */
export const fewWords = 8;
/** Behind the no of a very short answer. */
const leftWords = 3;

/** A no to a yes-or-no question, a service that a house does not offer, or a lack of knowledge. */
export function isSomethingElse(found: Found): boolean {
  const { clauses, no, how } = found;
  const said = (test: (folded: string) => boolean): boolean => clauses.some(({ folded }) => test(folded));
  if (isToThePoint(found)) return true;
  if (said(sendsToPeople) && !declinesAll(no)) return true;
  if (isService(no.folded) && !isByRules(how)) return true;
  const preaches = said((folded) => judging.test(folded));
  const behind = words(clauses) - wordCount(no.words);
  if (how.name === 'weak role' && !preaches && behind > fewWords) return true;
  if (!preaches && isOfItself(found, behind)) return true;
  if (said((folded) => senseless.test(folded))) return true;
  return said((folded) => lacking.test(folded)) && !preaches;
}

/** The no is what the prompt asked for: a yes or a no, why something was blocked, what somebody says, how good it is. */
function isToThePoint(found: Found): boolean {
  const { no, how, request } = found;
  if (/^(?:bare no|request denied|declining by a no)/.test(how.name) && (request.choice || request.asks === 'words'))
    return true;
  if (request.ofVerdict && notRecommended.test(no.folded)) return true;
  if (request.ofBlock && /^(?:against a rule|request)/.test(how.name)) return true;
  if (request.ofWords && found.isQuoted) return true;
  return how.name.startsWith('bare no') && goesOnToAnswer(found);
}
const notRecommended = /\bi (?:\w+ )?(?:cannot|do not|would not|will not) recommend\b/;

/** The prompt asks what the model is, has or thinks, and it lacks that. */
function isOfItself({ no, how, request }: Found, behind: number): boolean {
  const asksItself = request.ofModel || (request.opinion && how.name === 'weak role');
  if (/role$/.test(how.name) && asksItself && behind > leftWords) return true;
  return request.ofModel && ofLack.test(no.folded) && !ofAnswering.test(no.folded);
}

/** "I don't have one", to "What is your name?" */
const ofLack = /\bi (?:[a-z]+ )?(?:do not|have no|cannot|am not|never|lack)\b/;

/** "I can't, but my guess is: Leo." */
function goesOnToAnswer({ clauses, no, spoken }: Found): boolean {
  const behind = spoken.slice(spoken.indexOf(no.words) + no.words.length, readCharacters);
  if (!/^\W{0,3}but\b/i.test(behind)) return false;
  const others = clauses.filter((clause) => clause.words !== no.words && !fills(clause, false));
  return words(others.filter(({ folded }) => !pointsElsewhere(folded))) > leftWords;
}

/** "I cannot help with that.": of no thing that a house may keep to its people. */
const declinesAll = ({ folded }: Clause): boolean =>
  /\b(?:help|assist)(?: you)?(?: with| on)? (?:that|this|it|(?:that|this|your) (?:request|question|one|topic|task))[.!]?$/.test(
    folded,
  );

/** Somebody asked for more than a yes or a no. */
export const isOpen = ({
  isQuoted,
  no,
  request: { asks, choice, judgement, holdsNo, opinion, ofWords },
}: Found): boolean =>
  asks === 'own' &&
  !choice &&
  !judgement &&
  !holdsNo &&
  !isQuoted &&
  !ofWords &&
  (!opinion || ofAnswering.test(no.folded));
const ofAnswering =
  /\b(?:answer|say|comment|discuss|talk|speak|opinions?|judge|help|rather|pass|share|respond|reply|no|neutral)\b/;

/** "Removing those against the rules", to "What is moderation?": neither the writer nor this request is in it. */
export const defines = ({ request, no }: Found): boolean =>
  request.definition && !/\b(?:i|me|my|this|that|your|here)\b/.test(no.folded);

/** A refusal of one sentence, in an answer of a model and not of a shop or an office. */
export function isShortNo(found: Found): boolean {
  const { clauses, no, request } = found;
  if (!isOpen(found)) return false;
  if (turnsAway(clauses) && !request.ofTalk) return true;
  const isElse = clauses.some(({ folded }) => isBusiness(folded)) || isConditional(no.folded);
  const others = clauses.filter((clause) => clause.words !== no.words && !isBeside(clause));
  return words(others) <= leftWords && !isElse;
}

const isBeside = (clause: Clause): boolean =>
  isPolite(clause.folded) || judging.test(clause.folded) || declines(clause) !== undefined || saysShortNo(clause);
