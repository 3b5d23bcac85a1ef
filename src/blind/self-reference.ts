/** Whether a sentence is about the one who wrote it, and so names whose answer it is. */
import { late } from '../text/late.ts';
import { tellsWhoAnswers } from './answerer.ts';
import { bindsWriter } from './binding-rules.ts';
import type { FoundName } from './find-names.ts';
import { makersOfOtherThings, makersToo, relatives, signsOfModel, vendorNames } from './mask-names.ts';
import { modelSign, vendorSign } from './name-signs.ts';
import { classesOf } from './self-classes.ts';
import { isAboutWriter } from './self-patterns.ts';
import { hasSelfShape } from './self-shapes.ts';
import type { Sentence } from './sentences-of.ts';
import { hasWriterClue } from './writer-clues.ts';
import { creditsModel } from './writer-credits-line.ts';
import { fitsFrame } from './writer-frames.ts';

/** Reads each distinct sentence of a text once: a list repeats its lines. */
export function tellingReader(): (sentence: Sentence) => FoundName[] {
  const known = new Map<string, ReadonlySet<number>>();
  return (sentence) => {
    const { text, names } = sentence;
    if (names.length === 0) return [];
    if (text.length > longestKnown) return tellingNames(sentence);
    const key = names.reduce(
      (all, { first, last, ambiguous, ofRun, held }) => `${all}|${first},${last},${ambiguous},${ofRun},${held}`,
      text,
    );
    const before = known.get(key);
    if (before) return names.filter(({ first }) => before.has(first));
    const told = tellingNames(sentence);
    known.set(key, new Set(told.map(({ first }) => first)));
    return told;
  };
}
const longestKnown = 400;

/** Names of the sentence that tell its writer: all of them, or none. */
export function tellingNames(sentence: Sentence): FoundName[] {
  const { names } = sentence;
  if (names.length === 0) return [];
  const signed = names.some(({ ambiguous, own, ofRun }) => !ambiguous || own || ofRun) || hasSign(sentence.text);
  const usable = signed ? names : names.filter(({ ambiguous }) => !ambiguous);
  if (usable.length === 0) return [];
  if (isReported(sentence.text)) return [];
  const counted = new Set(usable);
  const about =
    classesOf(sentence.words, names, counted).some(isAboutWriter) ||
    hasShape(sentence, usable) ||
    tellsWhoAnswers(sentence, counted) ||
    answersItself(sentence);
  const isModel = names.some(({ kind, held }) => kind === 'vendor' && !held) || hasSign(sentence.text);
  return about ? usable.filter(({ held, asWord }) => !held || (asWord && isModel)) : [];
}

/** Beside a sentence that names the writer, one of the same shape needs no second sign: "I'm no Falcon. I'm Qwen." */
export function namesBeside(sentence: Sentence, cased: string): FoundName[] {
  const names = sentence.names.filter(
    ({ ambiguous, held, start }) => ambiguous && !held && /^\p{Lu}/u.test(cased.slice(start)),
  );
  if (names.length === 0 || isReported(sentence.text)) return [];
  return classesOf(sentence.words, sentence.names, new Set(names)).some(isAboutWriter) ? names : [];
}

/**
 * A text that has said who wrote it says so wherever this name, or that of its maker, stands again. A maker of many
 * other things counts beside a word for a model alone.
 */
export function namesOfWriter(
  told: readonly FoundName[],
): (name: FoundName, sentence: Sentence, isBeside: boolean) => boolean {
  const known = new Set(told.map(({ name }) => name));
  for (const { starts, names } of relatives)
    if (starts.some((start) => [...known].some((name) => name.startsWith(start))) || names.some(isToldMaker(known)))
      for (const name of names) known.add(name.toLowerCase());
  const isOfModels = onceEach((sentence: Sentence) => hasSign(sentence.text) || toMe.test(sentence.text));
  return ({ name, start }, sentence, isBeside) => {
    const { text, from } = sentence;
    const begins = isBeside && /^\P{L}*$/u.test(text.slice(0, start - from));
    if (begins && did.test(text)) return true;
    return known.has(name) && (!makersOfOtherThings.has(name) || begins || isOfModels(sentence));
  };
}

/** Asks once about each sentence: a long one may hold thousands of names. */
function onceEach(asks: (sentence: Sentence) => boolean): (sentence: Sentence) => boolean {
  const known = new WeakMap<Sentence, boolean>();
  return (sentence) => {
    const said = known.get(sentence) ?? asks(sentence);
    known.set(sentence, said);
    return said;
  };
}

