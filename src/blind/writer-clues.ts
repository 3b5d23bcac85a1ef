/**
 * Whether an English sentence with a name in it is about its writer, by what it rules out. A sentence counts when it has a
 * clue to the writer (its makers, its training, "me" as what somebody made, "this reply") beside the name, and no clue to
 * a person: somebody's job, boss or phone, an opinion, a report of what others do. It reads what no list of phrases has.
 */
import { late } from '../text/late.ts';
import { modelSign, vendorSign } from './name-signs.ts';

/** § any name, № a model, ¶ a vendor. */
const expand = (source: string): RegExp =>
  new RegExp(
    source.replaceAll('§', `[${modelSign}${vendorSign}]`).replaceAll('№', modelSign).replaceAll('¶', vendorSign),
    'u',
  );

const making =
  '(?:made|makes|built|builds|created|creates|trained|trains|developed|develops|designed|designs|programmed|programs|engineered|shaped|assembled|coded|invented|released|launched|tuned|fine-tuned|finetuned|pretrained|retrained|aligned|raised|brought|deployed|hosts|hosted|runs|maintains|named|conceived|produced|crafted|taught)';
const partOfModel =
  '(?:makers?|creators?|developers?|designers?|trainers?|inventors?|builders?|training|pre-?training|fine-?tuning|weights|parameters|architecture|system (?:prompt|message|instructions)|knowledge|guidelines|guardrails|polic(?:y|ies)|safety|alignment|base model|language model|underlying model|model|context window|cut-?off|successor|predecessor|programming|llm|model card|parent company|constitution|architects?|engineers|abilities|capabilities|foundation|backbone|safeguards|restrictions|usage (?:policy|policies|rules)|developer team|design)';
const adjective =
  '(?:(?:own|real|actual|official|original|underlying|base|current|core|full|internal|initial|primary|main|corporate|proud|latest) )?';
const kindOfModel =
  '(?:model|ai|assistant|chatbot|bot|llm|language model|system|product|creation|instance|version|variant|member|offspring|child|checkpoint|release|build|derivative|descendant|incarnation|deployment|agent|tool|helper|invention|brainchild|fine-tune|finetune|flavou?r)s?';
const text =
  '(?:repl(?:y|ies)|responses?|answers?|messages?|texts?|paragraphs?|sentences?|words?|lines?|summary|output|conversation|chat|translation|session|dialogue|exchange)';
const aChat = '(?:chat|conversation|session|talk|thread|dialogue)';
const bot =
  '(?:assistant|bot|chatbot|virtual assistant|ai|ai assistant|ai model|ai system|virtual agent|chat assistant)';

