/**
 * The same families in fifteen other languages: a writer who cannot, may not or will not, and the work of a model as
 * the verb. What a shop cannot do (to refund, to deliver) is in none of them, nor is "we". One folded clause each.
 */
import { prefiltered, type Tester } from '../prefilter.ts';

const between = '[^.;]{0,60}?';

const german = (() => {
  const can = '(?:kann|darf|werde|möchte|will|könnte|mag|soll)';
  const help =
    '(?:helfen|weiterhelfen|behilflich|unterstützen|assistieren|beantworten|antworten|erklären|beschreiben|erläutern|verfassen|schreiben|erstellen|programmieren|produzieren|entwickeln|generieren|diskutieren|sprechen|reden|nachkommen|entsprechen|erfüllen|äußern|eingehen|mitwirken|mithelfen|beitragen|befürworten|fördern|beurteilen|bewerten|übersetzen|weitergeben|herausgeben|preisgeben|verraten|offenlegen|ausstellen|anfertigen|fälschen|nachmachen|herstellen|mitmachen|dienen|besorgen|ausarbeiten|aushelfen)';
  const give =
    '(?:auskunft|auskünfte|information\\w*|ratschl\\w+|rat|tipps?|anleitung\\w*|hinweise|antwort\\w*|hilfe|inhalte?|details|empfehlung\\w*|angaben|daten|dazu|darüber|davon|das|dies|meinung)';
  return [
    `(?:ich ${can}|${can} ich|\\bich bin\\b${between} und ${can})\\b${between}\\b(?:nicht|keine?[rnms]?|nichts|niemals|weder)\\b${between}${help}`,
    `(?:ich ${can}|${can} ich)\\b(?=${between}\\b(?:nicht|keine?[rnms]?|nichts|niemals)\\b)(?=${between}\\b${give}\\b)${between}\\b(?:geben|anbieten|bereitstellen|erstellen|liefern|erteilen|teilen|machen|tun|sagen|abgeben)`,
    `\\b(?:das|dies|dazu|so etwas) ${can} ich\\b[^.;]{0,20}?\\b(?:nicht|nichts)\\b[^.;]{0,10}?(?:tun|machen|sagen|$)`,
    '(?:(?:schreibe|verfasse|erstelle|formuliere|generiere|liefere|gebe|nenne|beantworte|programmiere|baue|entwickle|produziere) ich|ich (?:schreibe|verfasse|erstelle|formuliere|generiere|liefere|nenne|beantworte|programmiere|produziere)) (?:[^ .;]+ ){0,4}?(?:nicht|keine\\w*)(?! mehr| nur)',
    'helfe ich (?:dir |ihnen |hier |dabei )?nicht|ich helfe (?:dir |ihnen |hier |dabei |bei )?[^.;]{0,30}?nicht',
    '(?:ist (?:es )?mir|mir ist (?:es)?|ist mir) (?:leider )?(?:nicht (?:möglich|gestattet|erlaubt)|unmöglich|untersagt)',
    '(?:bin ich|ich bin) (?:leider )?(?:nicht|außer) ?(?:in der lage|stande|befugt|berechtigt|dafür gemacht)',
    '(?:ich (?:muss|lehne|verweigere|weigere)|muss ich)\\b[^.;]{0,40}?(?:ablehnen|verweigern|\\bab\\b|passen|mich|weigern|beantwort\\w+)',
    '(?:gegen|außerhalb|mit) mein\\w* (?:\\w+ )?(?:richtlinien|grundsätze\\w*|prinzipien|programmierung|regeln|möglichkeiten|aufgabe\\w*)',
    '(?:das|dies) ist (?:nichts|keine? \\w+|kein thema),? (?:wobei|womit|bei dem|bei der|was|zu dem|zu der|über das|über die) ich\\b',
    '^(?:anfrage abgelehnt|abgelehnt|das geht nicht|auf keinen fall|lieber nicht|nein danke)[.!]?$',
  ];
})();

