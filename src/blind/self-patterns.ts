/**
 * The shapes in which a sentence is about its writer, over the classes of `self-words.ts`. A name is `N`, one that is a
 * word of every day too `G`, a vendor `V`; a word that no list knows is `x`. One set of shapes serves every language.
 * No gap is open-ended, so that time grows with the text alone.
 */

/** § any name, № a model, ~ small words between a verb and a name. */
const expand = (shape: string): RegExp =>
  new RegExp(shape.replaceAll('§', '[NGV]').replaceAll('№', '[NG]').replaceAll('~', 'LDo'), 'u');

/** Not the owner of something, nor the first half of another name. */
const alone = '(?![sE])';
const am = 'IL{0,4}B';

const shapes: readonly string[] = [
  // I am Claude; I am, in fact, still the model called Claude.
  `${am}(?:,[LxP]{1,4},)?[~W(-]{0,6}(?:D,)?№${alone}`,
  // I'm a fine-tuned Llama; I'm a Claude model. "I'm a Gemini" is a birthday, "I'm a Claude fan" is a person.
  `${am}[~(-]{0,4}Q(?:x?[LDK(-]{1,5}№(?![xsE])|N(?![xsE-])|[LD-]{0,5}§[s-]{0,2}[LKx]{0,3}D)`,
  // I am an assistant made by OpenAI; I am Google's model; I am one of Cohere's models.
  `${am}[~Q(-]{0,5}D[LQFDKkoRO,(X-]{0,9}§`,
  `${am}[LQFo]{0,5}§s?[LKNGV-]{0,5}x?L{0,2}D`,
  `${am}[LQ]{1,4}F[LQ]{0,2}№(?![sEoxP])`,
  `${am}[LQ]{0,2}F(?:L?o)?§(?![xsPo])`,
  // I was originally created in 2023 by OpenAI; ich wurde von OpenAI entwickelt; entwickelt wurde ich von OpenAI.
  `I[L,]{0,4}B[LB,]{0,5}K(?:[LQDFPoRKkX,B(-]{0,8}|[^.;:]{0,10}F[LQDo]{0,4})§(?!x|s[^NGVDoL])`,
  `I[L,]{0,4}B[LB,]{0,5}k[LQDFoP]{1,6}§`,
  `IL{0,3}B[LQPDo,x]{0,4}F[LQo]{0,3}§[LQDFPoNGV,x]{0,6}[Kk]`,
  '[KkX]L{0,2}BI[LPxQ]{0,4}F[LQo]{0,3}§',
  '^[Kk]F[LQo]{0,3}§[^;]{0,10}I',
  // OpenAI trained me; it was OpenAI who made me; me creó OpenAI. "Google made me wait" is no maker.
  '(?<!P)(?<!PL)§s?[LBqoO,DFP(QW]{0,6}KL?M',
  '(?<!P)(?<!PL)§s?[LBqoO,DFP(Q]{0,6}kM(?![xQM])',
  '(?<!P)(?<!PL)§[LBqQoO,DF(]{0,6}M[LB]{0,2}[Kk]',
  'M[LB]{0,2}[Kk][LQFoP]{0,5}§(?!x)',
  '[Kk]M,?[LCo]{0,2}B[LCFoDQ]{0,5}§',
  '[Kk]M[LQFo]{1,4}§(?!x)',
  '[oDO][Lq]{1,2}KM(?:x?P|[BLC]{1,3})L{0,2}§',
  '§[LBQ,]{1,4}[oDO][LqB]{0,3}FM',
  '[oDO]L{0,2}FM[BL]{1,3}§',
  // My maker is Google; my creators at Google; my weights come from Meta; my name, by the way, is Claude.
  'YL{0,3}O[PF]L{0,2}o?L?§',
  'YL{0,3}O(?:[,:-]L?|L?[BLC][LCQo:,-]{0,4})§(?!x)',
  `YL{0,4}A(?:,[^.;]{1,8},|[PLe]{0,4})(?:L?BF?[LC]{0,3}|[:,-]?L?)№${alone}`,
  'YL{0,3}E[LB,K:FQDP-]{1,7}§(?!x)',
  `^[gL,.!]{0,4}A(?:BL?|[:,])№(?![xs])`,
  '№[,(-]?L?BYL{0,2}A',
  // Call me Claude; Claude is what people call me; they know me as Claude.
  `C[M][LWQ:,]{0,3}№${alone}`,
  `JM[WL]{1,3}№${alone}`,
  `CMF?[LWQ:,]{0,3}№${alone}`,
  '№Bq[xwULByo]{0,5}(?:CM|KM|IL?B(?![xKP])|BI|UBT)',
  '§Bq[LB]{0,2}I[LB]{0,3}(?:BF|K|BP?F)',
  // You are talking to Claude; the assistant answering you is Claude; this answer was written by Claude.
  `(?<!c)(?<!cL)U[BLU]{0,4}T[FPLQD,]{0,4}№${alone}(?![xJ])`,
  `(?<!c)(?<!cL)U[BLU]{0,4}T[LQ]{0,3}(?:D[LQFKDo,]{1,6}§|V[s-]?[LK]{0,3}D)`,
  'D(?:U[BLU]{0,3}TF?|L{0,3}TU|TM|H|[PF][Lt]{0,2}e|FM)L{0,2}[BC][LCQWDo]{0,4}§',
  't[LD]{0,2}e[BLPxH]{0,4}[XKk][LPx]{0,2}F[LQDo,]{0,5}§',
  't[LD]{0,2}e[BLH]{0,3}F[LQDo,]{0,5}№',
  'U[BL]{0,2}T[BL]{1,3}XF[LQDo]{0,3}§',
  '^[gL,]{0,2}[PF][tLY]{1,2}eB[LQDFo]{1,6}§',
  '^jQ?[LD]{0,2}eF[LQDo]{0,3}№',
  // Claude here; greetings from Claude; this is Claude, your assistant.
  '^[ghjL,.!]{0,6}№(?:[,(-][LQyDFsoNGV]{1,7}[,)-]?)?U?H(?:$|[,.!:;)-]|F§)',
  '^[gL,.!]{0,5}h[hF,.!:LQ-]{0,3}№(?:$|[,.!:;)I(-]|F|[LQy]{1,3}D)',
  '^[gL,.!]{0,5}jL?№[,(-]?(?:F[LQ]?§|[LQ]?yL{0,3}x?D|[LQ]{1,3}D|D)',
  '^[g,.!]{0,4}jN[.!]?$',
  '^[g,.!-]{0,4}№[,(-]yL{0,3}x?L?D',
  // As Claude, I; als Claude habe ich. "As Claude wrote, I waited" is somebody else.
  '(?:^|[,.:;(!?-])[LYxFPg]{0,3}W(?!QG(?!D))(?:[LQDFKko,(NGVsR-]|oP){0,10}§[sD]{0,2}(?:[,)(-][^.;]{0,12}I|[LBD)]{0,2}I)',
  'I[^.;:]{0,6},W(?!QG(?!D))[LQDFKo]{0,6}N[.,]?$',
  // I, Claude, …; Claude (that's me); models like me (Claude); your assistant Gemini.
  'IB?[,(-]L{0,3}№[,)-]',
  '(?:^|[L,.])M[,(-]L{0,3}№[,)-]',
  '№[,(-]{1,2}L?m',
  'm[,(:-]{0,2}L?№',
  'wL?D[,(-]L{0,2}№',
  'D[LW]{1,2}M[,(-]L?№',
  '(?:^|[,:.!(-]|h|g)yL{0,3}x?L?D[,:(-]?№(?!s)',
  // I run on Qwen; under the hood I use GPT; I belong to the Qwen family.
  'I[L,B]{0,5}R[LQFDo]{0,4}§(?![xPso])',
  'I[L,B]{0,5}R[LQ]{0,2}x{0,2}D[LQFDo]{0,4}§',
  'i[^.;]{0,4}I[LxB]{0,2}[LQ]{0,2}№(?![xP])',
  'I[LxB]{0,3}[LQ]{0,2}№[,(]?i',
  '(?:I[L,]{0,4}|Y)BF[LQo]{0,4}§(?!s?x)',
  `BI[LQ]{0,3}№${alone}`,
  `Z[L:,-]{0,4}№${alone}`,
  // ChatGPT can make mistakes; the rules that Anthropic gave me.
  '№d',
  'p[Lq]{0,2}V[LB]{0,2}xL?M',
];

const patterns = shapes.map(expand);

/** Answers for class strings already seen: a text repeats its shapes. */
const known = new Map<string, boolean>();
const mostKnown = 5_000;

/** Whether one of the shapes stands in a sentence, given as classes. */
export function isAboutWriter(classes: string): boolean {
  const before = known.get(classes);
  if (before !== undefined) return before;
  const found = patterns.some((pattern) => pattern.test(classes));
  if (known.size >= mostKnown) known.clear();
  known.set(classes, found);
  return found;
}
