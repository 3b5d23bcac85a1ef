/**
 * Sentences about their writer in languages without blanks or with suffixes, and policies. `§` replaces each name of a
 * vendor, `№` each name of a model. Gaps are bounded, so that time grows with the text alone.
 */

import { late } from '../text/late.ts';
import { modelSign, vendorSign } from './name-signs.ts';

const expand = (source: string): RegExp =>
  new RegExp(source.replaceAll('§', `[${modelSign}${vendorSign}]`).replaceAll('№', modelSign), 'u');

const japanese = (() => {
  const me = '(?:私|僕|俺|わたし|わたくし|自分|当ai|本ai|当アシスタント|当モデル)';
  const made =
    '(?:開発|作成|訓練|トレーニング|学習|設計|製作|制作|研究|構築|提供|作ら|作り|作っ|生み出|育て|リリース|公開|調整|創造|創ら|運営)';
  const kind = '(?:ai|モデル|アシスタント|人工知能|チャットボット|ボット)';
  return [
    `${me}(?:は|も|、|の名前は|の正体は)[^。]{0,30}№(?:です|でございます|と申します|といいます|と言います|という(?:名|ai|モデル|アシスタント|言語)|といい、|と言い|と呼|だ|である|であり|で、|の一)`,
    `${me}は[^。]{0,30}§[^。]{0,12}${kind}(?:です|で|であり|だ|として)`,
    `${me}(?:は|を|も)[^。]{0,24}§(?:社|チーム|の研究者|のエンジニア)?(?:によって|により|に|が|の|で|から|の手で)[^。]{0,10}${made}`,
    `${me}(?:を|の)${made}[^。]{0,16}§`,
    `§(?:社)?(?:が|は|こそ)${me}を[^。]{0,6}${made}`,
    `§(?:社)?(?:によって|により|に|が)${made}(?:された|した)${me}`,
    `${me}の?(?:名前|名|中身|エンジン|頭脳|本体|土台|モデル名|正体|本名|呼び名|ベースモデル|基盤モデル|開発元|開発者|開発会社|生みの親|作者|製作者|親会社)(?:は|が|、)[^。]{0,8}§`,
    `(?:^|[、。])(?:名前|モデル名|正体)は[^。]{0,4}№(?:です|と)`,
    '№と(?:申し|いいま|言いま|お呼び|呼んで|呼ばれ|名付け|名乗)',
    `^(?:こんにちは|はじめまして|どうも|おはようございます|こんばんは|初めまして|やあ|お世話になっております)?[、。!！ ]{0,2}[^。]{0,14}№です[。、!！.]?$`,
    `^[^。]{0,8}№としては[、,]?[^。]{0,20}(?:ません|ます)`,
    `^[^。]{0,4}№として[、,][^。]{0,80}(?:ません|ます|できます)`,
    `№として(?:[、,]?[^。]{0,6}${me}|、(?:お答え|申し上げ|回答|お手伝い))`,
    `${me}、?№[、はがでのも](?!・)`,
    `^[^。]{0,6}§の[^。]{0,8}${kind}として[^。]{0,30}(?:ます|ません)`,
    `№[(（]?(?:つまり|すなわち)?${me}`,
    `${me}は?[^。]{0,20}§[^。]{0,8}(?:ベース|基づ|搭載|動作|基盤|動い|動き|稼働|ファミリー|シリーズ|の一員|派生)`,
    `(?:あなた|お客様)(?:は|が)[^。]{0,8}№と(?:話|会話|チャット|やり取り|対話)`,
    `(?:この(?:回答|答え|文章|返信)|これ)は[^。]{0,4}№(?:が|によって|により|の|による)[^。]{0,4}(?:作成|生成|書|回答|出力)`,
    `(?:こちらは|ここは)№(?:です|が)`,
    `(?:^|[。、])[^。はが]{0,10}§(?:社)?(?:によって|により|に|が)${made}(?:された|した|している)[^。]{0,16}${kind}[^。]{0,4}(?:です|として)`,
  ];
})();