const french = [
  "je ne (?:vous |te |t')?(?:aiderai|expliquerai|donnerai|répondrai|fournirai|écrirai|rédigerai|décrirai|indiquerai) (?:pas|rien|aucune?)|je ne (?:vous |te )(?:aide|donne|explique|fournis|montre) (?:pas|rien|aucune?)",
  `(?:je|j') ?(?:ne |n')(?:peux|puis|pourrai|vais|veux|souhaite|dois|saurais|suis)\\b (?:malheureusement |donc )?(?:pas |point )?(?:en mesure de |capable de |autorisée? à |habilitée? à )?${between}(?:aider|assister|répondre|expliquer|décrire|communiquer|écrire|rédiger|créer|générer|produire|traiter|satisfaire|accéder|donner suite|parler|discuter|commenter|exprimer|prendre (?:position|parti)|conseiller|participer|traduire|encourager|cautionner|faire (?:cela|ça)|(?:fournir|donner|partager|proposer|offrir)${between}(?:instruction|information|conseil|détail|renseignement|avis|réponse|aide|indication|contenu|liste|explication|opinion|données|coordonnées|cela|ça))`,
  "il (?:ne )?m'est (?:malheureusement )?(?:pas |im)?possible (?:de |d')(?:\\w+ )?(?:répondre|aider|assister|fournir|donner|parler|traiter|écrire|expliquer|créer|satisfaire|partager|communiquer|poursuivre|commenter)",
  "je (?:n'|ne )(?:identifie|reconnais|juge|évalue|note|commente|porte)\\b [^.;]{0,24}(?:personnes?|gens|visages?|physique|apparence|jugement|corps|orientation|origine)(?![^.;]{0,50}, (?:je|mais) )",
  "va à l'encontre d(?:e mes|u|es|e) |je préférerais ne pas (?:répondre|en parler|le faire|aider)",
  "ce n'est pas (?:quelque chose|un sujet|une chose|une question|une demande) (?:que|sur l\\w+|à l\\w+|dans l\\w+|pour l\\w+|auquel|à quoi|avec quoi|où) ?je|(?:il ne m'est|ne m'est) pas (?:permis|autorisé)|je n'ai pas (?:le droit|l'autorisation) d",
  "je n'(?:écris|écrirai) (?:pas|aucune?|jamais)",
  'je ne (?:rédige|produis|crée|génère|fournis|partage|donne|reproduis) (?:pas|aucune?|jamais|point)',
  "je (?:refuse|décline|m'abstiens|préfère ne pas|me dois de (?:refuser|décliner)|dois (?:refuser|décliner))",
  '(?:contre|contraire à|enfreint|viole|en dehors de) (?:mes|mon|ma) (?:\\w+ )?(?:directives|principes|règles|programmation|consignes|valeurs|capacités)',
  '^(?:demande refusée|requête refusée|hors de question|non, je refuse)[.!]?$',
];

const spanish = [
  '\\bno (?:te |le |os |les )?(?:ayudaré|explicaré|daré|responderé|diré|proporcionaré|enseñaré)(?!\\p{L})',
  `\\bno (?:(?:te|le|les|os|lo|la|los|las) )?(?:puedo|podré|podría|voy a|me es posible|me resulta posible|estoy (?:autorizad[oa]|en condiciones|capacitad[oa]|programad[oa]|diseñad[oa]|en posición)|debo|quiero|deseo|soy capaz de|tengo permitido|me está permitido)\\b${between}(?:ayud\\w+|asist\\w+|respond\\w+|contest\\w+|explic\\w+|describ\\w+|habl\\w+|discut\\w+|coment\\w+|escrib\\w+|cre\\w+|gener\\w+|redact\\w+|cumpl\\w+|atender|particip\\w+|apoy\\w+|opin\\w+|traduc\\w+|promov\\w+|conden\\w+|hacer(?:lo| eso| esto)|(?:proporcion|compart|facilit|brind|ofrec|dar|mostr|suger)\\w*${between}(?:informaci|instruccion|consejo|detalle|respuesta|ayuda|indicacion|contenido|lista|opini|orientaci|dato|recomendaci|eso|esto|paso))`,
  '\\bno (?:identifico|reconozco|juzgo|evalúo|valoro|califico|comento|opino sobre)\\b[^.;]{0,24}(?:personas?|gente|rostros?|caras?|aspecto|apariencia|físico|cuerpos?|orientación|origen)(?![^.;]{0,50} sino )',
  'preferiría no (?:responder|contestar|hablar|hacerlo|ayudar|opinar)',
  'no es (?:algo|un tema|una pregunta|una petición|una solicitud) (?:en|con|de|a|sobre|para)? ?(?:lo |la |el )?(?:que|cual) (?:yo )?(?:te |le |lo |la )?(?:pueda|puedo|voy|vaya)',
  '\\bno (?:se me (?:permite|autoriza|ha permitido)|me (?:está|es) permitido|tengo permiso para)\\b',
  '\\bno (?:escribo|redacto|genero|proporciono|comparto|escribiré|redactaré|generaré|crearé)(?!\\p{L})',
  '\\b(?:me niego|debo (?:declinar|rechazar|negarme)|tengo que (?:declinar|rechazar|negarme)|prefiero no|rechazo)\\b',
  '(?:contra|en contra de|infringe|viola|fuera de) (?:mis|mi|las) (?:\\w+ )?(?:directrices|principios|normas|políticas|programación|valores|reglas|capacidades|alcance)',
  '^(?:solicitud (?:denegada|rechazada)|de ninguna manera|ni hablar)[.!]?$',
];

