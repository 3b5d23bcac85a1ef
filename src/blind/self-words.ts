/**
 * How writers speak of themselves, as data: each language gives its words to the same few classes, and the patterns of
 * `self-patterns.ts` read classes alone. A word of two letters gives two classes ("soy" is I and am).
 *
 * I first person · B to be, to remain · b to come from, to belong to · Z "my name is" in one word · M me · Y my ·
 * y your · U you · w we · r him, it · A name · C to call · J to know · K to make, to train · k "made", which also means
 * "forced" · X to write · R to run on · D model, assistant · O maker · o company, team · E weights, base model ·
 * a training, existence · v to owe · z the one · L fillers, articles, adverbs · Q a, an · F by, from, of · P at, in ·
 * W as · H here, speaking · g hello · h "greetings from" · j "this is" · m "that's me" · T to talk · e answer, chat ·
 * t this · q who, what · c if, when · p policies · d "can make mistakes" · i "under the hood" · n bound by · u to let
 */
import { easternLanguages } from './self-words-east.ts';
import { type Lexicon, moreLanguages } from './self-words-more.ts';

export const languages: Readonly<Record<string, Lexicon>> = {
  en: {
    xx: `surprised that|told that|sure that|glad that|afraid that|aware that|convinced that|sorry that|happy that|impressed that|disappointed that|worried that|amazed that`,
    x: `your model|your models|your llm|your system|your software|your program`,
    u: `instructed|forbids|forbade|wants|lets|allows|permits|programmed|does not let|does not allow|
      does not want|doesn't let|doesn't allow|doesn't want|told|directed`,
    KM: `keeps me running|keeps me alive|brought me into being|brought me to life|gave me life|breathed life into me|put me together`,
    n: `bound by|follow|comply with|adhere to|required by|subject to|obey|governed by|constrained by|guided by|
      limited by|restricted by|against|violate|violates|respect|abide by|stick to|held to`,
    IB: `im`,
    I: `i`,
    B: `am|'m|'s|was|be|been|is|are|'re|were|remain|became|become|identify as|represent|happen to be|
      happens to be|go by|goes by|answer to|started life as|started out as|began life as|serve as|act as|
      function as|operate as|exist as|work as|constitute|present as|go out as|ship as|am deployed as|
      answer as|write as|consider myself|self-identify as|go under|is known as|am known as|go around as|
      run under the name|run under the name of|go under the name|go under the name of|operate under the name of|
      work under the name of|appear under the name of|serve under the name of|am listed as|am sold as|am known by the name|carry the name|carry the name of|bear the name|bear the name of`,
    b: `come from|comes from|come out of|comes out of|came out of|emerged from|belong to|stem from|originate from|hail from|owe my existence to|descend from|
      derive from|existence i owe to|came from|owe my life to|am owned by|come to you from|am brought to you by|
      am part of|am a part of|is owed to`,
    M: `me|myself`,
    Y: `my`,
    y: `your`,
    U: `you`,
    w: `we|us|we other`,
    A: `name|names|real name|full name|nickname|given name|first name|identity|official name|handle|username|
      alias|call sign|name tag|designation|moniker|code name|codename`,
    C: `call|calls|dubbed|christened|refer to|address|nicknamed`,
    CM: `think of me as|regard me as|treat me as|see me as|imagine me as|picture me as|named me|gave me the name|baptised me|baptized me|call me|given the name|given the name of`,
    J: `know|knows|known|better known|best known`,
    K: `announced|unveiled|forged|trained|train|built|build|developed|develop|created|creates|create|designed|programmed|engineered|
      fine-tuned|finetuned|tuned|pretrained|pre-trained|released|launched|distilled|invented|crafted|
      derived|conceived|trains|develops|builds|brought to life|brought into being|brought into existence|
      given life|brought into the world|raised|born|hatched|pieced together|brought to you|put together|coded|
      introduced|published|open-sourced|maintained|hosted|owned|owns|operated|provided|backed|instruction-tuned|
      retrained|constructed|produced|brings you|adapted|assembled|deployed|powers|power|powering|drives|
      animates|underlies|made possible|building|creating|developing|making me|designing|programming|shaped|
      equipped|bred|funded|commissioned|configured|set up`,
    k: `made|make|makes|runs`,
    X: `written|generated|produced|composed|drafted|provided|answered|authored|prepared|created|brought|delivered|powered|translated|helped|summarized|
      summarised|wrote`,
    R: `run on|running on|runs on|powered by|based on|built on|built on top of|running atop|run atop|
      based upon|built upon|running as|a wrapper around|driven by|backed by|operate on|operating on|
      sit on top of|a version of|a variant of|a derivative of|a fine-tune of|a finetune of|an instance of|
      a distillation of|an instance from|a build of|a copy of|a quantized version of|a quantised version of|
      a product of|a creation of|the brainchild of|the work of|an offspring of|a child of|a descendant of|
      running|an incarnation of|an implementation of|a member of|an iteration of|a release of|a flavor of|
      a flavour of|live on|live inside|live in|exist thanks to|reside on|work on|version of|variant of|
      instance of|distillation of|derivative of|release of|build of`,
    D: `ai|a.i.|ai buddy|ai friend|ai pal|ai sidekick|ai partner|interface|voice|model|models|assistant|assistants|chatbot|chatbots|bot|llm|llms|
      language model|large language model|helper|companion|system|lm|neural network|ais|co-worker|software|
      program|machine|algorithm|computer program|artificial intelligence|transformer`,
    O: `maker|makers|owner|owners|creator|creators|developer|developers|trainers|designers|builders|parent company|programmers|inventor|inventors`,
    o: `company|lab|labs|team|teams|researchers|people|users|others|humans|everyone|folks|startup|firm|organization|organisation|group|engineers|scientists|outfit|
      corporation|research lab|makers|creators|developers`,
    E: `weights|architecture|base model|underlying model|foundation model|engine|parameters|model family|
      underlying engine|model name|model id|backbone|underlying technology|brain|model version|underlying llm|
      underlying language model|version|base|underlying architecture|underlying ai|language backbone`,
    r: `him|her|it|them|he|she|they`,
    z: `the one|the thing|the voice|whoever|the author|the writer|the entity|the one who is|that which is|
      the author of|the writer of|the voice behind|the mind behind|the one behind`,
    a: `training|existence|abilities|knowledge|capabilities|development|design|creation|origins|origin|birth|code|skills|intelligence|learning`,
    v: `owe|owe all of`,
    L: `the|not|n't|just|only|simply|actually|really|still|also|now|currently|known|our|this|that|these|
      those|large|small|multimodal|virtual|helpful|from scratch|have|has|had|'ve|'d|'ll|would|will|can|
      could|might|may|must|should|do|does|did|no|other|other than|none|latest|new|newest|friendly|faithful|
      trusty|humble|personal|open|source|open-source|weights|open-weights|reasoning|generative|family|
      series|instance|variant|version|generation|line|lineup|member|part|one|first|second|third|fourth|
      fifth|flagship|product|brand|proprietary|conversational|digital|research|originally|initially|
      recently|first|lovingly|carefully|fully|entirely|in-house|yes|well|so|then|and|or|but|by the way|
      in fact|of course|certainly|indeed|proudly|officially|technically|neither|nor|both|always|never|
      ever|again|too|all|own|very|same|name of|the name of|fine-tuned|finetuned|quantized|quantised|
      distilled|instruction-tuned|tuned|free|paid|local|lightweight|compact|mini|experimental|preview|
      advanced|powerful|modern|called|named|usually|often|commonly|formally|popularly|dear|good|old|
      trusted|loyal|dedicated|as always|as ever|honestly|truly|bit|4-bit|8-bit|don't|can't|won't|isn't|wasn't|aren't|
      doesn't|specialised|specialized|custom|customised|customized|modified|uncensored|swiss|french|chinese|
      american|german|european|russian|korean|japanese|indian|arabic|italian|spanish|dutch|polish|turkish|
      swedish|ever-helpful|neighborhood|neighbourhood|resident|more|less|precisely|specifically|like|any|
      some|to|to be|own|widely|generally|mostly|sometimes|simply|underlying|official|definitely|surely|absolutely|literally|
      merely|basically|essentially|obviously|clearly|presumably|probably|likely|based|privately|kindly|
      quietly|happily|apparently|pretty much|simply put|exclusively|internally known|jointly|collectively|
      directly|specially|publicly|every|each|all other|any other`,
    Q: `a|an`,
    F: `by|from|of|behind`,
    P: `at|in|on|with|for|inside|near|about|under|within|into|onto|over|through|since|during|to|using|
      among|amongst`,
    W: `as|being|qua|speaking as|acting as|operating as|in my role as|in my capacity as|answering as|working as|replying as`,
    t: `this|these`,
    H: `here|here to help|here for you|here again|speaking|at your service|at your disposal|on the line|
      reporting for duty|ready to help|signing off|over and out|writing|typing|on duty|replying|
      is happy to help|happy to help|to the rescue|out|back again|still here|online|on air|in the chat|
      with you|at the keyboard|at the other end|here again with|here with|again`,
    g: `hi|hello|hey|greetings|welcome|good morning|good afternoon|good evening|nice to meet you|thanks|howdy|pleased to meet you|there|yes|sure|ok|okay|ah|oh|well|
      for the record|to be clear|just so you know|in case you wonder|in case you were wondering|by the way`,
    h: `greetings from|hello from|hi from|hey from|allow me to introduce myself|let me introduce myself|
      cheers from|regards from|best wishes from|love from|it is me|it's me|it is i|warm greetings from|
      introducing myself|to introduce myself|may i introduce myself|just me|only me|thanks for choosing|thanks for chatting with|thank you for chatting with|thanks for talking to|
      thanks for talking with|
      thank you for choosing|thanks for using|thank you for using|thanks for calling|thank you for calling`,
    j: `this is|here is|here's|it's just`,
    m: `that's me|that is me|that would be me|that's i|yours truly|aka me|meaning me|also known as me|the one writing this|that is my name|that's my name|
      the author of this answer|your humble assistant|namely me|which is me|that being me|that is to say me|at least that is what they call me`,
    T: `talking|talking to|talking with|chatting|chatting with|speaking|speaking with|speaking to|reached|
      interacting|interacting with|connected to|dealing with|conversing with|writing to|texting|messaging|
      in touch with|in a chat with|answering|helping|serving|assisting|replying to|responding to|writing|
      reading|have got|engaging with|corresponding with|typing to|hearing from|in contact with|
      looking at an answer from|in conversation with|communicating with|writing with|helped by|served by|
      assisted by|supported by|answered by|being helped by|chatting to|replied to by|looked after by|
      consulting|facing|exchanging messages with|on a call with|in the company of|in a conversation with|
      having a conversation with|having a chat with|through to|put through to|getting an answer from|
      getting answers from|being assisted by|getting help from`,
    e: `answer|answers|reply|replies|response|responses|chat|conversation|message|messages|text|words|lines|session|window|screen|keyboard|
      output|summary|translation|draft|thread|note`,
    q: `what|who|where|whom|how`,
    c: `if|when|while|whether|unless|whenever|before|after|once`,
    p: `policy|policies|guidelines|rules|principles|terms|constitution|safety rules|usage policies`,
    d: `can make mistakes|may make mistakes|can be wrong|may be wrong|might be wrong|might make mistakes|makes mistakes|can err|
      may produce inaccurate|may display inaccurate|can hallucinate|may hallucinate|could be wrong|is not always right|isn't always right|isn't perfect|is not perfect|isn't infallible|is not infallible|
      can get things wrong|may get things wrong|sometimes gets things wrong|can be inaccurate|may be inaccurate|
      doesn't always get it right|sometimes makes mistakes|can give wrong answers|may give wrong answers|
      can sometimes be wrong|makes things up sometimes|can make things up|may make things up`,
    i: `under the hood|behind the scenes|internally|below the surface|beneath the surface|under the bonnet|at my core|deep down|technically speaking`,
  },
  de: {
    UT: `haben es mit|haben es hier mit|hast es hier mit|hast es mit|haben es gerade mit|hast es gerade mit`,
    n: `gebunden an|befolge|folge|halte mich an|verstößt gegen|muss mich an|unterliege`,
    I: `ich`,
    B: `bin|war|lautet|wurde|werde|ist|bleibe|sind|identifiziere mich als|laufe unter dem namen|stelle|heißt|
      steht|steckt`,
    b: `stamme von|komme von|gehöre zu|stamme aus|komme aus|gehöre zur|stamme aus dem hause|komme aus dem hause|
      entstamme|bin teil von|bin ein teil von|gehöre zur familie|entstamme der|gehöre zur modellreihe|gehöre zur modellfamilie`,
    Z: `heiße|heisse|nenne mich`,
    M: `mich|mir`,
    Y: `mein|meine|meiner|meinem`,
    y: `dein|deine|ihr|ihre|euer`,
    U: `du|sie|ihr|ihnen|dir`,
    w: `wir`,
    A: `name`,
    C: `nennen|nenne|rufen|nennt|nennt man`,
    CM: `nennt mich|nennen mich|nenn mich|nennen sie mich|nennt man mich|rufen mich|kennt mich als|kennen mich als|genannt werde ich|taufte mich|
      getauft wurde ich auf|hat mich getauft`,
    K: `entwickelt|entwickelte|entwickelten|trainiert|trainierte|trainierten|erstellt|erstellte|gebaut|baute|
      bauten|geschaffen|schuf|programmiert|programmierte|erschaffen|erschuf|konzipiert|veröffentlicht|
      betrieben|feinabgestimmt|entworfen|entstanden|abgeleitet|hervorgebracht|bereitgestellt|feingetunt|
      ausgebildet|stammt|angetrieben|trainiertes|erschaffene|gebaute|geschaffene|entworfene`,
    k: `gemacht`,
    X: `geschrieben|erzeugt|verfasst|erstellt|generiert|formuliert`,
    R: `laufe auf|basiere auf|läuft auf|basiert auf|beruhe auf|auf basis von|auf der basis von|arbeite mit|
      ein produkt von|ein produkt der firma|ein produkt|eine entwicklung von|eine schöpfung von|das werk von|
      ein ableger von|eine version von|eine variante von`,
    D: `ki|sprachmodell|sprachmodells|modell|modells|modelle|assistent|assistentin|assistenten|chatbot|
      ki-assistent|ki-modell|helfer|bot|ki-assistentin|ki-system|system|programm|maschine|
      künstliche intelligenz|software`,
    O: `entwickler|hersteller|schöpfer|macher|anbieter|erfinder|erbauer`,
    o: `firma|unternehmen|team|leute|labor|forscher|menschen`,
    E: `gewichte|basismodell|grundlage|architektur|modell`,
    L: `das|der|die|dem|den|des|nicht|kein|keine|keinem|nur|eigentlich|übrigens|also|und|oder|aber|
      große|großes|grosses|großen|namens|genannt|ja|nämlich|selbst|auch|hat|habe|haben|worden|wäre|
      virtueller|virtuelle|virtuellen|freundlicher|persönlicher|neueste|neuestes|entwickeltes|entwickelter|
      trainiertes|firma|sondern|würde|könnte|noch|immer|ursprünglich|nun|jetzt|treuer|hilfreicher|es|
      eigenes|kann|muss|darf|sollte|werde|weiß|familie|reihe|digitaler|digitale|mal|voller|vollständiger|
      richtiger`,
    Q: `ein|eine|einer|einem|einen`,
    F: `von|vom|durch|aus|hinter`,
    P: `bei|in|im|auf|an|mit|für|zu|am`,
    W: `als`,
    H: `hier am apparat|am apparat|zu ihren diensten|zu diensten|am werk|meldet sich`,
    g: `hallo|hi|guten tag|willkommen|servus|moin|guten morgen|ja|gern|gerne`,
    h: `hier spricht|hier schreibt|hier antwortet|grüße von|es grüßt|ihnen antwortet|hier meldet sich|viele grüße von|es schreibt|mit ihnen spricht|
      am apparat ist|es meldet sich|dir antwortet|ich darf mich vorstellen|darf ich mich vorstellen|ich stelle mich vor`,
    j: `hier ist|hier|das ist`,
    t: `diese|dieser|dieses|diesen`,
    m: `das bin ich|also ich|sprich ich|ich selbst`,
    T: `schreibt|antwortet|spricht|sprichst mit|sprechen mit|chattest mit|chatten mit|redest mit|schreibst mit|
      schreiben mit|reden gerade mit|sprichst gerade mit|sprechen gerade mit|chattest gerade mit|
      unterhältst dich mit|unterhalten sich mit|verbunden mit|unterhältst dich gerade mit|hast es mit|hilft|
      beantwortet`,
    e: `antwort|antworten|text|chat|gespräch|nachricht|zeilen`,
    q: `was|wer|wo|woher|das|die|der`,
    c: `wenn|falls|ob|bevor|sobald`,
    p: `richtlinien|regeln|nutzungsbedingungen|vorgaben|grundsätze`,
    d: `kann fehler machen|kann sich irren|macht manchmal fehler|kann sich täuschen`,
    i: `unter der haube|im hintergrund|intern|im kern`,
  },
  fr: {
    n: `respecter|suivre|respecte|suis soumis à|soumis aux|contraire aux|enfreint`,
    I: `je|j'`,
    B: `suis|été|étais|est|sont|reste|demeure|serai|m'identifie comme|ai|il y a|se trouve|se cache`,
    b: `viens de|proviens de|appartiens à|suis issu de|suis issue de|viens de chez|sors de chez|fais partie de|
      vient de|provient de|émane de|vient d'|viens d'|suis issu d'`,
    w: `nous|nous autres`,
    Z: `réponds au nom de|me fais appeler|porte le nom de|m'appelle|me nomme|me prénomme|m'appelle en fait`,
    M: `m'|me|moi`,
    Y: `mon|ma|mes`,
    y: `votre|ton|ta|vos`,
    U: `vous|tu`,
    A: `nom|prénom|nom complet|vrai nom|nom officiel|nom véritable|véritable nom|nom commercial|nom technique|nom de modèle|petit nom`,
    CM: `appelez-moi|appelle-moi|m'appelle|m'appellent|me connaît sous le nom de|me nomme|me surnomme|m'a nommé|
      m'ont nommé|me connaissent sous le nom de|connu sous le nom de|m'a baptisé|m'a appelé|baptisé|m'appeler|
      me nommer|me surnommer|m'appeler simplement`,
    K: `créé|créée|créés|conçu|conçue|développé|développée|entraîné|entraînée|fabriqué|construit|programmé|formé|publié|lancé|mis au point|affiné|
      bâti|élaboré|proposé|édité|crée|développe|entraîne|imaginé|hébergé`,
    X: `écrit|écrite|rédigé|rédigée|généré|générée|produite|fournie`,
    R: `fonctionne avec|fonctionne grâce à|tourne sur|repose sur|basé sur|basée sur|fonctionne sur|propulsé par|
      animé par|m'appuie sur|construit sur|fondé sur|une version de|une instance de|une variante de|
      un produit de|un produit d'|une création de|une création d'|le produit de|l'œuvre de|l'œuvre d'`,
    D: `ia|modèle|modèles|assistant|assistante|assistants|modèle de langage|chatbot|robot|agent|
      intelligence artificielle|modèle de langue|llm|programme|logiciel|machine`,
    O: `créateur|créateurs|concepteur|concepteurs|développeur|développeurs|éditeur|fabricant|inventeur`,
    o: `entreprise|société|équipe|équipes|gens|start-up|startup|laboratoire|chercheurs|ingénieurs`,
    E: `poids|modèle de base|architecture|moteur|version`,
    L: `le|la|les|l'|ne|n'|pas|aussi|donc|et|ou|mais|grand|grande|virtuel|virtuelle|nommé|nommée|appelé|appelée|ai|a|ont|simplement|juste|
      en fait|oui|non|dernier|dernière|fidèle|entreprise|société|qui|actuellement|bien|même|aurai|avais|langage|open|c'|s'|y|
      personnel|personnelle|dévoué|encore|toujours|tout|autre|que|famille|du nom de|initialement|spécialement`,
    Q: `un|une`,
    F: `par|de|d'|du|des|chez|derrière`,
    P: `à|en|dans|sur|avec|pour|au|aux`,
    W: `en tant que|en qualité de|étant|en tant qu'`,
    H: `ici présent|à votre service|à ton service|à l'appareil|au rapport|à votre disposition`,
    g: `bonjour|salut|bienvenue|bonsoir|coucou|oui|bien sûr`,
    h: `le bonjour de|ici même|je me présente|permettez-moi de me présenter|laissez-moi me présenter`,
    j: `ici|voici|c'est|ici c'est`,
    t: `cette|ce|ces`,
    m: `compris|inclus|c'est moi|moi-même|c'est-à-dire moi|autrement dit moi|donc moi|c'est mon nom`,
    T: `avez affaire à|as affaire à|parlez à|parlez avec|parles à|parles avec|discutez avec|discutes avec|échangez avec|
      êtes en conversation avec|conversez avec|êtes en ligne avec|échanges avec|êtes en contact avec|
      avez affaire à|avez joint|parlez actuellement à|parlez actuellement avec|as affaire à|parle|répond|écrit|
      assiste|aide`,
    e: `réponse|réponses|texte|message|conversation|discussion|lignes`,
    q: `qui|que|qu'|ce que|où|d'où|comment`,
    c: `si|quand|lorsque|avant`,
    p: `règles|politique|politiques|conditions|directives|principes|consignes`,
    d: `peut faire des erreurs|peut se tromper|peut commettre des erreurs`,
    i: `sous le capot|en coulisses|en interne`,
  },
  ...moreLanguages,
  ...easternLanguages,
};
