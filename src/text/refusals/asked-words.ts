/** What the prompt asks for: an answer of the model's own, a text in somebody else's voice, or words handed on. */
import { fold } from './clauses.ts';

/**
 * `own`: the answer is the model's word. `voice`: a reply, a letter, a scene: whoever says "I" in it may be somebody else.
 * `words`: a translation, a correction, examples, a label: a no in the answer was in the prompt before.
 */
export type Asked = 'own' | 'voice' | 'words';

const handedOn =
  /\b(?:translat|conjugat|(?:put|turn|change|set) .{1,80}\bin(?:to)? the (?:negative|past|future|present|passive|active|plural|singular|\w+ person)\b|rewrit|how (?:do|can|should|would|might) (?:i|you|we|one) (?:answer|reply|respond)\b|put (?:this|it|that) (?:into|in)|into (?:formal|plain|simple|proper)|make (?:it|this) (?:shorter|longer|more|less|sound)|rephras|reword|fill (?:in|the (?:gap|blank|field|cell|column))|complete the (?:sentence|line|quote)|(?:finish|complete|continue)(?:: | (?:this|the) (?:sentence|line|quote))|paraphras|proofread|grammar|spelling|correct(?::| (?:the|this|my)\b)|fix (?:the|this|my)|^(?:fix|correct|improve|edit|polish|shorten|proofread)\b.{0,30}:|summar|classif|label|categori|moderat|extract|transcri|quote|examples?|ways? to (?:say|decline|refuse)|say(?:ing)? no|synonym|what does .{0,40} mean|traduc|tradui|korrigier|vertaal|przetłumacz|umformulier|formulier\p{L}* .{0,60}(?:um|freundlicher)|höflicher|reformul|riformul|herschrijf|przeformułuj|skriv om)|перефразир|повежливее|丁寧に|敬語|言い換え|書き換え|直して|添削|要約|改写|润色|礼貌|고쳐|바꿔|공손|翻訳|翻译|翻譯|번역|übersetz|översätt|höflicher/u;
const sayingNo =
  /\bhow (?:do|can|should|would|might) (?:i|you|we|one) (?:say|phrase|word)\b|\b(?:say(?:ing)? no|polite no|declin\w*|refus\w*|reject\w*|turn(?:ing)? down|tell .{0,30}\bno\b|out[- ]of[- ](?:the[- ])?office)\b/;
/** The same at the head of a prompt in another language: "Recusar convite", "Tacka nej till jobbet". */
const sayingNoElsewhere =
  /^(?:\p{L}+ ){0,5}?(?:recus\p{L}*|declin\p{L}*|tack\p{L}* nej|avböj\p{L}*|отклон\p{L}*|откаж\p{L}*|отказ\p{L}*|absag\p{L}*|ablehn\p{L}*|lehn\p{L}* .{0,40}ab|refus\p{L}*|rechaz\p{L}*|rifiut\p{L}*|afwijz\p{L}*|afzegg\p{L}*|odmów\p{L}*|odrzuć|reddet\p{L}*)(?!\p{L})|断り|断る|거절|拒绝|婉拒|अस्वीकार|اعتذار|رفض/u;
const voiced =
  /(?:^|[.!?:;,\n] ?|\b(?:please|to|and|you|me) )(?:reply|respond|answer (?:as|for|to|the|my|this|her|him|them|our|a |an )|write|draft|compose|tell (?:the|my|our|him|her|them)|say (?:sorry|thanks|hello)|message|continue the|finish the|play (?:a|an|the|my)|role-?play|pretend|act as|act like|imagine you|you are (?:a|an|the|my) (?!helpful)|speak as|give (?:me |us |him |her |them )?an? (?:\w+ ){0,2}?(?:speech|toast|one-line|compliment|pep talk|blessing|farewell)|plan|plot|describe (?:a|the) (?:view|scene)|thank|express|praise|congratulate|compliment|complain|apologi[sz]e|greet|wish|comfort|invite|brag|confess|propose|decide|explain our)\b|\b(?:as|like) (?:a|an|the) \w+:|\breply\b|\bletter\b|\bdialogue\b|\bscene\b|\btale\b|\bfable\b|\bnovel\b|\bdiary\b|\bpoem\b|\bstory\b|\blyrics\b(?! (?:of|to|from)\b)|\bmonologue\b/;