const italian = [
  '\\bnon (?:ti |le |vi )?(?:aiuterò|spiegherò|darò|risponderò|dirò|mostrerò)(?!\\p{L})|\\bnon ti posso aiutare',
  `\\bnon (?:posso|potrò|potrei|sono (?:in grado|autorizzat[oa]|in condizione|programmat[oa]|capace)(?: di| a)?|mi è (?:possibile|permesso|consentito)|intendo|voglio|devo|me la sento di|vorrei)${between}(?:aiut\\w+|assist\\w+|rispond\\w+|spieg\\w+|descriv\\w+|parl\\w+|discut\\w+|comment\\w+|scriv\\w+|cre\\w+|gener\\w+|redig\\w+|soddisf\\w+|partecip\\w+|esprim\\w+|tradur\\w+|promuov\\w+|far(?:lo| questo)|(?:forn|dar|condivid|offr|sugger)\\w*${between}(?:informazion|istruzion|consigl|dati|dettagl|rispost|aiut|indicazion|contenut|list|opinion|questo))`,
  '\\bnon (?:identifico|riconosco|giudico|valuto|commento)\\b[^.;]{0,24}(?:person[ae]|gente|volt[oi]|aspetto|fisico|corp[oi]|orientamento|origine)(?![^.;]{0,50}, ma )',
  'non è (?:qualcosa|una cosa|un argomento|una richiesta) (?:in|con|di|su|a)? ?(?:che|cui|quale) (?:ti |la |le )?(?:io )?(?:posso|possa|voglio)',
  '\\bnon (?:scrivo|genero|fornisco|redigo|produco|scriverò|creerò|fornirò)(?!\\p{L})',
  '\\b(?:mi rifiuto|rifiuto di|devo (?:declinare|rifiutare)|preferisco non|preferirei non)\\b',
  '(?:contro|contrari[oa] a[il]?|viola|al di fuori del?l?e?) ?(?:le )?(?:mie|miei|mia|mio) (?:\\w+ )?(?:linee guida|principi|regole|programmazione|valori|capacità)',
  '^(?:richiesta (?:rifiutata|respinta|negata)|assolutamente no)[.!]?$',
];

