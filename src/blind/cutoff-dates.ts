/** The date to which a writer says it was trained: it names a model as surely as a version does. */

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

const date = new RegExp(
  `(?:(?<!\\p{L})(?:early|mid|late|the end of|the beginning of|the start of|end of|anfang|mitte|ende|début|fin|mi|principios de|finales de|mediados de|inizio|fine|metà|início de|final de|meados de|begin|eind|medio|początku|końca|połowy|początek|koniec|början av|slutet av|начала|конца|середины)[- ](?:de |del |di )?)?(?:(?<!\\p{L})(?:${months})\\.?(?: de| del| di| of|,)? )?(?:q[1-4][ /-]?|\\d{1,2}/)?(?<!\\d)20[12]\\d(?:-\\d\\d(?:-\\d\\d)?|/\\d\\d|年(?:\\d{1,2}月(?:\\d{1,2}日)?)?|년(?: ?\\d{1,2}월)?)?(?!\\d)`,
  'gu',
);

/** Words of knowledge that need no more than a self-reference. */
const knowledge =
  /knowledge(?: base)?[ ,-]+(?:cut|is (?:current|limited|up|as of|frozen|based|from|accurate)|was|goes|ends|stops|extends|only|has|dates back|update|of (?:events|the world|world events|current events)|runs|reaches|covers|comes to|horizon|about the world)|knowledge cut|my training goes|training (?:data|corpus)(?! that)|trained (?:on data|on information|on text|on the internet|on a dataset|on a corpus|on material|on public|up|until|through|with (?:data|information|knowledge|text))|last trained|training (?:update|set|cut|date|run|ended in|ends in|stopped|goes up)|cut-?off|my last (?:knowledge |training |data |model |system |major )?(?:update|training|refresh)(?:,? (?:in|was|is|which was|dates|on|from|took place|happened|around|being|of|occurred|-|\()| ?\(|:)|(?:i|i'm|me|knowledge|information|training|data) (?:was|were|have been|has been|is|am) last (?:updated|refreshed|trained) |as of (?:my|the) last (?:knowledge )?(?:update|training)[, ]|information (?:until|up to|through|is (?:current|only|limited|up|accurate|from)|stops|ends|only goes|goes up|cut|available to me|as of|extends|runs|i have (?:is|goes|ends|stops|only)|past|after|beyond)|data (?:until|up to|through) |(?:know|knows|aware|learned|learnt|learn|seen|read|remember) (?:of )?(?:only )?(?:about )?(?:nothing|anything|things|events|everything|the world|what happened|of nothing|developments|facts|news|only)?(?: that happened| only| about the world| which happened| that took place)? ?(?:up to|until|till|through|after|beyond|past|since|later than|before|prior to) |no (?:knowledge|information|awareness)(?: of| about| on)?(?: any| the)? ?(?:events|anything|developments|things|what happened|world events|news|current events|happenings|information)?(?: that (?:happened|occurred|took place))? ?(?:after|past|beyond|since|later)|(?:not|n't) (?:know|have (?:any )?(?:information|knowledge|data)|be aware|aware)[^.]{0,50}(?:after|past|beyond|since|later than)|(?:can't|cannot|can not|unable to) (?:tell|say|know|speak|comment|help)[^.]{0,60}(?:after|past|beyond|since|later than)|(?:data|texts?|sources|material|books) (?:that )?(?:i|i was) (?:learned|learnt|trained|read|saw|studied|was trained)[^.]{0,20}(?:end|stop|run|go|reach|cover|date)|model of the world|my world ends|my memory (?:ends|stops|goes)|wissens?(?:stand|basis|grenze)|mein wissen (?:reicht|endet|geht|ist|stammt|basiert|umfasst|hört)|trainingsdaten|trainings?stand|trainingsschluss|(?:kenntnisse|informationen|daten) (?:reichen|enden|gehen|stammen|sind)|stand meiner|letzten? (?:aktualisierung|update) (?:im|war|vom|fand)|zuletzt (?:im|trainiert|aktualisiert)|weiß (?:ich )?nichts|(?:mes )?connaissances? (?:s'arrê|vont|sont|remont|se limit|datent|ne |jusqu|s'éten|date)|base de connaissances|données d'entra|dernière mise à jour (?:de mes|date|remonte|en|était)|mes (?:informations|données) (?:s'arrê|vont|sont|remont|se limit|datent|ne )|(?:je ne (?:sais|connais) rien|aucune information)|conocimientos? (?:llega|termina|se limita|abarca|está|es|va|se extiende|alcanza|data|sólo|solo|tiene|tienen)|datos de entren|fecha de corte|última actualización (?:fue|es|en|de mis|de mi)|mi información (?:llega|termina|se|es|va|está)|no (?:sé|conozco|tengo información)[^.]{0,40}(?:después|posterior|más allá)|conoscenz\S? (?:arriva|si ferma|sono|è|si limita|risal|terminano|aggiornat|fino)|le mie conoscenze|la mia conoscenza|dati di addestr|ultimo aggiornamento (?:è|in|risale|del mio|dei miei)|conhecimentos? (?:vai|vão|é|está|termina|se limita|alcança|até|são|foi|chega)|dados de trein|última atualização (?:foi|em|do meu|dos meus)|minhas informações (?:vão|são|terminam|chegam)|(?:mijn )?kennis (?:gaat|loopt|reikt|stopt|is|eindigt|komt)|trainingsgegevens|trainingsdata|laatste update (?:was|in|dateert|is)|mijn (?:informatie|gegevens) (?:gaat|gaan|loopt|reikt|stopt)|(?:moja |mojej )?wiedz\S{1,3} (?:sięga|kończy|jest|obejmuje|pochodzi|ogranicza|została)|dane trening|danych trening|ostatnia aktualizacja|min kunskap|mina kunskaper|träningsdata|kunskap\S{0,4} (?:sträcker|går|är|slutar|upphör)|senaste uppdatering (?:var|är|skedde|gjordes)|bilgi(?:m|ler|lerim|mi)?(?:in)? .{0,30}(?:kadar|güncel|tarih|sınır|itibar|itibar)|eğitim veri|bilgi kesim|мои знания|моих знаний|знания (?:ограничен|заканч|обрыва|актуальн|доход)|данны\S{1,2} обучен|обучен\S{0,4} на|обучающ\S{2,3} данн|дата отсечения|последнее обновление (?:было|в|моих|датир)|知識|学習データ|訓練データ|最終更新|知识|知識截止|训练数据|訓練資料|数据截止|资料截止|信息(?:截止|更新)|更新(?:至|到|于)|지식|학습 ?데이터|학습(?:되|한|했)|훈련 ?데이터|정보는|업데이트(?:는|된)|ज्ञान|प्रशिक्षण डेटा|प्रशिक्षण|जानकारी .{0,16}(?:तक|के बाद)|معرفتي|معلوماتي|تدريبي|بيانات(?:ي| التدريب)|آخر تحديث/u;
const self =
  /(?<!\p{L})(?:my|i|i'm|i've|me|mein|meine|meinem|meinen|meiner|meines|ich|mes|ma|mon|je|j'ai|mis|mi|tengo|sé|conozco|mie|mia|mio|miei|minha|meu|meus|minhas|tenho|mijn|ik|moja|moje|mojej|mojego|moich|mam|min|mitt|mina|jag|benim|мои|моя|моё|мое|мой|моих|моего|я|as an ai|بياناتي|آخر تحديث لي|لدي)(?!\p{L})|(?:bilgi|veri)\p{L}{0,4}[ıi]m(?!\p{L})|bilgilerim|eğitim verilerim|私|僕|我|本模型|제 |저는|내 |나의|मेर|मुझे|मैं|معرفتي|تدريبي|بياناتي|معلوماتي|تحديثي/u;
const label =
  /^\W{0,6}(?:my |model )?(?:knowledge|training|wissens?|information)(?:[ -]?(?:data|stand|base))?[ -]?(?:cut-?off|date|schluss|stand|until|limit)?(?: date)?\s*[:=]|^\W{0,6}(?:cut-?off|knowledge|知识截止|知識截止|知識カットオフ|지식 컷오프|дата отсечения знаний|fecha de corte|date de coupure|wissensstand)\s?(?:date|日期)?\s*[:=：]/u;
/** The last update of something else: "my last update on the ticket". */
const otherUpdate =
  /(?:update|aktualisierung|mise à jour|actualización|aggiornamento|atualização|training|knowledge|information|data|course|kurs) (?:on|to|about|of|for|zu|zum|zur|über|sur|sobre|su|der|des|in first aid|as a|as an|at) (?:the|this|that|your|our|my|a|an|file|dem|das|die|den|le|la|les|ce|el|il|o)? ?(?!world|events|language|data|model|knowledge|training|date|the world|end)\p{L}+/u;

/** Places of such dates in a folded text. A date that the prompt holds stays. */
export function datesInKnowledge(folded: string, prompt: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  if (!/20[12]\d/.test(folded)) return found;
  let last = { from: -1, to: -1, tells: false };
  for (const match of folded.matchAll(date)) {
    const { index } = match;
    const [text] = match;
    const end = index + text.length;
    if (prompt.includes(text.trim())) continue;
    if (index >= last.to) last = sentenceAt(folded, index, end);
    if (last.tells) found.push({ start: index, end });
  }
  return found;
}

/** One look per sentence, however many dates it holds. */
function sentenceAt(folded: string, start: number, end: number): { from: number; to: number; tells: boolean } {
  const { from, to } = around(folded, start, end);
  const sentence = folded.slice(from, to);
  const tells =
    knowledge.test(sentence) && (self.test(sentence) || label.test(sentence)) && !otherUpdate.test(sentence);
  return { from, to, tells };
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
