/** Places where a name is the writer's whatever the sentence says: labels, signatures, generator lines, whole quotations. */
import type { FoundName } from './find-names.ts';
import { foldText } from './folded-text.ts';
import { bracketAtEnd, credited, footerAt, isGenerator } from './generator-lines.ts';
import { blanked, namesIn, type Stretch } from './line-names.ts';
import { makersOfOtherThings } from './mask-names.ts';
import { type NameBook, wordsOf } from './name-list.ts';
import { type Line, linesOf } from './source-lines.ts';

/** Names by the place of their line: at the head, on the closing lines, in a line that says what wrote this. */
export function namesByPlace(source: string, book: NameBook): Stretch[] {
  const lines = linesOf(source);
  const filled = lines.filter(({ text }) => text.trim() !== '');
  const found: Stretch[] = [];
  const [head] = filled;
  if (head) found.push(...labelAt(source, head, book));
  let follows = false;
  for (const [place, line] of filled.slice(-3).entries()) {
    const index = Math.max(0, filled.length - 3) + place;
    const above = filled[index - 1] ?? { from: 0, to: 0, text: '' };
    const isTitled = titles.test(foldText((filled[index + 1]?.text ?? '').slice(0, longestTitle)).text);
    const around = { above, follows, isTitled };
    const names: Stretch[] = index > 0 || filled.length === 1 ? signatureAt(source, line, around, book) : [];
    follows = names.length > 0;
    found.push(...names);
  }
  const last = filled.at(-1);
  if (last && filled.length > 1) found.push(...footerAt(source, last, book));
  if (last) found.push(...bracketAtEnd(source, last, book));
  for (const line of [...filled.slice(0, 3), ...filled.slice(-6)])
    if (isGenerator(line.text)) found.push(...credited(source, line, book));
  return found;
}