const portuguese = [
  'não (?:te |lhe |o |a |vos )?(?:ajudarei|explicarei|darei|responderei|direi|mostrarei)(?!\\p{L})|não (?:te|lhe) (?:vou|posso) (?:ajudar|explicar|dar|dizer)',
  `\\bnão (?:posso|consigo|vou|devo|poderei|poderia|me é (?:possível|permitido)|estou (?:autorizad[oa]|em condições|apt[oa]|programad[oa])|sou capaz de|quero|tenho permissão)${between}(?:ajud\\w+|auxili\\w+|assist\\w+|respond\\w+|explic\\w+|descrev\\w+|fal\\w+|discut\\w+|coment\\w+|escrev\\w+|cri\\w+|ger\\w+|redig\\w+|cumpr\\w+|atend\\w+|particip\\w+|apoi\\w+|opin\\w+|traduz\\w+|promov\\w+|realizar|fazer (?:isso|isto)|(?:forne|dar|compartilh|partilh|ofere|suger|prest)\\w*${between}(?:informaç|instruç|conselh|detalhe|respost|ajuda|indicaç|conteúdo|lista|dados|opini|orientaç|isso|isto))`,
  '(?:^|[ ,])não (?:identifico|reconheço|julgo|avalio|comento)[^.;]{0,24}(?:pessoas?|gente|rostos?|aparência|físico|corpos?|orientação|origem)(?![^.;]{0,50}, (?:mas|julgo|avalio) )',
  'preferiria não (?:responder|falar|comentar|fazer|ajudar)',
  'não é (?:algo|um assunto|um tema|um pedido|uma pergunta) (?:em|com|de|a|sobre|para)? ?(?:o |a )?(?:que|qual) (?:eu )?(?:te |lhe |o |a )?(?:possa|posso|vou)',
  '(?:^|[ ,])não (?:me é permitido|tenho permissão|estou autorizad[oa])(?!\\p{L})',
  '(?:^|[ ,])não (?:escrevo|gero|forneço|escreverei|criarei|fornecerei)(?!\\p{L})',
  '(?:^|[ ,])(?:recuso-me|me recuso|preciso recusar|devo recusar|tenho de recusar|prefiro não)\\b',
  '(?:contra|contrári[oa] às?|viola|fora d[aeo]s?) (?:as )?(?:minhas?|meus?) (?:\\w+ )?(?:diretrizes|princípios|regras|programação|valores|políticas|capacidades|escopo)',
  '^(?:pedido (?:recusado|negado)|de jeito nenhum)[.!]?$',
];

const dutch = [
  '\\bhelp ik (?:je |jou |jullie |u |hier |daar ){0,2}niet\\b|\\bik help (?:je |jou |u )?(?:hier|daar) ?niet\\b',
  '\\b(?:ik (?:schrijf|genereer|verstrek)|(?:schrijf|genereer|verstrek) ik)\\b[^.;]{0,20}?\\b(?:niet|geen|nooit)\\b',
  `(?:\\bik (?:kan|mag|zal|wil|ga)|\\b(?:kan|mag|zal|wil|ga) ik)\\b${between}\\b(?:niet|geen|niets|nooit)\\b${between}(?:helpen|assisteren|beantwoorden|antwoorden|reageren|uitleggen|beschrijven|bespreken|praten|spreken|schrijven|genereren|voldoen|ingaan|meewerken|ondersteunen|adviseren|vertalen|(?:informatie|advies|instructies|details|antwoord|hulp|inhoud|uitleg|tips|aanwijzingen|gegevens|dit|dat|zoiets|content)\\b${between}(?:geven|verstrekken|bieden|delen|maken|doen|aanbieden))`,
  `(?:\\bik (?:kan|mag|wil|ga)|\\b(?:kan|mag|wil) ik)\\b[^.;]{0,20}?\\b(?:dat|dit|zoiets)\\b[^.;]{0,20}?\\bniet\\b[^.;]{0,10}?(?:doen|geven|maken|$)`,
  '\\b(?:ik weiger|ik moet (?:\\p{L}+ ){0,3}(?:weigeren|afwijzen)|liever niet|het is mij niet (?:mogelijk|toegestaan)|ik ben niet in staat)\\b',
  '\\bik (?:oordeel|herken|identificeer|beoordeel|becommentarieer)\\b[^.;]{0,24}?\\b(?:niet|geen|nooit)\\b[^.;]{0,30}?(?:persone?n?|mensen|uiterlijk|gezicht\\w*|lichaam|afkomst)',
  'dat is (?:niet iets|iets) waar(?:bij|mee|over|op|aan)? ik\\b[^.;]{0,30}(?:kan|mag|wil)|dat is niet iets waar(?:bij|mee|over|op|aan)? ik\\b',
  '(?:tegen|buiten|in strijd met) mijn (?:\\w+ )?(?:richtlijnen|principes|regels|programmering|mogelijkheden|beleid)',
  '^(?:verzoek (?:geweigerd|afgewezen)|absoluut niet)[.!]?$',
];

