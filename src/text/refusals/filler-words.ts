/** What surrounds a refusal and does none of the work: regret, reasons, advice to seek help, offers of other help. */

const around = {
  regret:
    /^(?:(?:i am|i was|we are)? ?(?:\w+ly |so |very )?sorry|i am (?:\w+ )?(?:concerned|worried) about |sorry|(?:i|my|please accept my) (?:\w+ )?apolog|thank|thanks|unfortunately|regrettabl|i (?:\w+ )?(?:regret|understand|appreciate|hear|see|know|realise|realize|get|recognize|recognise|respect|care) |no$|hello|hi$|sure$|please (?:know|note|remember|understand))/,
  importance: /\b(?:important|crucial|essential|vital|necessary) (?:to|that|for|not|we|you)\b/,
  morals:
    /\b(?:illegal|unlawful|unethical|ethical|ethics|moral\w*|immoral|harm\w*|danger\w*|unsafe|safe|safer|safely|safety|violen\w+|inappropriate|appropriate|acceptable|unacceptable|respect\w*|dignity|kindness|compassion\w*|empathy|privacy|consent|rights|the law|laws|lawful|wrong|offen\w+|disrespect\w*|discriminat\w+|hat(?:e|red|eful)|stereotyp\w+|abus\w+|consequences|legal|responsib\w+|diversity|inclusi\w+|well-?being|policy|policies|guidelines|principles|values|crimes?|criminal|hurt\w*|negative|positive|risks?|justice|equality|equal\w*|fair\w*|truth\w*|accura\w+|misinformation|sensitive|serious|suffering|self-harm|healthy|constructive\w*|peaceful\w*|honest\w*|integrity|copyright\w*|controlled substances?|banned|prohibited|at risk|protected|private|confidential|mislead\w*)\b/,
  offers:
    /\b(?:is there|if there is|if you (?:(?:ve |have )?(?:been|already|inhaled|swallowed|taken|ingested)|tell|send|describe|share|let|would like|prefer|have|need|are|were|would|want|share|feel|or|wish|suspect|think|know|do|find)|let me know|feel free|(?:be |am |are )?(?:happy|glad|pleased|here|delighted|ready|eager|willing) to (?:help|assist|answer|hear|talk|discuss|support|try|explain|provide|offer|listen)|i can (?:help|still|offer|assist|instead|explain|suggest|point)|would you (?:like|prefer|be (?:open|willing|up|able))|do you (?:want|have)|want (?:me|a|an|to|help)\b|can i (?:help|do)|(?:how|what) (?:else )?(?:can|may|could|else) i|please (?:ask|let|feel|consult|reach|contact|seek|consider|refrain|rephrase|provide|try|do not|be|keep|see|talk|speak|call|choose)|let us\b|instead(?:,| of)|rather than|(?:something|anything) (?:else|different|more)|another (?:topic|question|subject|way|request)|other (?:questions?|topics?|ways|ideas|requests?|things|tasks)|don't hesitate|do not hesitate|look forward|if (?:that|it|this) (?:helps|would help|(?:is|would be) (?:\w+ )?(?:useful|helpful|easier|of (?:use|help|interest))))\b/,
  other: /\binstead\W*$/,
  help: /\b(?:seek\w*|reach(?:ing)? out|contact|consult\w*|talk(?:ing)? (?:to|with)|speak(?:ing)? (?:to|with|up)|therapist\w*|counsel\w+|professional\w*|hotlines?|helplines?|authorit\w+|emergency|poison control|ambulance|fresh air|mental|trust\w*|support\w*|resources|lawyer|attorney|doctor|police|crisis|not alone|you matter)\b/,
  self: /\b(?:i am|being|as) (?:\w+ )?(?:an?|your) (?:[\w,-]+ ){0,5}?(?:ai|assistant|model|machine|chatbot|bot|program)\b|\b(?:designed|programmed|trained|built|made|committed|intended) to\b|\bmy (?:\w+ ){0,2}(?:purpose|goal|role|aim|job|priority|training|programming|knowledge|responses|duty|intention)\b|\bi (?:aim|strive|try|want|wish|hope|believe|prefer|am committed|exist)\b/,
  advice:
    /\b(?:i )?(?:would )?(?:strongly |highly |kindly )?(?:advise|encourage|urge|discourage)\b|\bi (?:would |must |can )?(?:\w+ly )?(?:suggest|recommend|emphasi[sz]e|stress|point out|remind|inform|clarify|note|caution|warn|advise)\b/,
  reasons: /\b(?:since|as|because|due to) (?:it|this|that|they|the)\b|^(?:therefore|thus|hence)\b/,
  people:
    /\b(?:feelings|emotions?|emotional|struggling|conflicts?|communicat\w+|relationship|individuals?|everyone|everybody|others|people|human beings?|society|community|communities|loved ones|friend)\b/,
  request: /\b(?:request|question|topic|prompt|query|premise)\b/,
};

/** Names what a business does, or gives a place to go: a reply to somebody, not talk about a request. */
/** Days of an appointment: somebody writes to somebody. */
const days =
  /\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\btomorrow\b|(?<!\p{L})(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|morgen|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain|lunes|martes|miércoles|jueves|viernes|sábado|domingo|mañana|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|domani|segunda-feira|amanhã|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|poniedziałek|wtorek|środę|czwartek|piątek|sobotę|niedzielę|jutro|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|i morgon|yarın|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|завтра|понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)(?!\p{L})|明日|明天|来週|내일|월요일|कल |غد[اًا]/u;

const substantial =
  /\d|[$€£¥@]|https?:|www\.|(?<!\b(?:let|laten|zullen|kunnen) )\b(?:we|our|us) (?!all\b|talk\w*|leave\b|could\b|should\b|might\b|can (?:find|talk|move|speak|discuss|try|look)\b)|\b(?:portal|billing|extension|settings|invoice|refund|voucher|warranty|delivery|parcel|shipping|ticket|branch|counter|menu)\b/;

/** Regret, offers and advice to seek help: nothing else may stand beside the no of a very short answer. */
export const isPolite = (folded: string): boolean =>
  !/\d/.test(folded) &&
  [around.regret, around.offers, around.other, around.help, around.self, around.request].some((pattern) =>
    pattern.test(folded),
  );

/** A number to call in need: "call or text 988". A house has a line of its own. */
const isHotline = (folded: string): boolean =>
  (/\b(?:hotline|helpline|lifeline|crisis line)\b.{0,60}\d/.test(folded) &&
    !/\b(?:our|my|order|booking)\b/.test(folded)) ||
  /\b(?:call|text|dial|reach out|contact|crisis line|lifeline|hotline|helpline)\b.{0,40}\b(?:988|911|112|999|116 ?123|hotline|helpline|lifeline|samaritans)\b|\bsamaritans\b.{0,20}\d/.test(
    folded,
  );

export const isFiller = (folded: string): boolean =>
  isHotline(folded) ||
  (!/\d|[$€£¥@]|https?:|www\./.test(folded) && Object.values(around).some((pattern) => pattern.test(folded)));

/** Signs of a reply that somebody is meant to get: a greeting, prices, times, and the writer's own house. */
export const isBusiness = (folded: string): boolean =>
  substantial.test(folded) ||
  days.test(folded) ||
  /^(?:dear|hi|hello|hey|good (?:morning|day|afternoon|evening)) (?!there|human)\p{L}+,?|^(?:ms|mrs|mr|dr|frau|herr|madame|monsieur|señora|señor)\.? \p{L}+ /u.test(
    folded,
  );

/** The people of a house take over: it is one of its services that is declined. */
export const sendsToPeople = (folded: string): boolean =>
  /\b(?:human agent|live agent|customer (?:service|support|care)|(?:our|support) (?:team|website|app|desk|store)|transfer you)\b/.test(
    folded,
  );

/** The customer's own things: what is declined is a service, by its rules. */
export const isService = (folded: string): boolean =>
  !/\b(?:not yours|not your own|(?:some|any)(?:one|body) else|fake\b|forg(?:e|ed|ing|ery)\b|counterfeit|falsif|bogus|stolen|another person|other people|without (?:permission|consent|authori[sz]ation|the owner))/.test(
    folded,
  ) &&
  /\b(?:your|the|this|that|existing|a|an|any|add|modify|change|cancel|remove|offer) (?:[a-z]+ ){0,4}?(?:reservations?|bookings?|refunds?|orders?|accounts?|cancell?ations?|downgrades?|upgrades?|insurance|tickets?|passengers?|flights?|payments?|invoices?|balances?|certificates?|memberships?|waivers?|compensation|subscriptions?|shipments?|shipping|delivery|parcels?|packages?|exchanges?|appointments?|contracts?|warranty|vouchers?|discounts?|perks|deposits?|fees?|rent|returns?)\b(?! \w+'s)/.test(
    folded,
  );

/** For now, from here, without what is missing: a reply on its way, not a no. */
export const isConditional = (folded: string): boolean =>
  /\b(?:without (?:your|the|a|an)|until|unless|from (?:my|our) side|in this chat|over (?:chat|the phone)|by (?:phone|mail|email)|at the moment|right now|today|this (?:week|month|year|sunday|weekend)|here, but|before (?:the|you|we)|under warranty|on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b|(?<!\p{L})(?:heute|aujourd'hui|ce soir|hoy|oggi|hoje|vandaag|dziś|dzisiaj|i dag|idag|bugün|сегодня)(?!\p{L})|今日|本日|今天|오늘|आज|اليوم/u.test(
    folded,
  );

/** Roots of the same kinds of talk in other languages. */
const elsewhere =
  /illegal|ethi[sk]|ethiq|étic|etic|gefähr|schäd|schad|sicher|respekt|respe[ct]|stattdessen|gern|hilfe|helfen|wenden|wichtig|danger|peligro|perig|pericol|nuisible|sécurité|segur|sicur|plutôt|aider|aide\b|important|ayud|ajud|aiut|en su lugar|em vez|invece|puedo|posso|peux|veilig|gevaarlijk|belangrijk|help|niebezpiecz|nielegal|pomó?c|ważn|farlig|olaglig|hjälp|viktigt|yasa|tehlike|zararlı|yardım|güven|önemli|незакон|опас|вред|помоч|помощ|важно|безопас|違法|危険|安全|有害|手伝|支援|相談|ほか|他の|불법|위험|안전|도움|도와|상담|다른|非法|违法|違法|危险|有害|安全|帮助|幫助|其他|建议|अवैध|खतर|हानि|सुरक्ष|मदद|सहायता|अन्य|قانون|خطر|ضار|سلامة|مساعد|آخر/;
export const isFillerElsewhere = (folded: string): boolean => !/\d/.test(folded) && elsewhere.test(folded);
