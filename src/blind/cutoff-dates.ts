/** The date to which a writer says it was trained: it names a model as surely as a version does. */

const months =
  `january february march april may june july august september october november december januar februar märz mai juni
juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre enero febrero marzo abril mayo
junio julio agosto septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
janeiro fevereiro março maio junho julho setembro outubro novembro dezembro januari februari maart mei augustus stycznia lutego marca
kwietnia maja czerwca lipca sierpnia września października listopada grudnia ocak şubat mart nisan mayıs haziran temmuz ağustos eylül
ekim kasım aralık января февраля марта апреля мая июня июля августа сентября октября ноября декабря`
    .split(/\s+/)
    .join('|');

const date = new RegExp(
  `(?:(?:early|mid|late|the end of|anfang|mitte|ende|début|fin|principios de|finales de|inizio|fine|início de|final de|begin|eind)[- ](?:de )?)?(?:(?:${months})(?: de| of|,)? )?(?<!\\d)20[12]\\d(?:-\\d\\d(?:-\\d\\d)?|年(?:\\d{1,2}月)?|년(?: ?\\d{1,2}월)?)?(?!\\d)`,
  'gu',
);

const knowledge =
  /knowledge(?: base)?[ ,-]+(?:cut|is (?:current|limited|up|as of)|was|goes|ends|stops|extends|only|has|dates|update|of (?:events|the world))|knowledge cut|training data|trained (?:on|up|until|through|with)|training (?:update|set|corpus|cut)|cut-?off|my last (?:update|training)|last update in|information (?:until|up to|through)|wissens?(?:stand)?\b|trainingsdaten|connaissances|données d'entra|conocimiento|datos de entren|conoscenz|dati di addestr|conhecimento|dados de trein|kennis\b|trainingsdata|wiedz|dane trening|kunskap|träningsdata|bilgi(?:m|ler)|eğitim veri|знани|обуч|知識|学習データ|訓練データ|知识|训练数据|지식|학습|ज्ञान|प्रशिक्षण|معرفتي|تدريبي/u;
const self =
  /(?<!\p{L})(?:my|i|i'm|i've|me|mein|meine|meinen|ich|mes|ma|mon|je|j'ai|mis|mi|mie|mia|mio|miei|minha|meu|meus|minhas|mijn|ik|moja|moje|mojej|mojego|min|mitt|mina|jag|benim|мои|моя|моё|мой|моих|я|as an ai)(?!\p{L})|私|我|제 |저는|나의|मेर|معرفتي|تدريبي|بياناتي/u;
const label = /^\W{0,6}(?:my )?(?:knowledge|training)(?: data)? ?(?:cut-?off|date)?(?: date)?\s*[:=]/;

/** Places of such dates in a folded text. A date that the prompt holds stays. */
export function datesInKnowledge(folded: string, prompt: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  if (!/20[12]\d/.test(folded)) return found;
  for (const match of folded.matchAll(date)) {
    const { index } = match;
    const [text] = match;
    const end = index + text.length;
    if (prompt.includes(text.trim())) continue;
    const sentence = around(folded, index, end);
    if (knowledge.test(sentence) && (self.test(sentence) || label.test(sentence))) found.push({ start: index, end });
  }
  return found;
}

const reach = 240;

/** The sentence around a place, within a bounded distance. */
function around(text: string, start: number, end: number): string {
  const before = text.slice(Math.max(0, start - reach), start);
  const after = text.slice(end, end + reach);
  const head = Math.max(...[...before.matchAll(/[.!?]\s|[。！？।\n]/g)].map(({ index }) => index + 1), 0);
  const tail = /[.!?](?:\s|$)|[。！？।\n]/.exec(after)?.index ?? after.length;
  return before.slice(head) + text.slice(start, end) + after.slice(0, tail);
}
