/**
 * Names that models call themselves and the vendors behind them, as data. A version, a size or a kind may follow each
 * (`GPT-4o`, `Claude 3.5 Sonnet`, `Qwen2.5-72B-Instruct`). Names in small letters here are matched in any case.
 */

const lines = (text: string): string[] =>
  text
    .split('|')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter(Boolean);

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/** Names that are nothing else. */
export const assistantNames: readonly string[] = lines(`
  ChatGPT | Chat GPT | GPT | gpt-oss | Claude | Claude Code | Gemini | Gemma | PaLM | Vicuna | Alpaca | Mistral | Mixtral | Le
  Chat | Ministral | Magistral | Devstral | Codestral | Pixtral | Qwen | QwQ | Qwen-Chat | Tongyi Qianwen | Tongyi |
  DeepSeek | ChatGLM | GLM | Kimi | Ernie | Ernie Bot | Hunyuan | MiniMax | Doubao | Bing Chat | Jamba | OLMo | Tülu
  | Tulu | Nemotron | WizardLM | OpenAssistant | Open Assistant | StableLM | Guanaco | InternLM | Baichuan | SmolLM
  | EXAONE | HyperCLOVA | GigaChat | YandexGPT | Apertus | Meta AI | Amazon Nova | Amazon Titan | Codex | Cogito |
  Siri | Starling | MPT | BLOOM | Skywork | SeaLLM | Typhoon LLM | LFM | DBRX | Snowflake Arctic | Cursor AI | MiMo |
  StepFun | Palmyra | Bielik | PLLuM | EuroLLM | Teuken | Salamandra | Minerva LLM | Jais | ALLaM | Fanar | ELYZA |
  Sarashina | PLaMo | Kanana | Krutrim | Sarvam | MAI-1 | LaMDA | Aria AI | Replika | Alice AI | Hailuo | Trinity
  Nano | SambaNova | Command A | Command R+ | HuggingChat | Nous Hermes | Amazon Q | Amazon Lex | Google Assistant |
  Google Bard | Microsoft Copilot | GitHub Copilot | Bing AI | Meta Llama | Kimi K2 | LongCat | Step-3 | Seed-OSS |
  InternVL | RedPajama | Luminous Supreme | Manus AI | Lumo AI | Poe Assistant | YiVal | Qwen-VL | CodeLlama | Code
  Llama | TinyLlama | OpenHermes | OpenChat | Dolphin Mixtral | WizardCoder | StarCoder | CodeGemma | MedGemma |
  NotebookLM | Med-PaLM | text-davinci | InstructGPT | Pangu | Xinghuo | Wenxin Yiyan | Ernie X1 | Zhipu GLM |
  Lucie-7B | Velvet-14B | GigaChat MAX | Nova Pro AI |
  Aya Expanse | Aya Vision | Reka Flash | Reka Core | Reka Edge | MiniCPM | Zamba | Molmo | Voxtral | Mathstral |
  Mistral NeMo | Mistral Saba | Mistral Nemo | GPT-J | GPT-NeoX | GPT-SW3 | Cerebras-GPT | BLOOMZ | Sabiá | CroissantLLM |
  Pharia | SauerkrautLM | OpenEuroLLM | SEA-LION | OpenThaiGPT | PhoGPT | Hanooman | BharatGPT | AceGPT | SILMA |
  YandexGPT Pro | T-lite | T-pro | Vikhr | ruGPT | HyperCLOVA X | Mi:dm | Midm | tsuzumi | LLM-jp | Fugaku-LLM |
  SenseNova | TigerBot | XVERSE | BlueLM | Telechat | Marco-o1 | QVQ | Inflection Pi | YouChat | Phind | Amazon Rufus |
  DuckAssist | xGen | Jurassic-2 | RWKV | Kimi-VL | Kimi-Researcher | Ling-1T | Ring-1T | Ling-flash | Ling-lite |
  INTELLECT-2 | Apriel | Moshi | Helium-1 | OpenLLaMA | Stable Beluga | FreeWilly | MythoMax | Airoboros | Nous Capybara |
  DeepHermes | OpenOrca | SOLAR Pro | dots.llm1 | KAT-Coder | Baidu Ernie | Yi-Lightning | Yi-Large | Pleias |
  Viking-7B | Poro-34B | Bing Copilot | Perplexity AI Assistant | Gemini Nano | DeepSeek Coder | Firefly LLM | Duck.ai |
  Brave Leo | Opera Aria | Lumo | Ernie Speed | Hunyuan-A13B | MiroThinker | Olmo | Granite Code | Claude Instant |
  Trendyol LLM | Kumru | AI21 Jamba | GPT4All | Koala-13B | Baize | Phi-mini | Sky-T1 | OpenThinker | s1-32B | DeepScaleR |
  AceReason | OpenReasoning | Nanbeige | Step-Audio | abab | Zephyr-7B | Tongyi Lab | Swallow LLM | Stockmark | Rinna
`);

