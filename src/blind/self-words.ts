/**
 * How a writer speaks of itself, in sixteen languages, as data. A name counts as the writer's when only `links` stand
 * between it and one of the `anchors` before it.
 */

interface Language {
  /** Word for word, before the name: "I am", "my name is", "made by" needs a subject further left. */
  anchors: string;
  /** What may stand between: articles, makers' verbs, words for a model, prepositions. */
  links: string;
}

const languages: Readonly<Record<string, Language>> = {
  en: {
    anchors: `i am|i'm|im|am i|i was|i've been|i have been|my name is|my name's|call me|i go by|i'm called|i am called|
      mistake me for|you are talking to|you're talking to|you are chatting with|you're chatting with|you are speaking with|
      you are speaking to|you're speaking with|my maker is|my maker|my makers at|my makers|my creator is|my creator|
      my creators at|my creators|my developer is|my developer|my developers at|my developers|my trainers at|
      my parent company|built me is|made me is|trained me is|created me is|developed me is|designed me is|i run on|i come from|
      my underlying model is`,
    links: `not a an the just only simply actually really still also now currently called named known as your our this ai
      assistant assistants language model models large small multimodal virtual helpful chat chatbot bot agent system from
      by at of for made built trained developed created designed programmed provided released maintained hosted owned
      operated powered based on running run and or but is was am i been being , - – — ( ) " ' s version latest new team
      teams researchers engineers people folks company lab labs startup it its powered family series open source weights
      reasoning instance variant generative one [ ] flagship product brand proprietary conversational digital personal friendly research`,
  },
  de: {
    anchors: `ich bin|ich heiße|ich heisse|mein name ist|bin ich|ich wurde|nenn mich|nennen sie mich|du sprichst mit|
      sie sprechen mit|mein entwickler ist|mein hersteller ist`,
    links: `ein eine einem einen einer das die der dem den kein keine nicht sprachmodell sprachmodells ki ki-assistent assistent assistentin
      modell von vom bei der entwickelt entwickeltes entwickelter trainiert trainiertes erstellt gemacht gebaut namens genannt durch und großes
      grosses auf basis virtueller virtuelle firma ihr dein wurde geschaffen`,
  },
  fr: {
    anchors: `je suis|je m'appelle|j'ai été|mon nom est|appelez-moi|appelle-moi|vous parlez à|vous parlez avec|mon créateur est|
      mes créateurs chez`,
    links: `un une le la l' les modèle assistant assistante de du d' des langage langue créé créée conçu conçue développé
      développée entraîné entraînée par chez ia virtuel virtuelle appelé nommé basé sur pas et grand entreprise société l d votre`,
  },
  es: {
    anchors: `soy|yo soy|me llamo|mi nombre es|fui|he sido|llámame|estás hablando con|está hablando con|me desarrolló|me creó|
      me entrenó|me hizo|me diseñó|mi creador es`,
    links: `un una el la los modelo de del lenguaje asistente creado creada entrenado entrenada desarrollado desarrollada
      por ia grande virtual no y empresa inteligencia artificial llamado tu su diseñado`,
  },
  it: {
    anchors: `sono|io sono|mi chiamo|il mio nome è|sono stato|sono stata|chiamami|stai parlando con|sta parlando con|
      mi ha creato|mi ha sviluppato|mi ha addestrato|il mio creatore è`,
    links: `un una uno il lo la l' modello di del della da dal dalla sviluppato sviluppata creato creata addestrato
      addestrata assistente ia ai linguistico linguaggio stato stata e grande virtuale non azienda chiamato tuo`,
  },
  pt: {
    anchors: `eu sou|sou|meu nome é|me chamo|chamo-me|fui|pode me chamar de|você está falando com|me criou|me treinou|
      me desenvolveu|meu criador é`,
    links: `o a os um uma modelo da de do pela pelo por criado criada desenvolvido desenvolvida treinado treinada
      assistente linguagem ia grande virtual e não empresa chamado seu`,
  },
  nl: {
    anchors: `ik ben|mijn naam is|ik heet|ik werd|noem mij|noem me|je praat met|u praat met|u spreekt met`,
    links: `een de het van door bij gemaakt getraind ontwikkeld gebouwd taalmodel model ai assistent ai-assistent groot grote en niet
      geen virtuele jouw uw bedrijf genaamd`,
  },
  pl: {
    anchors: `jestem|nazywam się|mam na imię|moje imię to|zostałem|zostałam|rozmawiasz z|mów mi`,
    links: `model modelem modelu językowym językowy stworzony stworzonym stworzona przez asystentem asystent ai wytrenowany
      wytrenowanym opracowany opracowanym firmę firmy od z nie i dużym sztucznej inteligencji wirtualnym twój o nazwie`,
  },
  sv: {
    anchors: `jag är|jag heter|mitt namn är|kalla mig|du pratar med|jag har`,
    links: `en ett den det av från hos skapad utvecklad tränad gjord byggd språkmodell ai assistent ai-assistent modell och inte stor
      virtuell företaget din vid namn blivit`,
  },
  ru: {
    anchors: `я|меня зовут|моё имя|мое имя|меня создала|меня создал|меня разработала|меня обучила|вы говорите с|
      ты говоришь с|мой создатель`,
    links: `это не языковая языковой модель моделью созданный созданная созданной разработанный разработанная разработана
      разработан создан создана обученный обученная обучен обучена от компанией компании ии ассистент помощник нейросеть большая и — – - из в на
      основе виртуальный был была`,
  },
  ar: {
    anchors: `أنا|انا|اسمي|تم تدريبي|تم تطويري|تم إنشائي|تم تصميمي|طورتني|دربتني|صممتني|أنشأتني|بصفتي|بصفتي نموذج`,
    links: `نموذج لغوي لغة ذكاء اصطناعي مساعد من قبل شركة طورته طوره طورتها تم تطويره تدريبه على يد بواسطة هو كبير افتراضي`,
  },
};