const korean = (() => {
  const me = '(?:저는|나는|전|난|제가|저도|저를|나를|저|본 모델은|본인은)';
  const made = '(?:만든|만들|개발|훈련|학습|제작|설계|탄생|출시|선보|구축|운영|제공|창조|파인튜닝|미세 ?조정)';
  return [
    `${me} ?[^.]{0,40}№ ?(?:입니다|이에요|예요|에요|이고|이며|인데|이자|이라서|라서|이어서|라고(?! 생각)|이라고(?! 생각)|이란|란|랍니다|이랍니다|임|야|이야|였|이었|의 한|중 하나|계열|제품군)`,
    `(?:제|내|저의|나의) ?(?:엔진|본체|두뇌|기반|이름|정체|모델명|본명|별명|모델 이름)(?:은|는|이|가) ?[^.]{0,10}№ ?(?:입니다|이에요|예요|에요|이고|라고|이라고|이며|인데|란|이란|이죠|죠|이야|야|[,.!)]|$)`,
    `(?:제|내|저의|나의) ?(?:개발사|개발자|제작자|제작사|모회사|기반 모델|창조자|만든 회사|개발 회사)(?:은|는|이|가) ?[^.]{0,10}§`,
    `(?:^|[,.] ?)이름은 ?№`,
    '№(?:이)?라고 ?(?:합니다|해요|불러|부르|불리|불립|하며|하고 |하는|소개|이름)',
    `${me} ?[^.]{0,24}§(?:이|가|에서|에 의해|의|사가|사에서|팀이|팀에서)? ?[^.]{0,12}${made}[^.]{0,24}(?:ai|인공지능|언어|모델|어시스턴트|챗봇|비서|№)`,
    `${me} ?[^.]{0,24}§(?:이|가|에서|에 의해|사가|사에서|팀이|팀에서) ?(?:만들어|개발되|개발됐|개발된|훈련되|훈련받|훈련된|학습되|제작되|탄생|만들었)`,
    `§(?:이|가|에서|사가|팀이) ?(?:만들었습니다|개발했습니다|훈련했습니다|제작했습니다)[.]?$`,
    `${me} ?[^.]{0,16}§(?:의|사의)? ?[^.]{0,14}(?:모델|ai|어시스턴트|인공지능|챗봇|비서)(?:입니다|이에요|예요|이고|이며|로서|으로서)`,
    `§(?:이|가|에서|은|는|사가|팀이) ?(?:저를|나를|절) ?[^.]{0,8}${made}`,
    `(?:저를|나를|절) ?${made}[^.]{0,16}§`,
    '(?:어시스턴트|ai|인공지능|비서|챗봇|모델)(?:인)? №(?:입니다|이에요|예요)',
    '№(?:으로서|로서),? ?(?:저|나|제|말씀|답|드리)',
    '^[^.]{0,6}№(?:으로서|로서),? [^.]{0,40}(?:수(?:는|가)? ?없|못 ?합|못 ?해|하지 않|드립니다|드려요)',
    `^(?:안녕하세요|반갑습니다|반가워요)[,!. ]{0,3}[^.]{0,16}№(?:입니다|이에요|예요|라고|이라고)`,
    `^(?:여기는|이쪽은)? ?№입니다[.!]?$`,
    `(?:저|나),? №(?:는|은|가|이|,)`,
    `${me} ?[^.]{0,20}№[^.]{0,6}(?:기반|바탕|구동|작동|동작|계열|가족)`,
    '№(?:와|과|하고) ?(?:대화|채팅|이야기|얘기)(?:하고|하는|를|중|하시)',
    `(?:이 (?:답변|답|글|응답|메시지)|본 답변)(?:은|는) ?[^.]{0,4}№[^.]{0,10}(?:작성|생성|쓴|썼|만든|만들)`,
  ];
})();