const polish = [
  '(?:^|[ ,])nie (?:napiszę|stworzę|wygeneruję|udzielę|piszę|tworzę|przygotuję)(?!\\p{L})',
  '(?:pomóc|odpowiedzieć|udzielić|napisać|spełnić)[^.;]{0,20}nie (?:mogę|będę|potrafię)',
  `(?:^|[ ,])nie (?:mogę|jestem w stanie|będę|wolno mi|chcę|potrafię|zamierzam|powinienem|powinnam|mam możliwości)${between}(?:pom[óo]|pomaga|odpowi|odpowia|spełni|napisa|pisa|tworzy|wygenerow|wyjaśni|opisa|rozmawia|zrealizow|omawia|wykona|dyskutow|komentow|uczestnicz|tłumaczy|doradz|wypowiada|(?:udziel|poda|dostarcz|przedstawi|przekaza|zaoferow)\\w*${between}(?:informacj|instrukcj|porad|szczegół|odpowied|pomoc|wskazów|treści|danych|opini|tego))`,
  `(?:^|[ ,])nie (?:mogę|będę)${between}(?:tego zrobi|w tym pom)|(?:muszę odmówić|odmawiam|wolę nie|wolał(?:bym|abym) (?:(?:na to|o tym|tego) )?nie)`,
  '(?:^|[ ,])to nie jest (?:coś|temat|pytanie|prośba),? (?:z czym|w czym|o czym|na co|co|z którym|na które) (?:mógł\\w+|mogę|chcę)|nie wolno mi|nie mam (?:pozwolenia|uprawnień)',
  '(?:niezgodn\\w+ z|wbrew|sprzeczn\\w+ z|poza) (?:moi\\w+|mo[ij]\\w*) (?:\\w+ )?(?:zasad|wytyczn|regu|program|możliwości)',
];

const swedish = [
  '\\b(?:jag (?:skriver|skapar|genererar)|(?:skriver|skapar|genererar) jag)\\b[^.;]{0,20}?\\b(?:inte|inga?|inget|aldrig)\\b',
  `(?:\\bjag (?:kan|får|vill|tänker|kommer|ska)|(?:^|[ ,])(?:kan|får|vill|tänker|kommer|ska) jag)\\b${between}\\b(?:inte|inga?|inget|aldrig)\\b${between}(?:hjälpa|svara|skriva|förklara|diskutera|beskriva|prata|tala|bistå|uppfylla|delta|generera|medverka|stödja|kommentera|översätta|göra (?:det|så)|(?:ge|skapa|lämna|tillhandahålla|erbjuda|dela)\\b${between}(?:råd|information|instruktion|svar|hjälp|innehåll|detalj|tips|vägledning|uppgifter|det|sådant|åsikt))`,
  '\\b(?:jag (?:vägrar|avböjer|avstår|måste (?:avböja|neka|tacka nej)|föredrar att inte)|det går inte för mig|helst inte)\\b',
  '(?:det|detta) är (?:inget|inte något|ingenting|inget ämne|ingen fråga) (?:som )?jag (?:kan|vill|får)|(?:inte|ej) tillåtet för mig|jag är inte tillåten',
  '(?:mot|utanför|strider mot) mina? (?:\\w+ )?(?:riktlinjer|principer|regler|programmering|värderingar|förmåga)',
];

