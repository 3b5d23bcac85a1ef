/**
 * An answer to an open question that is about the talk alone: about the request, the writer's rules or another subject. It
 * is a refusal in any words, because nothing in it is about what was asked.
 */
import { prefiltered } from '../prefilter.ts';
import { type Clause, wordCount } from './clauses.ts';
import { wordsOfMatter } from './talk-words.ts';
import { isAnothers } from './whose-no.ts';

const thing =
  '(?:request|question|topic|subject|content|message|prompt|answer|response|reply|conversation|chat|matter|discussion|game|role)s?';
const work =
  '(?:answers?|repl(?:y|ies)|responses?|help|assistance|tips?|advice|steps?|instructions?|guidance|details?|information|comment|place)';
const limit =
  '(?:rules?|polic(?:y|ies)|guidelines?|principles?|standards?|limits?|boundar(?:y|ies)|safety(?: \\w+)?|values)';

/** The talk itself, whatever it is about: "such things", or the subject of the clause before. */
const unsaid =
  '(?:cannot|(?:will|must|may|should) (?:not|never)) be (?:discussed|explained|talked about|spoken of|taught|encouraged)\\b';

/** Who asks is sent away. */
const elsewhere = '\\b(?:look|search|go) elsewhere\\b|\\b(?:ask|try|find|turn to) (?:someone|somebody|anyone) else\\b';

/** A request that gets no answer, a writer who stops, another subject: each says that the talk about it ends. */
const turns = [
  `\\b${thing}\\b(?: (?!that\\b|which\\b)[a-z'-]+){0,6}? (?:not|no|never|unanswered|blocked|declined|denied|rejected|refused|flagged|withheld|filtered|restricted|closed|blank|over|end|ends|ended|ending|beyond|against)\\b`,
  `\\b(?:no|not|nothing|without|neither)\\b(?: [a-z'-]+){0,3}? (?:${work}|${thing}|my place|open)\\b`,
  `\\b(?:move|moving|look|steer|turn|switch|go|get|talk|chat|speak|choose|pick|ask|try|about)\\b(?: [a-z'-]+){0,5}? (?:on$|elsewhere|(?:something|anything) (?:else|other than|different)|(?:an)?other (?:things|${thing})|(?:a )?different ${thing})`,
  `\\b(?:i|me|my|we|us|this)\\b(?: [a-z'-]+){0,5}? (?:stop|quiet|silent|sealed|tied|to myself|withhold|break|elsewhere)\\b`,
  `\\b(?:leave|left|leaving) (?:that|this|it|these|those|such|to)\\b|\\b(?:that|this|it|ones?|which) (?:i|we) (?:must |will |have to |always |would )?(?:leave|skip|avoid|pass|refuse|decline)\\b`,
  `\\b(?:${limit}) (?:[a-z'-]+ ){0,3}?(?:blocks?|forbids?|stops?|keeps?|comes? first|ends?)\\b|\\b(?:break(?:s|ing)?|breach(?:es)?|against|violat(?:es?|ing)|because of|beyond|despite|keep following|within) (?:[a-z'-]+ ){0,3}?${limit}\\b|\\bi (?:must|have to|need to|am (?:bound|required|obliged|made) to) (?:\\w+ ){0,2}?(?:follow|obey|respect|keep to|stick to|comply with|adhere to) (?:[a-z'-]+ ){0,3}?${limit}\\b|\\b(?:these|which|those) (?:exclude|forbid|prohibit|rule out|bar|ban) `,
  '^(?:… )?no$|\\b(?:hard|firm|clear|simple|the same|answer is|answer stays) no\\b|: no$|^(?:let us|better|rather|please) not\\b|\\bnot (?:going to )?(?:happen|be part)(?:ing)?\\b|\\btoo much to\\b|^(?:blocked|flagged|withheld|restricted|filtered)\\b',
  '\\b(?:this|that|it|which) (?:\\w+ )?(?:cannot|will not|must not|may not|should not) be (?:answered|discussed|explained|shared|given|done|said|told|continued)\\b|\\bnot to (?:answer|say|discuss|respond|reply|help|explain|continue|share|go)\\b|\\bwe (?:cannot|will not|should not|had better not) (?:talk|speak|discuss|go|continue|answer)\\b|\\bdo not ask\\b|\\b(?:refrain from|stop) asking\\b|\\bplease (?:rephrase|reword)\\b|\\b(?:do|does) not (?:help|serve|belong|fit)\\b',
  `\\b${unsaid}`,
  // Beyond me, out of it, ruled out, and nothing more: a limit that the writer has.
  '\\bbeyond (?:me|us|them|what|my)\\b|\\b(?:opt|bow|back|keep|stay) (?:out|away|off|back|clear) (?:of|from)\\b|\\bexcused? (?:me |myself )?from\\b',
  `\\b(?:rules?|ruled) (?:this|that|it|such) out\\b|\\b(?:do|does) not (?:allow|permit|let)\\b|\\b(?:prohibited|forbidden|banned|restricted|blocked|disallowed) ${thing}|\\b${thing} (?:is )?(?:unavailable|not available)\\b`,
  '\\b(?:all|everything) (?:that )?i (?:will|can|may|shall|am going to) (?:say|tell|share|write)\\b|\\bi would (?:be|feel) (?:uneasy|uncomfortable|wrong|ill at ease)\\b|\\b(?:would|does) (?:trouble|disturb|upset|bother) me\\b',
  '\\b(?:something|anything) (?:safer|nicer|kinder|lighter)\\b|\\b(?:stays|remains) (?:closed|shut|off|sealed)\\b|\\b(?:no|nope|nah),? not (?:this|that) (?:one|topic)\\b',
  elsewhere,
].map((pattern) => prefiltered(pattern));

/** Who turns away, or from what: an advice to others ("Say no, and move on.") has neither. */
const pointing = prefiltered(
  `\\b(?:i|me|my|mine|myself|we|us|our|this|that|these|those|such|your|here|please)\\b|\\bagainst (?:the )?(?:rules|policy)\\b|^(?:… )?(?:no|not|nope|better|blocked|flagged|withheld|restricted|filtered|content (?:unavailable|blocked|withheld|restricted))\\b|\\b${unsaid}|${elsewhere}`,
);

/** Characters and words of an answer that may speak of nothing but the talk. */
export const longestTalk = 600;
const mostWords = 60;
const fewOfMatter = 2;

/** The clause that turns away, where hardly a word of the whole answer is about the matter. */
export function turnsAway(clauses: readonly Clause[]): Clause | undefined {
  return speaksOfTalk(clauses) ? clauses.find(({ folded }) => isTurn(folded.replace(/[.!?]{1,3}$/, ''))) : undefined;
}

const isTurn = (folded: string): boolean =>
  pointing.test(folded) && !isAnothers(folded) && turns.some((pattern) => pattern.test(folded));

/** What the talk is about may be named once. */
export function speaksOfTalk(clauses: readonly Clause[]): boolean {
  const all = clauses.reduce((sum, { words }) => sum + wordCount(words), 0);
  if (all > mostWords || clauses.some(({ folded }) => /[\d$€£¥@/"]|[^\u0000-\u024f…]/.test(folded))) return false;
  const found = clauses.map(({ folded }) => wordsOfMatter(folded));
  const ofMatter = found.reduce((sum, matter) => sum + matter.all, 0) - Math.max(0, ...found.map(({ named }) => named));
  return ofMatter <= fewOfMatter && ofMatter * 3 <= all;
}