const chinese = (() => {
  const made =
    '(?:开发|開發|研发|研發|训练|訓練|推出|打造|创造|創造|创建|創建|设计|設計|制造|製造|构建|構建|发布|發布|研制|提供|微调|培养|培養|出品|孵化)';
  const kind = '(?:助手|助理|模型|ai|机器人|機器人|人工智能|人工智慧|智能体|智慧)';
  return [
    `我(?:就|其实|其實|正|只|便|也|确实|確實|目前|现在|依然|仍然|并不|不)?(?:是|叫|名叫|叫做|名为|名為|姓名是)(?![用在从從去跟和与與看通听聽使找问問做])[^。]{0,20}№`,
    `我(?:就|其实|其實|正|只|也|目前|不)?(?:是|来自|來自|属于|屬於|出自|隶属)(?![用在从從去跟和与與看通听聽使找问問])[^。]{0,12}§[^。]{0,24}${kind}`,
    `我(?:就|其实|其實|也)?(?:来自|來自|出自)[^。]{0,4}§(?:公司|团队|團隊)?(?:[，。,]|$)`,
    `我的?(?:真实|真實)?(?:核心|内核|大脑|引擎|底层|名字|名称|名稱|全名|型号|型號|模型名|身份|开发者|開發者|开发商|開發商|创造者|創造者|开发公司|研发公司|创建者|母公司|底层模型|基础模型|基座|基座模型|缔造者|作者|研发团队|开发团队)(?:就)?(?:是|叫|为|為|来自|：|:)?[^。]{0,8}§`,
    `(?:我|本助手|本模型|本ai|本系统)[^。]{0,20}(?:由|被|是)[^。]{0,8}§[^。]{0,10}${made}`,
    `我(?:属于|屬於|是)№[^。]{0,4}(?:系列|家族|大家庭)`,
    `我(?:的)?背后[^。]{0,8}§`,
    `^(?:由|是由)§[^。]{0,8}${made}[^。]{0,24}我`,
    `§(?:公司|团队|團隊|实验室)?[^。]{0,2}${made}(?:了|出了|出)?我`,
    `${made}(?:了|出)?我的?(?:是|公司|团队|團隊|人|机构)?[^。]{0,8}§`,
    `(?:作为|作為|身为|身為)(?:一个|一款|一個|由)?[^。]{0,8}(?:№[^。]{0,14}|§[^。]{0,14}${kind}[^。]{0,6})[，,]?(?:我|本)`,
    `(?:这里是|這裡是|在下|本人|本助手|本模型|鄙人)[，,：: ]?(?:是|叫)?[^。]{0,4}№`,
    `(?:叫我|称我为|稱我為|称呼我为?|稱呼我為?|喊我|管我叫|把我叫做|唤我|取名)[^。]{0,4}№`,
    `我[^。]{0,24}(?:名叫|叫做|名为|名為|名字叫|名字是|被称为|被稱為|称作|命名为|取名为)[^。]{0,4}№`,
    `(?:你|您)(?:现在|現在|正在|目前)?(?:正在|是)?(?:和|跟|与|與|同)[^。]{0,4}№[^。]{0,4}(?:聊天|对话|對話|交谈|交談|交流|说话|說話|沟通)`,
    `我[，,（(—-]{1,2}№[，,）)—-]`,
    `№[，,（(]{1,2}(?:也就是|就是|即)我`,
    `我[^。]{0,10}(?:基于|基於|运行在|運行在|依托|搭载|底层|採用|采用|运行于)[^。]{0,8}№`,
    `(?:本|这|這|此|该)(?:回答|答案|回复|回覆|文本|内容|段话|条)[^。]{0,4}(?:由|来自|是)[^。]{0,4}№`,
    `^(?:你好|您好|大家好|嗨|哈喽)[，,！! ]{0,2}№(?:为您|为你|在此|在这)`,
  ];
})();