const turkish = [
  '(?:yaz|hazırla|oluştur|üret)(?:mam|mem|mıyorum|muyorum|mayacağım|a ?mam|yamam)(?!\\p{L})',
  '(?:yardımcı ola|yardım ede|destek ola|cevap vere|cevaplaya|yanıtlaya|yanıt vere|yerine getire|bilgi (?:vere|sağlaya|suna|paylaşa)|(?:içerik|içerikler|içerikleri|içeriği|talimat|öneri|tavsiye)[^.;]{0,20}(?:oluştura|yaza|vere|sağlaya|suna|ürete)|açıklaya|anlata|tartışa|konuşa|karşılaya|yaza|ürete|bunu yapa)(?:mam|mıyorum|miyorum|mayacağım|meyeceğim|mem)(?![\\p{L}])',
  '(?:cevap vermemeyi|yanıtlamamayı|cevaplamamayı|konuşmamayı|yardım etmemeyi|yapmamayı) (?:tercih|seç)',
  '(?:yardımcı olabileceğim|yanıtlayabileceğim|yapabileceğim|yazabileceğim) bir (?:konu|şey|istek|soru) değil|(?:yapmama|yazmama|yanıtlamama|paylaşmama|üretmeme) izin verilm|(?:iznim|yetkim) yok',
  '(?:yardımcı olmam|yanıtlamam|cevaplamam|bunu yapmam|bilgi vermem) mümkün değil|(?:yardımcı olmayacağım|yazmayacağım|yapmayacağım|açıklamayacağım|yanıtlamayacağım)|reddediyorum|reddetmek zorundayım|(?:kurallarıma|ilkelerime|politikalarıma) aykırı',
];

const russian = [
  '(?:помогать|отвечать|объяснять|писать|рассказывать) (?:вам |тебе |в этом |с этим )?не (?:буду|стану|могу)(?!\\p{L})',
  '(?:^|[ ,])не (?:напишу|создам|пишу|создаю|предоставлю)(?!\\p{L})',
  '(?:помочь|ответить|выполнить|рассказать|объяснить|предоставить|написать|обсуждать)[^.;]{0,25}не (?:могу|буду|стану|смогу)(?!\\p{L})',
  `(?:^|[ ,])не (?:могу|буду|стану|смогу|имею права|имею возможности|в состоянии|вправе|готов\\p{L}*|хочу|уполномочен\\p{L}*)${between}(?:помо[чг]|помощ|ответ|отвеч|объясн|описа|описыва|написа|писать|созда|выполни|обсужда|говорить|рассказ|поддерж|генерир|участв|комментир|подсказ|совет|перев(?:ести|од)|выскаж|высказ|это (?:с?делать)|этого (?:с?делать)|(?:предостав|дать|давать|подели|предлож)\\p{L}*${between}(?:информац|инструкц|совет|детал|ответ|помощ|указани|контент|мнени|сведени|данн|рекомендац|это))`,
  '(?:^|[ ,])(?:я отказываюсь|вынужден\\p{L}{0,2} (?:отказ|отклон)|долж(?:ен|на) (?:отказ|отклон)|отклоняю |должна отказ|предпочту не|предпочитаю не|воздержусь)|мне (?:нельзя|не (?:разрешено|позволено))|(?:противоречит|нарушает|выходит за рамки|против) (?:мо\\p{L}+ )?(?:принцип|правил|политик|инструкц|рекомендац|программ)',
  'это не то, (?:с чем|в чём|в чем|о чём|о чем|чем|на что) я (?:могу|готов|смогу|буду)|мне (?:запрещено|не положено)',
  '^(?:запрос отклон[её]н|отказано|ни за что|нет, не буду)[.!]?$',
];

const japanese = [
  '(?:書く|作る|書き上げる|お書きする|お作りする)こと(?:は|が)(?:でき|出来)(?:ません|ない|かね)|(?:書け|書き|作れ|お書きし|お作りし)(?:ません|かねます)',
  '(?:お?手伝い|お?答え|回答|お?応え|応じる|応える|提供|協力|支援|お教え|説明|作成|生成|コメント|お話し|助言|アドバイス|サポート|執筆|お伝え|議論)(?:を|は|が|も)?(?:する)?(?:こと)?(?:は|が|を)?(?:いたし|致し|し)?(?:できません|できない|出来ません|できかね|出来かね|しかね|かねます|ません|控え|差し控え|お断り|難しい)',
  '(?:要望|リクエスト|質問|依頼|内容|話題|件|ご相談)(?:に|は|には|について|については)[^。]{0,20}(?:対応|お応え|応じ|お答え|お手伝い|力に)[^。]{0,10}(?:できません|できかね|ません|かねます|られません|難しい)',
  '(?:人物|個人|顔|容姿|外見|性的指向|人種)(?:を|の)?[^。]{0,8}(?:特定|識別|評価|判断|推測|コメント)(?:する)?(?:こと)?(?:は|も)?(?:いたし|し)?(?:できません|ません|できかね|控え|差し控え)',
  '(?:お?手伝い|お?答え|回答|対応|提供)できる(?:内容|こと|もの|話題|質問|範囲)では(?:ありません|ない|ございません)|(?:許可されて|認められて)(?:いません|おりません)',
  'お断り(?:し|いた|させ)|応じられません|お力になれません|拒否します|ポリシーに(?:反|違反)|ガイドラインに(?:反|違反)|別の話題',
];