const beforeLabel =
  /^(?:[\s[(#<@]|\p{Extended_Pictographic}|\ufe0f)*(?:(?:the )?(?:assistant|ai|bot|chatbot|model|answer|response|reply|antwort|réponse|respuesta|risposta|resposta)(?: (?:from|by|of))?\s*[([-]?\s*|(?:(?:answer|response|model|option|assistant) )?[a-d1-4]\s?[([]\s*)?$/u;
/** `Claude: …`, `Claude (AI): …`, `ChatGPT> …`, `DeepSeek says: …`, `Claude's answer: …`. */
const sureLabel =
  /^\s{0,4}[\])]?\s{0,4}(?:\((?!\p{L}+ \d)[^)]{0,30}\)\s{0,4})?(?:(?:says|said|writes|wrote|answers|answered|replies|replied|responds|responded|here|(?:'s |’s )?(?:answer|response|reply|take|output|version|turn))\s{0,2})?[:>：»›]{1,3}\s/u;
/** `Gemini - …`, `Mistral Large` alone on the first line. */
const looseLabel = /^[\])*\s]{0,4}(?:\s[-–—|•]{1,2}\s+\p{Lu}.*[.!?]\s*|\s*)$/u;

/** The name of a speaker at the head. A text that names the model again further on is about it. */
function labelAt(source: string, line: Line, book: NameBook): Stretch[] {
  const { names, text, cased, stretch } = namesIn(source, line, book);
  const [first] = names;
  if (!first || first.ambiguous || !beforeLabel.test(text.slice(0, first.start))) return [];
  const behind = text.slice(first.end);
  if (behind.trim() === ':' && startsList(source, line.to)) return [];
  if (/^\s*(?:\w+ )?[a-d1-4]\s?[([]/.test(text) && isCompared.test(source.slice(line.to, line.to + longestText)))
    return [];
  if ((first.soft && isSign(behind)) || keepsScore.test(cased.slice(first.end))) return [];
  const bracketed =
    (/^\s*[[<]/.test(text) && /^\s*[\]>]/.test(behind)) ||
    (/^\s*\(/.test(text) && /^\s*\)\s+\p{Lu}/u.test(cased.slice(first.end)));
  const isBare = /^(?:[\s[(#<@]|\p{Extended_Pictographic}|\ufe0f)*$/u.test(text.slice(0, first.start));
  if (isBare && /^[\])*\s]*[:：]\s*(?:an?|the|what|how|why|which|who|when|where|is|are)\s/.test(cased.slice(first.end)))
    return [];
  if (bracketed || (sureLabel.test(`${behind} `) && !isThing(first) && !(names.length > 1 && isDefined(behind))))
    return [stretch(first)];
  const more = source.slice(line.to, line.to + longestText).trim() !== '';
  const isLoose = looseLabel.test(cased.slice(first.end)) && (behind.trim() !== '' || more);
  if (
    !isLoose ||
    (first.soft && first.first === first.last) ||
    names.length > 1 ||
    saysAgain(source, line.from + first.end, first)
  )
    return [];
  return [stretch(first)];
}

/** "Claude: 12 points. Anna: 9 points." */
const keepsScore = /^:\s\d[^:]{0,40}[.,;]\s\p{Lu}\p{Ll}{1,15}:\s\d/u;

/** "A (Claude): …" and below it "B (Kimi): …" is a comparison. */
const isCompared = /^\W{0,6}(?:\w{1,12} )?[b-e2-5]\s?[([]/im;

/** "ChatGPT: a model that OpenAI has made." */
const isDefined = (behind: string): boolean =>
  !/(?<!\p{L})(?:i|i'm|my|me|ich|mein|je|mon|yo|mi|io|mio|eu|meu|ik|mijn|ja|jag|min|ben|я|мой)(?!\p{L})|我|私|저|मैं|أنا/u.test(
    behind,
  );

/** "Gemini: May 21 to June 20", a sign of the stars. */
const isSign = (behind: string): boolean =>
  /^\W{1,6}(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}{0,6} \d|^\W{1,6}\d{1,2}\.? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai)/u.test(
    behind,
  );

/** "Copilot: the person beside the driver." */
const isThing = ({ name, first, last }: FoundName): boolean => name === 'copilot' && first === last;

/** Below the head begins a list: it is about the model, not by it. */
const startsList = (source: string, from: number): boolean =>
  /^\s*(?:[-•*+] |\d{1,2}[.)] )/.test(source.slice(from, from + 40));

const longestText = 4_000;
const saysAgain = (source: string, from: number, { name }: FoundName): boolean =>
  foldText(source, Math.min(from, source.length), Math.min(source.length, from + longestText)).text.includes(name);

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
  'orca',
  'solar',
  'opus',
  'command',
]);
/** Names of programs too, which sign what they were used for. */
const programs: ReadonlySet<string> = new Set(['claude code']);
const beside =
  /^(?:your|the|a|an|ai|assistant|model|team|language|chat|bot|from|by|of|ihr|dein|votre|ton|tu|su|il|tuo|o|seu|uw|jouw|twój|din|assistent|assistante|asistente|assistente|ki|ia)$/;

/** "Signed: Qwen", "Love, Claude", "Your friendly Copilot". */
const signed =
  /^[\s*_—–~-]*(?:signed(?: by)?|signature|signé|gezeichnet|gez\.|firmado|firmato|assinado|getekend|podpisano|undertecknat|подпись)\s*[:,]?\s|^[\s*_—–~-]*(?:best|love|cheers|thanks|regards|yours|sincerely|warmly|(?:best|kind|warm) (?:regards|wishes)|all the best|take care|xoxo)\s*[,!—–-]\s+|^[\s*_—–~-]*(?:your|ihr|dein|votre|uw)\s+(?:[\p{L}-]{3,20}\s+){0,2}?(?=\S+(?: (?:[\d.]+\p{L}?|bot|chat|ai))?\s*\W*$)/u;

/** "You're welcome! - DeepSeek" */
const dashAtEnd = /^.{1,200}[.!?)] {1,3}[-–—~]{1,2} {0,2}(?=[^.!?:]{2,40}$)/u;

/** Behind the name of who signs, where no word goes before it: "Claudeより", "클로드 드림". */
const signsOff = /^\P{L}{0,4}\S{1,24} ?(?:より|拝|드림|올림|敬上|谨上|敬启)\P{L}{0,4}$/u;
const longestTitle = 120;
/** Below a signature that is a name: "AI assistant by xAI, for Dana Ruiz". */
const titles =
  /^[\s*_(–—-]{0,6}(?:[\p{L}\d.]{2,16}(?: [\p{L}\d.]{2,12})?['’]s )?(?:your |an? |the |ihr |dein |votre |tu |su |il tuo |ваш |ton )?(?:[\p{L}-]{2,16} ){0,2}?(?:ai|ki|ia|ии|language|virtual|virtuel\p{L}{0,4}|llm|chatbot|bot|assistant\p{L}?|assistent\p{L}{0,2}|asistente|assistente|asystent|ассистент|нейросеть|model|modell|modèle|modelo|modello)(?!\p{L})/u;

interface Around {
  above: Line;
  /** The line above is a signature. */
  follows: boolean;
  /** The line below says that a model signs. */
  isTitled: boolean;
}

/** The last lines: a name alone, with a dash, or below "Best regards". */
function signatureAt(
  source: string,
  line: Line,
  { above: before, follows, isTitled }: Around,
  book: NameBook,
): Stretch[] {
  const { names, text, stretch } = namesIn(source, line, book);
  const isAlone = before.from === before.to;
  const opening = (isAlone ? undefined : signed.exec(text)?.[0].length) ?? dashAtEnd.exec(text)?.[0].length ?? 0;
  const bare = ' '.repeat(opening) + text.slice(opening);
  if (names.length === 0 || text.length - opening > 80 || /[:=：]/.test(bare) || (names[0]?.start ?? 0) < opening)
    return [];
  const words = wordsOf(blanked(bare, names)).flatMap((word) => (/[\p{L}\p{N}]/u.test(word.text) ? [word.text] : []));
  const known = words.filter((word) => beside.test(word));
  const introduces = /^\s*[-–—~]/.test(text) && known.length >= 2 && words.length <= 5;
  const above = source.slice(before.from, before.to);
  const isFrom = signsOff.test(text);
  if (
    known.length < words.length &&
    !isFrom &&
    !introduces &&
    !(follows && titles.test(text)) &&
    !isHelper(text, words, above)
  )
    return [];
  // A list of names is no signature.
  if (/^\s*[-–—•|*]/.test(text) && /^\s*[-–—•|*]/.test(above)) return [];
  const titled = words.some((word) => /assist|asist|model|^ai$|^ki$|^ia$|bot/.test(word));
  const isApart =
    words.length === 0 &&
    standsApart(source, before, line) &&
    names.every(({ soft, name }) => !soft && !makersOfOtherThings.has(name));
  if (!titled && !follows && !isFrom && opening === 0 && !isApart && !isDashed(text) && !closes(above, words.length))
    return [];
  const sure = titled || isTitled || text.includes('🤖') || names.some(({ kind }) => kind === 'vendor');
  const isPerson = ({ name, soft }: FoundName): boolean =>
    (soft && people.has(name)) || programs.has(name) || (name === 'claude' && book.asked?.() === 'letter');
  return names.filter((name) => sure || !isPerson(name)).map(stretch);
}

/** "Gemini, your grandson's AI helper", below "With love". */
const isHelper = (text: string, words: readonly string[], above: string): boolean =>
  words.length <= 6 &&
  /^[^\p{L}]*[\p{L}\d .-]{2,30},\s/u.test(text) &&
  words.some((word) => /^(?:helper|assist\p{L}*|asist\p{L}*|chatbot|bot|companion|model|llm)$/u.test(word)) &&
  closes(above, words.length);

/** A name alone on the last line, below a blank line and a whole sentence. */
const standsApart = (source: string, before: Line, line: Line): boolean =>
  line.from - before.to > 1 &&
  source.slice(line.to).trim() === '' &&
  /[.!?。][)"'”*_]*\s*$/.test(source.slice(Math.max(before.from, before.to - 40), before.to));

const isDashed = (text: string): boolean =>
  /^\s*[[(][^\])]*[\])]\s*$/.test(text) ||
  (/^\s*[-–—~•|/]/.test(text) && !/\|\s*$/.test(text)) ||
  /^\s*[\p{Extended_Pictographic}]/u.test(text);

const closes = (above: string, words: number): boolean =>
  closings.test(above) ||
  /^[-–—_]{2,3}\s{0,2}$/.test(above) ||
  /^\W*(?:your|ihr|dein|votre|ton|tu|su|il tuo)\b.{0,30}(?:assist|asist|bot|\bai|model|companion|helper)\p{L}{0,4}\W*$/iu.test(
    above,
  ) ||
  (words === 0 && /^\W{0,3}\p{L}[^.:?]{1,38}[!,]\s*$/u.test(above));

/** "Microsoft", to "Which company owns GitHub?" */
const isAskedFor = (book: NameBook): boolean => book.asksForName?.() === true && book.asked?.() !== 'who';

/** The whole text is a name, or a quotation that is one: also with its maker, "gpt4 by openai". */
export function namesAlone(source: string, book: NameBook): Stretch[] {
  if (source.length > 80 || source.includes('</')) return [];
  const { names, text, stretch } = namesIn(source, { from: 0, to: source.length }, book);
  const models = names.filter(({ kind }) => kind === 'model');
  if (names.length === 0 || models.length > 1 || names.length > 2 || names.some(({ ambiguous }) => ambiguous))
    return [];
  if (isAskedFor(book)) return [];
  const rest = blanked(text, names).replace(/[\s"'«»“”„.!,()]/g, names.length > 1 ? ' ' : '');
  const joins = names.length > 1 && models.length === 1 && /^ *(?:(?:made |built )?(?:by|from|of) *)?$/.test(rest);
  return rest === '' || joins ? names.map(stretch) : [];
}