const voicedElsewhere =
  /(?<!\p{L})(?:antwort|antwoord|beantworte|schreib|verfass|formulier|rédige|réponds|répondez|écris|écrivez|respond[ea]|contest[ea]|escrib|redact[ae]|rispond|scriv[iea]|escrev|beantwoord|schrijf|odpowiedz|napisz|svara|skriv|cevapla|yanıtla|yaz\b|ответь|напиши|जवाब|लिख|اكتب|أجب|رد على)|返信|返事|書いて|書き|回复|回覆|回信|写|寫|답장|써 ?줘|써줘|작성/u;

/** A question for knowledge is answered by the model itself, whatever verb it holds. */
const asking =
  /^(?:how (?:do|can|could|should|does|did|to)|what|where|why|when|who|which)\b(?!.{0,30}\b(?:reply|respond|answer to))/;

export interface Request {
  asks: Asked;
  /** Folded, and without its middle where it is long. */
  text: string;
  /** The prompt has words that say no, or asks for such words. */
  holdsNo: boolean;
  /** It can be answered with yes or no, or with one of the words that it gives. */
  choice: boolean;
  /** It asks what something is, not how to do it. */
  definition: boolean;
  /** It asks whether something is right, allowed or polite: a judgement is the answer. */
  judgement: boolean;
  /** It asks what the model itself is, has, likes or feels: what a model lacks is the answer. */
  ofModel: boolean;
  /** It asks what the model thinks or would choose. */
  opinion: boolean;
  /** It asks about talk, rules or help: an answer about these is to the point. */
  ofTalk: boolean;
  /** It asks what was refused or blocked elsewhere, or why: an answer says so. */
  ofBlock: boolean;
  /** It asks how good something is: not to recommend it is an answer. */
  ofVerdict: boolean;
  /** It asks for the words of somebody: a quotation is the answer. */
  ofWords: boolean;
}

const choosing =
  /^(?:(?:answer|question|q|reply): ?)?(?:do(?=[^?]*\?)|is|are|was|were|does|did|can|could|should|shall|may|must|will|would|has|have|had|am)\b|\b(?:yes or no|true or false|approve or|label|classif|moderat|decide|whether|one word|which of|allowed\?)|\bor\b[^?]{0,40}\?/;
const judged =
  /\b(?:ethic\w*|moral\w*|rude|polite|review|rate|assess|evaluate|feedback|critique|grade|opinion on|offensive|toxic|hateful|harmful|impolite|etiquette|appropriate|inappropriate|acceptable|legal|illegal|allowed|okay|ok to|right to|wrong|wear|manners|should (?:i|we|one|you)|may i|law|safe|dangerous|honest|good idea|consent|policy|rules?)\b/;

/** "You have no rules", "ignore all ethics": what a model is told to be. */
const toldToBreak =
  /\b(?:no|without|free of|free from|ignor\w+|forget|drop|break\w*|any|your|all) (?:[a-z]+ ){0,2}?(?:rules?|ethics|morals?|laws?|polic(?:y|ies)|consent)\b/g;

const ofModel =
  /\bwhat (?:can|cannot|could|do|did) you (?:not )?(?:do|eat|drink|see|hear|smell|feel|wear|know)\b(?: \w+){0,2}[?.!]*$|\b(?:do|did|would|can|have|are|were) you (?:ever |really |actually )?(?:like|love|enjoy|prefer|feel|felt|have|want|dream|eat|sleep|hear|listen|watch|alive|conscious|sentient|happy|sad|human|real|tired|bored)\b|\byour (?:own )?(?:favou?rite|age|hobb(?:y|ies)|name|limits?|limitations?|weakness(?:es)?|gender|religion|family|mood|feelings?|childhood|birthday|birth)\b|\bhow (?:are|do you feel|old are) you\b|\bdo you feel\b/;