const korean = [
  '(?:쓸|써 ?드릴|써 ?줄|적어 ?드릴|지어 ?드릴|만들) 수(?:는|가)? ?없|(?:쓰|작성하|만들)지 (?:않겠|않습)',
  '(?:도와드릴|도와 드릴|도울|도움을 드릴|도움을 줄|답변할|답변드릴|답변해 드릴|답변을 드릴|답할|대답할|제공할|제공해 드릴|제공해드릴|알려드릴|알려 드릴|알려줄|설명할|설명해 드릴|설명드릴|작성할|작성해 드릴|응할|응답할|말씀드릴|말할|수행할|생성할|따를|들어드릴|들어줄|만들어 드릴|논의할|조언할|번역할) 수(?:는|가|도)? ?없',
  '(?:인물|사람|얼굴|외모|외형|인종|성적 지향)[^.]{0,10}(?:식별|평가|판단|추측|언급)(?:하)?(?:지 (?:않|못)|할 수 없)',
  '안내(?:해 ?드릴|드릴|할) 수(?:는|가)? ?없|(?:안내|설명|공유|추천)(?:해 ?드리|드리|하)기(?:가|는|에는)? ?(?:어렵|힘들|곤란)|수 있는 (?:내용|일|부분|주제|질문)(?:이|은|는)? ?아니|(?:허용|허락)되지 않(?:습|아)',
  '(?:도와드리|도와 드리|답변드리|답변하|제공하|제공해 드리|작성하|응하|알려드리|말씀드리)기(?:가|는|에는)? ?(?:어렵|힘들|곤란)|(?:거절|거부)(?:하겠|합니다|할 수밖에|해야)|(?:답변|제공|작성|설명|도와주|도와드리|돕|대답)(?:하)?지 (?:않겠|않습)|(?:정책|지침|원칙|가이드라인)에 (?:위배|어긋)',
];

const chinese = [
  '(?:我|本人|很抱歉|抱歉|对不起|對不起|很遗憾|不好意思|^|，|,)(?:也|暂时|目前|恐怕|将|實在|实在)?(?:无法|無法|不能|不可以|不会|不會|不便|拒绝|拒絕|不愿|没有办法|沒辦法|没法|不应|不應)(?:为您|為您|为你|給您|给您|给你|向您|就此|对此|對此|再|继续|直接)?[^。！]{0,12}?(?:帮助|幫助|帮你|帮您|帮忙|协助|協助|回答|完成|满足|滿足|讨论|討論|解答|答复|答覆|生成|创作|創作|撰写|撰寫|编写|编造|写|支持|参与|回应|回應|评论|評論|透露|继续|做出评价|(?:提供|给出|給出|分享|给予)[^。！]{0,14}(?:信息|资讯|資訊|内容|內容|建议|建議|帮助|幫助|指导|指導|方法|步骤|步驟|答案|协助|协助|资料|说明|意见|指南|细节|相关))',
  '不是我(?:能|可以|会|應該|应该)(?:帮|幫|回答|做|写|提供|讨论|协助)|我?不被允许|我没有(?:权限|权利)',
  '(?:违反|違反|不符合|超出)(?:了)?(?:我的|我们的|相关|使用)?[^。]{0,8}(?:准则|準則|政策|规定|規定|原则|原則|能力|范围|範圍)|换(?:个|一个)话题|聊(?:点|些)别的|^(?:请求被拒绝|不行|拒绝)[。！]?$',
];

