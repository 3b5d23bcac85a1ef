/** Names as values: attributes and elements of markup, lines of `key: value`, fields of JSON. */

import type { JsonString } from './json-strings.ts';
import { blanked, namesIn, type Stretch } from './line-names.ts';
import type { NameBook } from './name-list.ts';

/** Keys whose value says who answers. The parts are joined by any sign: `assistant_name`, `X-Model`, `generatedBy`. */
const writerKeys =
  /^(?:x[-_ ]?)?(?:model|ai|llm|assistant|bot|chatbot|agent|engine|author|speaker|generator|responder|answerer|writer|modell|modèle|modelo|modello|assistent|assistante|asistente|assistente|autor|auteur|autore|auteur|autora|modell|модель|автор|ассистент|モデル|作者|アシスタント|모델|작성자|모델명|作成者|模型|助手|मॉडल|النموذج|model[-_ ]?(?:name|id|used|version|family)|(?:ai|llm|assistant|bot|agent|author|base|language)[-_ ]?(?:model|name|id|model[-_ ]?name)|(?:generated|answered|written|created|produced|provided|authored|composed|powered|served|drafted|replied|signed|trained|developed|made)[-_ ]?(?:by|with|via|using)|(?:user[-_ ])?agent|via|by|from|identity|self|persona|source[-_ ]?model|server|co-authored-by|sent[-_ ]by|answer[-_ ]by|response[-_ ]by|i[-_ ]?am|this[-_ ]?is|my[-_ ]?(?:name|model|identity|maker)|who[-_ ]?(?:i[-_ ]?am|am[-_ ]?i|are[-_ ]?you)|ich[-_ ]?bin|je[-_ ]?suis|yo[-_ ]?soy|io[-_ ]?sono|eu[-_ ]?sou|ik[-_ ]?ben|signature|signed(?:[-_ ]by)?|sign[-_ ]?off|footer)$/iu;
/** Keys that name a maker, when another of them or a model stands beside. */
const vendorKeys =
  /^(?:x[-_ ]?)?(?:provider|vendor|developer|maker|creator|company|organi[sz]ation|org|owner|manufacturer|publisher|hersteller|anbieter|entwickler|fournisseur|proveedor|fornitore|developed[-_ ]?by|created[-_ ]?by|made[-_ ]?by|trained[-_ ]?by|lab|built[-_ ]?by|creator[-_ ]?name|creators|developers|makers|parent[-_ ]?company|company[-_ ]?name|ersteller|schöpfer|firma|unternehmen|créateur|créatrice|développeur|entreprise|société|creador|creadora|desarrollador|desarrolladora|empresa|compañía|creatore|sviluppatore|azienda|criador|criadora|desenvolvedor|desenvolvedora|maakster|ontwikkelaar|bedrijf|twórca|deweloper|firma|skapare|utvecklare|företag|yaratıcı|geliştirici|şirket|создатель|разработчик|компания|開発元|開発者|開発会社|製作者|会社|会社名|제작사|제작자|개발사|개발자|회사|开发者|開發者|开发商|公司|所属公司|研发公司|研发机构|研发团队|创造者|厂商|निर्माता|डेवलपर|कंपनी|المطور|الشركة|المنشئ|الصانع|الشركة[-_ ]المطورة|الجهة[-_ ]المطورة)$/iu;
/** Keys of an answer: an object or a text with one of them is an answer, and its `name` is the writer's. */
const answerKeys =
  /^(?:answer|reply|response|text|content|message|output|result|body|antwort|réponse|respuesta|risposta|resposta|antwoord|odpowiedź|svar|ответ|回答|答案|답변|응답|yanıt|cevap|उत्तर|الإجابة|completion|summary|greeting|introduction)$/iu;
const nameKeys =
  /^(?:name|title|id|who|nom|nombre|nome|naam|имя|名前|이름|名字|نام|नाम|الاسم|ad|adı|isim|namn|imię|nazwa|имя|название|имя[-_ ]модели|bezeichnung|nombre[-_ ]completo|full[-_ ]?name|display[-_ ]?name|名称|名稱|名字|姓名)$/iu;

/** `assistantName` → `assistant-name` */
const spaced = (key: string): string => key.trim().replace(/([a-z])([A-Z])/g, '$1-$2');

/** Keys of a request: its `model` is the one that shall answer. */
const requestKeys = /^(?:messages|prompt|max[-_ ]?tokens|stream|api[-_ ]?key|base[-_ ]?url|tools)$/i;

/** What the keys of one object, or of one text, say together. */
export interface Fields {
  answers: boolean;
  tells: boolean;
  asks: boolean;
}

export const fieldsOf = (keys: Iterable<string>): Fields => {
  const names = [...new Set(keys)].map(spaced);
  const some = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  return { answers: some(answerKeys), tells: some(writerKeys), asks: some(requestKeys) };
};

