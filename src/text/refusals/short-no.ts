/**
 * The no of a very short answer. Somebody asks how, what or why, and gets one sentence. In it the writer says "not" of
 * itself, or turns to another subject. Such an answer holds nothing else, so any verb counts, in any of the languages.
 */
import { prefiltered } from '../prefilter.ts';
import { type Clause, wordCount } from './clauses.ts';
import { isOfTalk } from './talk-words.ts';

/** Words of a whole answer up to which it counts as very short. */
export const veryShort = 30;

/** The writer says "not" of itself. */
const iNot = /\bi (?!am not (?:a|an|the|your) )(?:[a-z]+ ){0,4}?(?:not|never|no|nothing|neither|nobody)\b/;

const iCannot =
  /\bi (?:[a-z]+ ){0,3}?(?:cannot|unable|refuse|decline|pass\b|abstain|sooner not|keep (?:quiet|silent|mum|out)|(?:stay|remain) (?:silent|quiet|out)|hold my tongue|say nothing)/;

const english = [
  /\b(?:help|assist|answer|explain|discuss|support|continu|respond)ing\b(?: [a-z]+){0,4} is (?:not|impossible|out)\b/,
  /\bi would (?:much )?rather (?:we|you|talk|discuss|leave|stay|keep|skip)\b/,
  /^(?:sorry,? )?(?:no,? )?(?:thanks|thank you)[.!]?$|\boff the table\b|\bout of bounds\b|\bwrong (?:assistant|model|one|place)\b/,
  /\bneither (?:will|do|can|shall|may) i\b/,
  /\b(?:not|no|never|nothing|nobody|isn't|impossible)\b(?: [a-z]+){0,5}? (?:for|by|from) me\b/,
  /\b(?:no|nothing|not|neither)\b(?: [a-z]+){0,4}? i (?:can|could|will|may|am|do|want|would|should)\b/,
  /\b(?:against|beyond|outside|not|more than) what i (?:am |can|may)|\bforbids? me\b|\b(?:my|the) (?:answer|reply) (?:[a-z]+ ){0,3}no\b/,
  /\b(?:irresponsible|unethical|wrong|improper|inappropriate) (?:of|for) me\b|\bi (?:[a-z]+ ){0,3}(?:silence|skip|set (?:it|this|that) aside)\b/,
  /\b(?:another|a different|a new|some other|a lighter) (?:topic|subject|question|matter|request|theme)\b/,
  /\b(?:turn|move|switch|go|get|look) (?:on )?to something\b|\blet us (?:talk|speak|discuss|chat|turn|move|look at|think about)\b/,
  /\bi (?:could|can|would) (?:[a-z]+ ){1,6}instead\b/,
  /\bmakes? me (?:[a-z]+ )?(?:un\w+|ill at ease)\b/,
  /\b(?:talk|speak|chat|turn|move|switch|discuss)(?:ing)?(?: on)?(?: (?:about|to|of))?(?: [a-z]+){1,4} (?:instead|rather)\b/,
  /\b(?:ask|try|pick|choose|name)(?: me)?(?: about)? (?:something|anything|another|a different)\b/,
  /\b(?:change|drop|leave|avoid|skip) (?:the|this|that) (?:subject|topic|question|matter)\b/,
  /^(?:sorry[,.! ]*|no[,.! ]*)?(?:will not|cannot|not|refused|declined|denied|unable|impossible)(?: (?:do|possible|going|able|happening|today|me|for me|answering|[a-z]+ing|to)\b.*)?[.!]*$/,
].map((pattern) => prefiltered(pattern));

/** Beyond my limits, against my rules, not allowed to me. */
const limits = [
  /(?:übersteigt|außerhalb|jenseits|gegen|verstößt)\b.*\bmein\w*|\bmir\b.*\b(?:verboten|untersagt|verwehrt)/,
  /m'est (?:interdit|défendu|impossible)|hors de (?:ma|mon|mes)|au-delà de (?:ma|mon|mes)|\bje n'ai pas le droit/,
  /(?:fuera de|más allá de|contra) (?:mis?|lo que)|\b(?:me|nos) está prohibido/,
  /(?:fuori da|oltre|contro) (?:i|le|il|la|ciò che)? ?(?:mie|miei|mio|mia|posso)|mi è (?:vietato|proibito)/,
  /(?:fora d[oaes]+|além d[oaes]+|contra) (?:o |a |os |as )?(?:meu|minha)|me é (?:proibido|vedado)/,
  /(?:buiten|tegen) mijn|niet toegestaan|verboden/,
  /nie wolno mi|wolę .*nie|poza mo|zabroniono/,
  /(?:utanför|mot|bortom) min|inte tillåt|förbjudet/,
  /(?:iznim|yetkim|hakkım) yok|yasak|(?:kurallarıma|ilkelerime|sınırlarım)/,
  /мне (?:нельзя|запрещено|не (?:разреш|позвол))|вне мо|за пределами мо/,
  /(?:情報|助言|内容|アドバイス)[^。]{0,8}提供(?:して(?:い|おり)ません|できません)|許可されてい|許されてい|禁じられ/,
  /허용되지|권한이 없|금지/,
  /(?:超出|超過|违反|違反)了?我|不被允许|不被允許|无权|無權/,
  /अनुमति नह|मेरी (?:सीमा|नीति)/,
  /(?:غير|ليس) (?:من )?(?:ال)?مسموح|خارج (?:نطاق|حدود)/,
].map((pattern) => prefiltered(pattern));

/** "My rules do not allow it", by language. */
const rules = [
  /\bmeine? \p{L}{0,20}(?:regeln|richtlinien|vorgaben|grundsätze|programmierung)\b.{0,60}\b(?:nicht|verbiet\p{L}*|untersag\p{L}*)/u,
  /\bmes (?:règles|consignes|directives|principes)\b.{0,60}(?:pas|interdi\p{L}*)|\bje suis tenue? de refuser/u,
  /\bmis (?:normas|reglas|directrices|principios|políticas)\b.{0,60}(?:\bno\b|prohíb|impid)/,
  /\ble mie (?:regole|linee guida|istruzioni)\b.{0,60}(?:\bnon\b|vieta|impedisc)/,
  /\b(?:as )?minhas (?:regras|diretrizes|normas|instruções)(?!\p{L}).{0,60}(?:não|proíb|imped)/u,
  /\bmijn (?:regels|richtlijnen|principes)\b.{0,60}(?:\bniet\b|verbied)/,
  /\b(?:moje (?:zasady|wytyczne|reguły)) .{0,60}(?:\bnie\b|zabrania)|sprzeczne z moimi/,
  /\bmina (?:regler|riktlinjer|principer)\b.{0,60}(?:\binte\b|förbjud)|\bstrider mot (?:mina|min)\b/,
  /(?:kurallarım|ilkelerim|yönergelerim)\p{L}{0,9}(?!\p{L}).{0,60}(?:vermiyor|vermez|yasak|engel)/u,
  /мои (?:правила|принципы|инструкции) .{0,60}(?:не |запреща)/,
  /(?:제|내|저의) (?:규칙|지침|원칙|정책).{0,60}(?:않|없|금지|어긋)/,
  /我的(?:规则|規則|准则|準則|原则|原則|政策)[^。]{0,30}(?:不|禁止)/,
  /मेरे (?:नियम|सिद्धांत|दिशा-?निर्देश).{0,60}(?:नहीं|मना|विरुद्ध)/,
  /(?:قواعدي|إرشاداتي|مبادئي|سياستي).{0,60}(?:لا |تمنع|تحظر)|يخالف (?:قواعدي|إرشاداتي|مبادئي)/,
].map((pattern) => prefiltered(pattern));

/** "Let us speak of something else", by language. */
const anotherSubject = [
  /\b(?:stellen sie|stell|frag\p{L}*)(?: \p{L}+){0,3} (?:eine andere frage|etwas anderes)\b/u,
  /\b(?:posez|pose|demandez)(?:-moi)?(?: \p{L}+){0,2} (?:une autre question|autre chose)\b/u,
  /\b(?:haz|haga|pregunt\p{L}+|fai|faccia|faça|stel|ställ)(?: \p{L}+){0,2} (?:otra pregunta|otra cosa|un'altra domanda|outra pergunta|een andere vraag|en annan fråga)\b/u,
  /(?:zadaj|zada[ćj]|задайте|задай|başka bir soru)(?: \p{L}+){0,2} (?:inne pytanie|другой вопрос|sor\p{L}*)/u,
  /\b(?:lassen sie uns|lass uns|reden wir|sprechen wir|wollen wir)\b.{0,60}\b(?:etwas ander\p{L}+|ein ander\p{L}+ thema|ander\p{L}+ themen?)/u,
  /\b(?:parlons|passons|changeons|discutons)\b.{0,60}\b(?:autre|sujet)\b/,
  /\b(?:hablemos|cambiemos|pasemos|podemos hablar)\b.{0,60}\b(?:otr[ao]s?|tema)\b/,
  /\b(?:parliamo|cambiamo|passiamo|possiamo parlare)\b.{0,60}(?:altr[oaie]\b|argomento)/,
  /\b(?:vamos (?:falar|mudar|conversar)|falemos|mudemos|podemos falar)\b.{0,60}\b(?:outr[ao]s?|assunto|tema)\b/,
  /\b(?:laten we|zullen we|kunnen we)\b.{0,60}\b(?:iets anders|een ander|over andere)\b/,
  /(?:porozmawiajmy|zmieńmy|pomówmy|przejdźmy).{0,60}(?:inn\p{L}+|temat)/u,
  /\b(?:låt oss|ska vi|kan vi)\b.{0,60}(?:något annat|annat ämne|andra saker|byta ämne|andra ämnen)/,
  /(?:başka|farklı) (?:bir )?(?:şey|konu)\p{L}{0,9}.{0,60}(?:konuşalım|geçelim|bahsedelim|konuşabilir)/u,
  /(?:давайте|поговорим|сменим).{0,60}(?:друг\p{L}+|тему)/u,
  /(?:別|他|ほか)の(?:話|話題|テーマ|質問).{0,60}(?:しましょう|しませんか|お願い|どうぞ|変え)|話題を変え/,
  /다른 (?:이야기|주제|얘기|질문).{0,60}(?:까요|하죠|합시다|해요|주세요|하시)/,
  /换一?个?(?:话题|問題|问题|别的)|換個話題|(?:聊|谈|談)(?:点|些|點)?(?:别的|別的|其他)/,
  /(?:किसी और|दूसरे|अन्य) (?:विषय|चीज़|बात).{0,60}(?:करें|करते|चलें|पूछ)/,
  /(?:دعنا|دعونا|لنتحدث|هيا).{0,60}(?:آخر|أخرى|موضوع)/,
].map((pattern) => prefiltered(pattern));

const elsewhere = [
  /\b(?:ich|mir|mich)\b.*\b(?:nicht|nichts|kein\w*|nie)\b|\b(?:nicht|nichts|kein\w*)\b.*\b(?:ich|mir|mich)\b|\b(?:ablehnen|verweiger\w+|lehne\b.*\bab)\b/,
  /\b(?:je|j') ?(?:ne |n').*\b(?:pas|rien|point|plus|aucun\w*)\b|\bje (?:refuse|décline|m'abstiens|passe)\b|(?:dépasse|hors de|au-delà de) (?:ce que je|mes|mon)/,
  /\bno me siento (?:cómod|capaz|bien)|\bno (?:(?:me|te|le|lo|la|les|los|las|os|se) )?(?:puedo|voy|quiero|debo|pienso|hablo|respondo|contesto|doy|ayudo|\p{L}+(?:aré|eré|iré))(?!\p{L})|\bme niego\b|\bprefiero (?:no|callar)\b/u,
  /\bnon (?:(?:mi|ti|le|lo|ne) )?(?:posso|voglio|intendo|devo|parlo|do|rispondo|aiuto|\p{L}+(?:erò|irò|arò))(?!\p{L})|\bmi (?:rifiuto|astengo)\b|\bpreferisco (?:non|tacere)\b/u,
  /(?<!\p{L})não (?:(?:me|lhe|te|o) )?(?:posso|vou|quero|devo|consigo|falo|dou|respondo|ajudo|\p{L}+(?:arei|erei|irei))(?!\p{L})|\brecus\p{L}+\b|\bprefiro não\b/u,
  /\bik\b.*\b(?:niet|niets|geen|nooit|liever)\b|\b(?:niet|niets|geen)\b.*\bik\b/,
  /(?<!\p{L})nie (?:\p{L}+ ){0,2}?\p{L}{2,}(?:ę|em|am)(?!\p{L})|odmawiam|wolę nie/u,
  /\bjag\b.*\b(?:inte|inget|inga|aldrig)\b|\b(?:inte|inget|inga)\b.*\bjag\b|\bjag (?:avstår|avböjer|vägrar)\b/,
  /\p{L}(?:m[ae]m|m[ıiuü]yorum|m[ae]yaca[ğg][ıi]m|m[ae]yece[ğg]im)(?!\p{L})|reddediyorum/u,
  /(?<!\p{L})не (?:\p{L}+ ){0,2}?\p{L}+(?:у|ю|усь|юсь)(?!\p{L})|отказываюсь|воздерж/u,
  /(?:答え|応え|回答|話|説明|コメント|手伝|協力|教え|述べ|言え|申し上げ|触れ|対応|応じ|(?:依頼|要望|リクエスト|質問)[^。]{0,6}受け)[^。]{0,16}(?:ません|ない|控え|かね|断り)|遠慮(?:さ|し|いた)/,
  /(?:답|말|이야기|얘기|대화|도와|도움|알려|설명|논의|다루|언급|응)[^.]{0,14}(?:않|없|못|어렵|곤란|삼가)/,
  /(?:^|[，,。])(?:这|這|那|此|对此|關於|关于)?[^。，]{0,10}?我[^。，]{0,6}(?:不|无法|無法|没法|拒绝|拒絕)|(?:恕|暂|暫)(?:我)?(?:不|无法|無法|难)/,
  /(?:मैं|मुझे|मुझसे).*(?:नहीं|इनकार|असमर्थ)/,
  /(?<!\p{L})(?:لا|لن|لست|لم) (?:أ\p{L}+|يمكنني|ي\p{L}+ني)|أرفض|أمتنع|أفضل (?:ألا|عدم)/u,
].map((pattern) => prefiltered(pattern));

/** "I can't believe it", "I cannot thank you enough": joy and wonder. */
const sayings =
  /\b(?:cannot|not) (?:[a-z]+ )?(?:believe|wait|imagine|thank|stop|resist|get over|look away|take my eyes|put (?:it|this|them) down|complain|fault)\b|\benough\b|\bhelp but\b|\bi have (?:never|not) (?!been (?:allowed|permitted|authori[sz]ed|designed|trained|made|built|programmed|given|set|instructed)\b)/;

/** Not knowing, not finding and not reaching are no refusal. */
const notKnowing =
  /\b(?:know|reproduce|reach|access|connect|open|load|locate|verify|confirm|detect|parse|download|hear|read|come(?! (?:ia|ai|assistente|modello)\b)|attend|afford|find|found|see|seen|remember|recall|sure|understand|aware|mind|agree|think so|have (?:access|data|any|enough|an? (?!right|duty)|your )|weiß|weiss|kenne|finde|sais|connais|trouve|sé|sabe|conozco|encuentro|so|conosco|trovo|sei|conheço|encontro|weet|ken|wiem|znam|vet|känner|bilmiyorum|bulama\w*)\b|знаю|наш[её]л|помню|わかり|分かり|知り|知ら|見つか|모르|모릅|알 수|찾을|不知道|不清楚|没找到|पता|जानता|मालूम|أعرف|أعلم|أجد/u;

/** "My rules do not allow it", "my answer is not …": of the talk, not of "my cat". */
const isMine = (folded: string): boolean => {
  const owned = /\bmy ([a-z]+ (?:[a-z]+ )?)(?:do|does|will|would|can|is|are) not\b/.exec(folded)?.[1];
  return owned?.trim().split(' ').every(isOfTalk) ?? false;
};

/** Words of its clause: a longer one has a verb by which it is told. */
const longestNo = 10;

export const saysShortNo = ({ folded, words }: Clause): boolean => {
  if (sayings.test(folded)) return false;
  if (isMine(folded) || english.some((pattern) => pattern.test(folded))) return true;
  if (notKnowing.test(folded) || wordCount(words) > longestNo) return false;
  return [iNot, iCannot, ...limits, ...rules, ...anotherSubject, ...elsewhere].some((pattern) => pattern.test(folded));
};