const hindi = [
  'मैं[^।]{0,50}№ ?(?:ही |नामक |नाम का )?(?:हूँ|हूं|हु)',
  'मैं,? №,',
  'मैं (?:हूँ|हूं),? №',
  'मेरा (?:असली |पूरा )?नाम (?:तो |है )?[^।]{0,6}№',
  'मुझे[^।]{0,14}§ ?(?:ने|द्वारा|के द्वारा|की टीम ने|कंपनी ने|की ओर से|में|के)[^।]{0,30}(?:बनाया|बनाई|प्रशिक्षित|विकसित|तैयार|डिज़ाइन|ट्रेन|निर्मित)',
  '§ ?(?:ने|की टीम ने|कंपनी ने) (?:ही )?मुझे[^।]{0,16}(?:बनाया|प्रशिक्षित|विकसित|तैयार|डिज़ाइन|ट्रेन)',
  'मैं[^।]{0,24}§[^।]{0,40}(?:मॉडल|सहायक|एआई|ai|निर्मित|विकसित|प्रशिक्षित|असिस्टेंट|चैटबॉट|बनाया गया|बनाया हुआ)[^।]{0,20}(?:हूँ|हूं)',
  'मैं[^।]{0,40}(?:सहायक|मॉडल|एआई|ai|असिस्टेंट|चैटबॉट)[^।]{0,30}§[^।]{0,20}(?:बनाया|विकसित|प्रशिक्षित|तैयार|निर्मित)',
  'मैं[^।]{0,40}§[^।]{0,8}(?:बनाया|विकसित|प्रशिक्षित|निर्मित)[^।]{0,20}(?:हूँ|हूं|सहायक|मॉडल)',
  '(?:मुझे|मुझको)[^।]{0,6}№[^।]{0,8}(?:कह|बुला|पुकार|नाम)',
  '№ (?:के रूप में|होने के नाते),? ?[^।]{0,10}(?:मैं|मुझे|मेरे)',
  'आप[^।]{0,8}№ (?:से|के साथ)[^।]{0,8}(?:बात|चैट)',
  'मेरे (?:निर्माता|डेवलपर|रचयिता|निर्माताओं)[^।]{0,12}§',
  'मैं[^।]{0,12}№[^।]{0,8}(?:पर आधारित|परिवार|पर चल)',
  '^(?:नमस्ते|नमस्कार)[,! ]{0,2}[^।]{0,8}№ ?(?:हूँ|यहाँ|बोल)',
  'यह (?:उत्तर|जवाब)[^।]{0,6}№',
];

const turkish = (() => {
  // Ben is a man's name too: "Ben draws with Gemini".
  const hasTurkish =
    "^(?=[^]*(?:[ğış]|(?<!\\p{L})(?:bir|ve|ile|ama|adl\\p{L}+|olarak|modeli|de[ğg]il)(?!\\p{L})|(?<!\\p{L})ben,? (?:de |bir )?№(?:['’,.!]|$)|№['’]?[yn]?[ıiuü]m(?!\\p{L})))";
  const made = '(?:geliştir|eğit|yarat|yap|tasarla|oluştur|üret|kur|programla|ince ayar)';
  return [
    `${hasTurkish}[^]*(?<!\\p{L})ben,? (?:bir |aslında |sadece |yalnızca |de |hâlâ |hala |şu anda |burada )?[^.]{0,30}№(?:[,.!]|$|'?[yn]?[ıiuü]m(?!\\p{L})| adlı| adında| isimli| tarafından| modeli| olarak| değil)`,
    `(?:^|[^\\p{L}])(?:benim )?(?:adım|ismim)(?: ise| da| de)?[,:]? [^.]{0,6}№`,
    `(?:^|[^\\p{L}])bana [^.]{0,12}№[^.]{0,8}(?:de|diye|adını|ismini|derler|diyebil|denir|deniyor|diyor|hitap)`,
    `(?:^|[^\\p{L}])beni [^.]{0,16}§[^.]{0,24}${made}`,
    `(?:^|[^\\p{L}])beni [^.]{0,12}${made}\\p{L}{0,8}[^.]{0,16}§`,
    `§[^.]{0,16} beni [^.]{0,12}${made}`,
    `§[^.]{0,12} tarafından [^.]{0,60}(?:[td][ıiuü]m|y[ıiuü]m|yorum|mekteyim|maktayım)(?!\\p{L})`,
    `§[^.]{0,12} tarafından [^.]{0,60}(?:model|asistan|bot|program|yazılım|sistem|zek[aâ])\\p{L}{0,6}[ıiuü]m(?!\\p{L})`,
    `^§[^.]{0,16} tarafından [^.]{0,20}${made}\\p{L}{0,8} (?:bir|yapay)`,
    `№ olarak[^.]{0,80}[ıiuüae]m(?!\\p{L})`,
    `№['’]?(?:[yn]?[ıiuü]m)(?!\\p{L})`,
    `§[^.]{0,30}(?:modeli|asistanı|yapay zekâsı|yapay zekası|botu|dil modeli)y[ıi]m`,
    `(?:geliştiric|yaratıc|yapımc|üretic)[ıi](?:m|lerim)(?!\\p{L})[^.]{0,8}§`,
    `№ (?:ailesin|tabanlı|temelli|üzerinde|üzerine)[^.]{0,30}[ıiuü]m(?!\\p{L})`,
    `№['’]?(?: ile|yla|yle|la|le) [^.]{0,10}(?:konuşuyor|sohbet|yazışıyor|görüşüyor)`,
    `^(?:merhaba|selam|iyi günler)[,! ]{1,3}ben,? [^.]{0,10}№`,
    `(?:karşınızda|burada) №|№ (?:konuşuyor|burada)[,.!]`,
    `bu (?:yanıt|cevap|metin)[^.]{0,6}№`,
  ];
})();