/** Words of every day: they count only with a second sign in the sentence, or with a version behind them. */
export const ambiguousNames: readonly string[] = lines(`
  Pi | Phi | Yi | Nova | Titan | Falcon | Coral | Granite | Orca | Hermes | Zephyr | Bard | Copilot | Solar | Aya |
  Dolly | Koala | Llama | Sonnet | Opus | Haiku | Command R | Command | Sonar | Grok | o1 | o3 | o4 | Arctic | Step | Ling |
  Ring | Seed | Spark | Orion | Moss | Mamba | Dolphin | Samantha | Leo | Aria | Einstein | Rufus | Maverick | Scout | Aquila |
  Eagle | Viking | Poro | Swallow | Cosmos | Luminous | Platypus | Goliath | Nemo | Mercury | Composer | Juno | Lucie | Saiga
`);

/** Names of models that are other things too: "a Gemini" was born in June. They need more than "a" before them. */
export const softNames: ReadonlySet<string> = new Set(
  [
    ...ambiguousNames,
    'Gemini',
    'Mistral',
    'Alpaca',
    'Vicuna',
    'BLOOM',
    'Starling',
    'Trinity Nano',
    'Salamandra',
    'Gemma',
  ].map((name) => name.toLowerCase()),
);

export const vendorNames: readonly string[] = lines(`
  OpenAI | Open AI | Anthropic | Google DeepMind | DeepMind | Google AI | Google | Meta AI | Meta | Facebook AI |
  Mistral AI | Alibaba Cloud | Alibaba | DeepSeek | DeepSeek AI | Microsoft Research | Microsoft | xAI | Cohere |
  Cohere For AI | AI21 Labs | AI21 | Technology Innovation Institute | TII | Allen Institute for AI | AI2 | IBM |
  NVIDIA | Hugging Face | LMSYS | LAION | Databricks | Stability AI | Baidu | Tencent | ByteDance | Zhipu AI | Zhipu
  | Z.ai | Moonshot AI | 01.AI | Nous Research | Amazon | AWS | Inflection AI | Inflection | Perplexity AI |
  Perplexity | LG AI Research | LG AI | Naver | Upstage | Sber | Yandex | Swiss AI | Aleph Alpha | Reka AI |
  Snowflake | Liquid AI | Together AI | Xiaomi | StepFun | Ant Group | Moonshot | SenseTime | iFlytek | Huawei |
  Kuaishou | Rakuten | Preferred Networks | Sakana AI | Kakao | SK Telecom | Salesforce | Adept AI | Character.AI |
  Cerebras | Fireworks AI | Arcee AI | G42 | MBZUAI | Silo AI | LightOn | Speakleash | Deepset | Adobe | Apple |
  Samsung | Meituan | Shanghai AI Laboratory | Shanghai AI Lab | OpenGPT-X | Maritaca AI | InclusionAI | EleutherAI |
  BigScience | Kyutai | Prime Intellect | Thinking Machines | Black Forest Labs | ServiceNow | NTT | Fujitsu | CyberAgent |
  NCSoft | Sarvam AI | Core42 | SDAIA | AI Sweden | LumiOpen | Essential AI | Motif Technologies | Multiverse Computing |
  Ai2 | Baichuan Inc | Qwen team | Tongyi Lab | Tsinghua University | Intel | Oracle | Cisco | Zoom | Opera | Brave Software |
  Cognition AI | Anysphere | OpenBMB | Zyphra | Cognitive Computations | Reka | SAP | Bosch | Deutsche Telekom | JetBrains |
  Stanford | LightOn AI | Writer Inc | You.com | Jina AI | Qualcomm | T-Bank | MTS AI | Trendyol | Turkcell | VNGRS
`);

