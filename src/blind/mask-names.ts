/**
 * Names that models call themselves and the vendors behind them, as data. A version, a size or a kind may follow each
 * (`GPT-4o`, `Claude 3.5 Sonnet`, `Qwen2.5-72B-Instruct`). Names in small letters here are matched in any case.
 */

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** Names that are nothing else. */
export const assistantNames: readonly string[] = lines(`
  ChatGPT
  GPT
  gpt-oss
  Claude
  Claude Code
  Gemini
  Gemma
  PaLM
  Vicuna
  Alpaca
  Mistral
  Mixtral
  Le Chat
  Ministral
  Magistral
  Devstral
  Codestral
  Pixtral
  Qwen
  QwQ
  Qwen-Chat
  Tongyi Qianwen
  Tongyi
  DeepSeek
  ChatGLM
  GLM
  Kimi
  Ernie
  Ernie Bot
  Hunyuan
  MiniMax
  Doubao
  Bing Chat
  Jamba
  OLMo
  Tülu
  Tulu
  Nemotron
  WizardLM
  OpenAssistant
  Open Assistant
  StableLM
  Guanaco
  InternLM
  Baichuan
  SmolLM
  EXAONE
  HyperCLOVA
  GigaChat
  YandexGPT
  Apertus
  Meta AI
  Amazon Nova
  Amazon Titan
  Codex
  Cogito
  Starling
  MPT
  BLOOM
  Skywork
  SeaLLM
  Typhoon LLM
  LFM
  DBRX
  Snowflake Arctic
  Cursor AI
  MiMo
  StepFun
  Palmyra
  Bielik
  PLLuM
  EuroLLM
  Teuken
  Salamandra
  Minerva LLM
  Jais
  ALLaM
  Fanar
  ELYZA
  Sarashina
  PLaMo
  Kanana
  Krutrim
  Sarvam
  MAI-1
  LaMDA
  Aria AI
  Replika
  YandexGPT
  Alice AI
  Hailuo
  Trinity Nano
  SambaNova
`);

/** Words of every day: they count only with a second sign in the sentence, or with a version behind them. */
export const ambiguousNames: readonly string[] = lines(`
  Pi
  Phi
  Yi
  Nova
  Titan
  Falcon
  Coral
  Granite
  Orca
  Hermes
  Zephyr
  Bard
  Copilot
  Solar
  Aya
  Dolly
  Koala
  Llama
  Sonnet
  Opus
  Haiku
  Command R
  Command
  Sonar
  Grok
  o1
  o3
  o4
  Arctic
`);

export const vendorNames: readonly string[] = lines(`
  OpenAI
  Open AI
  Anthropic
  Google DeepMind
  DeepMind
  Google AI
  Google
  Meta AI
  Meta
  Facebook AI
  Mistral AI
  Alibaba Cloud
  Alibaba
  DeepSeek
  DeepSeek AI
  Microsoft Research
  Microsoft
  xAI
  Cohere
  Cohere For AI
  AI21 Labs
  AI21
  Technology Innovation Institute
  TII
  Allen Institute for AI
  AI2
  IBM
  NVIDIA
  Hugging Face
  LMSYS
  LAION
  Databricks
  Stability AI
  Baidu
  Tencent
  ByteDance
  Zhipu AI
  Zhipu
  Z.ai
  Moonshot AI
  01.AI
  Nous Research
  Amazon
  AWS
  Inflection AI
  Inflection
  Perplexity AI
  Perplexity
  LG AI Research
  LG AI
  Naver
  Upstage
  Sber
  Yandex
  Swiss AI
  Aleph Alpha
  Reka AI
  Snowflake
  Liquid AI
  Together AI
  Xiaomi
  StepFun
  Ant Group
  Moonshot
  SenseTime
  iFlytek
  Huawei
  Kuaishou
  Rakuten
  Preferred Networks
  Sakana AI
  Kakao
  SK Telecom
  Salesforce
  Adept AI
  Character.AI
  Cerebras
  Fireworks AI
  Arcee AI
  G42
  MBZUAI
  Silo AI
  LightOn
  Speakleash
  Deepset
  Adobe
  Apple
  Samsung
`);

/** In scripts whose words no blank divides, or that take suffixes: found wherever they stand. */
export const nativeModels: readonly string[] = lines(`
  通义千问
  千问
  文心一言
  豆包
  混元
  智谱清言
  讯飞星火
  星火
  盘古
  百川
  元宝
  클로바
  알리사
`);

export const nativeVendors: readonly string[] = lines(`
  阿里云
  阿里巴巴
  百度
  腾讯
  字节跳动
  月之暗面
  深度求索
  智谱
  科大讯飞
  华为
  谷歌
  微软
  네이버
  구글
  오픈AI
  앤트로픽
  グーグル
  オープンAI
  アンソロピック
  Сбер
  Яндекс
  गूगल
  ओपनएआई
  जूजल
  جوجل
  أوبن إيه آي
`);

/** What may follow a name and belongs to it. */
export const nameSuffixes: ReadonlySet<string> = new Set(
  `instruct chat mini nano micro small medium large max plus pro flash ultra turbo lite preview thinking vision coder code
  base it opus sonnet haiku experimental latest distill next omni air edge exp scout maverick reasoner r1 v3 v2 v1 oss
  qwen llama assistant-bot bot`
    .split(/\s+/)
    .filter(Boolean),
);