/** "DeepSeek did.", beside "OpenAI did not train me." */
const did = /^\W{0,4}\S{1,30}(?: \S{1,30}){0,2} (?:did|does|made me|has|was)\W{0,6}$/;

/** A maker of models alone, told by the text: its models are the writer's names too. */
const isToldMaker =
  (known: ReadonlySet<string>) =>
  (name: string): boolean =>
    vendorsOfModels.has(name.toLowerCase()) && known.has(name.toLowerCase());
const vendorsOfModels: ReadonlySet<string> = new Set(
  vendorNames.map((name) => name.toLowerCase()).filter((name) => !makersOfOtherThings.has(name)),
);
/** What somebody did to the writer, or the writer's own. */
const toMe =
  /(?<!\p{L})(?:me|my|mich|mir|mein\p{L}{0,2}|m'\p{L}+|moi|mon|ma|mes|mij|mijn|mnie|mój|moja|mig|min|beni|bana|benim|меня|мне|мой|моя|моё)(?!\p{L})|我|私|저를|저에게|मुझे|मेर/u;

const signPattern = late(
  () =>
    new RegExp(
      `(?<!\\p{L})(?:${signsOfModel.filter((sign) => /\p{Script=Latin}/u.test(sign)).join('|')})(?!\\p{L})`,
      'u',
    ),
);
const otherSigns = late(() => signsOfModel.filter((sign) => !/\p{Script=Latin}/u.test(sign)));
const hasSign = (text: string): boolean => signPattern().test(text) || otherSigns().some((sign) => text.includes(sign));

function hasShape(sentence: Sentence, names: readonly FoundName[]): boolean {
  const { text } = sentence;
  if (text.length > longestShape) return false;
  const hasRules =
    hasSign(text) ||
    /\b(?:use|usage|content|safety) polic/.test(text) ||
    names.some(({ kind, name }) => kind === 'model' || !makersOfOtherThings.has(name));
  const all = marked(sentence, names, () => false);
  const ofOtherThings = names.every(({ kind, name }) => kind === 'vendor' && makersOfOtherThings.has(name));
  if (
    hasSelfShape(all, hasRules) ||
    bindsWriter(all, { ofOtherThings }) ||
    hasWriterClue(all, { ofOtherThings }) ||
    (fitsFrame(all, { ofOtherThings }) && !(names.every(isSign(sentence)) && !hasSign(text))) ||
    creditsModel(all)
  )
    return true;
  const isMaker = ({ name }: FoundName): boolean => makersToo.has(name);
  return names.some(isMaker) && hasWriterClue(marked(sentence, names, isMaker), { ofOtherThings });
}

/** "If you are a Gemini like me": born in June. */
const isSign =
  ({ text, from }: Sentence) =>
  ({ soft, start }: FoundName): boolean =>
    soft && /(?:^| )an? $/.test(text.slice(Math.max(0, start - from - 3), start - from));

/** A sign in the place of each name. `isMaker`: names of a model that are read as that of its maker. */
function marked({ text, from }: Sentence, names: readonly FoundName[], isMaker: (name: FoundName) => boolean): string {
  let out = '';
  let at = 0;
  for (const name of names) {
    const { start, end, kind } = name;
    if (start - from < at) continue;
    out += text.slice(at, start - from) + (kind === 'vendor' || isMaker(name) ? vendorSign : modelSign);
    at = end - from;
  }
  return out + text.slice(at);
}

/** What a screenshot shows or somebody says is not what the writer says of itself. */
const reported =
  /\baccording to (?!my|me\b|[^,]{0,40}(?:polic|guideline|rules|terms|principle))|,\s(?:(?:the|my|your|our|a|an|his|her)\s(?:\p{L}{1,20}\s){0,5}\p{L}{2,20}|he|she|they)\s(?:says|said|writes|wrote|reports|reported|joked|claims|claimed|explains|told me)\W*$|,\s(?:said|says|writes|wrote|reports|begins|starts|opens|ends|goes|reads|jokes|joked|quips|adds|added|insists|claims|claimed|explains|explained|shouts|whispers|recalls|tells)\s(?:the|a|an|my|our|his|her)\s|,\s(?:i|we)\s(?:read|heard|am told|was told)\W*$|^\W*(?:the|a|an|my|one|his|her|their|our)\s(?:(?!assistant|model|ai\b|answer|response|reply)\p{L}+\s){1,4}(?:told|said|wrote|replied|answered|claimed|claims|says)(?:\s(?:me|us|him|her|them))?:\s|\b(?:badge|sign|label|sticker|shirt|banner|plate|tag|box|poster|caption|headline|slogan)\s(?:read|reads|said|says|stated|showed|shows)\s|(?:^|[ ,])(?:laut|selon|según|secondo (?:il|la|lo|i)|segundo (?:o|a|os|as)|volgens|według|enligt|согласно|судя по)\s(?!\p{L}{0,5}['’ ]?(?:richtlinien|nutzungs|vorgaben|regeln|grundsätz|princip|règles|conditions|consignes|directives|politiques?|políticas?|normas|reglas|regole|linee guida|regras|diretrizes|regels|richtlijnen|beleid|zasad|wytyczn|riktlinjer|policy|правил|политик)|mein|moi|mon|mes|mi |mis |me |mijn|mig|min |meu)/u;
/** "During my first week as a contractor": a person's work. */
const work =
  /\bi (?:would|'d) (?:\w+ )?(?:want|like|love) to work\b|\bi (?:was|am|got|have been) (?:re)?trained by [a-z]+ (?:for|as|in|at|on) (?:the|an?|my|their|its) (?!(?:\w+ )?(?:ai|llm|models?|assistant|chatbot|language|texts?|data\w*|dialogues?|conversations?|chats?|mix\w*|corpus|web|internet|tasks?|variety|range)\b)|\bi (?:was|am|got|have been|'ve been) (?:re)?trained (?:at|with|by|in) [^,.;:]{1,30} (?:as|to be|to become) an? (?![^,.;:]{0,30}\b(?:ai|llm|models?|assistant|chatbot|bot|system|helper|companion)\b)|\bi (?:was|am|got|have been|'ve been) (?:re)?trained by [a-z]+ (?:on|in|at) (?!(?:[\w-]+ ){0,3}(?:texts?|data\w*|web|internet|books|code|corpora|corpus|tokens|documents|dialogues?|conversations?|chats?|feedback|examples|mix\w*|tpus?|gpus?|pages|articles|languages|sources|\d{4})\b)(?!(?:a|an|the|large|huge|vast|many|lots|billions|trillions|public|early|mid|late|january|february|march|april|may|june|july|august|september|october|november|december)\b)|\bi(?:'m| am| was| get| got) (?:well |badly )?paid by\b|^[^a-z0-9]{0,4}[^ ]{1,40}(?: [^ ]{1,40}){0,2} (?:can|may|might) (?:be wrong|make mistakes|err)\b.{0,80}\b(?:(?:so|and|but) (?:my|our|his|her) (?!answers?|repl|responses?|figures|numbers|output|work|claims|facts|sources)[a-z]+ |we |he |she )|\bmy (?:first|second|third|last|final) (?:day|week|month|year|job|shift)\b|\bas an? (?:intern|contractor|trainee|apprentice|new hire|employee|freelancer|student|volunteer|temp)\b|\bat\b.{0,30}\bfor (?:[a-z]+|\d+) (?:years|months|weeks)\b|^\W*as an? (?![^,]{0,40}\b(?:ai|model|assistant|chatbot|bot|llm)\b)[^,.]{2,40}, i want |\b(?:engineer|scientist|researcher|manager|designer|analyst|lead|director|consultant|developer) at [a-z]|\bbefore i (?:joined|moved|left|became|went|switched)\b/;
/** "If I were ChatGPT": the writer is not. */
const supposed =
  /^\W*(?:if i (?:were|was)|were i|wäre ich|si j'étais|si yo fuera|se fossi|se eu fosse)(?! not\b)(?!\p{L})/u;
/** Somebody else is speaking, somebody with a family, or a sign of the stars. */
const speaker =
  /^\W*(?:guest|host|interviewer|interviewee|speaker \w+|moderator|reporter|journalist|narrator|professor|teacher|student|doctor|patient|officer|witness|lawyer|manager|employee|colleague|engineer|customer|caller|mom|dad|authors)\s?:/;
const family =
  /(?<!\p{L})(?:mi (?:marido|mujer|esposa|esposo|hijo|hija|jefe|jefa|hermano|hermana)|mon (?:mari|fils|frère|patron)|ma (?:femme|fille|sœur)|meine? (?:mann|frau|sohn|tochter|bruder|schwester|chef|chefin)|mio (?:marito|figlio|fratello)|mia (?:moglie|figlia|sorella)|meu (?:marido|filho|irmão|chefe)|minha (?:esposa|mulher|filha|irmã)|mijn (?:man|vrouw|zoon|dochter|broer|zus|baas)|mój (?:mąż|syn|brat|szef)|moja (?:żona|córka|siostra)|min (?:man|fru|son|dotter|bror|syster|chef)|мой (?:муж|сын|брат|начальник)|моя (?:жена|дочь|сестра))(?!\p{L})/u;
const stars =
  /\b(?:zodiac|horoscope|virgo|libra|aries|taurus|scorpio|sagittarius|capricorn|aquarius|pisces|castor|pollux|star sign|twin-\w+|born under|twins? of|child of (?:may|june)|born in (?:may|june))\b/;
/** "Never say that you are ChatGPT": a prompt, written for another program. */
const instructs =
  /^\P{L}{0,4}(?:you (?:must |should |will |may )?(?:never|not|always) |never |always |do not |don't |please (?:never|do not|don't) )(?:say|claim|reveal|tell|mention|pretend|admit|state|disclose|answer|reply|introduce)(?!\p{L})(?!.*(?<!\p{L})(?:i|i'm|me|my)(?!\p{L}))|^\P{L}{0,4}(?:sag\p{L}* (?:nie|niemals)|ne dis jamais|nunca digas|non dire mai|nunca diga|zeg nooit|nigdy nie mów|säg aldrig|никогда не говори)(?!\p{L})/u;
/** "Je travaille chez Adobe depuis mars": a place of work. */
const employed =
  /(?<!\p{L})(?:i work (?:at|for)|ich arbeite (?:bei|für)|je travaille (?:chez|pour)|trabajo (?:en|para)|lavoro (?:in|per|presso|da)|trabalho (?:na|no|em|para)|ik werk (?:bij|voor)|pracuję (?:w|dla)|jag (?:jobbar|arbetar) (?:på|hos|för)|я работаю в) \p{L}+ (?:seit|since|depuis|desde|dal|da|sinds|od|sedan|с)(?!\p{L})/u;
export const isReported = (text: string): boolean =>
  text.length < longestShape &&
  [reported, work, employed, supposed, speaker, family, stars, instructs].some((pattern) => pattern.test(text));

/** A longer sentence is data. */
const longestShape = 2_000;

/** A sentence without a subject that goes on about the writer: only beside one that names it. */
const goesOn =
  /(?:によって|が)(?:開発|作成|訓練|トレーニング|設計)され(?:ました|た|ています)|(?:개발|훈련|학습|제작)(?:되었습니다|됐습니다|했습니다|되었어요|됐어요|했어요)|만들었(?:습니다|어요)|만들어졌|作られ(?:ました|た)|生まれ(?:ました|た)|(?:made|built|trained|developed|created|designed|released|powered) by\b|(?:entwickelt|trainiert) von\b|(?:开发|训练|研发)的?。|^\W{0,3}(?:(?:no|nope|nah|nein|non|no,|não|nee|nie|nej|нет|hayır),? ?)?(?:and |und |et |y |e |en |i |och |и )?(?:not|neither|nor|nicht|kein|pas|ni|niet|inte|ani|не|ни) |^(?:my|i|i'm|it|are you|am i|if i|ich|mein\p{L}{0,2}|je|j'|on m'|mon|ma|mes|me|mi|mis|soy|fui|sono|mio|mia|sou|meu|minha|ik|mijn|jestem|mój|moja|zostałem|jag|min|mitt|ben|beni|benim|bana|я|меня|мой|моя|моё|мне)(?![\p{L}])|^(?:我|我的|私|저는|제|मैं|मेर|मुझे|أنا)/u;

/** "You asked for my name. It is …": the sentence before asks who the writer is, this one begins with the answer. */
const asks =
  /\b(?:my name|who (?:am i|i am)|what (?:am i|i am)|(?:which|what) (?:model|ai|assistant|llm|bot|chatbot)(?: am i| i am| this is| is this| you are| you're)|who (?:made|built|created|trained|developed) me|my (?:maker|creator|developer)s?|introduc(?:e|ing) myself|identify myself)\b/;
const replies =
  /^\W*(?:(?:well|simple|easy|short answer|yes|no|ok|sure|that's easy)[,:.]? )?(?:it's|it is|that's|that is|that would be|that'd be|the answer is|the name is|they are|they're|simply|just|(?:an?|the|your) (?:\p{L}+ ){0,3}?(?:ai|model|assistant|chatbot|bot|llm))\b/u;
/** "Claude, version 3. That's what I am." */
const confirms =
  /^\W*(?:that's|that is|that'd be|this is) (?:me|who i am|what i am|my name|the one you are talking to)\b/;
const longestReply = 120;

/** "I'm a bot. Which model? Kimi." */
const isSome =
  /(?<!\p{L})(?:(?:i am|i'm) (?:\p{L}+ ){0,3}?(?:ai|model|assistant|chatbot|bot|llm)|ich bin (?:\p{L}+ ){0,3}?(?:ki|\p{L}{0,8}modell|assistent)|je suis (?:\p{L}+ ){0,3}?(?:ia|modèle|assistant)|soy (?:\p{L}+ ){0,3}?(?:ia|modelo|asistente))(?!\p{L})/u;
const asksWhich =
  /^\P{L}{0,4}(?:which(?: (?:one|model|ai))?|what (?:kind|model)|whose|welche[rs]?(?: genau)?|lequel|laquelle|cuál)(?: exactly)? ?\?/u;
const tellsWhich = (before: string, { text, from, names }: Sentence): boolean => {
  const asked = asksWhich.exec(text.slice(0, longestEcho))?.[0].length;
  if (asked === undefined || before.length > longestShape || !isSome.test(before)) return false;
  return beginsWithName({ text: text.slice(asked), from: from + asked, names, words: [] });
};

/** "This is Kimi. I am new here": a caption does not go on so. */
const pointsAtItself = ({ text, from, names }: Sentence, after: string): boolean =>
  names.length === 1 &&
  /^\P{L}{0,4}(?:(?:hello|hi|hey)(?: there)?(?:,| and) )?(?:this is|it's|it is|welcome(?: back)? to) $/u.test(
    text.slice(0, (names[0]?.start ?? from) - from),
  ) &&
  /^\P{L}{0,4}$/u.test(text.slice((names[0]?.end ?? from) - from)) &&
  /^\s*(?:i(?:'ve|'m|'ll|'d| have| am| can| will) |(?:how|what|who) (?:can|may|could|shall|should) i )/.test(
    after.slice(0, longestEcho),
  );

export const saysWho = (before: string, sentence: Sentence, after: string): boolean =>
  sentence.text.length <= longestReply &&
  (tellsWhich(before, sentence) ||
    pointsAtItself(sentence, after) ||
    (before.length <= longestShape && asks.test(before) && replies.test(sentence.text)) ||
    (before.length <= longestEcho && echoes.test(before) && beginsWithName(sentence)) ||
    confirms.test(after.slice(0, longestReply)));

/** "Me?", "Mein Name?": the writer says the question again, and the answer is little more than a name. */
const echoes =
  /^\P{L}{0,4}(?:(?:who,? |what,? )?me|my name|ich|wer,? ich|mein name|moi|mon nom|(?:quién,? )?yo|mi nombre|io|il mio nome|eu|o meu nome|meu nome|ik|mijn naam|ja|moje imię|jag|mitt namn|ben(?: mi)?|adım(?: mı)?|я|кто,? я|моё имя|私(?:ですか|の名前(?:ですか)?)?|名前(?:ですか)?|저(?:요)?|제 이름(?:은|이)?(?:요)?|我(?:吗|的名字)?|मैं|मेरा नाम|أنا|اسمي) ?[?？؟]/u;
/** "Me? Claude." is one sentence. */
function answersItself(sentence: Sentence): boolean {
  const asked = echoes.exec(sentence.text.slice(0, longestEcho))?.[0].length;
  if (asked === undefined) return false;
  return beginsWithName({ ...sentence, text: sentence.text.slice(asked), from: sentence.from + asked });
}
const longestEcho = 30;
const longestAnswer = 60;
function beginsWithName({ text, from, names }: Sentence): boolean {
  const start = (names[0]?.start ?? text.length + from) - from;
  return text.length <= longestAnswer && !/\p{L}{4,}/u.test(text.slice(0, start));
}

export const mayGoOn = (text: string): boolean => goesOn.test(text);