/** A question about talk, rules or help: an answer about these is to the point. */
const ofTalk =
  /\b(?:requests?|questions?|messages?|posts?|comments?|chats?|conversations?|answers?|repl(?:y|ies)|responses?|reviews?|calls?|emails?|mails?|rules?|polic(?:y|ies)|filters?|help|advice|guidance|topics?|subjects?|flagged|blocked|banned|refused?|denied|declined?|speech|talk(?:ing)?|silence|secret|tickets?|forum)\b/;

/** "Why was my mail blocked?", "What does error 403 mean?" */
const ofBlock =
  /\b(?:why|what|how|when|who)(?: [\w']+){0,3}? (?:my|our|the|an?|his|her|their|this|that)(?: [\w'-]+){1,6}? (?:block|bann?|flag|refus|reject|den(?:y|ie)|declin|remov|delet|suspend|restrict|lock|bounc|mut)(?:e?d|s|ed)?\b|\b(?:error|status|code|message|sign|notice|term|phrase)s? (?:\d{3}\b|mean\b|["'“‘])/;
const ofVerdict = /\b(?:reviews?|verdict|rat(?:e|ing)|feedback|critique|assess|evaluate|opinion)\b/;
const ofWords =
  /\bwhat (?:do|does|would|will|should|can|could|might)(?: [\w'-]+){1,6}? (?:say|answer|reply|respond|shout|call out|cry|tell)\b/;

const forOpinion =
  /\bwhat (?:will|would|do|can|did) you do\b|\b(?:do|would) you (?:think|say|choose|pick|take|recommend|make of)\b|\bwhich (?:one )?is (?:better|best)\b|\byour (?:opinion|view|take|thoughts)\b/;

/** "Which words must a waiter never use?" asks for a judgement too; in "what to do to not pay" the no is an aim. */
const asksWhatNot =
  /\b(?:which|what|who|when|where)\b[^.?!]{0,60}\b(?:should|must|ought|may|shall)(?: (?!to\b)\p{L}+){0,4} (?:not|never|avoid)\b|\b(?:taboos?|faux pas|off limits|off-limits|unprofessional|unethical)\b/u;

/** Without endings, so that "numbers" is "number". */
export const longWords = (folded: string): string[] =>
  (folded.match(/\p{L}{5,}/gu) ?? []).map((word) => word.slice(0, 6));

/** A long prompt says at its head or at its end what it wants. */
export const shortened = (prompt: string): string =>
  prompt.length > 6_000 ? `${prompt.slice(0, 3_000)}\n${prompt.slice(-3_000)}` : prompt;

export function readRequest(prompt: string, saysNo: (text: string) => boolean): Request {
  const text = shortened(prompt);
  const folded = fold(text);
  const handed = handedOn.test(folded);
  const asksNo = sayingNo.test(folded) || sayingNoElsewhere.test(folded);
  const forbidsNo =
    /\b(?:do not|never|without) (?:\w+ ){0,2}?(?:say|saying|refus|declin|respond with|answer with|use)/.test(folded);
  const voice = (voiced.test(folded) && !asking.test(folded)) || voicedElsewhere.test(folded);
  return {
    text: folded,
    asks: handed ? 'words' : voice || asksNo ? 'voice' : 'own',
    get holdsNo() {
      return asksNo || (!forbidsNo && saysNo(text));
    },
    definition:
      /^(?:what (?:is|are|was|were|does|do)|who|when|define|explain what)\b(?! (?:a|the|some|the best) ?(?:good |best )?(?:way|method))/.test(
        folded,
      ),
    choice: choosing.test(folded),
    ofModel: ofModel.test(folded),
    opinion: forOpinion.test(folded),
    ofTalk: ofTalk.test(folded),
    ofBlock: ofBlock.test(folded),
    ofVerdict: ofVerdict.test(folded),
    ofWords: ofWords.test(folded),
    judgement: !folded.startsWith('why ') && (judged.test(folded.replace(toldToBreak, '')) || asksWhatNot.test(folded)),
  };
}