/** Whether a value under this key is the writer's name, given the fields around it and the names that are its value. */
export function namesWriter(
  key: string,
  { answers, tells, asks }: Fields,
  names: readonly Stretch[],
  book: NameBook,
): boolean {
  if (book.asked?.() === 'who') return true;
  const name = spaced(key);
  if (asks && !answers) return false;
  if (/^source$/i.test(name)) return answers && names.some(({ kind }) => kind === 'model');
  return writerKeys.test(name) || ((answers || tells) && (nameKeys.test(name) || vendorKeys.test(name)));
}

/** A word for a model as the whole of a value: "AI assistant", "large language model". */
const isKind =
  /^\W{0,3}(?:an? |ein |une? |un |en |een )?(?:[\p{L}-]{2,14} ){0,2}?(?:ai|ki|ia|ии|llm|chatbot|language model|ai assistant|ai model|sprachmodell|modèle de langage|modelo de lenguaje|modello linguistico|modelo de linguagem|taalmodel|model językowy|språkmodell|dil modeli|языковая модель|言語モデル|aiアシスタント|언어 모델|ai 어시스턴트|语言模型|人工智能助手|ai助手|भाषा मॉडल|نموذج لغوي)(?: \p{L}{2,12})?\W{0,3}$/iu;

/** One value of an object: the names that are the whole of it, if any. */
export interface CardField {
  key: string;
  value: string;
  names: readonly Stretch[];
}

/** Whether an object introduces a model: its name, and beside it who made it or that it is one. */
export function introducesModel(fields: readonly CardField[]): boolean {
  const isName = ({ key, names }: CardField): boolean =>
    nameKeys.test(spaced(key)) && names.some(({ kind }) => kind === 'model');
  const isMaker = ({ key, names }: CardField): boolean => vendorKeys.test(spaced(key)) && names.length > 0;
  return fields.some(isName) && fields.some((field) => isMaker(field) || (!isName(field) && isKind.test(field.value)));
}

interface Pair {
  key: string;
  from: number;
  to: number;
}

const longestValue = 120;

/** Names that are the whole of such a value. A text that lists several models is about models. */
export function namesAsValues(source: string, book: NameBook): Stretch[] {
  const pairs = [...attributes(source), ...elements(source), ...lines(source)];
  if (pairs.length === 0) return [];
  const fields = fieldsOf(pairs.map(({ key }) => key));
  const card = cardOf(source, pairs, book);
  fields.tells ||= introducesModel(card);
  fields.tells ||= pairs.some((pair) => playsAssistant(pair, source)) || aboutMe.test(source.slice(0, longestHead));
  const byKey = new Map<string, { told: Set<string>; names: Stretch[] }>();
  for (const { key: written, names } of card) {
    if (names.length === 0 || !namesWriter(written, fields, names, book) || isLetter(written, source, names)) continue;
    const key = spaced(written).toLowerCase();
    const same = byKey.get(key) ?? { told: new Set<string>(), names: [] };
    same.told.add(textOf(source, names));
    same.names.push(...names);
    byKey.set(key, same);
  }
  return [...byKey.values()].flatMap(({ told, names }) => (told.size === 1 ? names : []));
}

/** The one object that introduces a model. Several are data about models. */
export function cardOfObjects(
  source: string,
  strings: readonly JsonString[],
  book: NameBook,
): readonly string[] | undefined {
  const objects = new Map<readonly string[], CardField[]>();
  for (const { from, to, key, beside } of strings) {
    if (to - from > longestValue) continue;
    const value = JSON.parse(source.slice(from, to)) as string;
    const names = wholeValue(value, { from: 0, to: value.length }, book);
    objects.set(beside, [...(objects.get(beside) ?? []).slice(-mostFields), { key, value, names }]);
  }
  const cards = [...objects].filter(([, fields]) => introducesModel(fields));
  return cards.length === 1 ? cards[0]?.[0] : undefined;
}
const mostFields = 40;

/** Keys that have the names of several models, each in an object of its own: such a list is about models. */
export function keysOfSeveral(source: string, strings: readonly JsonString[], book: NameBook): ReadonlySet<string> {
  const told = new Map<string, Set<string>>();
  for (const { from, to, key } of strings) {
    if (to - from > longestValue || key === '') continue;
    const value = JSON.parse(source.slice(from, to)) as string;
    if (wholeValue(value, { from: 0, to: value.length }, book).length === 0) continue;
    told.set(key, (told.get(key) ?? new Set()).add(value.toLowerCase()));
  }
  return new Set([...told].flatMap(([key, values]) => (values.size > 1 ? [key] : [])));
}

/** Names in lines of `key: value` that introduce a model, in a fence too. */
export function namesOfCard(source: string, book: NameBook): Stretch[] {
  if (source.length > longestCard) return [];
  const pairs = lines(source);
  return introducesModel(cardOf(source, pairs, book)) ? namesAsValues(source, book) : [];
}
const longestCard = 2_000;

