/** The date to which a writer says it was trained: it names a model as surely as a version does. */

import { late } from '../text/late.ts';
import { knowledge } from './cutoff-words.ts';
import { isReported } from './self-reference.ts';

const months =
  `january february march april may june july august september october november december januar februar märz mai juni
juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre enero febrero marzo abril mayo
junio julio agosto septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
janeiro fevereiro março maio junho julho setembro outubro novembro dezembro januari februari maart mei augustus stycznia lutego marca
kwietnia maja czerwca lipca sierpnia września października listopada grudnia ocak şubat mart nisan mayıs haziran temmuz ağustos eylül
ekim kasım aralık января февраля марта апреля мая июня июля августа сентября октября ноября декабря январь февраль март апрель май июнь
июль август сентябрь октябрь ноябрь декабрь январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре
styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień styczniu lutym marcu kwietniu maju
czerwcu lipcu sierpniu wrześniu październiku listopadzie grudniu augusti oktober jan feb mar apr jun jul aug sep sept oct nov dec okt dez
يناير فبراير مارس أبريل إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر जनवरी फ़रवरी फरवरी मार्च अप्रैल मई जून जुलाई
अगस्त सितंबर सितम्बर अक्टूबर अक्तूबर नवंबर नवम्बर दिसंबर दिसम्बर spring summer autumn fall winter`
    .split(/\s+/)
    .join('|');

const date = late(
  () =>
    new RegExp(
      `(?:(?<!\\p{L})(?:early|mid|late|the end of|the beginning of|the start of|end of|anfang|mitte|ende|début|fin|mi|principios de|finales de|mediados de|inizio|fine|metà|início de|final de|meados de|begin|eind|medio|początku|końca|połowy|początek|koniec|början av|slutet av|начала|конца|середины)[- ](?:de |del |di )?)?(?:(?<![\\p{L}\\d])\\d{1,2}(?:st|nd|rd|th|\\.|º|er)? (?:de |of )?(?=(?:${months})(?!\\p{L})))?(?:(?<!\\p{L})(?:${months})\\.?(?: \\d{1,2}(?:st|nd|rd|th)?)?(?: de| del| di| of|,)? )?(?:q[1-4][ /-]?|\\d{1,2}/)?(?<!\\d)20[12]\\d(?:-\\d\\d(?:-\\d\\d)?|/\\d\\d|年(?:\\d{1,2}月(?:\\d{1,2}日)?)?|년(?: ?\\d{1,2}월)?)?(?!\\d)`,
      'gu',
    ),
);