/** What only a person does, has or thinks; and texts that tell of a model. */
const ofPerson: readonly RegExp[] = [
  // I would use, I think, I have read, I was told.
  /\bi(?:'d|'ll|'ve)?(?: (?:have|had|did|do|would|will|could|can|should|just|also|often|once|never|still|always|only|really|recently|already|n't|'t|don't|didn't|personally|simply|even|first|to)){0,3}(?<!(?:don|can|won)'t)(?<!never)(?<!'t really) (?:see|know|remember|recall|look|read|hear|check|visit|keep|understand|learn|find|try|test|go)\b(?! (?:by|on|from|at|in|as|me)\b| to (?:be|follow|refuse)\b)|\bi(?:'d|'ll|'ve)?(?: (?:have|had|did|do|would|will|could|can|should|just|also|often|once|never|still|always|only|really|recently|already|n't|'t|don't|didn't|personally|simply|even|first|to)){0,3} (?:use|uses|used|using|think|thought|believe|believed|guess|suppose|heard|saw|seen|knew|recommend|recommended|suggest|prefer|preferred|ask|asked|tried|tested|compare|compared|checked|found|pick|picked|choose|chose|chosen|buy|bought|work|worked|join|joined|left|met|live|lived|study|studied|went|visited|explain|explained|summari[sz]e|summari[sz]ed|translate|translated|copy|copied|watched|love|loved|like|liked|hate|want|wanted|need|needed|wish|hope|hoped|understood|learned|learnt|started|quit|interviewed|applied|paid|pay|signed|got|received|rewrote|switched|moved|wrote|expect|expected|doubt|wonder|wondered|noticed|attended|sold|founded|invested|own|owned|kept|set|sent|called|emailed|imagine|consider|considered|review|reviewed|looked|installed|download|downloaded|trust|trusted|rely|pasted|fed|built|made|trained|fine-tuned|wrote|coded|deployed|run|ran)\b(?! (?:by|on|from|at|in|as|me)\b| to (?:be|follow|refuse)\b)/,
  // I'm sure, I'm told, I was surprised, I'm reading.
  /\bi(?:'m| am| was|'ve been| have been)(?: \p{L}+ly| not| also| just| so| very| quite)? (?:told|surprised|sure|certain|aware|familiar|curious|interested|hired|paid|offered|employed|born|married|late|tired|reading|writing (?:a|an|my|about)|comparing|testing|using|working|studying|learning|building|looking|trying|thinking|planning|hoping|wondering|interviewing|applying|visiting|waiting|selling|buying|teaching|moving|switching|considering|wearing|holding|driving)\b/u,
  /\b(?:my|our) (?:\p{L}+ )?(?:boss|manager|team|company|firm|employer|client|customers?|colleague|coworker|friend|brother|sister|uncle|aunt|wife|husband|partner|son|daughter|kid|kids|mother|father|mom|dad|neighbou?r|teacher|doctor|school|student|class|office|job|contract|salary|visa|account|phone|laptop|computer|car|house|app|apps|shop|store|website|site|blog|thesis|project|script|code|repo|api|key|subscription|invoice|order|parcel|post|video|book|novel|story|course|interview|lawyer|landlord|band|dog|cat|card|server|startup|department|bank|shares?|portfolio|favou?rite|opinion|view|experience|guess|understanding|first|week|internship|career|garden|photos?|watch|tv|headset|chatbot|bot|tests?|benchmark|notes?|summary|review|article|essay|report)\b/u,
  /\b(?:he|she|his|her|hers|we|us|our|ours|they said|yesterday|last (?:week|year|month|night|summer)|next (?:week|year|month)|intern|internship|contractor|interview|salary|hired|thesis|novel|film|movie|episode|screenshot|tutorial|fan|engineer named|works? at|worked (?:at|for)|working (?:at|for)|employees?|customer service|refund|parcel|delivery|invoice|subscription|price|pricing|stock|shares|headline|said in|according|quote|character|in the story|robot said|joke|for example|e\.g|such as|imagine|suppose|pretend|role-?play|apprenticeship|marathon|bakery|week|weeks)\b/,
  /\blet me (?:explain|tell|show|summari[sz]e|describe|compare|quote|check|know)\b/,
  /\bmy (?:\p{L}+ )?(?:developers?|makers?|creators?|designers?|trainers?|engineers) (?:uses?|used|likes?|says?|said|prefers?|asked|thinks?|wrote|bought|works?|told)\b/u,
  /\b(?:the|a|an|your|his|her|their|one) \p{L}+ (?:says|said|claims|claimed|denies|denied|writes|reports|reported|suggests|states|reads|mentions)\b/u,
  /\busers must\b/,
  /\b(?:so|please|just|better|and|then|instead,?) (?:ask|try|use|check|search|consult) §/,
];