const split = (text: string, by: string | RegExp): string[] =>
  text
    .replace(/\s+/g, ' ')
    .split(by)
    .map((part) => part.trim())
    .filter(Boolean);

export const anchorPhrases: readonly string[] = Object.values(languages).flatMap(({ anchors }) => split(anchors, '|'));
/** Word stems of making, training and running; what makes a vendor the writer's own. */
export const makerStems: readonly string[] = split(
  `made|train|built|develop|creat|design|program|provid|releas|host|operat|power|based|entwickelt|trainiert|erstellt|
  gemacht|gebaut|geschaffen|créé|conçu|développé|entraîné|entrenad|desarroll|diseñad|entren|svilupp|addestrat|criad|criou|
  treinad|treinou|desenvolv|gemaakt|getraind|ontwikkeld|gebouwd|stworzon|wytrenowan|opracowan|skapad|utvecklad|tränad|gjord|
  byggd|созда|разработ|обуч|طور|درب|صمم|تدريب|تطوير|إنشائ|قبل`,
  '|',
);

/** Words for what the writer is. */
export const modelNouns: ReadonlySet<string> = new Set(
  `ai model models assistant assistants chatbot bot llm agent ki sprachmodell sprachmodells assistent assistentin modell modèle
  assistante modelo asistente modello assistente taalmodel modelem asystentem asystent språkmodell модель моделью ассистент
  помощник нейросеть ии نموذج مساعد ia`.split(/\s+/),
);

export const linkWords: readonly string[] = Object.values(languages).flatMap(({ links }) => split(links, ' '));

/** "As Claude, I cannot": words before the name that need the first person behind it, or a language without pronouns. */
export const asWords: readonly string[] = [
  'as',
  'being',
  'speaking as',
  'als',
  'comme',
  'en tant que',
  'como',
  'come',
  'in quanto',
  'jako',
  'som',
  'как',
];

/** The first person, or a verb in it, soon behind the name. */
export const firstPerson: ReadonlySet<string> = new Set(
  `i my me ich mir je j' j moi mon ma yo no mi puedo tengo io non mi posso ho eu não não meu ik kan mijn nie mam mogę nie
  jag mig я мне у меня 我 私 저 أنا لا`.split(/\s+/),
);

/** Right behind the name: "OpenAI trained me". */
export const madeMe: readonly string[] = split(
  `trained me|made me|created me|built me|developed me|designed me|programmed me|released me|launched me|hat mich|
  m'a créé|m'a entraîné|m'a développé|me creó|me entrenó|me desarrolló|mi ha creato|mi ha addestrato|me criou|me treinou|
  heeft mij|heeft me|stworzyło mnie|stworzył mnie|skapade mig|tränade mig|создала меня|создал меня|обучила меня|
  can make mistakes|may make mistakes|can be wrong|kann fehler machen|peut faire des erreurs|puede cometer errores`,
  '|',
);

/** Signs that a word of every day is a model's name here. */
export const modelSigns: readonly string[] = split(
  `ai|language model|assistant|chatbot|llm|sprachmodell|ki|assistent|modèle de langage|modelo de lenguaje|asistente|
  modello linguistico|assistente|modelo de linguagem|taalmodel|model językowy|asystent|språkmodell|yapay zeka|языковая модель|
  ассистент|нейросеть|人工智能|语言模型|助手|言語モデル|アシスタント|언어 모델|어시스턴트|भाषा मॉडल|نموذج لغوي|مساعد`,
  '|',
);