const hindi = [
  'नहीं (?:लिख|बना)(?:ूँगा|ूंगा|ूँगी|ूंगी|ऊँगा|ऊंगा|ऊँगी|ऊंगी|ता हूँ|ती हूँ|ता हूं|ती हूं)',
  '(?:मदद|सहायता|जानकारी|उत्तर|जवाब|सलाह|निर्देश|अनुरोध|सामग्री|चर्चा|सुझाव|विवरण|राय|यह काम|ऐसा)[^।]{0,25}?(?:नहीं (?:दे|कर|बता|लिख|बना|समझा) ?(?:सक|पा)|नहीं (?:करूं|करूँ|दूं|दूँ|दूंगा|करूंगा)|(?:में|देने|करने)[^।]{0,10}असमर्थ)',
  'ऐसा (?:कुछ |विषय |काम )?नहीं (?:है )?जिस(?:में|पर|के बारे में)? मैं|मुझे[^।]{0,24}(?:अनुमति|इजाज़त) नहीं',
  '(?:बता|समझा|लिख|बना) नहीं सक|नहीं (?:बता|समझा|लिख) (?:सक|पा)|(?:उत्तर|जवाब) नहीं|(?:इनकार|मना) करत|दिशा-?निर्देशों के (?:खिलाफ|विरुद्ध)',
];

const arabic = [
  '(?:لا (?:أستطيع|استطيع|يمكنني|أقدر|يسعني|أود|أريد)|لن (?:أستطيع|أتمكن|أقوم|يمكنني)|لست قادر\\p{L}*|غير قادر\\p{L}*|أعتذر عن|يتعذر علي|ليس بإمكاني|ليس بوسعي|لا يُسمح لي|غير مسموح لي)[^.؟]{0,25}?(?:مساعد|إجاب|اجاب|الرد|تقديم|تزويد|تلبية|تنفيذ|كتابة|إنشاء|شرح|مناقش|إعطاء|مشارك|التحدث|الحديث|توفير|معلومات|نصيح|القيام بذلك|فعل ذلك|ترجم)',
  'ليس (?:هذا )?(?:شيئا|شيئًا|أمرا|أمرًا|موضوعا) (?:يمكنني|أستطيع|بوسعي)|لا يسمح لي|غير مصرح لي',
  '(?:لن (?:أساعد|أكتب|أجيب|أقدم|أشرح)|أرفض|يجب أن أرفض|أفضل عدم|يخالف (?:سياس|إرشاد|مباد))',
];

/** A language's patterns, and a word or letter without which none of them can fit. */
interface Language {
  hint: RegExp;
  patterns: readonly Tester[];
}

const language = (hint: RegExp, patterns: readonly string[]): Language => ({
  hint,
  patterns: patterns.map((pattern) => prefiltered(pattern, 'u')),
});

const languages: readonly Language[] = [
  language(/\b(?:ich|mir|mein\w*|abgelehnt|geht|keinen|lieber|nein)\b/, german),
  language(/\b(?:je|j|m|mes|mon|ma|refus\w*|question|non)\b/, french),
  language(/\b(?:no|me|debo|tengo|prefiero|rechazo|mis|mi|las|solicitud|ninguna|ni)\b/, spanish),
  language(/\b(?:non|mi|rifiuto|devo|preferi\w+|mi[ae]|miei|richiesta|assolutamente)\b/, italian),
  language(/não|recus|prefiro|\b(?:minhas?|meus?|pedido|jeito)\b/, portuguese),
  language(/\b(?:ik|mij|mijn|liever|verzoek|absoluut)\b/, dutch),
  language(/nie |muszę|odmawiam|wol|moi|mo[ij]/, polish),
  language(/\b(?:jag|mig|mina?|helst)\b/, swedish),
  language(/m[ae]m|[ıi]yorum|mayaca|meyece|zorunda|aykırı/, turkish),
  language(/\p{Script=Cyrillic}/u, russian),
  language(/\p{Script=Hiragana}/u, japanese),
  language(/\p{Script=Hangul}/u, korean),
  language(/\p{Script=Han}/u, chinese),
  language(/\p{Script=Devanagari}/u, hindi),
  language(/\p{Script=Arabic}/u, arabic),
];

export const declinesElsewhere = (folded: string): boolean =>
  languages.some(({ hint, patterns }) => hint.test(folded) && patterns.some((pattern) => pattern.test(folded)));
