/**
 * Whether a sentence says that somebody's rules bind its writer: "OpenAI's policies do not allow me to do this". It is
 * read by four questions, in English, not by one pattern: is there a rule or a permission, does it bind, is the writer
 * bound, and is it about an answer and not about a shop, an account or an app.
 */
import { vendorSign } from './name-signs.ts';

export interface RulesOf {
  /** Each of the vendors named makes many other things, and has rules about parcels and accounts too. */
  ofOtherThings: boolean;
}

const rule =
  /\b(?:polic(?:y|ies)|guidelines?|terms|rules?|principles?|standards?|constitution|restrictions?|values|instructions)\b/;
/** Rules about what a model says. */
const ruleOfSpeech =
  /\b(?:usage|acceptable use|prohibited use|use case|content|safety|ai|model|responsible ai) (?:polic(?:y|ies)|guidelines?|principles?|standards?|rules?)\b/;
const writer = /\b(?:i|me|my|myself)\b/;
const binds =
  /\b(?:follow|compl(?:y|ies)|adher\w+|bound|subject to|obey|respect|govern\w*|against|violat\w+|breach\w*|conflicts?|within|under|per|accord\w+|due to|because of|prevents?|stops?|forbids?|allows?|lets?|permits?|prohibits?|requires?|limits?|limited|restricts?|restricted|guided?|set by|given|keeps?|asks?|tells?|must|cannot|can't|have to|not able|unable|won't|may not|should not|come from|in line|in keeping|what i (?:may|can|am allowed|must)|my (?:terms|rules|guidelines|policies|principles|constitution) (?:are|come|were))\b/;
const permits = new RegExp(
  `${vendorSign}(?:'s (?:polic\\w+|guidelines|rules|team|engineers|constitution))? (?:\\p{L}+ |\\p{L}+n't |n't |'t ){0,3}(?:allow|let|permit|require|want|ask|forbid|forbade|prohibit|bar|stop|prevent|keep|expect|instruct|tell|told|direct|program|design|teach|taught|given|gave)(?:s|ed|med|ped)? me\\b`,
  'u',
);
const aboutAnswers =
  /\b(?:answer|answering|discuss|discussing|share|sharing|generate|generating|produce|producing|help|helping|assist|assisting|say|saying|respond|responding|reply|decline|refuse|continue|engage|comply|talk about|provide|providing|advice|do so|do that|do this|doing so|doing this|doing that|such requests?|this requests?|your request|this topic|this|stop here|more)\b/;
/** What people do with a company: their apps, orders, work, and what they read. */
const elsewhere =
  /\b(?:my|our|your) (?:apps?|shop|store|accounts?|posts?|ads?|orders?|clients?|school|lawyer|boss|company|firm|team|site|website|page|scripts?|project|password|channel|videos?|code|thesis|phone|products?|listing|students|customers|users|api|campaign|listing|parcel|subscription|invoice)\b|\b(?:refunds?|returns?|reviews?|warranty|shipping|parcel|developers?|students|customers|clients?|publish(?:ed)?|summari[sz]e|read|reviewing|drafting|rewrite|wrote|article|reset|users|caught|saying that|says that)\b|\b(?:we|he|she|they) /;

/** "I'd say that its policy allows it" binds nobody. */
const opinion = /\bi(?:'d| would| will)? (?:say|think|guess|believe|suppose|assume|doubt|heard?)\b/;

/** "OpenAI's rules for me" bind the writer; "… for me as a seller" bind a customer. */
const forMe = new RegExp(
  `${vendorSign}(?:'s|s')? (?:\\p{L}+ ){0,2}${rule.source}(?: that (?:apply|hold))? (?:for|on|about) me\\b(?! (?:as|at|in|when)\\b)`,
  'u',
);

/** `marked`: the sentence in small letters with a sign in the place of each name that counts. */
export function bindsWriter(marked: string, { ofOtherThings }: RulesOf): boolean {
  if (elsewhere.test(marked) || (opinion.test(marked) && !/\bm[ey]\b/.test(marked))) return false;
  if (forMe.test(marked)) return true;
  const permitted = permits.test(marked);
  const ruled =
    rule.test(marked) && binds.test(marked) && (writer.test(marked) || /^\W*(?:this|that|it)\b/.test(marked));
  if (!permitted && !ruled) return false;
  if (!ofOtherThings) return true;
  return aboutAnswers.test(marked) || ruleOfSpeech.test(marked);
}