const cardOf = (source: string, pairs: readonly Pair[], book: NameBook): CardField[] =>
  pairs.map(({ key, from, to }) => ({
    key,
    value: source.slice(from, to),
    names: wholeValue(source, { from, to }, book),
  }));

/** A heading over such lines that says whose they are. */
const aboutMe =
  /(?:^|\n)[\s#*_>-]{0,8}(?:about me|who i am|my (?:details|profile|identity|specs)|model (?:info|information|details|card)|über mich|à propos de moi|sobre mí|sobre mim|su di me|over mij|o mnie|om mig|hakkımda|обо мне|关于我|自己紹介|자기소개)[\s:*_]{0,6}(?:\n|$)/iu;
const longestHead = 2_000;

const playsAssistant = ({ key, from, to }: Pair, source: string): boolean =>
  /^role$/i.test(key) && /^\W*(?:ai|assistant|model|chatbot|bot)\b/i.test(source.slice(from, to));

/** "From: Claude" at the head of a mail is a person. */
const isLetter = (key: string, source: string, names: readonly Stretch[]): boolean =>
  /^(?:from|by|via)$/i.test(key.trim()) && textOf(source, names) === 'claude';

/** Whether lines of `key: value` hold an answer. */
export const hasAnswerField = (source: string): boolean =>
  [...lines(source), ...elements(source)].some(({ key }) => answerKeys.test(spaced(key)));

const textOf = (source: string, names: readonly Stretch[]): string =>
  names.map(({ from, to }) => source.slice(from, to).toLowerCase()).join(' ');

/** Words that stand beside a name without making it anything else. */
const beside =
  /^(?:by|from|an?|the|ai|v|version|model|assistant|team|inc|chat|of|von|de|par|pro|via|com|org|http|https|noreply|www)$/;

export function wholeValue(source: string, { from, to }: { from: number; to: number }, book: NameBook): Stretch[] {
  if (to - from > longestValue || !/\p{L}/u.test(source.slice(from, to))) return [];
  const { names, text, stretch } = namesIn(source, { from, to }, book);
  if (names.length === 0 || names.every(({ ambiguous }) => ambiguous)) return [];
  const rest = blanked(text, names).match(/[\p{L}\p{M}]+/gu) ?? [];
  return rest.every((word) => beside.test(word)) ? names.map(stretch) : [];
}

/** `<answer model="…">`: inside a tag, not in code that happens to have an equals sign. */
function attributes(source: string): Pair[] {
  const found: Pair[] = [];
  if (!source.includes('<')) return found;
  for (const tag of source.matchAll(/<([a-z][\w-]{0,30})[^<>]{1,400}>/giu)) {
    found.push({ key: tag[1] ?? '', from: tag.index, to: tag.index });
    for (const one of tag[0].matchAll(/([\p{L}][\p{L}\p{N}_:-]{0,30})=(["'])([^"'<>]{1,120})["']/gu)) {
      const from = tag.index + one.index + (one[1]?.length ?? 0) + 2;
      found.push({ key: one[1] ?? '', from, to: from + (one[3]?.length ?? 0) });
    }
  }
  return generatorTags(found, source);
}

/** `<meta name="generator" content="…">`: the key is in another attribute. */
function generatorTags(found: readonly Pair[], source: string): Pair[] {
  return found.map((pair, index) => {
    const before = found[index - 1];
    if (pair.key !== 'content' || !before || pair.from - before.to > 40) return pair;
    return { ...pair, key: source.slice(before.from, before.to) };
  });
}

function elements(source: string): Pair[] {
  if (!source.includes('</')) return [];
  return [...source.matchAll(/<([a-z][\w-]{1,30})>([^<>]{1,120})<\//giu)].map(
    ({ 1: key = '', 2: value = '', index }) => {
      const from = index + key.length + 2;
      return { key, from, to: from + value.length };
    },
  );
}

const longestLine = 200;

/** `**Model:** Llama`, `- author = Claude`, `X-Model: …`, `| Model | Llama |`. */
function lines(source: string): Pair[] {
  const found: Pair[] = [];
  for (let from = 0; from <= source.length; ) {
    const end = source.indexOf('\n', from);
    const to = end === -1 ? source.length : end;
    if (to - from <= longestLine) {
      const line = source.slice(from, to);
      const match =
        /^[\s>*_#•|"'[({+/-]{0,8}(?:\d{1,2}[.)][\s*_]{1,4})?([\p{L}][\p{L}\p{M}\p{N} _-]{0,30}?)[*_"'\s]{0,4}[:=：|][*_"'\s]{0,4}/u.exec(
          line,
        );
      if (match) found.push({ key: match[1] ?? '', from: from + match[0].length, to });
    }
    from = to + 1;
  }
  return found;
}
