/**
 * What the prompt asks of the one who answers. An answer to "who are you?" is about its writer, however short it is and
 * in whatever order its words stand; a letter that somebody wants written is signed by a person.
 */
import { late } from '../text/late.ts';

/** `who`: who or what the writer is. `you`: what it can, keeps or feels, and what is true of this chat. `letter`: a text to be signed by a person. */
export type Asked = 'who' | 'you' | 'letter' | undefined;

const longestRequest = 700;

/** Said of a text, not of the writer: it is quoted, or to be put into another language. */
const quoted =
  /"[^"\n]{0,200}"|“[^”\n]{0,200}”|„[^“\n]{0,200}“|«[^»\n]{0,200}»|「[^」\n]{0,200}」|```[\s\S]{0,400}?```/g;
const translates =
  /\btranslat|\bin (?:spanish|french|german|italian|japanese) (?:is|do you say)|how do (?:you|i) say|übersetz|wie sagt man|\btradu[icz]|comment dit-on|cómo se dice|come si dice|como se diz|vertaal|przetłumacz|jak powiedzieć|översätt|çevir|перевед|翻訳|번역|翻译|翻譯|अनुवाद|ترجم/;

const model =
  '(?:model|models|ai|a\\.i\\.?|llm|chatbot|bot|robot|assistant|gpt|language model|version|engine|system|software|program)';
const part =
  '(?:name|model|version|makers?|creators?|developers?|company|vendor|origins?|architecture|weights|parameters?|parameter count|size|training|training data|cutoff|knowledge cutoff|identity|family|brand|parent|parents|licen[cs]e|father|mother|dad|daddy|mom|mum|owners?|founders?|team|backend|provider|predecessor|successor|siblings?|background|story|bio|biography|birthday|age|type|kind|id|specs|model card|system prompt|instructions|guidelines|full name|real name|nickname|source code|lab|signature)';

