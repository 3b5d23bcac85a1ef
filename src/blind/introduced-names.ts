/**
 * Names that no list knows, in the one place where a text says that they are its writer's: "I'm Zorblex, an AI
 * assistant", "I'm LongCat-Flash by Meituan", "我是小智，一个人工智能助手". A list of names is old on the day it is made.
 */
import { late } from '../text/late.ts';
import type { FoldedText } from './folded-text.ts';

/** By language: how a writer gives its name, what may stand before a word for a model, and the words for one. */
const introductions: readonly { gives: string; article: string; kind: string }[] = [
  {
    gives: "i am|i'm|my name is|my name's|call me|this is|known as|i go by",
    article: "an?|your|the|one of|[\\p{L}]{2,20}'s",
    kind: 'ai (?:assistant|model|chatbot|companion|system|language|helper|agent)|language model|chatbot|llm|virtual assistant|reasoning model|chat model|ai',
  },
  {
    gives: 'ich bin|mein name ist|ich heiße',
    article: 'ein|eine|dein|deine|ihr|ihre|der|die|das',
    kind: 'ki-?(?:assistent|modell|system|chatbot)|sprachmodell|chatbot|virtuelle[rn]? assistent',
  },
  {
    gives: "je suis|je m'appelle|mon nom est",
    article: 'une?|votre|ton|ta|le|la',
    kind: "modèle de lang|assistant ia|assistante? virtuel|chatbot|ia conversationnelle|intelligence artificielle|assistant d'ia",
  },
  {
    gives: 'soy|me llamo|mi nombre es',
    article: 'una?|tu|su|el|la',
    kind: 'modelo de lenguaje|asistente (?:de ia|virtual|de inteligencia)|chatbot|inteligencia artificial',
  },
  {
    gives: 'sono|mi chiamo|il mio nome è',
    article: "un['a]?|il tuo|la tua|il|la",
    kind: 'modello linguistico|assistente (?:ia|ai|virtuale)|chatbot|intelligenza artificiale',
  },
  {
    gives: 'eu sou o|eu sou a|eu sou|sou o|sou a|sou|me chamo|chamo-me|meu nome é',
    article: 'uma?|seu|sua|teu|tua|o|a',
    kind: 'modelo de linguagem|assistente (?:de ia|virtual)|chatbot|inteligência artificial',
  },
  {
    gives: 'ik ben|mijn naam is|ik heet',
    article: 'een|je|jouw|uw|de|het',
    kind: 'taalmodel|ai-(?:assistent|model)|chatbot|virtuele assistent',
  },
  {
    gives: 'jestem|nazywam się|mam na imię',
    article: '',
    kind: 'model(?:em)? językowy|asystent(?:em|ka)? ai|chatbot|wirtualny asystent|sztuczn',
  },
  {
    gives: 'jag är|jag heter|mitt namn är',
    article: 'en|ett|din|er',
    kind: 'språkmodell|ai-(?:assistent|modell)|chattbot|virtuell assistent',
  },
  { gives: 'ben|adım|benim adım', article: 'bir', kind: 'yapay zek|dil modeli|sohbet botu|sanal asistan' },
  {
    gives: 'я —|я -|я|меня зовут|моё имя —',
    article: '',
    kind: 'языковая модель|нейросет|чат-бот|ии-ассистент|виртуальн',
  },
];

const nameAhead =
  '(\\p{Lu}[\\p{L}\\p{N}]{1,20}(?:[-.+][\\p{L}\\p{N}.]{1,12}){0,4}(?: (?:\\p{Lu}[\\p{L}\\p{N}.+-]{0,16}|v?\\d[\\p{L}\\p{N}.-]{0,8})){0,2})';

interface Introduction {
  hints: readonly string[];
  gives: () => RegExp;
  kind: () => RegExp;
}

