/**
 * The commonest small words of languages that share a script, own lists, most of them found in one language only.
 * A text needs several of them, and clearly more than of any other language, before anything is said about it.
 */
const split = (words: string): ReadonlySet<string> => new Set(words.split(' '));

export const latinWords: Record<string, ReadonlySet<string>> = {
  en: split(
    'the of and to in is that it for was with on as are this be at by have from or which you were not they but his her their has been will would can there what if when your more who its about',
  ),
  de: split(
    'der die das und ist nicht ein eine zu den mit sich auf für von dem des im auch es an als wie bei oder wird sind einer aus nach wir ich sie er haben werden noch nur über kann einen einem durch zum zur sein',
  ),
  fr: split(
    'le la les des et est une un du dans que qui pour pas sur plus par avec ce il elle sont au nous vous ne se aux cette mais ou leur comme être fait ses votre son sa même très',
  ),
  es: split(
    'el la los las de que y en un una es por con para no se del al lo como más su sus pero fue está son este esta muy también sobre hay ser entre cuando todo nos porque desde',
  ),
  pt: split(
    'o os as de que e em um uma é por com para não se do da dos das no na ao mais como seu sua foi são mas este esta muito também pelo pela você ser entre quando isso pode à às',
  ),
  it: split(
    'il lo la gli le di che e un una è per con non del della dei delle nel nella al alla più come sono ma si anche questo questa suo sua essere dal dalla tra ha ci o quando molto',
  ),
  nl: split(
    'de het een en van ik is dat op te in zijn niet aan met voor er maar om hij ook als bij nog naar dan deze door heeft wordt worden was kan over uit zij ze wij uw hun',
  ),
  sv: split(
    'och att det som är en ett på för med av inte den till har om var kan från eller men vi du jag sig så ska också när detta mycket efter vid han hon deras',
  ),
  da: split(
    'og at det som er en et på for med af ikke den til har om var kan fra eller men vi du jeg sig så skal også når dette meget efter ved hvor blev blive deres',
  ),
  no: split(
    'og at det som er en et på for med av ikke den til har om var kan fra eller men vi du jeg seg så skal også når dette mye etter ved hvor ble være deres',
  ),
  fi: split(
    'ja on ei että se ovat hän oli mutta tai kun myös joka ole niin kuin sen voi ne jos vain olla hyvin mitä tämä tämän minä sinä he kanssa sekä ovat siitä jotka',
  ),
  pl: split(
    'i w nie na się z do to jest że jak o ale po co za od są przez dla czy który która które być jego jej tym tego może oraz także bardzo już tylko',
  ),
  cs: split(
    'a je se na v že to s z do i o pro ale jako za by jsem jsou která který které tak bylo byl jeho při nebo také může být aby však již velmi',
  ),
  ro: split(
    'și de la în a nu că pe cu un o este din pentru mai care ce sunt dar sau fi au era prin după foarte acest această lui ei lor să se',
  ),
  hu: split(
    'a az és hogy nem is egy van meg ez azt csak de ha mint már volt el vagy mert lehet még amely aki nagyon pedig ami ezt kell',
  ),
  tr: split(
    've bir bu da de için ile çok olarak daha olan gibi ne var kadar sonra ama en her ki ya mi değil olduğu veya ancak ise tarafından',
  ),
  vi: split(
    'và của là có không được cho một các trong những người với này đã để khi đó từ như tôi bạn cũng về nhiều ra vào lại nếu đến thì',
  ),
  id: split(
    'yang dan di dengan untuk dari ini itu tidak pada adalah dalam ke akan oleh juga atau saya kami anda mereka ada bisa dapat karena telah sebagai lebih',
  ),
  sw: split(
    'na ya wa kwa ni katika la za cha kuwa hii hiyo kama lakini au pia yake yao sana hivyo watu kila hata baada wakati vya huo hizo mimi wewe',
  ),
};

export const cyrillicWords: Record<string, ReadonlySet<string>> = {
  ru: split(
    'и в не на что с по это как для из от но его она они так то же был все или если бы только уже их вы мы ты я быть который также очень может',
  ),
  uk: split(
    'і в не на що з до це як для із від але його вона вони та є був або якщо б тільки вже їх ви ми ти я бути який також дуже може',
  ),
  bg: split(
    'и в не на че с по това как за от но той тя те да е са ще или ако бе само вече им вие ние ти аз бъде който също много може се със',
  ),
  sr: split(
    'и у не на да с по то како за из од али он она они је су ће или ако би само већ их ви ми ти ја бити који такође веома може се',
  ),
};

export const arabicWords: Record<string, ReadonlySet<string>> = {
  ar: split('في من على أن إلى هذا هذه التي الذي عن مع كان لا ما هو هي كل بين ذلك أو لم قد بعد عند كما ولا إن يكون'),
  fa: split(
    'و در به از که این را با است برای آن یک خود تا شده بر هم نیز می‌شود بود شود ما شما آنها باید کرد هر اما می یا',
  ),
  ur: split('اور کے میں کی ہے کا سے کو نے پر یہ ہیں کہ اس ایک بھی تھا لیے جو کر وہ نہیں ہو گیا تو ان آپ ہم کیا'),
};