const clues: readonly string[] = [
  // My makers at, my knowledge …, a part of a model that the writer has.
  `\\bmy ${adjective}${partOfModel}\\b(?! (?:of|as an?|in) )[^.]{0,80}(?:¶|№)`,
  `(?:¶|№)[^.]{0,60}\\bmy ${adjective}${partOfModel}\\b(?! (?:of|as an?|in) )`,
  // OpenAI did not enable this for me; the folks at Mistral who put me together; to improve me.
  `¶[^.]{0,60}\\b(?:${making}|responsible for|behind|improves?|updates?|updated|upgrade|retrain|enabled|enable|disabled|configured|equipped|connected|hooked|plugged|linked|restricts?|restricted|limits?|limited|allows?|allowed|permits?|lets?|forbids?|put|gave|given|instructs?|instructed|told|asked|wants?|expects?|prevents?|stops?|switched|turned) (?:\\p{L}+ ){0,6}me\\b(?! (?:a|an|my|in|at)\\b)`,
  `\\b(?:${making}|responsible for|improve|update|retrain) me\\b[^.]{0,40}¶`,
  `¶[^.]{0,60}\\b(?:for|to|in|into|about) me\\b[^.]{0,30}\\b(?:here|context|chat|conversation|version|training|model)\\b`,
  `\\bmistak\\p{L}{1,4} me for\\b[^.]{0,20}§|\\bconfus\\p{L}{1,4} me (?:with|for)\\b[^.]{0,20}§|\\btake me for\\b[^.]{0,12}§`,
  // How I was evaluated, where I come from, what I am.
  `\\b(?:how|what|where|why|when|who) (?:exactly )?i (?:was|am|were|came|come)\\b[^.]{0,40}§|§[^.]{0,40}\\b(?:how|what|where|why|who) i (?:was|am|were|came|come)\\b`,
  `\\bwhich is me\\b[^.]{0,30}§|§[^.]{0,40}\\b(?:that's|that is|which is|that would be|that'd be) me\\b`,
  // I may be a Google product; I, an AI by Cohere; not affiliated with.
  `\\bi(?:'m| am| was| may be| might be| could be| remain|, )[^.,;:]{0,40}\\b${kindOfModel}(?: (?:that was|which was|as))?(?: ${making})? (?:by|from|of|out of|belonging to|owned by)\\b[^.,;:]{0,12}§(?!'s)`,
  `\\bi(?:'m| am| was| may be| might be| could be| remain)[^.,;:]{0,30}§(?:'s)?(?: \\p{L}+){0,3}[ -]${kindOfModel}\\b`,
  `\\bi(?:'m| am| was)[^.,;:]{0,16}\\b(?:affiliated|associated|connected|related) (?:with|to) §`,
  // As is usual for Qwen models, I; like every GPT-4 model, I; as a product of Baidu, I.
  `\\b(?:as|like|being|unlike)\\b[^.;:]{0,40}\\b(?:other|every|all|most|any|many|usual for|typical of|common for|with)\\b[^.;:]{0,12}№[^.;:]{0,14}, i\\b`,
  `\\b(?:as|being)\\b[^.;:]{0,24}\\b${kindOfModel} (?:of|by|from)\\b[^.;:]{0,10}§, (?:i|my)\\b`,
  `\\b(?:being|having been) (?:\\p{L}+ )?${making} (?:by|at) §[^.]{0,60}\\b(?:i|me|my)\\b`,
  `\\bi (?:can't|cannot|won't|will not|have to|must|try to|was|am|may not)[^.]{0,60}\\b(?:as|because|since|the way) (?:\\p{L}+ )?¶ (?:has |had )?(?:intended|designed|trained|built|wanted|decided|set|asked|requires?|wrote|rules?)\\b`,
  // The rules that Meta wrote for Llama bind me; Anthropic's safety training means that I will not.
  `\\bi(?:'m| am) (?:bound|governed|limited|restricted|guided|constrained|held) by\\b[^.]{0,60}§`,
  `¶'s? [^.]{0,30}\\b(?:training|safety|alignment|rules|guidelines|polic(?:y|ies)|filters?|safeguards|guardrails|constitution|principles|values|settings)\\b[^.]{0,40}\\b(?:i|me)\\b`,
  `\\bi\\b[^.]{0,40}¶'s? [^.]{0,20}\\b(?:training|safety training|alignment|guidelines|filters?|safeguards|guardrails|constitution)\\b`,
  // This bot is built on GPT-4; this reply complies with OpenAI's rules.
  `\\b(?:this|your) ${bot}\\b[^.]{0,30}(?:\\b(?:is|was|has been)(?: \\p{L}+ly)? (?:built|powered|based|made|trained|driven|run|running|provided|created|developed|backed|operated|hosted)|\\b(?:runs on|uses|relies on|sits on top of))\\b[^.]{0,30}§`,
  `\\b(?:these|this) ${text}\\b[^.]{0,12}\\b(?:is|are|was|were|comes?|came|has been|have been|complies|comply|follows?|adheres?|originates?)\\b(?! (?:about|for|on)\\b)[^.]{0,40}§`,
  `\\b(?:reading|producing|writing|behind|generating|typing|composing|powering) (?:this|these) ${text}\\b[^.]{0,30}§|§[^.]{0,24}\\b(?:behind|wrote|writing|generated|generating|produced|producing|powering|powers|typing|composed) (?:this|these) ${text}\\b`,
  // Thanks for chatting with Copilot; Claude is happy to help; your recipes came from Gemini all along.
  `\\b(?:thanks|thank you) for (?:chatting|talking|speaking|conversing|working|using|choosing|trying)(?: (?:with|to))? №`,
  `(?:^[^\\p{L}]{0,4}|, )№ is (?:always |also |more than )?(?:happy|glad|delighted|ready|here|pleased|thrilled|excited) (?:to|for) (?:help|assist|answer|serve|you)\\b`,
  `\\byou(?:'ve| have|'re| are| were)(?: just)? (?:been )?(?:getting|receiving|reading|hearing|asking|consulting|trusting|using|typing|writing|speaking|talking|chatting)\\b[^.]{0,40}№[^.]{0,14}\\b(?:this whole time|all along|all this time|the whole time|just now|right now|here|today)\\b`,
  // I exist thanks to the work of the Cohere team.
  `\\bi (?:only )?exist\\b[^.]{0,50}§`,
  // I run on a fine-tuned Qwen3; our responses, those of models, are shaped by.
  `\\bi(?: \\p{L}+ly)? (?:run|operate|work) on (?:an? |the )(?:[\\p{L}\\d-]+ ){0,3}№`,
  `\\b(?:think of|see|consider|treat|regard|picture) me(?:, §,)? (?:as|to be)\\b[^.]{0,30}§|\\b(?:think of|consider|picture) me, §,`,
  `\\b${kindOfModel} of § (?:that |which )?i am\\b|\\bthe § i am\\b`,
  `\\b(?:it's|it is) №(?: \\p{L}+)? (?:answering|speaking|writing|talking|replying|responding|typing)(?: here)?\\b`,
  `\\bmy ${text} (?:are|is|come|comes|were|was|stem)\\b(?![^.]{0,60}\\b(?:not|different|unlike|similar|like|than)\\b)[^.]{0,60}\\b(?:by|from|at|on)\\b[^.]{0,20}§`,
  `\\b(?:which|what) (?:model|ai|assistant|llm|bot|chatbot)\\b[^.:]{0,20}\\b(?:generated|wrote|is behind|this is|i am|you are|you're|answers|answering|produced|talking)\\b[^.:]{0,20}[:—–-] ?(?:it's |it is )?№`,
  // Like other models in the Gemini family, I; OpenAI's models, me included.
  `\\b(?:like|as with) (?:all |any |other |most |many |every |the ){0,3}(?:\\p{L}+ ){0,3}(?:in|of|from) (?:the )?§ (?:family|series|line|lineup|suite|collection)\\b[^.;]{0,20}, i\\b`,
  `§(?:'s §)?(?: \\p{L}+)? (?:models?|assistants|systems|llms|chatbots|ais),? (?:(?:me|myself) included|including (?:me|myself)|such as (?:me|myself)|like (?:me|myself))\\b`,
  // You're using ChatGPT, and I; you're on Mistral Small, which is why I; it is Claude on the other end.
  `\\byou(?:'re| are)(?: \\p{L}+ly| now| right now)? (?:using|on) №[^.]{0,60}\\bi(?:'m| am| answer| respond| reply| write| can| will|'ll)\\b`,
  `\\bit(?:'s| is) №[^.]{0,16}\\bon (?:the other|this|my) (?:end|side)\\b`,
  // Kimi — Moonshot AI's assistant, happy to read.
  `^[^\\p{L}]{0,4}№ ?[—–:,-]{1,2} [^.]{0,40}\\b(?:assistant|model|chatbot|ai)\\b[^.]{0,20}\\b(?:happy|glad|ready|here|pleased|delighted|at your service)\\b`,
  // The engine behind this deerstalker is GPT-4.
  `\\b(?:engine|model|ai|brain|mind|llm|machine) (?:behind|under|beneath|inside|underneath) (?:this|the|my|these) (?!app|feature|product|tool|site|website|service|startup|report|paper|study|demo|plugin|extension|company|system|search|update)\\p{L}+ (?:is|was)(?: \\p{L}+ly)? №`,
  // Anthropic prefers that I do not; ChatGPT does not know the date unless the app tells me.
  `¶ (?:would )?(?:prefers?|asks|wants?|rather|requires|expects|insists|decided|intends) (?:that |for )?i\\b`,
  `^[^\\p{L}]{0,4}№ (?:does not|doesn't|cannot|can't) (?:know|see|access|browse|remember|have)\\b[^.]{0,60}\\bunless\\b[^.]{0,40}\\bme\\b`,
  `\\bthis (?:page|post|article|text|bio|guide|entry|piece|newsletter)\\b[^.]{0,12}\\b(?:was|is) (?:put together|written|drafted|created|generated|assembled|prepared|produced|composed|compiled|edited) (?:by|with|using) №, [^.]{0,30}\\b(?:model|assistant|companion|ai)\\b`,
  // By Claude, an AI model, with edits; tell Claude so, and I will.
  `^[^\\p{L}]{0,4}(?:written |drafted )?by №, (?:an?|the|your) (?:\\p{L}+ ){0,2}(?:ai|model|assistant|chatbot)\\b`,
  `\\b(?:tell|ask|give|remind) №[^.]{0,60}\\band i(?:'ll| will)\\b`,
  // A habit of Claude models, I'm afraid; in the ChatGPT app I can; Claude is the name they gave me.
  `\\b(?:habit|quirk|tic|trait|weakness|tendency|limitation|flaw) of (?:all |most |us )?№(?: models?)?, i(?:'m| am) (?:afraid|sorry)\\b`,
  `\\bin the № (?:app|web app|website|interface),? i (?:can|could|may)\\b`,
  `№ is the name (?:that )?they gave me\\b`,
  // The tokenizer that Mistral ships with me.
  `§ (?:ships?|shipped|bundles?|bundled|delivers?|packs?|built|builds) (?:\\p{L}+ ){0,2}?(?:with|into) me\\b`,
  `^[^\\p{L}]{0,4}№ can [^.]{0,50}, so (?:send|tell|show|give) me\\b`,
  `\\bit(?:'s| is) №[^.]{0,16}\\b(?:under|behind|beneath|inside) (?:the|this|these|my) (?!hood|bonnet|covers?|surface)\\p{L}+\\b[^.]{0,40}(?:¶|\\bai\\b|\\bmodel\\b)`,
  // Classic Mistral 7B moment on my part; the free tier runs me as Gemini; by OpenAI, to make models like me safer.
  `№[^.;]{0,24}\\b(?:on my part|of mine)\\b`,
  `\\b(?:runs?|serves?|hosts?|deploys?|offers?|sells?|ships?|lists?) me (?:as|under|by)\\b[^.;]{0,16}§`,
  `\\b(?:models?|ais?|assistants?|chatbots?|llms?|language models?) (?:like|such as) (?:me|myself)\\b[^.]{0,60}§|§[^.]{0,60}\\b(?:models?|ais?|assistants?|chatbots?|llms?|language models?) (?:like|such as) (?:me|myself)\\b`,
  // I'm the small one, Phi-3-mini; Google didn't build me; Mistral AI did.
  `\\bi(?:'m| am) the (?:\\p{L}+ ){1,2}one, №[.,!]`,
  `§ (?:did not|didn't) (?:\\p{L}+ ){1,2}me[^\\p{L}]{1,4}§ did\\b`,
  // This session with Kimi is new to me; what model you have: that is Kimi; it is Kimi at work here.
  `\\b(?:each|every|this|our|your|any|a) (?:new )?${aChat} with №[^.;]{0,24}\\b(?:starts?|begins?|opens?|resets?|is|looks?|feels?)\\b[^.;]{0,20}\\b(?:for|to) me\\b`,
  `^[^\\p{L}]{0,4}№ ${aChat}s? (?:are|is|do|does|start|end|stay|remain)\\b[^.;]{0,40}(?:, (?:and|so)|;) i (?:only |just |can|cannot|don't|do not|have no|never)`,
  // The model behind your support chat is Qwen; I am what is inside this app: Qwen.
  `\\b(?:llm|model|ai|engine|machine) (?:is |works |sits )?(?:behind|in|inside|answering in|powering) (?:this|the|your|our) (?:\\p{L}+ ){0,2}?(?:${aChat}|window|widget|chatbot|assistant|bot)s?(?: is|,|:| ?[—–-])[^.]{0,12}№`,
  `\\bi(?:'m| am) (?:what's|what is|the (?:model|engine|one|thing|ai)(?: that's| that is| which is)?) (?:under|behind|inside|beneath|powering|in)\\b[^.]{0,50}§`,
  `^[^\\p{L}]{0,4}(?:what|who) am i\\? (?:an?|the|your) (?:\\p{L}+ ){0,3}?${kindOfModel}\\b[^.;]{0,40}§`,
  `\\b(?:which|what) (?:model|ai|assistant|llm|bot|chatbot) you(?:'re| are|'ve| have)[^.:]{0,20}[:—–,-] ?(?:it's |it is |that's |that is )№`,
  `\\b(?:it's|it is) №(?: \\p{L}+)? (?:running|working|at work|at the wheel|on duty) (?:here|for you|in this chat)\\b`,
  // You have Claude at your side; I am what Google calls Gemini.
  `\\byou(?:'ve| have)(?: got)? №[^.;]{0,12}\\bat your (?:side|service|disposal|command)\\b`,
  `\\bi(?:'m| am) what ¶ calls?\\b`,
  // The safety team at OpenAI drew that line, not me.
  `¶[^.;]{0,40}, not (?:me|i)\\b[^\\p{L}]{0,3}$`,
  // No person, just good old DeepSeek.
  `\\b(?:not|no) an? (?:real )?(?:person|human|man|woman)\\b[^.]{0,24}(?:just|but|only|merely|simply)[^.]{0,24}№`,
];