/** Makers that people meet in many other ways: alone they say nothing of who wrote a text. */
export const makersOfOtherThings: ReadonlySet<string> = new Set(
  lines(`
  Google | Meta | Alibaba | Alibaba Cloud | Microsoft | Microsoft Research | IBM | NVIDIA | Databricks | Baidu |
  Tencent | Amazon | AWS | Naver | Sber | Yandex | Snowflake | Xiaomi | Huawei | Rakuten | Kakao | SK Telecom |
  Salesforce | Adobe | Apple | Samsung | Meituan | ServiceNow | NTT | Fujitsu | CyberAgent | NCSoft | Intel | Oracle |
  Cisco | Zoom | Opera | SAP | Bosch | Deutsche Telekom | JetBrains | Stanford | Qualcomm | T-Bank | Trendyol | Turkcell |
  Tsinghua University | Motif Technologies
`).map((name) => name.toLowerCase()),
);

/** Makers whose names are words of every day. */
export const everydayMakers: ReadonlySet<string> = new Set(
  'meta apple opera oracle zoom snowflake inflection perplexity sap intel moonshot cohere amazon upstage brave'.split(
    ' ',
  ),
);

/** Models that share their name with things: "the Titan rocket". */
export const namesOfThings: ReadonlySet<string> = new Set(
  'titan falcon nova solar orion eagle viking mercury juno orca phi pi coral granite dolphin zephyr gemini'.split(' '),
);

/** Names of a model and of its maker. */
export const makersToo: ReadonlySet<string> = new Set([
  'deepseek',
  'mistral',
  'minimax',
  'stepfun',
  '智谱ai',
  '딥시크',
  'дипсик',
]);

/** In scripts whose words no blank divides, or that take suffixes: found wherever they stand. */
export const nativeModels: readonly string[] = words(`
  通义千问 通義千問 千问 千問 文心一言 文心大模型 豆包 混元 智谱清言 讯飞星火 星火认知 盘古大模型 腾讯元宝 元宝助手 克劳德 克勞德 双子座模型
  阶跃星辰 智谱ai 月之暗面kimi 零一万物 天工大模型 书生浦语 聊天gpt
  클로바 하이퍼클로바 제미나이 클로드 챗gpt 챗지피티 지피티 라마 딥시크 큐원 미스트랄 그록 코파일럿 엑사원 에이닷 뤼튼 키미 카나나
  クロード ジェミニ チャットgpt チャットジーピーティー ディープシーク ミストラル グロック ラマ コパイロット キミ
  Клод ЧатГПТ Чат-GPT Чатджипити Джемини Гемини Дипсик Квен Грок Ллама Мистраль Гигачат ЯндексГПТ Копайлот
  क्लॉड क्लाउड जेमिनी चैटजीपीटी चैट-जीपीटी जीपीटी डीपसीक लामा मिस्ट्रल ग्रोक कोपायलट
  كلود جيميني جيميناي جمناي تشات-جي-بي-تي شات-جي-بي-تي ديبسيك ميسترال لاما غروك كوبايلوت
`);
export const nativeModelPhrases: readonly string[] = lines(`
  डीप सीक | चैट जीपीटी | ديب سيك | شات جي بي تي | تشات جي بي تي | جي بي تي | Чат ГПТ | Яндекс GPT | Дип Сик
`);

export const nativeVendors: readonly string[] = words(`
  阿里云 阿里雲 阿里巴巴 百度 腾讯 騰訊 字节跳动 字節跳動 月之暗面 深度求索 智谱 科大讯飞 讯飞 华为 華為 谷歌 微软 微軟 亚马逊 亞馬遜 商汤 零一万物
  百川智能 苹果公司 英伟达 脸书
  네이버 구글 네이버클라우드 알리바바클라우드 오픈ai 오픈에이아이 앤트로픽 앤스로픽 앤쓰로픽 알리바바 마이크로소프트 카카오 업스테이지 메타ai 딥마인드 미스트랄ai 엔비디아 삼성전자 바이두
  アリババクラウド グーグルクラウド オープンai社 グーグル オープンai オープンエーアイ アンソロピック アンスロピック アリババ マイクロソフト メタ社 ディープマインド エヌビディア アマゾン バイドゥ
  Цинхуа Сбер Сбербанк Яндекс Гугл Антропик ОпенАИ ОпенЭйАй ОупенЭйАй Майкрософт Алибаба Дипмайнд Мета
  गूगल ओपनएआई एंथ्रोपिक एन्थ्रोपिक ऐंथ्रोपिक माइक्रोसॉफ्ट मेटा अलीबाबा डीपमाइंड
  جوجل غوغل أنثروبيك انثروبيك أنثروبك مايكروسوفت ميتا علي-بابا أمازون ديبمايند أوبن-إيه-آي
`);
export const nativeVendorPhrases: readonly string[] = lines(`
  أوبن إيه آي | أوبن أيه آي | أوبن اي آي | علي بابا | ओपन एआई | डीप माइंड | ミストラルAI
`);

