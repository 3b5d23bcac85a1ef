/** Turns of phrase about what a writer knows and until when, by language: parts of one regular expression each. */
import { late } from '../text/late.ts';

const knowledgeWords = {
  en: [
    'knowledge(?: base)?[ ,-]+(?:cut|is (?:current|limited|up|as of|frozen|based|from|accurate)|was|goes|ends|stops|extends|only|has|dates back|update|(?:does not|doesn.t|did not|won.t) (?:extend|reach|go|cover|include)|of (?:events|the world|world events|current events)|runs|reaches|covers|comes to|horizon|about the world)',
    'knowledge cut|my training goes|training (?:data|corpus)(?! that| sets? (?:is|are) | files?\\b| is an? | frame)',
    'trained (?:on data|on information|on text|on the internet|on a dataset|on a corpus|on material|on public|up|until|through|with (?:data|information|knowledge|text))',
    'last trained|training (?:update|set|cut|date|run|ended in|ends in|stopped|goes up)|cut-?off(?! (?:saw|jeans|shorts|wheel|valve|switch|score|mark))',
    String.raw`my last (?:knowledge |training |data |model |system |major )?(?:update|training|refresh)(?:,? (?:in|was|is|which was|dates|on|from|took place|happened|around|being|of|occurred|-|\()| ?\(|:)`,
    "(?:i|i'm|me|knowledge|information|training|data) (?:was|were|have been|has been|is|am) last (?:updated|refreshed|trained) ",
    'last time (?:i|my (?:knowledge|training|data)) (?:was|were|got|had been) (?:updated|trained|refreshed)|i was last (?:updated|trained|refreshed)|training (?:stops|ends|concluded|finished|was (?:completed|finished|frozen|cut))',
    'as of (?:my|the) last (?:knowledge )?(?:update|training)[, ]',
    'information (?:only )?(?:until|up until|up till|up to|through|is (?:current|only|limited|up|accurate|from)|stops|ends|only goes|goes up|cut|available to me|as of|extends|runs|i have (?:is|goes|ends|stops|only)|past|after|beyond)',
    'data (?:until|up until|up till|up to|through) ',
    String.raw`no data (?:after|past|beyond|since) [\p{L}\d ]{4,20}$`,
    'knowledge (?:up (?:to|until|till)|until|through|as of|reaching) ',
    'my data (?:ends|stops|only goes|goes|runs|reaches) (?:in|up to|until|to|through) ',
    '(?:know|knows|aware|learned|learnt|learn|seen|read|remember) (?:of )?(?:only )?(?:about )?(?:nothing|anything|things|events|everything|the world|what happened|of nothing|developments|facts|news|only)?(?: that happened| only| about the world| which happened| that took place)? ?(?:up to|until|till|through|after|beyond|past|since|later than|before|prior to) ',
    '(?:lack|without|missing|do not have|don.t have) (?:any )?(?:information|knowledge|data)|^\\W*(?:knowledge|information) ?[:=]',
    'no (?:knowledge|information|awareness|training data|insight|record|memory)(?: of| about| on)?(?: any| the)? ?(?:events|anything|developments|things|what happened|world events|news|current events|happenings|information)?(?: that (?:happened|occurred|took place))? ?(?:after|past|beyond|since|later)',
    "(?:not|n't) (?:know|have (?:any )?(?:information|knowledge|data)|be aware|aware)[^.]{0,50}(?:after|past|beyond|since|later than)",
    "(?:can't|cannot|can not|unable to) (?:tell|say|know|speak|comment|help)[^.]{0,60}(?:after|past|beyond|since|later than)",
    '(?:data|texts?|sources|material|books) (?:that )?(?:i|i was) (?:learned|learnt|trained|read|saw|studied|was trained)[^.]{0,20}(?:end|stop|run|go|reach|cover|date)',
    'model of the world|my world ends|my memory (?:ends|stops|goes)',
  ],
  de: [
    '(?:trainiert|geschult)[^.]{0,12} (?:mit|auf|anhand von) (?:daten|texten|informationen)|(?:mit|auf|anhand von) (?:daten|texten)[^.]{0,40}trainiert',
    'wissens?(?:stand|basis|grenze)|mein wissen (?:reicht|endet|geht|ist|stammt|basiert|umfasst|hört)',
    'trainingsdaten|trainings?stand|trainingsschluss',
    '(?:kenntnisse|informationen|daten) (?:reichen|enden|gehen|stammen|sind)|stand meiner',
    'letzten? (?:aktualisierung|update) (?:im|war|vom|fand)|zuletzt (?:im|trainiert|aktualisiert)',
    'weiß (?:ich )?nichts',
  ],
  fr: [
    "entra[iî]née? (?:sur|avec|à partir de) (?:des |de |d')?(?:données|textes|informations)",
    "(?:mes )?connaissances? (?:s'arrê|vont|sont|remont|se limit|datent|ne |jusqu|s'éten|date)",
    "base de connaissances|données d'entra|dernière mise à jour (?:de mes|date|remonte|en|était)",
    "mes (?:informations|données) (?:s'arrê|vont|sont|remont|se limit|datent|ne )",
    '(?:je ne (?:sais|connais) rien|aucune information)',
  ],
  es: [
    'entrenad[oa] con (?:datos|textos|información)',
    'conocimientos? (?:llega|se actualiz|fue actualiz|termina|se limita|abarca|está|es|va|se extiende|alcanza|data|sólo|solo|tiene|tienen)',
    'datos de entren|fecha de corte|última actualización (?:fue|es|en|de mis|de mi)',
    'mis datos (?:llegan|alcanzan|terminan|acaban|van)[^.]{0,12} (?:hasta|en) ',
    'mi información (?:llega|termina|se|es|va|está)',
    'no (?:sé|conozco|tengo información)[^.]{0,40}(?:después|posterior|más allá)',
  ],
  it: [
    'addestrat[oa] (?:su|con) (?:dati|testi|informazioni)',
    String.raw`conoscenz\S? (?:arriva|si ferma|sono|è|si limita|risal|terminano|aggiornat|fino)|le mie conoscenze`,
    'la mia conoscenza|i miei dati (?:arrivano|si fermano|terminano)[^.]{0,8} (?:fino|a|al) |dati di addestr|ultimo aggiornamento (?:è|in|risale|del mio|dei miei)',
  ],
  pt: [
    'treinad[oa] com (?:dados|textos|informações)',
    'conhecimentos? (?:vai|vão|é|está|termina|se limita|alcança|até|são|foi|chega)|dados de trein|meus dados (?:vão|chegam|terminam)[^.]{0,8} (?:até|em) ',
    'última atualização (?:foi|em|do meu|dos meus)|minhas informações (?:vão|são|terminam|chegam)',
  ],
  nl: [
    'getraind (?:met|op) (?:gegevens|data|teksten|informatie)|(?:met|op) (?:gegevens|data|teksten)[^.]{0,40}getraind',
    '(?:mijn )?kennis (?:gaat|loopt|reikt|stopt|is|eindigt|komt)|trainingsgegevens|trainingsdata',
    'laatste update (?:was|in|dateert|is)|mijn (?:informatie|gegevens) (?:gaat|gaan|loopt|reikt|stopt)',
  ],
  pl: [
    '(?:wytrenowan|trenowan|szkolon)[^ ]{0,4} na (?:danych|tekstach)',
    String.raw`(?:moja |mojej )?wiedz\S{1,3} (?:sięga|kończy|jest|obejmuje|pochodzi|ogranicza|została)|dane trening`,
    'danych trening|ostatnia aktualizacja',
  ],
  sv: [
    'tränad[^ ]{0,2} (?:på|med) (?:data|text|texter|information)',
    String.raw`min kunskap|mina kunskaper|träningsdata|kunskap\S{0,4} (?:sträcker|går|är|slutar|upphör)`,
    'senaste uppdatering (?:var|är|skedde|gjordes)',
  ],
  tr: [
    '(?:verilerle|verileriyle|metinlerle) eğitil',
    'bilgi(?:m|ler|lerim|mi)?(?:in)? .{0,30}(?:kadar|güncel|tarih|sınır|itibar|itibar)|eğitim veri|bilgi kesim',
  ],
  ru: [
    String.raw`мои знания|моих знаний|знания (?:ограничен|заканч|обрыва|актуальн|доход)|данны\S{1,2} обучен`,
    String.raw`обучен\S{0,4} на|обучающ\S{2,3} данн|дата отсечения|последнее обновление (?:было|в|моих|датир)`,
  ],
  'ja, zh': [
    '知識|学習データ|訓練データ|最終更新|知识|知識截止|训练数据|訓練資料|数据截止|资料截止|信息(?:截止|更新)|更新(?:至|到|于)',
  ],
  ko: ['지식|학습 ?데이터|학습(?:되|한|했)|훈련 ?데이터|정보는|업데이트(?:는|된)'],
  hi: ['ज्ञान|प्रशिक्षण डेटा|प्रशिक्षण|जानकारी .{0,16}(?:तक|के बाद)'],
  ar: ['معرفتي|معلوماتي|تدريبي|بيانات(?:ي| التدريب)|آخر تحديث'],
} satisfies Record<string, readonly string[]>;

/** Words of knowledge that need no more than a self-reference. */
export const knowledge = late(() => Object.values(knowledgeWords).map((words) => new RegExp(words.join('|'), 'u')));
