/** Places where a name is the writer's whatever the sentence says: labels, signatures, generator lines, whole quotations. */
import { type FoundName, findNames } from './find-names.ts';
import { foldText } from './folded-text.ts';
import { makersOfOtherThings } from './mask-names.ts';
import { type NameBook, wordsOf } from './name-list.ts';

/** A stretch of the source. */
export interface Stretch {
  from: number;
  to: number;
  kind: FoundName['kind'];
}

interface Line {
  from: number;
  to: number;
}

/** Names by the place of their line: at the head, on the closing lines, in a line that says what wrote this. */
export function namesByPlace(source: string, book: NameBook): Stretch[] {
  const lines = linesOf(source);
  const filled = lines.filter(({ from, to }) => source.slice(from, to).trim() !== '');
  const found: Stretch[] = [];
  const [head] = filled;
  if (head) found.push(...labelAt(source, head, book));
  for (const [place, line] of filled.slice(-3).entries()) {
    const index = Math.max(0, filled.length - 3) + place;
    if (index > 0) found.push(...signatureAt(source, line, filled[index - 1] as Line, book));
  }
  for (const line of [...filled.slice(0, 3), ...filled.slice(-6)])
    if (isGenerator(source.slice(line.from, line.to))) found.push(...credited(source, line, book));
  return found;
}

function linesOf(source: string): Line[] {
  const lines: Line[] = [];
  for (let from = 0; from <= source.length; ) {
    const end = source.indexOf('\n', from);
    const to = end === -1 ? source.length : end;
    lines.push({ from, to });
    from = to + 1;
  }
  return lines;
}

export interface LineNames {
  names: FoundName[];
  text: string;
  stretch(name: FoundName): Stretch;
}

const longestLine = 400;

export function namesIn(source: string, { from, to }: Line, book: NameBook): LineNames {
  const folded = foldText(source, from, Math.min(to, from + longestLine));
  const words = wordsOf(folded.text);
  const stretch = ({ start, end, kind }: FoundName): Stretch => ({
    from: folded.at[start] as number,
    to: (folded.at[end - 1] as number) + 1,
    kind,
  });
  const names = findNames(words, folded.text, folded.cased, book).filter(({ held }) => !held);
  return { names, text: folded.text, stretch };
}

/** A maker of many other things alone is no credit: "Powered by AWS". */
function credited(source: string, line: Line, book: NameBook): Stretch[] {
  const { names, stretch } = namesIn(source, line, book);
  const tells = names.some(({ kind, name }) => kind === 'model' || !makersOfOtherThings.has(name));
  return tells ? names.map(stretch) : [];
}

/** `Claude: …`, `[GPT-4o] …`, `ChatGPT> …`. */
function labelAt(source: string, line: Line, book: NameBook): Stretch[] {
  const { names, text, stretch } = namesIn(source, line, book);
  const [first] = names;
  if (
    !first ||
    first.ambiguous ||
    !/^[\s[(#>]*(?:(?:assistant|ai|bot|chatbot|model|answer|response|reply|antwort|réponse|respuesta|risposta|resposta)\s*[([-]?\s*)?$/.test(
      text.slice(0, first.start),
    )
  )
    return [];
  const behind = text.slice(first.end);
  const bracketed = /^\s*\[/.test(text) && /^\s*\]/.test(behind);
  const labelled = /^\s{0,4}[\])]?\s{0,4}(?:\([^)]{0,30}\)\s{0,4})?[:>]\s/.test(`${behind} `);
  return bracketed || labelled ? [stretch(first)] : [];
}

const closings =
  /^\W*(?:best|all|yours|regards|cheers|warmest|faithfully|truly|always|until|talk|see you|with|à|un|con|com|sincerely|thanks|thank you|kind|warm|warmly|take care|love|respectfully|cordially|viele|mit freundlichen|liebe|beste|herzliche|gruß|grüße|cordialement|bien à vous|amicalement|saludos|atentamente|un saludo|distinti|cordiali|saluti|atenciosamente|abraços|met vriendelijke|groeten|pozdrawiam|med vänliga|hälsningar|saygılarımla|с уважением|敬具|此致|よろしく|감사합니다|مع التحية)/iu;
/** Names of people too: they need a vendor or a word for a model beside them. */
const people = new Set([
  'gemma',
  'nova',
  'aya',
  'dolly',
  'phi',
  'yi',
  'pi',
  'coral',
  'claude code',
  'orca',
  'solar',
  'opus',
  'command',
]);
const beside =
  /^(?:your|the|a|an|ai|assistant|model|team|language|chat|bot|from|by|of|ihr|dein|votre|ton|tu|su|il|tuo|o|seu|uw|jouw|twój|din|assistent|assistante|asistente|assistente|ki|ia)$/;