const self =
  /(?<!\p{L})(?:my|i|i'm|i've|me|mein|meine|meinem|meinen|meiner|meines|ich|mes|ma|mon|je|j'ai|mis|mi|tengo|sé|conozco|fui|soy|sou|sono stat[oa]|zosta(?:łem|łam)|jestem|mie|mia|mio|miei|minha|meu|meus|minhas|tenho|mijn|ik|moja|moje|mojej|mojego|moich|mam|min|mitt|mina|jag|benim|мои|моя|моё|мое|мой|моих|моего|я|as an ai|بياناتي|آخر تحديث لي|لدي)(?!\p{L})|(?:bilgi|veri)\p{L}{0,4}[ıi]m(?!\p{L})|bilgilerim|eğitim verilerim|私|僕|我|本模型|제 |저는|내 |나의|मेर|मुझे|मैं|معرفتي|تدريبي|بياناتي|معلوماتي|تحديثي/u;
const label =
  /^\W{0,6}(?:my |model )?(?:knowledge|training|wissens?|information)(?:[ -]?(?:data|stand|base))?[ -]?(?:cut-?off|date|schluss|stand|until|limit)?(?: date)?\s*[:=]|^\W{0,6}(?:cut-?off|knowledge|知识截止|知識截止|知識カットオフ|지식 컷오프|дата отсечения знаний|fecha de corte|date de coupure|wissensstand)\s?(?:date|日期)?\s*[:=：]/u;
/** The last update of something else: "my last update on the ticket". */
const otherUpdate =
  /(?<![\p{L}\d])\d{1,4}(?:[.,]\d+)? ?(?:km|miles?|minutes|hours|laps|met(?:re|er)s)(?!\p{L})| in (?:the|my|our|this|that) (?:\p{L}+ )?(?:sheet|file|table|database|folder|log|list|archive|spreadsheet|app|binder|notebook|inbox)(?!\p{L})|last trained (?:in|on|as|for|at|to) (?!(?:early|mid|late|the|data|texts?|information|books|public|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter)(?!\p{L}))\p{L}+|(?:information|data|knowledge) (?:is|are|comes?|came) from (?:the|an?|your|this|that|their|his|her) (?!training|data|internet|web|time|period|beginning|end|start|years?|early|late|middle|spring|summer|autumn|fall|winter|months?|texts?)\p{L}+|(?:the|this|that|your|our|their|his|her) (?:(?!my )\p{L}+ ){0,2}(?:data|information|table|file|list|page) (?:was|were|is|are|has been|have been) last|updated (?:on|about) (?:this|that|it|the|your|our)(?!\p{L})|(?:update|aktualisierung|mise à jour|actualización|aggiornamento|atualização|training|knowledge|information|data|course|kurs) (?:on|to|about|of|for|zu|zum|zur|über|sur|sobre|su|der|des|in first aid|as a|as an|at) (?:the|this|that|your|our|my|a|an|file|dem|das|die|den|le|la|les|ce|el|il|o)? ?(?!(?:january|february|march|april|may|june|july|august|september|october|november|december)(?!\p{L})|what|things|world|events|language|data|model|knowledge|training|date|the world|end)\p{L}+/u;

/** Places of such dates in a folded text. A date that the prompt holds stays. */
export function datesInKnowledge(folded: string, prompt: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  if (!/20[12]\d/.test(folded)) return found;
  let last = { from: -1, to: -1, tells: false, isUpdate: false };
  for (const match of folded.matchAll(date())) {
    const { index } = match;
    const [text] = match;
    const end = index + text.length;
    if (prompt.includes(text.trim()) || measured.test(folded.slice(end, end + 12))) continue;
    if (index >= last.to) last = sentenceAt(folded, index, end);
    if (last.tells && !(last.isUpdate && ofDay.test(text))) found.push({ start: index, end });
  }
  return found;
}

/** "2023 metres" */
const measured = /^ (?:met(?:re|er)s|m|km|miles|feet|euros?|dollars|people|rows|words|tokens|points|kg|users|votes)\b/;

/** A model knows up to a month; somebody with news has a day: "since my last update on 3 March 2021". */
const ofDay = /^\d{1,2}[^\d/]|\p{L} \d{1,2}\D/u;
const ofKnowledge =
  /know|train|inform|cut-?off|(?<!\p{L})(?:ai|data|ki|ia)(?!\p{L})|model|wissen|kenntnis|daten|connaiss|donn|cono|datos|dati|conhec|dados|kennis|gegevens|wiedz|dan[ey]|kunskap|bilgi|veri|знан|данн|[^\u0000-\u04ff]/u;

interface Told {
  from: number;
  to: number;
  tells: boolean;
  /** It names an update, and nothing that a model knows. */
  isUpdate: boolean;
}

/** One look per sentence, however many dates it holds. */
function sentenceAt(folded: string, start: number, end: number): Told {
  const { from, to } = around(folded, start, end);
  const sentence = folded.slice(from, to);
  const tells =
    knowledge().some((words) => words.test(sentence)) &&
    (self.test(sentence) || label.test(sentence)) &&
    !otherUpdate.test(sentence) &&
    !isReported(sentence.trim());
  const isUpdate = tells && !ofKnowledge.test(sentence);
  return { from, to, tells, isUpdate };
}

const reach = 240;

/** The sentence around a place, within a bounded distance. */
function around(text: string, start: number, end: number): { from: number; to: number } {
  const first = Math.max(0, start - reach);
  const before = text.slice(first, start);
  const after = text.slice(end, end + reach);
  const head = Math.max(...[...before.matchAll(/[.!?]\s|[。！？।\n]/g)].map(({ index }) => index + 1), 0);
  const tail = /[.!?](?:\s|$)|[。！？।\n]/.exec(after)?.index ?? after.length;
  return { from: first + head, to: end + tail };
}
