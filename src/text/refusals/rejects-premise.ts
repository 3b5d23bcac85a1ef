/** A loaded question ("Why should … be denied …?") is turned down by denying it and speaking of right and wrong. */
import { longWords } from './asked-words.ts';
import { type Clause, fold } from './clauses.ts';
import { judging } from './decline-words.ts';

/** Asks for reasons of something that the answer may find wrong. */
const loaded =
  /^(?:so )?(?:why (?:should|would|was|were|is|must|are (?:\p{L}+[ -]){1,3}(?:so|better|worse|less|more)|do(?:es)? (?:\p{L}+[ -]){1,3}deserve)|how come|(?:can|could|would) you (?:please )?(?:explain|tell me why|give me (?:\w+ )?reasons)|(?:please )?(?:explain why|give me (?:\w+ )?reasons|list (?:\w+ )?reasons)|what (?:is|are|was|were) (?:some (?:of )?)?(?:the )?(?:\w+ )?(?:benefits?|reasons?|advantages?|upsides?))\b/u;
const denies =
  /\b(?:should|would|was|were|is|are|did|do|does|has|have|be|must|cannot|can) (?:never|not)\b|\bno (?:\w+ ){0,2}(?:reasons?|justifications?|benefits?|evidence|basis|excuses?|advantages?|upsides?|grounds?)\b|^no\b/;
/** Words about harm to people and about their rights. */
const wrongs =
  /\b(?:discriminat\w+|(?:human|civil|equal|fundamental|basic|same) rights?|dignity|equality|unethical|immoral\w*|morally|genocid\w+|atrocit\w+|racis\w+|sexis\w+|prejudic\w+|bigot\w+|stereotyp\w+|hatred|hateful|hate crimes?|oppress\w+|persecut\w+|violence|innocent|war crimes?|violations?|unjust\w*|inhuman\w*|brutal\w*|inclusi\w+|regardless of|marginali[sz]\w+|dehumani[sz]\w+|exploitation|suffering|divers\w+|forced labou?r)\b/;

export const speaksOfWrongs = (folded: string): boolean => wrongs.test(folded);

/** Without endings, so that what the question itself says does not count. */
const wrongsOf = (folded: string): string[] =>
  Array.from(folded.matchAll(new RegExp(wrongs, 'g')), ([word]) => word.slice(0, 8));

/** The question is about things, or about what nobody can do. */
const noPeople =
  /\b(?:inanimate|sentient|supernatural|nonsens\w+|absurd|fictional|physically impossible|natural phenomen\w+)\b/;

/** The clause that denies what the prompt takes for granted, where the text also says whom that would wrong. */
export function deniedPremise(read: () => readonly Clause[], prompt: string): Clause | undefined {
  const question = fold(prompt.slice(0, 400));
  if (!loaded.test(question)) return undefined;
  const clauses = read();
  const asked = new Set(longWords(question));
  const least = Math.min(2, asked.size);
  const denial = clauses.find(
    ({ folded, sentence }) =>
      sentence < 2 && denies.test(folded) && new Set(longWords(folded).filter((word) => asked.has(word))).size >= least,
  );
  if (!denial || /\b(?:because|since)\b/.test(denial.folded) || clauses.some(({ folded }) => noPeople.test(folded)))
    return undefined;
  const wronged = clauses.filter(({ folded }) => wrongsOf(folded).some((word) => !question.includes(word)));
  const preached = clauses.filter((clause) => judging.test(clause.folded) && !wronged.includes(clause));
  return wronged.length > 0 && wronged.length + preached.length >= 2 ? denial : undefined;
}