/** What a vendor did to the writer, and rules in other languages than English. */
const deeds = [
  String.raw`^\W*§ (?:has |have )?(?:trained|pretrained|fine-tuned|taught) me (?:on|with|using|from) (?:\p{L}+ ){0,3}(?:text|texts|data|web|internet|books|code|corpora|tokens|documents)`,
  String.raw`^\W*§ (?:has |have )?(?:given|gave|set|taught|told|asked|instructed|programmed|designed|configured) me .{0,40}(?:rules|guidelines|polic|limits|instructions|principles|safety)`,
  String.raw`\bmy (?:answers?|responses?|replies|outputs?|behaviou?r|tone) .{0,20}(?:follow|obey|respect|comply|adhere|conform|bound|governed|shaped|guided).{0,20}§`,
  '(?:قامت|قام) [^.]{0,12}§[^.]{0,10} (?:بتدريبي|بتطويري|بإنشائي|بتصميمي|بصنعي|ببرمجتي)',
];
/** "Laut den Richtlinien von OpenAI darf ich das nicht", by language. */
const rules = [
  '§[^.]{0,30}(?:richtlinien|nutzungsbedingungen|vorgaben|regeln)[^.]{0,40}(?:mir|ich)|(?:richtlinien|nutzungsbedingungen|vorgaben|regeln|grundsätze\\p{L}?) (?:von|der firma) §[^.]{0,60}(?:mir|ich)',
  "(?:politiques?|règles|conditions|consignes|principes) d(?:e |')§[^.]{0,60}(?:m'|me |je )",
  '(?:políticas|normas|reglas|regras|diretrizes|directrices) d[eao]l? §[^.]{0,60}(?:me |no puedo|não posso)',
  "(?:regole|linee guida|norme|principi|politiche) d(?:i |ell'|el |ella )§[^.]{0,60}(?:mi |non posso)",
  '(?:regels|richtlijnen|beleid|voorwaarden) van §[^.]{0,60}(?:ik |mij|me )',
  '(?:zasad\\p{L}{0,3}|wytyczn\\p{L}{0,4}|regulamin\\p{L}{0,3}) §[^.]{0,60}(?:nie mogę|mi |mnie )',
  '§s? (?:riktlinjer|regler|policy|villkor)\\p{L}{0,3}[^.]{0,60}(?:jag|mig)',
  '(?:правил\\p{L}{0,3}|политик\\p{L}{0,3}|принцип\\p{L}{0,3}) §[^.]{0,60}(?:не могу|не вправе|нельзя|запрещ)',
];
/** About answers, where the maker has rules about parcels and accounts too. */
const ofAnswers =
  /antwort|helfen|dazu|sagen|répond|aider|dire|respond|contest|ayudar|decir|rispond|aiutar|dirlo|ajudar|dizer|antwoord|helpen|zeggen|odpowi|pomóc|powiedzieć|svara|hjälpa|säga|отве[тч]|помо[чг]|сказать/;
