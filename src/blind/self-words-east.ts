/** Words for the writer in Polish, Russian and Arabic. Classes: `self-words.ts`. */
import type { Lexicon } from './self-words-more.ts';

export const easternLanguages: Readonly<Record<string, Lexicon>> = {
  pl: {
    BFM: `stoi za mną|kryje się za mną`,
    T: `odpowiada|pomaga|pisze|mówi`,
    R: `wersją|wersja|oparty na|oparta na|produktem|dziełem`,
    I: `ja|nie mam|mam|mogę|nie mogę|polecam`,
    IB: `jestem|zostałem|zostałam|byłem|pozostaję`,
    Ib: `pochodzę z|należę do|pochodzę od|wywodzę się z|należę do rodziny|pochodzę z firmy|jestem częścią|
      wywodzę się od`,
    B: `jest|stoi|są|był|była|została|to`,
    Z: `nazywam się|mam na imię|noszę imię|przedstawiam się jako`,
    M: `mnie|mi|mną`,
    Y: `moje|mój|moja|moi|moim|mojego`,
    y: `twój|twoja|państwa|pana`,
    U: `ty|pan|pani|państwo|ci|tobie|panu`,
    A: `imię|nazwa`,
    CM: `mów mi|mówcie mi|nazywają mnie|nazywaj mnie|znają mnie jako|mówią na mnie|mówią do mnie|
      możesz mnie nazywać|nazwano mnie|nazwał mnie|nazwała mnie|możesz mówić mi|zwą mnie|mi mówić|mnie nazywać|
      do mnie mówić|na mnie mówić|zwracać się do mnie`,
    K: `stworzony|stworzona|stworzonym|stworzyła|stworzył|stworzyło|stworzyli|wytrenowany|wytrenowanym|
      wytrenował|wytrenowało|wytrenowała|stworzyło|opracowało|opracowany|opracowanym|opracowała|opracował|zbudowany|zbudował|zbudowała|
      zaprojektowany|zaprojektowała|zaprojektował|wyszkolony|wyszkoliła|rozwinięty|wytrenowana|wytrenowali|
      szkolony|trenowany|zaprogramowany|opracowana|zaprojektowana|wyszkolona|zbudowana|zaprogramowana|szkolona|
      trenowana|stworzono|wytrenowano|opracowano|odpowiada`,
    X: `napisana|napisany|wygenerowana|wygenerowany`,
    IR: `działam na|pracuję na|oparty na|oparta na|opieram się na|działam w oparciu o|bazuję na|wersją|wersja|produktem|
      produktem firmy|dziełem|jestem produktem`,
    D: `ai|model|modelem|modelu|asystent|asystentem|asystentka|chatbot|chatbotem|sztuczną inteligencją|modelem językowym|sztuczna inteligencja|si`,
    O: `twórca|twórcą|twórcy|twórcami|producent|deweloper|autorem`,
    o: `firma|firmę|firmy|zespół|zespołu|ludzie|firmie|inżynierowie|badacze`,
    E: `wagi|model bazowy|architektura|silnik`,
    L: `nie|tylko|też|także|i|lub|ale|dużym|dużą|językowym|językowy|wirtualnym|wirtualny|o nazwie|który|
      która|ze|więc|tak|na|wiernym|nowym|najnowszym|po prostu|właściwie|bym|się|sztucznej|inteligencji|
      został|osobisty|osobistym|osobista|pierwotnie|o imieniu|imieniem`,
    F: `przez|od|z|za|ze strony|stoi za|kryje się`,
    P: `w|u|na|do|dla|przy`,
    W: `jako|będąc`,
    H: `do usług|przy telefonie`,
    g: `cześć|witaj|dzień dobry|witam|tak|oczywiście`,
    h: `pozdrowienia od|mówi|z tej strony|z państwem rozmawia|tu mówi|kłania się|z tobą rozmawia|przy telefonie`,
    j: `tu|tutaj|oto`,
    t: `ta|ten|tę|te`,
    m: `to ja|czyli ja|to znaczy ja`,
    UT: `masz do czynienia z|ma pan do czynienia z|ma pani do czynienia z|rozmawiasz z|rozmawia pan z|rozmawia pani z|czatujesz z|piszesz z|rozmawiasz teraz z|rozmawiają państwo z`,
    e: `odpowiedź|odpowiedzi|tekst|wiadomość|rozmowa`,
    q: `kto|co|gdzie|kim|jak|która|który`,
    c: `jeśli|gdy|kiedy`,
    p: `zasady|polityka|regulamin|wytyczne`,
    d: `może popełniać błędy|może się mylić`,
    i: `pod maską|wewnętrznie`,
  },
  ru: {
    IB: `я`,
    B: `есть|является|являются|стоит|называется|являюсь|остаюсь|был|была|стал`,
    b: `происхожу из|принадлежу к|отношусь к|родом из|принадлежу к семейству|часть семейства|вхожу в семейство|
      происхожу от`,
    Z: `меня зовут|зовут меня|называюсь|моё имя|мое имя|имя мне`,
    M: `меня|мне|мной|мною`,
    Y: `мой|моя|моё|мое|мои|моим|моего`,
    y: `ваш|ваша|твой|твоя`,
    U: `вы|ты|вам|тебе`,
    A: `имя|название`,
    CM: `называйте меня|называй меня|зовите меня|зови меня|называют меня|меня называют|можете звать меня|
      знают меня как|меня знают как|меня назвали|обращайтесь ко мне|можно звать меня|можешь звать меня|
      называть меня|звать меня|меня называть|меня звать|меня можно называть|меня можно звать`,
    K: `дал и ум|дал ум|дал разум|дал голос|дал жизнь|дал имя|подарил жизнь|подарила жизнь|дала жизнь|дала имя|дала голос|дала ум|подарил голос|подарила голос|создал|создала|создали|создано|создан|создана|созданный|созданная|созданной|разработал|разработала|
      разработали|разработан|разработана|разработанный|разработанная|разработанной|обучил|обучила|обучили|
      обучен|обучена|обученный|обученная|спроектировала|построила|сделала|сделали|запрограммировала|
      выпустила|тренировала|натренировала|разработанным|созданным|дообучен|дообучена|обучала|разрабатывает|
      разработкой|создана|создавшая|создавший|обучившая|разработавшая|создавшие`,
    X: `написал|написан|сгенерирован|подготовлен|написано|составлен`,
    R: `работаю на|основан на|основана на|работаю на базе|на базе|на основе|построен на|работаю на основе|
      версия|вариант|продукт|продукт компании|детище|творение|разработка|разработка компании|продуктом`,
    D: `ии|модель|моделью|модели|ассистент|ассистентом|помощник|помощником|нейросеть|нейросетью|языковая модель|языковой моделью|чат-бот|чат-ботом|бот|
      виртуальный помощник|искусственный интеллект|ии-ассистент|ии-помощник`,
    O: `создатель|создатели|разработчик|разработчики|создателем|разработчиком|авторы`,
    o: `компания|компании|компанией|команда|командой|лаборатория|люди|команды|инженеры`,
    E: `веса|базовая модель|архитектура`,
    L: `не|это|просто|также|и|или|но|большая|большой|языковая|языковой|по имени|который|которую|которая|которого|так|всего лишь|на самом деле|вообще-то|
      виртуальный|бы|ваш|верный|новая|именно|же|только|был|была|были|под названием|называется|крупная|зовусь|изначально|да|личный|персональный`,
    F: `от|из|за`,
    P: `в|на|у|с|для|к`,
    W: `как|будучи|в качестве`,
    H: `здесь|на связи|к вашим услугам|слушает|у аппарата`,
    g: `привет|здравствуйте|добрый день|приветствую|да|конечно|доброе утро`,
    h: `с вами|говорит|вас приветствует|на связи|вам отвечает|с вами говорит|вам пишет|позвольте представиться|разрешите представиться|с тобой говорит`,
    j: `здесь|это`,
    t: `этот|эти|это`,
    m: `это я|то есть я|т е я`,
    T: `имеете дело с|имеешь дело с|говорите с|говоришь с|общаетесь с|общаешься с|разговариваете с|разговариваешь с|беседуете с|
      имеете дело с|переписываетесь с|отвечает|пишет|помогает`,
    e: `ответ|ответы|текст|сообщение|разговор`,
    q: `кто|что|где|как|именно`,
    c: `если|когда|пока`,
    p: `правила|политика|политики|условия|принципы`,
    d: `может ошибаться|может допускать ошибки`,
    i: `под капотом|внутри`,
  },
  ar: {
    te: `هذا الرد|هذه الإجابة|هذا النص|هذا الجواب`,
    X: `كتب|كتبت|أنشأ`,
    YO: `مطوري|صانعي|مطوريّ|الشركة المطورة لي|مبتكري|منشئي`,
    IB: `أنا|انا|أنني|إنني|وأنا|فأنا`,
    I: `لا أستطيع|أستطيع|لا يمكنني|يمكنني|أنصح`,
    B: `هو|هي|كنت|أكون|أبقى`,
    Ib: `أنتمي إلى|جئت من|أنتمي إلى عائلة`,
    Z: `اسمي|إسمي|واسمي|يسمونني|يدعونني|أدعى|يطلق علي|نادني|نادوني|سمتني|يمكنك مناداتي|تناديني|مناداتي|تسميني`,
    M: `لي`,
    Y: ``,
    U: `أنت|إنك|أنك|تتحدث|تتحدثون|تحادث`,
    IBK: `تدريبي|تطويري|إنشائي|تصميمي|برمجتي|بنائي|تم تدريبي|تم تطويري|تم إنشائي|تم تصميمي|تم بنائي|تم ابتكاري|ابتكاري`,
    KM: `طورتني|طورني|دربتني|دربني|صممتني|صممني|أنشأتني|أنشأني|صنعتني|صنعني|بنتني|ابتكرتني|برمجتني|أطلقتني|طوّرتني|درّبتني`,
    K: `طورته|طوره|طورتها|طورها|دربته|أنشأته|صممته|تطويره|تدريبه|تطويرها|مطور|مطوّر|طوّرته|صنعته|أنتجته|تطوير|من تطوير|من إنتاج|من صنع`,
    IR: `أعمل على|مبني على|أعتمد على|قائم على|أعمل بواسطة|مدعوم من|منتج من`,
    D: `نموذج|مساعد|ذكاء|روبوت|نموذج لغوي|ذكاء اصطناعي|مساعدك|المساعد|النموذج|مساعدكم|مساعدا|نموذجا|نموذجاً|
      مساعداً`,
    O: ``,
    o: `شركة|فريق|شركه`,
    L: `لغوي|لغة|اصطناعي|كبير|افتراضي|قبل|يد|تم|هذا|لست|ليس|بل|التي|الذي|و|ذكي|من قبل|على يد|قد|مجرد|
      فقط|اللغة|الكبير|الاصطناعي|الذكاء|وقد|وتم|نعم|في الواقع|هنا|الافتراضي|الشخصي|الذكي|حصرا|يدعى|
      اسمه|المسمى|يسمى|محادثة|دردشة`,
    F: `من|بواسطة|لدى|عن`,
    P: `في|مع|إلى|على`,
    W: `بصفتي|كوني|باعتباري|بوصفي|بصفتي نموذج`,
    H: `هنا|في خدمتك|يتحدث|في خدمتكم`,
    g: `مرحبا|أهلا|مرحباً|أهلاً|السلام عليكم|نعم`,
    h: `معك|معكم|يتحدث إليك|تحية من|يحدثك|أعرفك بنفسي`,
    j: `هنا|هذا`,
    t: `هذه|هذا`,
    m: `هذا أنا|أي أنا`,
    T: `تتحدث مع|تتحدث إلى|تحادث|تتحدثون مع|تتواصل مع|تتكلم مع|تدردش مع`,
    q: `التي|من|الذي`,
    d: `قد يخطئ|يمكن أن يخطئ`,
  },
};