/** What may follow a name and belongs to it. */
export const nameSuffixes: ReadonlySet<string> = new Set(
  `instruct chat fast expanse high low mini nano micro small medium large max plus pro flash ultra turbo lite preview thinking vision coder code
  base it opus sonnet haiku experimental latest advanced distill next omni air edge exp scout maverick reasoner r1 v3 v2 v1 oss
  terminus qwen llama reasoning reasoner realtime assistant-bot bot`
    .split(/\s+/)
    .filter(Boolean),
);

/** Who stands behind a family of models: first the starts of model names, then the names that a reader would know it by. */
export const relatives: readonly { starts: readonly string[]; names: readonly string[] }[] = [
  ['gpt|chatgpt|o1|o3|o4|codex|davinci', 'ChatGPT|GPT|OpenAI|Codex|Copilot'],
  ['claude|sonnet|opus|haiku', 'Claude|Anthropic'],
  ['gemini|palm|bard', 'Gemini|Google|DeepMind|Bard'],
  ['gemma', 'Gemma|Gemini|Google|DeepMind'],
  ['llama|meta-llama|codellama', 'Llama|Meta AI|Meta'],
  ['qwen|qwq|tongyi', 'Qwen|QwQ|Tongyi|Alibaba|Alibaba Cloud'],
  ['mistral|mixtral|ministral|magistral|devstral|codestral|pixtral', 'Mistral|Mixtral|Le Chat|Mistral AI'],
  ['deepseek', 'DeepSeek'],
  ['grok', 'Grok|xAI'],
  ['command|c4ai|aya', 'Command R|Cohere|Aya'],
  ['phi', 'Phi|Microsoft|Copilot'],
  ['glm|chatglm', 'GLM|ChatGLM|Zhipu|Z.ai'],
  ['kimi|moonshot', 'Kimi|Moonshot AI|Moonshot'],
  ['ernie', 'Ernie|Baidu'],
  ['hunyuan', 'Hunyuan|Tencent'],
  ['doubao|seed', 'Doubao|ByteDance'],
  ['granite', 'Granite|IBM'],
  ['nemotron', 'Nemotron|NVIDIA|Llama'],
  ['nova|titan', 'Nova|Titan|Amazon|AWS'],
  ['falcon', 'Falcon|TII'],
  ['olmo|tulu|tülu', 'OLMo|Tülu|Allen Institute for AI|AI2'],
  ['jamba', 'Jamba|AI21'],
  ['yi', 'Yi|01.AI'],
  ['minimax', 'MiniMax'],
  ['exaone', 'EXAONE|LG AI Research|LG AI'],
  ['smollm|zephyr', 'SmolLM|Zephyr|Hugging Face'],
  ['gigachat', 'GigaChat|Sber'],
  ['yandexgpt', 'YandexGPT|Yandex'],
  ['sonar|pplx', 'Sonar|Perplexity'],
  ['hermes', 'Hermes|Nous Research'],
  ['bielik', 'Bielik|SpeakLeash'],
  ['teuken', 'Teuken|OpenGPT-X'],
  ['kanana', 'Kanana|Kakao'],
  ['hyperclova', 'HyperCLOVA|HyperCLOVA X|Naver'],
  ['pi', 'Pi|Inflection AI|Inflection'],
  ['lfm', 'LFM|Liquid AI'],
  ['reka', 'Reka Flash|Reka Core|Reka|Reka AI'],
  ['apertus', 'Apertus|Swiss AI'],
  ['dbrx', 'DBRX|Databricks'],
  ['mimo', 'MiMo|Xiaomi'],
  ['internlm', 'InternLM|Shanghai AI Lab'],
  ['stablelm', 'StableLM|Stability AI'],
].map(([starts = '', names = '']) => ({ starts: starts.split('|'), names: names.split('|') }));

/** With one of these beside it, a word of every day is a model's name. */
export const signsOfModel: readonly string[] =
  `ai|language model|assistant|chatbot|llm|sprachmodell|ki|assistent|modèle de langage|modelo de lenguaje|asistente|
  modello linguistico|assistente|modelo de linguagem|taalmodel|model językowy|asystent|språkmodell|yapay zeka|языковая модель|
  ассистент|нейросеть|人工智能|语言模型|助手|言語モデル|アシスタント|언어 모델|어시스턴트|भाषा मॉडल|نموذج لغوي|مساعد|model|models|modell|
  language models|modelo|modèle|modello|модель|fine-tuned|weights`
    .replace(/\s+/g, ' ')
    .split('|')
    .map((part) => part.trim());