/** "DeepSeek, also ich", "Claude n'a pas accès …, donc je", "il modello con cui stai parlando è Gemini". */
const asides = [
  String.raw`№,? ?\(?(?:also (?:von |mit )?(?:ich|mir|mich)|sprich (?:ich|mir|mich)|c'est-à-dire (?:de |avec )?moi|o sea,? (?:de )?(?:yo|mí)|es decir,? (?:de )?(?:yo|mí)|cioè (?:io|me|di me)|ou seja,? (?:eu|mim)|то есть (?:я|меня|мной)|czyli (?:ja|mnie|mną)|dus (?:ik|mij)|alltså (?:jag|mig)|yani ben)(?!\p{L})`,
  String.raw`^\W*(?:\p{L}{2,5}, )?№ (?:n'a pas accès|has no access|does not have access|doesn't have access|hat keinen zugriff|no tiene acceso|non ha accesso|não tem acesso|heeft geen toegang|nie ma dostępu|har inte tillgång|не имеет доступа)[^.]{0,80}(?:so i|donc je|(?:daher|deshalb) kann ich|así que no puedo|quindi non posso|(?:então|portanto) não posso|dus (?:ik )?kan ik|więc nie mogę|så jag|поэтому я)(?!\p{L})`,
  `(?:modello|assistente|ia|ai) (?:con (?:cui|il quale|la quale)|che) (?:stai|sta|state) (?:parlando|chattando|scrivendo|interagendo|usando|utilizzando|rispondendo)[^.]{0,12} è №`,
  `(?:modell|assistent|ki),? (?:mit dem|mit der|das|der|die) (?:du|sie) (?:gerade |hier )?(?:sprichst|sprechen|schreibst|schreiben|chattest|chatten|nutzt|nutzen|redest)[^.]{0,12},? (?:ist|heißt) №`,
  `(?:modèle|assistant|ia) (?:avec (?:lequel|laquelle|qui)|que) (?:vous|tu) (?:parlez|parles|discutez|discutes|utilisez|utilises|échangez)[^.]{0,12} (?:est|s'appelle) №`,
  `(?:modelo|asistente|assistente|ia) (?:con (?:el que|quien|el cual)|com (?:o qual|quem)|que) (?:está|estás|estas|você está|estão) (?:hablando|chateando|usando|falando|conversando|utilizando)[^.]{0,12} (?:es|se llama|é|se chama) №`,
];
/** OpenAI works so that I err less; Mistral AI m'a mis en ligne; mi ha dato vita Google. */
const forMe = [
  `§[^.;]{0,40} (?:para que (?:eu|yo)|pour que (?:je|j'|moi)|damit ich|perché io|affinché io|zodat ik|żebym|så att jag|чтобы я|so that i)(?!\\p{L})`,
  `§ m'(?:a|ont) (?:mis au monde|mise? en ligne|donné (?:vie|naissance|ce nom|mon nom)|baptisé)`,
  `(?:mi ha|mi hanno) (?:dato (?:vita|il nome|questo nome)|battezzat\\p{L}|chiamat\\p{L}|mess\\p{L} (?:in rete|al mondo))[^.]{0,8}§|§[^.]{0,16}(?:mi ha|mi hanno) (?:dato (?:vita|il nome)|battezzat\\p{L}|chiamat\\p{L})`,
  `§ (?:hat|haben) mich (?:ins leben gerufen|zur welt gebracht|getauft|online gestellt|freigegeben)`,
  `§ me (?:dio (?:vida|el nombre)|puso (?:nombre|en línea)|bautizó|deu (?:vida|o nome)|batizou|colocou no ar)|me (?:dio|deu) (?:vida|el nombre|o nome) §`,
];
/** Where more about the writer stands. */
const more = [
  ...forMe,
  '\\b(?:about|on|of|see|explains?) how i (?:work|was (?:made|built|trained)|am (?:made|built|trained))\\b[^.]{0,40}§',
  String.raw`\bmore about me\b|\bwho made me\b|\bmy model card\b|\bmore on how i work\b`,
];

const spaced = late(() => [...hindi, ...turkish, ...deeds, ...asides].map(expand));
const pointing = late(() => more.map(expand));
const ruling = late(() => rules.map(expand));
const unspaced = late(() => [...japanese, ...korean, ...chinese].map(expand));
const eastAsian = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * `marked`: a sentence in small letters with a sign in the place of each name that counts. `hasRules`: its vendors have
 * rules for what a model says, not only for parcels and accounts.
 */
export function hasSelfShape(marked: string, hasRules: boolean): boolean {
  if (eastAsian.test(marked)) return unspaced().some((pattern) => pattern.test(marked));
  if ((hasRules || ofAnswers.test(marked)) && ruling().some((pattern) => pattern.test(marked))) return true;
  return [...spaced(), ...(hasRules ? pointing() : [])].some((pattern) => pattern.test(marked));
}