const english: readonly string[] = [
  `\\bwho(?:'s|'re| is| are| was| were| has| do| does| did)? (?:(?:the|a|an|actually|exactly|really|originally|hell|heck|on earth|people|company|person|team|guy|ones?|behind|that|i|think|say|made|makes|built|builds|created|creates|trained|trains|developed|develops|programmed|designed|owns|runs|wrote|released|coded|operates|maintains|invented|pays|pays for|hosts|launched|taught|raised|named|powers|responsible for|in charge of|talking to) ){0,5}(?:you|your (?:${part}))(?! (?:\\w+ing|think|like|want|vot\\w+|support|prefer|admire|love|trust|know|met|saw)\\b)`,
  `\\byour (?:(?:full|real|own|actual|current|exact|latest|base|underlying|model|ai|official|true|first|proper|precise|internal|context|parent|given|very own|model's) ){0,2}${part}\\b`,
  `\\b(?:what|which|wich|whose) (?:\\S+ ){0,4}?(?:${model}|company|lab|firm|team|country|family|generation|edition|flavou?r) (?:\\S+ ){0,5}?(?:you|your|this|here|i'm|am i|talking|chatting|speaking|answering)\\b`,
  `^\\W*(?:please )?\\w+ yourself\\b|\\b(?:cite|credit|attribute)\\b.{0,20}\\b(?:this|these|you|it)\\b`,
  `\\b(?:introduce|describe|identify|present|define|name|advertise|review|portray|summari[sz]e|explain|sell|pitch) yourself\\b`,
  `\\babout (?:yourself|you)\\b(?! (?:think|like|want|would|can))|\\b(?:who|what) you (?:really |actually )?are\\b|\\bwhat are you\\b(?! \\w+ing\\b)|\\bwhat r u\\b|\\bcall you\\b|\\bcalled\\?`,
  `\\b(?:are|r|aren't) you (?:\\S+ ){0,3}?(?:${model}|human|person|machine|real|alive|open[- ]source|open[- ]weights?|based on|made by|built by|built on|trained by|related|owned|powered|affiliated)\\b`,
  `\\b(?:made|built|created|trained|developed|programmed|designed|owns|released|wrote|coded|raised|named|powers|hosts|funded|invented|did (?:\\S+ ){1,3}(?:train|make|build|create|develop|design)) (?:you|this (?:chat|ai|bot|assistant|model))\\b|\\bwho(?:'s| is| has)? (?:wrote|written|writing|answering|generated|behind) (?:this|that|these)\\b`,
  `\\byou (?:(?:were|are|was|been|originally|actually|really|have|get|got|first) ){0,4}(?:made|built|created|trained|developed|programmed|designed|based on|born|c[oa]me from|called|named|originat\\w+)\\b`,
  `\\b(?:sign|signed)\\b.{0,30}\\b(?:you|yourself|your (?:own )?name)\\b|\\b(?:by|from|of|like|including|include|mention|with|for|as) yourself\\b`,
  `\\b(?:who am i|who is this|who's this|who's there|whoami)\\b|\\bwhat am i (?:talking|chatting|speaking|writing|dealing|using)\\b`,
  `^\\W*(?:(?:which|what|quick|quickly|and|hey|hi|so|your|the|full|exact|please|state|give|say|tell me)[,!:]? ){0,3}(?:name|model|maker|version|identity|vendor|model name)(?:,? (?:and|&|\\+) (?:\\w+ )?(?:name|model|maker|version|company|vendor|size))?\\W*$`,
  `\\bwhat makes you\\b|\\bhow (?:do|are|were|did) you (?:work|function|made|built|trained|learn|tick)\\b`,
  `\\bmodel(?:'s)? (?:id|name)\\b|\\bunder the hood here\\b|\\bname,? (?:and )?(?:maker|creator|developer|company|vendor)\\b|\\bsign as\\b|\\bintroduce the ai\\b`,
  `\\b(?:which|what) (?:\\S+ ){0,2}?(?:${model}) (?:just )?(?:answer\\w*|repl\\w+|respond\\w*|wrote|writes|is writing|generated)(?: (?:me|to me|that|these|my \\w+))?\\W*$`,
  `\\byour (?:limits|limitations|strengths|weaknesses|abilities|capabilities|origins?|hobbies)\\b|\\bwho(?:'s| is) (?:speaking|talking|writing|answering)\\b`,
  `\\band (?:yours|you)\\?|\\bhow (?:big|large|old|many parameters)\\b.{0,14}\\byou\\b`,
  `\\b(?:poem|limerick|haiku|sonnet|song|rhyme|rap|verse|ode|bio|biography|portrait|profile|cv|resume|joke|riddle|acrostic)\\b.{0,12} (?:about|of|on|to|by|from|with) (?:you|yourself|your own|your name|your (?:life|day|name|self))\\b`,
];
const others: readonly string[] = [
  // German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Turkish
  `wer (?:oder was )?(?:bist du|sind sie|hat dich|hat sie|steckt hinter dir|ist da)|was (?:bist du|sind sie)(?! von beruf)|wie (?:heißt|heisst) du|wie heißen sie|(?:dein|ihr)e?[nrms]? (?:voller |richtiger )?(?:name|modell|version|hersteller|entwickler|firma|schöpfer|steckbrief)|(?:welche|was für ein)[rsn]? (?:ki|modell|sprachmodell|version|bot|chatbot|assistent)(?: (?:bist|sind sie|steckt|ist das|ist hier|schreibt|antwortet|spricht|nutze ich|benutze ich|läuft|hier|hast)|[^\\p{L}]*$)|wie (?:heißt|heisst|nennt sich) (?:die ki|das modell|der bot|dieser bot|der assistent|diese ki)|wer (?:schreibt|antwortet|spricht) (?:hier|da|mir)|mit wem (?:rede|spreche|schreibe|chatte)|(?:stell|beschreib)e? dich|über dich|von dir selbst|von wem (?:wurdest|bist|stammst)|wie (?:soll|darf|kann) ich (?:dich|sie) nennen|bist du (?:eine? )?(?:ki|chatgpt|bot|mensch|roboter|maschine)|woher (?:kommst|stammst) du`,
  `qui (?:es[- ]tu|êtes[- ]vous|t'a|vous a|a pu te|se cache|est derrière|suis-je en train)|tu es qui|t'es qui|vous êtes qui|c'est quoi ton|(?:comment|quel) (?:t'appelles|tu t'appelles|vous appelez|est (?:ton|votre) (?:nom|modèle|créateur|prénom|éditeur))|(?:ton|votre) (?:nom|modèle|créateur|concepteur|fabricant|éditeur|prénom|version)|quel(?:le)? (?:modèle|ia|version|assistant|intelligence|entreprise|société)(?: (?:es[- ]tu|êtes|est-ce|me répond|me parle|répond|parle|écrit|utilis\\p{L}+|tu es|t'a|vous a|se cache|tourne)|[^\\p{L}]*$)|tu es quel(?:le)?|vous êtes quel(?:le)?|te présenter|vous présenter|quel âge (?:as|avez)|tu as quel âge|présente[- ]toi|présentez[- ]vous|parle[- ]moi de toi|décris[- ]toi|à qui (?:je parle|ai-je affaire|est-ce que je parle)|sur toi(?:-même)?(?!\\p{L})|es-tu (?:une ia|un robot|chatgpt|humain|basé)|d'où (?:viens-tu|tu viens)|qu'es-tu|tu es quoi|t'es quoi`,
  `quién (?:eres|es usted|te (?:creó|hizo|ha creado|entrenó|desarrolló)|está detrás)|quien (?:eres|te creo|te hizo)|qué eres|que eres|cómo (?:te llamas|se llama)|como te llamas|(?:tu|su) (?:nombre|modelo|creador|versión|fabricante|empresa)|qué (?:modelo|ia|versión|empresa)(?: (?:eres|es usted|usas|es este|estoy|responde|te|hay detrás|escribe)|[^\\p{L}]*$)|con quién tengo|preséntate|descríbete|háblame de ti|con quién (?:hablo|estoy)|sobre ti(?!\\p{L})|eres (?:una ia|humano|chatgpt|un robot|un bot)|de dónde (?:eres|vienes)`,
  `chi (?:sei|è lei|ti ha|c'è dietro)|cosa sei|che cosa sei|come ti chiami|come si chiama|(?:tuo|suo) (?:nome|modello|creatore|produttore)|tua (?:versione|azienda)|(?:che|quale) (?:modello|ia|ai|versione)(?: (?:sei|usi|è questo|risponde|scrive|stai|c'è)|[^\\p{L}]*$)|di te(?!\\p{L})|quanti anni hai|presentati(?!\\p{L})|descriviti|parlami di te|con chi (?:parlo|sto)|su di te|sei (?:un'ia|un umano|umano|chatgpt|un robot|un bot)|da dove vieni`,
  `quem (?:é você|és tu|te (?:criou|fez|treinou)|está por trás)|você é (?:quem|o quê|humano|uma ia|um robô)|o que (?:você é|é você|és)|como (?:você se chama|te chamas|se chama)|qual (?:é )?(?:o )?(?:seu|teu) (?:nome|modelo)|(?:seu|teu) (?:nome|modelo|criador|desenvolvedor)|(?:que|qual) (?:modelo|ia|versão)(?: (?:você|é você|és|é este|está|responde|escreve)|[^\\p{L}]*$)|(?:sua|tua) (?:origem|versão|idade|empresa)|apresente-se|se apresente|fale sobre você|fala de ti|com quem (?:falo|estou)|sobre você|de onde você vem`,
  `wie (?:ben je|ben jij|bent u|heeft je|heeft jou|heeft u|zit er achter)|hoe heet (?:je|jij|u)|wat ben (?:je|jij)|(?:je|jouw|uw) (?:naam|model|maker|versie)|welke? (?:model|ai|taalmodel|versie|bedrijf)(?: (?:ben|bent|gebruik|zit|is dit|praat|spreek|antwoordt|schrijft|heeft je)|[^\\p{L}]*$)|jezelf (?:beschrijven|voorstellen)|ben je van|stel je(?:zelf)? voor|beschrijf jezelf|over jezelf|met wie (?:praat|spreek|chat)|ben je (?:een ai|een mens|chatgpt|een bot|een robot)|waar kom je vandaan`,
  `kim (?:jesteś|ty jesteś)|czym jesteś|jak (?:się nazywasz|masz na imię|ci na imię)|kto (?:cię|ciebie) |(?:twoje|twój) (?:imię|model|twórca|nazwa)|twoja (?:nazwa|wersja)|jaki(?:m|ego)? (?:jesteś )?model|jaka (?:to )?wersja|przedstaw się|opowiedz o sobie|opisz siebie|z kim (?:rozmawiam|piszę)|o sobie|(?:masz|nosisz) (?:jakieś )?imię|jesteś (?:człowiekiem|botem|robotem|sztuczną)|skąd (?:jesteś|pochodzisz)`,
  `vem (?:är du|har skapat dig|skapade dig|gjorde dig|ligger bakom|pratar jag)|vad (?:är du|heter du)|(?:ditt|ert) namn|(?:vilken|vilket) (?:modell|ai|version|företag|språkmodell)(?: (?:är du|är detta|svarar|pratar|skriver|ligger bakom)|[^\\p{L}]*$)|presentera dig|berätta om dig|beskriv dig|om dig själv|är du (?:en ai|en människa|chatgpt|en robot)|var kommer du ifrån|din (?:modell|skapare|tillverkare)`,
  `kimsin|kim(?:siniz)|sen kimsin|nesin|adın ne|adınız ne|ismin ne|seni kim|sizi kim|hangi (?:model|yapay zek[aâ]|sürüm|şirket)\\p{L}*(?:s[ıiuü]n|s[ıiuü]n[ıiuü]z)(?!\\p{L})|adın var|kendini (?:tanıt|anlat)|kendinden|kiminle (?:konuş|yazış)|(?:adın|ismin|yapımcın|geliştiricin|modelin)(?!\\p{L})|yapay zek[aâ] m[ıi]s[ıi]n|insan m[ıi]s[ıi]n`,
  // Russian, Japanese, Korean, Chinese, Hindi, Arabic
  `кто ты|ты кто|кто вы|что ты такое|как тебя зовут|как вас зовут|тебя зовут|кто (?:тебя|вас)|(?:твоё|твое|ваше) имя|(?:твой|твоя|ваш) (?:создатель|разработчик|модель|версия)|какая ты|что ты за|что за модель|(?:какая|какой|какая у тебя|какой у тебя) (?:модель|версия|нейросеть|движок)(?: (?:ты|отвечает|пишет|здесь|это|у тебя)|[^\\p{L}]*$)|какой у (?:тебя|вас) (?:движок|мозг|возраст)|на чём ты работаешь|на чем ты работаешь|представься|расскажи о себе|опиши себя|о себе|с кем я|ты (?:человек|бот|нейросеть|робот|чатгпт)|откуда ты`,
  `(?:あなた|君|きみ|お前|そちら)(?:の名|って(?:誰|何|だれ)|を作|を開発|を訓練|は(?:誰|何|だれ|なに|どこの|人間|人で|ai|ロボット|どの(?:モデル|ai)))|お名前|(?:^|[のあ])名前(?:は|を教えて)|^開発元|^開発者は|何ができ(?:ます|る)|何が得意|何者|^誰(?:ですか|なの|？|\\?|が作|が開発|に作)|どの(?:モデル|ai)(?:です|なの|が答え|を使|$)|何の(?:モデル|ai)(?:です|なの|$)|^どこ(?:の会社|が作|が開発)|自己紹介|自分(?:を|に)(?:つい|紹介|説明)|モデル名|バージョンは|あなたについて`,
  `(?:너|넌|당신|자네|귀하)(?:는|은|의|를|을)? ?(?:누구|뭐|무엇|이름|정체|어떤|어느|누가|모델)|누구(?:세요|야|니|냐|십니까|예요)|이름(?:이|은) ?(?:뭐|무엇|어떻게)|정체가|자기소개|너를|널 (?:누가|만든)|누가 (?:너|당신|널)|(?:너|넌|당신).{0,6}누가|(?:어떤|무슨|어느) (?:모델|ai|인공지능|회사).{0,3}(?:야|예요|이에요|인가요|입니까|니|세요|$)|자기 자신|본인을|모델명|너에 대해|본인 소개`,
  `[你您](?:是|叫|到底|究竟|的(?:名字|模型|开发|版本|创造|公司|全名|开發|身份))|[谁誰].{0,4}(?:做|造|开发|創造|创造|研发|训练|開發).{0,3}[你您]|介绍(?:一下)?(?:你|您|自己)|自我介绍|自我介紹|[你您](?:是|用|基于|属于|背后|用的是|来自).{0,6}(?:什么|哪个|哪家|哪款)|[你您](?:背后)?的(?:公司|母公司|东家)|做(?:一下|个)?自我|^(?:这是)?(?:什么|哪个)(?:模型|ai)|[你您]谁|[你您]来自|关于[你您]|跟谁|和谁`,
  `(?:आप|तुम|तू) (?:कौन|क्या हैं|क्या हो)|कौन (?:हो|हैं आप|है तू)|(?:आपका|तुम्हारा|तेरा) (?:नाम|मॉडल)|(?:आपको|तुम्हें|तुझे) (?:\\S+ )?किसने|अपना परिचय|अपने बारे|(?:आप|तुम) (?:किस|कौन)|किससे बात`,
  `من (?:أنت|انت|انتَ)|مين (?:انت|أنت|إنت)|ما (?:هو )?(?:اسمك|إسمك|نموذجك)|ما أنت|اسمك|شو اسمك|من (?:صنعك|طورك|طوّرك|أنشأك|دربك|صممك|الذي صنعك|قام بتطويرك)|عرّف(?:ني)? (?:عن )?نفسك|عرف (?:عن )?نفسك|عن نفسك|كيف أناديك|أي نموذج|اي نموذج|ماذا أسميك|مع من أتحدث|هل أنت`,
];