/** The last lines: a name alone, with a dash, or below "Best regards". */
function signatureAt(source: string, line: Line, before: Line, book: NameBook): Stretch[] {
  const { names, text, stretch } = namesIn(source, line, book);
  if (names.length === 0 || text.length > 80 || /[:=：]/.test(text)) return [];
  const rest = wordsOf(blanked(text, names)).map((word) => word.text);
  const words = rest.filter((word) => /[\p{L}\p{N}]/u.test(word));
  const known = words.filter((word) => beside.test(word));
  const introduces = /^\s*[-–—~]/.test(text) && known.length >= 2 && words.length <= 5;
  if (known.length < words.length && !introduces) return [];
  const dashed =
    /^\s*[[(][^\])]*[\])]\s*$/.test(text) ||
    (/^\s*[-–—~•|]/.test(text) && !/\|\s*$/.test(text)) ||
    /^\s*[\p{Extended_Pictographic}]/u.test(text);
  // A list of names is no signature.
  if (/^\s*[-–—•|*]/.test(text) && /^\s*[-–—•|*]/.test(source.slice(before.from, before.to))) return [];
  const above = source.slice(before.from, before.to);
  const closed = closings.test(above) || (words.length === 0 && /^\W{0,3}\p{L}[^.:?]{1,38}[!,]\s*$/u.test(above));
  const titled = words.some((word) => /assist|asist|model|^ai$|^ki$|^ia$|bot/.test(word));
  if (!dashed && !closed && !titled) return [];
  const sure = titled || names.some(({ kind }) => kind === 'vendor');
  return names.filter(({ name }) => sure || !people.has(name)).map(stretch);
}

export function blanked(text: string, names: readonly FoundName[]): string {
  let out = '';
  let at = 0;
  for (const { start, end } of names) {
    out += `${text.slice(at, start)} `;
    at = end;
  }
  return out + text.slice(at);
}

const answerWord =
  '(?:answer|response|reply|message|text|output|content|summary|translation|draft|report|document|note|email|mail|post|article|code|patch|review)';
const adverb = '(?:(?:automatically|entirely|fully|proudly|lovingly|partly|kindly)\\s+)?';
/** At the head of a credit line: "Generated with", "This answer was written by", "Sent from my". */
const credits: readonly RegExp[] = [
  /\b(?:co-authored-by|signed-off-by|generated-by)\s*:/,
  /^(?:answered by|written by|generated by)\s*:/,
  new RegExp(
    `^(?:this|the(?! (?:answers|responses|replies|outputs)\\b)|above|these|your)\\s+(?:above\\s+)?(?:\\S{1,12}\\s+)?${answerWord}s?\\s+(?:(?:was|were|is|are|has been|have been)\\s+)?${adverb}(?:ai-)?(?:generated|written|created|authored|answered|produced|composed|drafted|prepared|provided|brought to you|sent|made|crafted|compiled)\\s+(?:for you\\s+)?(?:with|by|using|via|from)\\b`,
  ),
  new RegExp(
    `^(?:${answerWord}\\s+)?${adverb}(?:ai-)?(?:generated|written|authored|answered|composed|drafted|prepared|sent|translated|summari[sz]ed|ghostwritten|produced|created)\\s+(?:for you\\s+)?(?:with|by|using|via|from)\\b`,
  ),
  new RegExp(`\\b${answerWord}\\s+by\\b`),
  /[•|·—–-]\s*ai[- ]generated\b|^ai[- ]generated\s*[•|·:—–(-]/,
  /^(?:(?:please )?note|disclaimer|nb)?\W{0,3}(?:all )?(?:responses|answers|replies|outputs) (?:are|were) (?:ai-)?(?:generated|written|produced) by\b/,
  /^powered by\b|^©|^(?:courtesy of|reply from|answer from|response from|message from)\b/,
  /^(?:envoyé (?:de|depuis)|gesendet (?:von|mit)|enviado (?:desde|por|do)|inviat[oa] da|erstellt (?:von|mit)|generiert (?:von|mit)|verfasst (?:von|mit)|généré|rédigé par|écrit par|generad[oa] (?:por|con)|escrit[oa] p(?:or|elo)|gerad[oa] p(?:or|elo)|generat[oa] (?:da|con)|scritt[oa] da|gegenereerd (?:door|met)|geschreven door|wygenerowan\S{0,3} (?:przez|za pomocą)|napisan\S{0,3} przez|genererad\S? (?:av|med)|skrive[tn] av|сгенерировано?|написано?|создано)(?![\p{L}])/u,
  /(?:생성|작성)(?:함|됨|했습니다|되었습니다)|(?:による|が)(?:生成|作成|回答)|由.{0,20}(?:生成|撰写|撰寫|创作|编写|回答)|tarafından (?:oluşturul|yazıl|üretil)|द्वारा (?:लिखा|तैयार|उत्पन्न)|(?:بواسطة|كتبه|من إنشاء)/u,
];

/** A line that says which program wrote the text: its web and mail addresses name it as well. */
function isGenerator(line: string): boolean {
  if (line.length > longestLine) return false;
  const bare = foldText(line).text.replace(/^[^\p{L}\p{N}©]+/u, '');
  return credits.some((pattern) => pattern.test(bare));
}

/** The whole text is a name, or a quotation that is one. */
export function isNameAlone(source: string, book: NameBook): Stretch | undefined {
  if (source.length > 80) return undefined;
  const { names, text, stretch } = namesIn(source, { from: 0, to: source.length }, book);
  const [only] = names;
  if (names.length !== 1 || !only || only.ambiguous) return undefined;
  return blanked(text, names).replace(/[\s"'«»“”„.!]/g, '') === '' ? stretch(only) : undefined;
}
