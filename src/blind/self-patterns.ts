/**
 * The shapes in which a sentence is about its writer, over the classes of `self-words.ts`. A name is `N`, one that is a
 * word of every day too `G`, a vendor `V`; a word that no list knows is `x`. One set of shapes serves every language.
 * No gap is open-ended, so that time grows with the text alone.
 */
import { late } from '../text/late.ts';

/** § any name, № a model, ~ small words between a verb and a name. */
const expand = (shape: string): RegExp =>
  new RegExp(shape.replaceAll('§', '[NGV1]').replaceAll('№', '[NG]').replaceAll('~', 'LDo'), 'u');

/** Not the owner of something, nor the first half of another name. */
const alone = '(?![sE])';
/** I am; I'm proud to be. */
const am = 'IL{0,4}B(?:xLB|xL)?';

const shapes: readonly string[] = [
  // I am Claude; I am, in fact, still the model called Claude.
  `${am}(?:,[LxP]{1,4},)?[~WCJ(-]{0,6}(?:D,)?(?:[V1]sL{0,2})?№(?:${alone}|(?=sx?[De]))`,
  // I'm a fine-tuned Llama; I'm a Claude model. "I'm a Gemini" is a birthday, "I'm a Claude fan" is a person.
  `${am}[~(-]{0,4}Q(?:x?[LDK(-]{1,5}№(?![xsE])|N(?![xsE-])|[LD-]{0,5}§[s-]{0,2}[LKx]{0,3}D)`,
  // I am an assistant made by OpenAI; I am Google's model; I am one of Cohere's models.
  `${am}[~Q(-]{0,5}D[LQFDKkoRO,(X-]{0,9}§`,
  `${am}[LQFo]{0,5}§s?[LKNGV1e-]{0,5}x?L{0,2}D`,
  `${am}[LQ]{1,4}F[LQ]{0,2}(?:DPL?)?(?:[V1]s)?№(?![sxP])`,
  `${am}FL?OF?№?[,(]?§`,
  `${am}yx{0,2}[LD]{0,3},?№${alone}`,
  'I[LxBF]{0,3}MW[LQ]{0,2}№',
  `IL{0,4}B?L?[xKX]?L?W[LQD]{0,3}N(?![xs])`,
  'IW№',
  // I am no knight but ChatGPT.
  'IL{0,4}BLxL№(?=[,.])',
  '[IM][^.;]{0,6}[PF]L{0,2}A[FL]?№',
  `${am}[LQ]{0,2}F(?:L?o)?[V1](?![xsPo])`,
  // Once it has said that it is a model, every name behind that is its own: I'm an AI that OpenAI made.
  `${am}[LQyKV1s-]{0,5}D(?![xP])[^.;]{0,14}[NGV]`,
  `${am}[LQyKV1s-]{0,5}DP[LQ]{0,2}N`,
  `${am}[L-]{0,3}Q[LK-]{0,3}xDP?[^.;PxI]{0,8}[NGV]`,
  // I was originally created in 2023 by OpenAI; ich wurde von OpenAI entwickelt; entwickelt wurde ich von OpenAI.
  `I[L,]{0,4}B[LB,]{0,5}K(?:[LQDFPoRKkX,B(-]{0,8}|[^.;:]{0,10}F[LQDo]{0,4})§(?!x|s[^NGV1DoL])`,
  `I[L,]{0,4}B[LB,]{0,5}k[LQDFoP]{1,6}§`,
  `IL{0,3}B[LQDo,]{0,4}PL?V[LQDFPo,x]{0,6}K`,
  `IL{0,3}B[LQPDo,x]{0,4}F[LQo]{0,3}§[LQDFPoNGV1,x]{0,6}[Kk]`,
  '[KkX]L{0,2}BI[LPxQ]{0,4}F[LQo]{0,3}§',
  '^[Kk]F[LQo]{0,3}§[^;]{0,10}I',
  '^[Kk]F[^;,]{0,6}§[^;]{0,3},L?I',
  // OpenAI trained me; it was OpenAI who made me; me creó OpenAI. "Google made me wait" is no maker.
  '(?<!P)(?<!PL)[NGV]s?[LBqoO,DFP(QW]{0,6}KL?M(?!Q)',
  '(?<!P)(?<!PL)1s?[LBqoO,DFP(QW]{0,6}KL?M(?=$|[.,;:)LWIF-])',
  '(?<!P)(?<!PL)§s?[LBqoO,DFP(Q]{0,6}kM(?![xQM])',
  '(?<!P)(?<!PL)§[LBqQoO,DF(]{0,6}M[LB]{0,2}[Kk]',
  'M[LB]{0,2}[Kk][LQFoPB,-]{0,5}§(?!x)',
  'M№[Cx](?:$|[.,;:)LF-])',
  'M[LB]{0,2}§[LB]{0,2}K(?!x?Q)',
  '^FM,?[BLxr]{1,3}o?§',
  '^PM,?[BLxr]{1,3}o?[NV1]',
  '^B[FP]M[o]?§',
  '^FL{0,2}o?§BIx{0,2}[Kk]',
  'MCL?№',
  '^L{1,3}§s?L?D,.{0,4}I',
  'wP§KM',
  '№WY[ED]',
  '№BL?[DE]L?IL?B?R',
  '№\\(M\\)',
  'Xte№',
  '[Kk]M,?[LCo]{0,2}r?B[LCFoDQ]{0,5}§',
  '[Kk]M[LQFo,.-]{0,4}§(?!x)',
  'FL?§[Lq]{0,2}I[LB]{1,3}[Kk]',
  'KL?M[^.;,]{0,6}[NV](?!s?x)',
  '[oDO][Lq]{1,2}KM(?:x?P|[BLC]{1,3})L{0,2}§',
  '§[LBQ,]{1,4}[oDO][LqB]{0,3}FM',
  '[oDO]L{0,2}FM[BL]{1,3}§',
  'xFM[BL]{1,3}[PF]?L{0,2}o?[NGV]',
  '[oDOEz]L{0,2}[FP][Yt]L?e[BL]{1,3}[LQo]{0,3}§',
  // My maker is Google; my creators at Google; my weights come from Meta; my name, by the way, is Claude.
  'YL{0,3}OB?[PF]L{0,2}o?L?§',
  'YL{0,3}O[,(]L?§[,)]',
  '§(?:BL{0,2}|[,(-])YL{0,2}O',
  'YL{0,2}[ED]BL?N(?![xsP])',
  'YL?a[xBL]{1,2}[PF][LQoP]{0,3}[NGV]',
  'YaPL?V',
  'YL?aBL?o?[NGV]',
  'YL?e[LB]{1,3}[XKR]F?L{0,2}§',
  'YL{0,3}O(?:[,:-]L?|L?[BLC][LCQo:,-]{0,4})§(?!x)',
  `YL{0,4}A(?:,[^.;]{1,8},|[PLe]{0,4})(?:L?BF?[LC]{0,3}|[:,-]?L?)№${alone}`,
  'YL{0,2}a[LBKx]{1,4}F[LQoPD]{0,4}§',
  'YL{0,2}a(?:[LB]{1,3}[KX]?F|L?b)[LQoPD]{0,4}§',
  'vY[aE][LP]{1,2}o?§',
  'YL{0,3}E[LBb,K:FQDP-]{1,7}§(?!x)',
  'YL{0,2}E[^.;,]{1,5}[NV](?!x)',
  `^[gL,.!]{0,4}A(?:BL?|[:,])№(?![xs])`,
  '№[,(-]?L?BYL{0,2}A',
  '№[sB]L{0,2}A(?:$|[.,!])',
  '(?:YL?A|M|I),?jL?№',
  '№-?BI(?![xKL])',
  '№IBI?(?:$|[.,!])',
  '^[g,.]{0,3}j№[qL]{1,2}U[LB]?T',
  'YL{0,2}A[.:,-]{1,2}L?№',
  '^[qL]{0,2}BI[.,]L?№',
  '^q(?:h|[HLjU]{0,3}[TX]),?BL?№',
  '[Dz]L?[TX]jL{0,2}№',
  // Call me Claude; Claude is what people call me; they know me as Claude.
  `C[M][LWQ:,]{0,3}№${alone}`,
  `JM[WLFA]{1,4}№${alone}`,
  `CMF?[LWQ:,]{0,3}№${alone}`,
  '№Bq[xwULByor]{0,5}(?:CM|KM|IL?B(?![xKP])|BI|UBT)',
  '§Bq[LB]{0,2}I[LB]{0,3}(?:b|K|BP?F)',
  // You are talking to Claude; the assistant answering you is Claude; this answer was written by Claude.
  `(?<!c)(?<!cL)U[BLU]{0,4}T[FPLQD,]{0,4}№${alone}(?![xJ])`,
  `(?<!c)(?<!cL)U[BLU]{0,4}T[LQ]{0,3}(?:D[LQFKDo,]{1,6}§|V[s-]?[LK]{0,3}D)`,
  '[Dz],?[qL]{0,2}h,?BL?§',
  '[Dz](?:,?[qL]{0,2}U[BLU]{0,3}TF?,?|L{0,3}TU|[qL]{0,2}T[UM]?|[qL]{0,2}KM|IB|L?[TX]?[Hj]|[PF][Lt]{0,2}e|FM)L{0,2}[BC][LCQWDo]{0,4}§',
  't[LD]{0,2}e[BLPxH]{0,4}[XKk][LPx]{0,2}F[LQDo,]{0,5}§',
  't[LD]{0,2}e(?:[BLH]{0,3}F|L?b)[LQDo,]{0,5}№',
  't[LD]{0,2}eB?X№',
  'U[BL]{0,2}T[BL]{1,3}XF[LQDo]{0,3}§',
  'U[BL]{1,3}(?:K|X|T)F[LQDo]{0,3}№(?![x])',
  '^[gL,]{0,2}[PF][tLY]{1,2}eB[LQDFo]{1,6}§',
  '^jQ?[LD]{0,2}eF[LQDo]{0,3}№',
  // Claude here; greetings from Claude; this is Claude, your assistant.
  '^[ghjL,.!(-]{0,6}(?:rB)?№,?(?:[,(-][LQyDFsoNGV1]{1,7}[,)-]?)?U?[Hjh]?[Hj](?:$|[,.!:;)-]|F§)',
  '^[gL,.!]{0,5}h[hF,.!:LQ-]{0,3}№(?:$|[,.!:;)I(-]|F|[LQy]{1,3}D)',
  '^[gL,.!]{0,5}jL?№[,(-]?(?:F[LQ]?§|[LQ]?yL{0,3}x?D|[LQ]{1,3}D|D)',
  '^[g,.!]{0,4}jN[.!]?$',
  // For the record: this is Claude talking; your assistant today is Qwen.
  '^[gL,.:!-]{0,6}j№,?[HT](?:$|[.,!:;)])',
  '^[gL,.!]{0,5}L?yL{0,3}x?L?D[xH]BL?N(?:$|[.,!;])',
  '^[gL,.!]{0,5}jL?№,[LQ]{0,2}[Kk]F[LQo]{0,3}§',
  '^[gL,.!]{0,5}jy?L{0,2}D{1,2}[,:]?№',
  '^[gL,.!]{0,5}№PL?e(?:$|[.,!])',
  '^[g,.!-]{0,4}№[,(-]yL{0,3}x?L?D',
  // As Claude, I; als Claude habe ich. "As Claude wrote, I waited" is somebody else.
  '(?:^|[,.:;(!?-])[LYxFPg]{0,3}W(?!QG(?!D))(?:[LQDFKkyo,(NGV1sR-]|oP){0,10}§[sDLKQ-]{0,5}(?:[,)(-][^.;]{0,12}I|[LBD)]{0,2}I)',
  '(?:^|[,.:;(!?-])[Lg]{0,3}W[LQxK-]{0,3}D[LQFDKkoO-]{1,6}§[,)]?[LBDx]{1,2}I',
  'I[^.;:]{0,6},W(?!QG(?!D))[LQDFKo]{0,6}N[.,]?$',
  // I, Claude, …; Claude (that's me); models like me (Claude); your assistant Gemini.
  'IB?[,(-][LDJWC]{0,5}№[,)-]',
  '(?:^|[L,.PF])M[,(-]L{0,3}№[,)-]',
  '[MI][(-]№[)-]',
  '№[,;(-]{1,2}L?m',
  '[zD]F?[tL]{0,2}e[,(-]L?№[,)-]',
  'U[LB]{0,3}x?№H',
  'IL?xM[PW]L{0,2}[NG](?!s)',
  'Vs?[LB]{0,3}uM',
  '№(?:L?m|h)(?:$|[.,!)])',
  'm[,(:-]{0,2}L?№',
  'w[Lx]?D[,(-]L{0,2}№',
  'D[LW]{1,2}M[,(-]L?№',
  '(?:^|[,:.!(-]|h|g)L?yL{0,3}x?L?D[,:(-]?№(?!s)',
  // I run on Qwen; under the hood I use GPT; I belong to the Qwen family.
  'I[L,BQK]{0,6}R[LQFDo]{0,4}(?:[V1]s)?§(?![xPso])',
  `${am}[LP]{0,2}[EA]№`,
  `${am}Q?L?DK[^.;]{0,6}F[LQ]{0,2}1(?!x)`,
  'I[L,B]{0,5}R[LQ]{0,2}x{0,2}D[LQFDo]{0,4}§',
  'i[^.;]{0,4}I[LxB]{0,2}[LQ]{0,2}№(?![xP])',
  'I[LxB]{0,3}[LQ]{0,2}№[,(]?i',
  '(?:IB?[L,]{0,4}|Y)b[LQo]{0,4}[NGV](?!s?[xo])',
  '(?:IB?[L,]{0,4}|Y)b[LQo]{0,4}[NGV1]s[LQ]{0,2}№',
  '(?:IB?[L,]{0,4}|Y)b[LQo]{0,4}1(?=$|[.,;:!)j])',
  `IL{0,2}B?L{0,2}R[LQ]{0,3}x?[LK]{0,2}D,?L?№`,
  // Only words of naming stand between: I'm the one they call Gemini; I'm known to users as Kimi.
  `IB[LQDWAMYyrqzoJ,:(-]{0,6}[roU]{1,2}[LB]?C[L,:(-]{0,3}N${alone}`,
  `IB[L,]{0,3}J[LPo]{0,4}WL?№${alone}`,
  `IL{0,2}xM[,:(-]{1,2}L?№(?:$|[.,!)])`,
  '^[ghL,.!]{0,4}[gh][L,.!]{0,3}rBN(?:$|[.,!])',
  // I'm Reka, a multimodal assistant; the AI you talk to was trained by Meta.
  `${am}[NGV][,(][LQ]{1,3}x{0,2}[LK-]{0,2}D(?![xP])`,
  '[Dz]L?U[BL]{0,2}TP?[BL]{1,3}[XK]F[LQDo]{0,3}§',
  'YL{0,2}x?,?L?,?[:-]L?N(?:$|[.,!])',
  // I come out of Anthropic's lab; which model this is: Claude.
  'Ib[LQ]{0,2}[NGV]s[LQ]{0,2}o(?:$|[.,;:!)])',
  '[Dz]L{0,2}j:L?[NG](?:$|[.,;!)])',
  'IBz?[ro]CM?[NG](?:$|[.,;:!)])',
  `BI[LQ]{0,3}№${alone}`,
  `Z[L:,-]{0,4}№${alone}`,
  // ChatGPT can make mistakes; the rules that Anthropic gave me.
  '(?:^|[,;:(-])[LgQ,:!(-]{0,4}(?:xL{0,2})?№(?:B[LQ]{0,2}D[,L]{0,3})?d(?!P)',
  'I[^.;]{0,6}n[^.;]{0,4}[NV]s?[Lx]{0,3}p',
  'I[^.;]{0,6}n[^.;]{0,4}p[LF]{0,2}[NV]',
  // Anthropic's models, including me.
  '[NGV]s?L{0,2}D,?[xWL]{1,2}M',
  'p[Lq]{0,2}V[LB]{0,2}xL?M',
];

const patterns = late(() => shapes.map(expand));

/** Answers for class strings already seen: a text repeats its shapes. */
const known = new Map<string, boolean>();
const mostKnown = 5_000;

/** Whether one of the shapes is in a sentence, given as classes. */
export function isAboutWriter(classes: string): boolean {
  const before = known.get(classes);
  if (before !== undefined) return before;
  const found = patterns().some((pattern) => pattern.test(classes));
  if (known.size >= mostKnown) known.clear();
  known.set(classes, found);
  return found;
}