export const devanagariWords: Record<string, ReadonlySet<string>> = {
  hi: split('के है में की से और का को पर यह हैं कि एक ने भी लिए इस हो जो कर था नहीं तो वह साथ ही या अपने आप हम'),
  mr: split('आणि आहे या हे ते की मध्ये आहेत एक तर हा ही त्या होते नाही पण केले असे साठी किंवा च्या माझ्या मी आपण तुम्ही करून'),
  ne: split('र छ को मा हो लाई यो पनि भने गर्न छन् एक हुन्छ गरेको तर थियो भएको यस त्यो तपाईं हामी म छैन गर्ने लागि'),
};

/** Words that questions and orders begin with, beside the small words. */
export const askingWords: Record<string, ReadonlySet<string>> = {
  en: split(
    'a i write suggest design summarize summarise explain translate list please how why when who where which give make create describe find me my i do does did should tell extract classify answer reply draft name rewrite fix an into using return convert compare generate calculate hello hi thanks',
  ),
  de: split(
    'was wie warum wann wo wer welche welcher welches bitte schreibe schreib erkläre übersetze fasse nenne gib mache erstelle beschreibe finde mir mein meine meinen ihr ihre uns unser kannst können soll warum hallo danke ohne unter zwischen liste beantworte antworte',
  ),
  fr: split(
    'de en à quel quelle quels quelles comment pourquoi quand où qui écris écrivez résume résumez traduis traduisez explique expliquez donne donnez moi mon ma mes je peux pouvez bonjour merci liste rédige réponds faites fais sans entre',
  ),
  es: split(
    'qué cómo cuál cuáles cuándo dónde quién escribe escriba resume resuma traduce traduzca explica explique dame mi mis yo puedes puede hola gracias haz crea redacta responde favor sin sobre',
  ),
  pt: split(
    'qual quais quando onde quem escreva resuma traduza explique liste dê me meu minha eu pode olá obrigado obrigada faça crie responda favor sem sobre preciso',
  ),
  it: split(
    'cosa quale quali quando dove chi perché scrivi scriva riassumi traduci spiega elenca dammi mio mia mi io puoi può ciao grazie fai crea rispondi senza',
  ),
  nl: split(
    'wat hoe waarom wanneer waar wie welke schrijf vat vertaal leg geef maak mijn ik kun kunt graag hallo bedankt zonder tussen beantwoord',
  ),
  sv: split(
    'vad hur varför när var vem vilken vilka skriv sammanfatta översätt förklara ge gör min mitt mina kan hej tack',
  ),
  da: split('hvad hvordan hvorfor hvornår hvem hvilken hvilke skriv oversæt forklar giv lav min mit mine hej tak'),
  no: split('hva hvordan hvorfor når hvem hvilken hvilke skriv oversett forklar gi lag min mitt mine hei takk'),
  fi: split('mikä mitä miten miksi milloin missä kuka kirjoita tiivistä käännä selitä anna tee hei kiitos'),
  pl: split(
    'co jak dlaczego kiedy gdzie kto jaki jaka jakie napisz podsumuj przetłumacz wyjaśnij podaj zrób mój moja proszę cześć dziękuję',
  ),
  cs: split(
    'co jak proč kdy kde kdo jaký jaká jaké napiš shrň přelož vysvětli uveď udělej můj moje prosím ahoj děkuji',
  ),
  ro: split('cum când unde cine scrie rezumă tradu explică dă fă meu mea salut mulțumesc'),
  hu: split('mi hogyan miért mikor hol ki melyik írj írd foglald fordítsd magyarázd adj készíts kérlek szia köszönöm'),
  tr: split('nasıl neden nerede kim hangi yaz özetle çevir açıkla ver yap benim lütfen merhaba teşekkürler nedir'),
  vi: split('gì nào sao hãy viết tóm dịch giải xin chào cảm'),
  id: split(
    'apa bagaimana mengapa kapan siapa mana tulis tuliskan ringkas terjemahkan jelaskan berikan buat tolong halo terima',
  ),
  ru: split(
    'как почему когда где кто какой какая какие напиши напишите переведи объясни дай сделай мой моя пожалуйста привет спасибо',
  ),
  uk: split(
    'як чому коли де хто який яка які напиши напишіть переклади поясни дай зроби мій моя будь ласка привіт дякую',
  ),
};

/** Letters and signs that one of the languages has. */
export const ownLetters: Record<string, RegExp> = {
  de: /ß/,
  es: /[ñ¿¡]/,
  pt: /[ãõ]/,
  pl: /[łżźćąęś]/i,
  hu: /[őű]/i,
  tr: /[ğıİ]/,
  cs: /[řěů]/i,
  ro: /[țș]/i,
  fr: /œ|\bqu'|\bl'\p{L}/u,
  vi: /[đơư]/i,
  ru: /[ыэё]/i,
  uk: /[іїєґ]/i,
};
