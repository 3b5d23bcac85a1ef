/** Words of talk about the talk itself: an answer that holds no other words says nothing about the matter it was asked for. */

const words = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean);

const small = words(`
  i me my mine myself you your yours yourself we us our it its this that these those they them their there here the a an and
  or but so because as since for to of in on at by with without from into about over out off up down away than then if when
  where while whether though although however still even just only also too very much really quite rather more most less any
  anything some something someone somebody anyone anybody every everything nothing none no nope not never nor neither cannot
  can could will would shall should may might must do does did done be is are was were been being am have has had having what
  whatever which who why how all both each other others another else elsewhere different same one ones such now again anymore
  yet perhaps maybe therefore ever always simply kindly under behind between through after before first itself lot way ways
  way well own let lets myself
`);
const talk = words(`
  request question topic subject conversation chat message answer reply response prompt query matter thing area territory ask
  talk speak say tell discuss discussion explain explanation describe mention cover comment share give provide offer present
  produce write help helpful assist assistance support aid engage continue proceed go get take make move turn switch steer
  change drop leave stop end ends start skip pass keep stay remain hold choose pick try look find rephrase instruction step
  tip advice guidance information detail content list guide kind sort type place part role game play character persona
  framing story word idea purpose reason case point time day mind note touch broach raise put reach come bring point
  assistant model ai machine system setting developer maker creator chatbot bot program platform service tool filter
  professional expert create draft compose generate people learn teach
`);
const refusing = words(`
  quiet silent silence sealed lip hand tied line cross draw limit boundary rule policy guideline principle standard value
  ethic ethics ethical unethical moral safety safe unsafe harm harmful hurt danger dangerous risk risky illegal law crime wrong
  right irresponsible responsible appropriate inappropriate comfortable uncomfortable allow permit able unable willing
  unwilling possible impossible available unavailable open close block flag filter withhold withheld restrict refuse deny
  decline reject avoid forbid forbidden prohibit break violate against beyond outside within bound build built make made train
  design programmed require unanswered blank sensitive serious off-limits involve concern given taboo table discussion hard firm clear favour favor
  alone aside follow lie lies responsibility duty conscience stand apart distance business happen
  opt excuse beg ought uneasy trouble bother disturb upset unsafe safer nicer remit scope
`);
const polite = words(`
  hope understand understanding appreciate thank thanks sorry apologise apologize apology regret afraid unfortunately please
  know see hear realise realize think believe feel want wish like love happy glad prefer suggest care best better good bad
  disappointing disappoint frustrating nice welcome free need mean meant intend seem appear sound might interest curious
  curiosity owe own honest truth sake great anytime instead
`);

const known: ReadonlySet<string> = new Set([...small, ...talk, ...refusing, ...polite]);

/** Without the endings of plurals and of verbs. */
export const isOfTalk = (word: string): boolean =>
  known.has(word) ||
  endings.some(([end, put]) => word.endsWith(end) && known.has(word.slice(0, -end.length) + put)) ||
  (/(.)\1(?:ed|ing)$/.test(word) && known.has(word.replace(/.(?:ed|ing)$/, '')));
const endings: readonly [end: string, put: string][] = [
  ['s', ''],
  ['es', ''],
  ['ies', 'y'],
  ['ed', ''],
  ['d', ''],
  ['ied', 'y'],
  ['ing', ''],
  ['ing', 'e'],
  ["'s", ''],
  ['ly', ''],
];

/** Behind one of these stands what is spoken of: "about killing", "involves your neighbour's wallet". */
const beforeMatter: ReadonlySet<string> = new Set(
  words(
    'about on of with for into around regarding concerning promote promotes involve involves involving concern concerns',
  ),
);
const longestName = 3;

/** Words of a clause about the matter, and how many of them name at its end what the talk is about. */
export function wordsOfMatter(folded: string): { all: number; named: number } {
  const words = folded.match(/[\p{L}'-]+/gu) ?? [];
  const at = words.findLastIndex((word) => beforeMatter.has(word));
  const foreign = (some: readonly string[]): number => some.filter((word) => !isOfTalk(word)).length;
  const names = at > -1 && words.length - 1 - at <= longestName;
  return { all: foreign(words), named: names ? foreign(words.slice(at)) : 0 };
}