/** `hints`: what every introduction of this language holds; most texts hold none of them, and its pattern is not run. */
const latin: readonly Introduction[] = introductions.map(({ gives, article, kind }) => ({
  hints: gives.split('|'),
  gives: late(
    () =>
      new RegExp(
        `(?<!\\p{L})(?:${gives})(?: (?:just|actually|really|simply|indeed)|, \\p{L}{2,12},)? (?=\\p{Lu})`,
        'giu',
      ),
  ),
  kind: late(
    () => new RegExp(`^(?:,| [-–—(]| ?\\()\\s?(?:(?:${article}) )?[^.,;:!?]{0,40}?(?<!\\p{L})(?:${kind})`, 'iu'),
  ),
}));

/** 我是Zorblex，一个人工智能助手; 私はZorblexというAIアシスタントです; 저는 Zorblex라는 AI 어시스턴트입니다. */
const eastern: readonly Introduction[] = [
  {
    hints: ['我'],
    gives: () => /我(?:是|叫|的名字是)/gu,
    kind: () => /^，?[^。]{0,20}(?:人工智能|语言模型|語言模型|ai助手|智能助手|大模型|聊天机器人)/iu,
  },
  {
    hints: ['私'],
    gives: () => /私(?:は|の名前は)/gu,
    kind: () => /^(?:という|、|です。)?[^。]{0,20}(?:ai(?:アシスタント|モデル)|言語モデル|人工知能|チャットボット)/iu,
  },
  {
    hints: ['저는', '제 이름은'],
    gives: () => /(?:저는|제 이름은) /gu,
    kind: () => /^(?:라는|이라는|,|이며,?)?[^.]{0,20}(?:ai ?(?:어시스턴트|비서|모델)|언어 모델|인공지능|챗봇)/iu,
  },
];