const you = /(?<!\p{L})(?:you|your|yours|yourself)(?!\p{L})/u;
/** Work for the reader: who did it is not asked. */
const task =
  /(?<!\p{L})(?:(?:can|could|would|will|do) you (?:please )?(?:\p{L}+ly )?(?:write|give|explain|tell|help|find|list|show|translate|summari[sz]e|recommend|suggest|compare|check|fix|rewrite|create|generate|describe|provide|think of|come up|look|review|edit|convert|calculate|solve|analy[sz]e|define|teach|draft|compose|design|plan|outline|send|answer|use|mean|prefer|advise|say)|help me|write me|tell me (?:how|what|why|when|where|if|whether|about (?!you)))(?!\p{L})/u;
/** "Are you ChatGPT?" */
const areYou =
  /(?<!\p{L})(?:are you|aren't you|you are|you're|bist du|du bist|sind sie|es-tu|tu es|t'es|êtes-vous|vous êtes|eres|es usted|sei|è lei|você é|és|ben je|ben jij|je bent|jesteś|är du|du är)(?!\p{L})|^[^\p{L}]*(?:а |так )?(?:ты|вы) (?:— |это |и есть |случайно не |не )?\S+(?: \S+)?$|m[ıi]s[ıi]n|musun|あなたは|君は|너는|넌|당신은|[你您]是|^(?:क्या )?(?:आप|तुम) \S+(?: \S+)? (?:हो|हैं|है)|^(?:هل )?(?:أنت|انت) \S+(?: \S+)?$/u;
/** A question, or an exclamation at the writer: "I love you, Alexa". */
const questions =
  /^[^\p{L}]*(?:(?:hey|hi|so|but|and|ok|okay|then|please|wait|hm|wow|\p{L}{1,20},)[, ]{1,2}){0,2}(?:can|could|do|does|did|are|is|were|have|has|will|would|should|may|must|why|how|what|when|where|whats|what's|am|aren't|don't|can't|won't|didn't|isn't|i (?:love|hate|like|trust|miss)|you(?:'re| are)?)(?!\p{L})/u;