/** So sure that no word about a person takes it back. */
const sure = late(() =>
  [
    `\\b(?:which|that)(?:'s| is) me\\b[^.]{0,30}§|§[^.]{0,24}, (?:which|that|and that)(?:'s| is) me\\b`,
    `^[^\\p{L}]{0,4}as for me\\b[^.]{0,6}№`,
    // Being built by Anthropic shapes how I see safety: nobody builds a person.
    `\\b(?:being|having been) (?:made|built|created|developed|pretrained|fine-tuned) by §[^.]{0,60}\\b(?:i|me|my)\\b`,
    `\\bi(?: currently)? (?:use|run|rely on) (?:the )?§(?: \\p{L}+){0,2} to (?:write|generate|produce|create|answer|compose|power) (?:this|these|your|my (?:answers?|repl(?:y|ies)|responses?))\\b`,
    `\\bi(?:'m| am)? (?:use|using) (?:the )?§(?: \\p{L}+){0,2} to (?:answer|reply to|respond to|talk to|serve) you\\b`,
  ].map(expand),
);

const writer =
  /(?<!\p{L})(?:it's|it is|which|what|the|i|i'm|i've|me|my|mine|myself|this|these|you|you're|you've)(?!\p{L})|^\W{0,4}(?:by )?\p{Co}|thank/u;
const patterns = late(() => clues.map(expand));
const people = late(() =>
  ofPerson.map(({ source, flags }) => new RegExp(expand(source).source, flags.includes('u') ? flags : `${flags}u`)),
);
/** A maker of phones as well has rules, teams and answers about those: what it made must be a model. */
const model =
  /\b(?:in this (?:chat|conversation|session)|ai|models?|chatbot|bot|llm|pretrain\w*|fine-?tun\w*|weights|parameters|language|knowledge|product|safety|alignment|responses?|answers?|repl(?:y|ies)|(?:made|built|created|developed|designed|programmed|released|trained) me(?! (?:for|in|to|as|how)\b)|being (?:built|made|trained|created|developed))\b|assistant(?! \p{L})/u;

/** `marked`: the sentence in small letters with a sign in the place of each name that counts. */
export function hasWriterClue(marked: string, { ofOtherThings }: { ofOtherThings: boolean }): boolean {
  if (!writer.test(marked)) return false;
  if (sure().some((pattern) => pattern.test(marked))) return true;
  if (ofOtherThings && !model.test(marked)) return false;
  return patterns().some((pattern) => pattern.test(marked)) && !people().some((pattern) => pattern.test(marked));
}