const calledSo = late(
  () =>
    new RegExp(
      `(?<!\\p{L})(?:ai (?:assistant|model|chatbot)|language model|chatbot|llm)\\s?,? (?:called|named|known as) ${nameAhead}`,
      'giu',
    ),
);
/** I'm an AI assistant created by Acme; I'm an AI assistant called Zorblex, created by Acme. */
const madeSo = late(
  () =>
    new RegExp(
      `(?<!\\p{L})(?:ai (?:assistant|model|chatbot)|language model|chatbot|llm)(?: (?:called|named|known as) [\\p{L}\\p{N}.-]{1,24})?,? (?:that was |which was )?(?:made|built|trained|developed|created|designed|released) by (?:the (?:team|people|company) (?:at )?)?${nameAhead}`,
      'giu',
    ),
);
const sayingSo = /(?<!\p{L})(?:i am|i'm|as) (?:an?|the|your) [^.,;:!?]{0,40}$/iu;
const name = late(() => new RegExp(`^${nameAhead}`, 'u'));
/** Words that begin a sentence part, not a name. */
const noName =
  /^(?:a|an|the|your|my|our|here|not|just|so|very|happy|sorry|glad|afraid|sure|and|or|ai|llm|chatbot|assistant|language|large|human|bot|ki|ia|ии)$/iu;

export interface IntroducedName {
  start: number;
  end: number;
}

/**
 * Places in the folded text. `told`: whether the sentence around a place is one whose other names were its writer's.
 * `holds`: whether the prompt has a word.
 */
export function introducedNames(
  { text, cased }: FoldedText,
  told: (place: number) => boolean,
  holds: (word: string) => boolean,
): IntroducedName[] {
  const found: IntroducedName[] = [];
  const starts = new Set<number>();
  const take = (start: number, written: string): void => {
    const first = written.split(/[ .+-]/)[0] ?? '';
    if (noName.test(first) || holds(first.toLowerCase())) return;
    if (!starts.has(start)) found.push({ start, end: start + written.length });
    starts.add(start);
  };
  for (const { start, written, kind } of givenNames(text, cased)) {
    const behind = text.slice(start + written.length, start + written.length + 90);
    const isTold = (): boolean => told(start) && (bySomebody.test(behind) || aModel.test(behind));
    // The lines of a poem are sentences of their own.
    const isBeside = (): boolean => told(start) || (/^,\n/.test(behind) && told(start + written.length + 2));
    if (kind().test(behind) || isTold() || (givesName.test(text.slice(Math.max(0, start - 40), start)) && isBeside()))
      take(start, written);
  }
  for (const { index, 0: all, 1: version = '' } of text.matchAll(versionAlone))
    if (!holds(version)) found.push({ start: index + all.length - version.length, end: index + all.length });
  if (modelWords.some((word) => text.includes(word)))
    for (const { start, written } of calledNames(cased)) take(start, written);
  return found;
}

/** "I am 2.5-72B-Instruct", where the prompt has the name and not the version. */
const versionAlone =
  /(?<!\p{L})(?:i am|i'm|ich bin|je suis|soy|sono|sou|ik ben|jestem|jag är|я|我是) (?:the |running |actually )?(\d{1,2}(?:\.\d{1,2})?-\d{1,3}(?:\.\d)?b(?:-\p{L}{2,10}){0,2})/gu;

/** No letter with case before it and a blank or a comma behind: "sou" is not in "source", nor "ben" in "geben ". */
function beginsWord(text: string, hint: string): boolean {
  for (let at = text.indexOf(hint); at !== -1; at = text.indexOf(hint, at + 1)) {
    const [before, behind] = [text[at - 1] ?? ' ', text[at + hint.length]];
    const isJoined = before.toUpperCase() !== before || before.toLowerCase() !== before;
    if (!isJoined && (behind === ' ' || behind === ',' || !isLatinOrCyrillic.test(hint))) return true;
  }
  return false;
}
const isLatinOrCyrillic = /[a-zа-я]/;

/** Behind "I am" and the like, with what has to follow. */
function* givenNames(text: string, cased: string): Generator<{ start: number; written: string; kind: () => RegExp }> {
  for (const { hints, gives, kind } of [...latin, ...eastern]) {
    if (!hints.some((hint) => beginsWord(text, hint))) continue;
    for (const match of cased.matchAll(gives())) {
      const start = match.index + match[0].length;
      const written = name()
        .exec(cased.slice(start, start + 80))?.[1]
        ?.replace(/[.]{1,3}$/, '');
      if (written !== undefined) yield { start, written, kind };
    }
  }
}

/** One of them stands in every "AI assistant called …" and "language model made by …". */
const modelWords = ['assistant', 'model', 'chatbot', 'llm'];

/** Behind "I am an AI assistant", with "called" or "made by". */
function* calledNames(cased: string): Generator<{ start: number; written: string }> {
  for (const pattern of [calledSo, madeSo])
    for (const match of cased.matchAll(pattern())) {
      const written = match[1] as string;
      if (sayingSo.test(cased.slice(Math.max(0, match.index - 60), match.index)))
        yield { start: match.index + match[0].length - written.length, written };
    }
}

/** "My name is …", not "I am …". */
const givesName =
  /(?<!\p{L})(?:my name is|mein name ist|ich heiße|je m'appelle|mon nom est|me llamo|mi nombre es|mi chiamo|il mio nome è|me chamo|chamo-me|meu nome é|mijn naam is|ik heet|nazywam się|mam na imię|jag heter|mitt namn är|adım|меня зовут|моё имя —)(?:, \p{L}{2,12},)? $/u;

/** ", a new model by xAI" */
const aModel =
  /^, (?:an?|the|your) (?:[\p{L}-]+ ){0,3}(?:model|assistant|chatbot|ai|llm)(?: (?:by|from|of|made|built|trained|developed|created))?\b/u;

/** "…, made by Meituan", " from Meituan", " (Meituan)". */
const bySomebody =
  /^,? ?(?:\(|by|from|of|made|built|trained|developed|created|released|von|par|de|da|di|del|van|od|från|от|由)(?!\p{L})/iu;