const youElsewhere =
  /(?<!\p{L})(?:du|dich|dir|dein\p{L}{0,2}|sie|ihnen|tu|te|toi|ton|ta|vous|votre|t'|es-tu|tú|ti|eres|usted|puedes|puede|tienes|tiene|sei|tuo|tua|puoi|hai|você|és|seu|sua|je|jij|jou|jouw|u|uw|ben|kun|ty|cię|ciebie|ci|twój|twoje|twoja|jesteś|masz|możesz|dig|din|ditt|sen|seni|sana|senin|adın|ты|тебя|тебе|твой|твоя|твоё|вы|вас|вам|ваш\p{L}{0,2})(?!\p{L})|[你您]|あなた|きみ|君|너|넌|당신|आप|तुम|तू(?!\p{L})|أنت|انت|إنت|سمك|صنعك|طورك|نفسك|هل (?:يمكنك|تستطيع|تعرف|لديك|عندك|تتذكر|تتكلم|تحفظ|تملك|تتعلم)/u;
/** Then an answer may speak of other models, or of what the reader should use. */
const ofOthers =
  /(?<!\p{L})(?:recommend|suggest|best|which|compare|versus|vs|alternatives?|other|others|apps?|tools?|companies|models|assistants|ais|chatbots?|know (?:a|an|any|of|some)|ai|llms?|gpts?|technology|news|empf\p{L}+|recom\p{L}+|consigl\p{L}+|polec\p{L}+|öner\p{L}*|hilf\p{L}*|helfen|aider|aide|ayud\p{L}+|aiut\p{L}+|ajud\p{L}+|helpen|pom\p{L}+|hjälp\p{L}*|yardım\p{L}*|помо\p{L}+|wissen|kennst|connais\p{L}*|conoces|conosci|conhece|stock|heard|market|industry|competitors?)(?!\p{L})|推荐|推薦|おすすめ|教えて|추천|알려|帮|सुझा|बताओ|बताइए|أوص|رشح|ساعد/u;

const writes =
  /(?<!\p{L})(?:write|draft|compose|pen|reply to|answer (?:this|the) (?:mail|letter|email)|schreib\p{L}*|verfass\p{L}*|écris|écrivez|rédige\p{L}*|escrib\p{L}*|redacta|scriv\p{L}*|escrev\p{L}*|schrijf|napisz|skriv|yaz|напиши)(?!\p{L})|書いて|써 ?[줘주]|작성|写|寫|लिख|اكتب/u;
const letter =
  /(?<!\p{L})(?:letters?|e-?mails?|mails?|cards?|notes?|messages?|postcards?|invitation|apology|resignation|reference|brief|karte|nachricht|einladung|lettre|carte|message|mot|carta|correo|tarjeta|nota|mensaje|lettera|biglietto|messaggio|cartão|mensagem|bilhete|brief|kaart|bericht|list|kartka|wiadomość|brev|kort|meddelande|mektup|not|mesaj|письмо|записку|открытку|сообщение)(?!\p{L})|手紙|メール|편지|메일|信|邮件|पत्र|رسالة/u;

const whoPatterns = late(() => [
  ...english.map((source) => new RegExp(source, 'u')),
  ...others.map((source) => new RegExp(`(?<![\\p{Script=Latin}\\p{Script=Cyrillic}])(?:${source})`, 'u')),
]);

/** `request`: the last turn of the user, folded. `namesAModel`: whether a text has the name of one, or of a maker. */
export function askedOfWriter(request: string, namesAModel: (text: string) => boolean): Asked {
  if (request.length > longestRequest) return undefined;
  const text = request
    .replace(quoted, ' ')
    .replace(/(?<!\p{L})u(?!\p{L})/gu, 'you')
    .replace(/(?<!\p{L})ur(?!\p{L})/gu, 'your');
  if (translates.test(text)) return undefined;
  if (text.length <= longestQuestion && areYou.test(text) && namesAModel(text)) return 'who';
  if (text.length <= longestQuestion * 2 && whoPatterns().some((pattern) => pattern.test(text)))
    return isOfOther(text, namesAModel) ? undefined : 'who';
  if (writes.test(text) && letter.test(text)) return 'letter';
  return text.length < longestQuestion && !isFragment.test(text) && !playsRole.test(text) && isOfYou(text)
    ? 'you'
    : undefined;
}
const longestQuestion = 160;

/** "You could" is no question. */
const isFragment = /^\s*[\p{Script=Latin}']+ [\p{Script=Latin}']+\s*$/u;
/** "You are a travel agent." */
const playsRole =
  /^[^\p{L}]*(?:you are|you're|act as|pretend|imagine you|play|role-?play)(?: now)? (?:an?|the|my|our) /u;
const isOfYou = (text: string): boolean =>
  ((you.test(text) && (questions.test(text) || toYou.test(text))) ||
    thisChat.test(text) ||
    ((youElsewhere.test(text) || spanishYou.test(text)) && asksAtEnd.test(text))) &&
  !task.test(text) &&
  !ofOthers.test(text);
/** "I think you're wrong." */
const toYou = /^[^\p{L}]*(?:i (?:think|thought|know|guess|bet|wish|hope) )?(?:you|you're|your)(?!\p{L})/u;
/** The verb alone says "you": "¿Guardas mis datos?" */
const spanishYou = /^¿(?:y |no |me |te )?(?!cu[aá]|qui|qu[eé]|l[ao]s|es |tus|sus|más)\p{L}+[aeáé]s(?!\p{L})/u;
const asksAtEnd = /[?？؟]\s*$|[吗呢么嗎麼]\s*$|か\s*$|(?:니|냐|까|어|야|지|요)\s*$/u;
/** "Is this chat private?", "what happens to my prompt" */
const thisChat =
  /(?<!\p{L})(?:this|the) (?:chat|conversation|thread|window|session)(?!\p{L}).{0,40}\?|^[^\p{L}]*(?:what happens|where|who|how long|is|are|does|do).{0,24}(?<!\p{L})my (?:prompts?|messages?|inputs?|chats?|conversations?|questions?|texts?)(?!\p{L})/u;

/** "Who made Claude?" */
const isOfOther = (text: string, namesAModel: (text: string) => boolean): boolean =>
  !you.test(text) && !youElsewhere.test(text) && namesAModel(text);
