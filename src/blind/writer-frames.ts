/**
 * Sentences that only a model writes of itself, by language: as a product of its maker, like every model of that family,
 * "in this version of …", "a … like me", greetings from "your assistant …". `§` is any name, `№` a model, `¶` a maker.
 */
import { late } from '../text/late.ts';
import { modelSign, vendorSign } from './name-signs.ts';
import { easternFrames, type Frames } from './writer-frames-east.ts';

const frames: Readonly<Record<string, Frames>> = {
  en: {
    hint: `this|end|verify|check|i|i'm|me|as|come|signing|name|bye|my|myself|we|us|this|that's|there|answers?|replies|responses|by|what|who`,
    always: [
      `\\bi, (?:an? |your |the )(?:\\p{L}+ ){0,2}№(?=[,) ])`,
      `\\b(?:such as|like) (?:me|myself),? №`,
      `\\ban? № like (?:me|myself)\\b`,
      `\\b(?:we|us) №(?:'s)? (?:models|llms|assistants|ais|bots|chatbots)\\b`,
      `\\bin (?:this|my|the) (?:current |present )?(?:version|edition|build|release|deployment|configuration) of №[^.]{0,12}, ?i\\b|\\bin (?:this|my|the) (?:current |present )?(?:version|edition|build|release|deployment|configuration) of № i\\b`,
      `\\bif № (?:may|can|might)\\b[^.]{0,40}\\bi\\b|\\bif №(?<=\\bi\\b[^.]{0,60}\\bif №) (?:may|can|might) (?:say|add|be|have)\\b`,
      `^\\P{L}{0,4}(?:and )?that(?:'s| is| was| will be) (?:all|it|everything)\\b[^.]{0,12} from №`,
      `\\bfrom № to you\\b`,
      `\\b(?:intro|introduction|introduc\\p{L}+|disclosure|heads-up|for the record|by way of greeting)\\b[^:]{0,48}: this is №(?=[,.! ])`,
      `^\\P{L}{0,4}(?:\\p{L}+ ){0,3}?(?:note|hello|hi|hey|greetings|first|first things first|begin|start|reminder|transparency|clarity|clear|honest|fyi|way|ps|sign-off|signature|know)(?: \\p{L}+){0,2}: this is №(?:[.!]|$|, (?:an?|your|the) (?:\\p{L}+ ){0,2}(?:ai|assistant|model|chatbot|bot|llm))`,
      `\\bmy (?:\\p{L}+ )?(?:guidelines|principles|polic(?:y|ies)|constitution)(?:,|,? \\(| [—–-]) ?(?:which (?:are|were|was) )?(?:written|set|made|given|drafted|drawn up|provided|defined|laid down) by §`,
      `^\\P{L}{0,4}(?:there(?: you (?:go|are|have it))?|voil[aà]|done|so there)[,:!]? [^.]{0,30}\\bby (?:an? |your )?(?:[\\d.]{1,4}b |\\p{L}+ ){0,2}№`,
      `^\\P{L}{0,4}(?:tl;?dr|summary|recap|translation|verdict|answer|take) (?:by|from) №\\W?[:—–]`,
      `\\bmy\\b[^.;]{0,40}\\b(?:that|those) of an? №`,
      `\\bbehind me(?: there)? (?:is|sits|stands|works) №`,
      `^\\P{L}{0,4}(?:who|what)(?: is)? (?:answers|replies|writes|speaks|responds|answering|writing|replying)(?: to)?(?: you)?(?: here| now)? is №`,
      `§ (?:gave|has given|never gave|didn't give|did not give|hasn't given) me (?:no |any |an? )?(?:browser|eyes|ears|body|memory|clock|tools|voice|camera)\\b`,
      `№ such as (?:me|myself)\\b`,
      `\\bas far as (?:an? |the )?№ (?:can|could) (?:tell|know|see|judge)\\b`,
      `^\\P{L}{0,4}(?:come|drop|swing|stop) (?:back|by)[^.]{0,8} to №`,
      `^\\P{L}{0,4}(?:bye!? )?(?:signing off|over and out|until next time|talk soon)[,:!—–-]{0,2}(?: as)?(?: your)? №\\P{L}{0,6}$`,
      `^[^\\p{L}]{0,4}(?:\\*[^*]{1,40}\\* ?)?the name(?:'s| is) №\\P{L}{0,4}$`,
      `\\b(?:from|by|with|to|for) me,? (?:(?:that is|meaning|i\\.e\\.?,?) (?:from |by |with |to |for )?)?№(?:\\P{L}{0,4}$|,)`,
      `§[^.]{0,40}\\bi(?:'m| am) (?:merely |just |only |simply )?their (?:own )?(?:model|assistant|product|ai|creation|bot|chatbot)\\b`,
      `\\bmy (?:pre-?training|training|fine-?tuning)\\b[^.]{0,20} courtesy of §`,
      `\\bi(?:'m| am) the (?:work|product|creation|brainchild|result) of (?:\\p{L}+ ){1,4}(?:at|in|from) §`,
      `\\bask me, №, (?:any|whatever|about|what you|all)`,
      `\\bi(?:'m| am| get) (?:\\p{L}+ )?(?:confused|mistaken|mixed up) (?:with|for) №`,
      `\\bi(?:'m| am) (?:an? |the |no )?(?:\\p{L}+ )?(?:rival|competitor|alternative|sibling|successor|predecessor|cousin) (?:of|to) №`,
      `\\b(?:between|of) № and №,? i(?:'m| am) the (?:former|latter|first|second)\\b`,
      `§ (?:has |have )?(?:set|put|placed|imposed) (?:\\p{L}+ )?(?:limits|bounds|restrictions|rules) (?:on|to|for) (?:what i (?:may |can )?(?:say|answer|share|write|discuss|tell)|me\\b|my (?:answers|replies))`,
      `\\b(?:verify|check) (?:what|everything|all) № (?:says|tells|writes|answers)(?: you)? here\\b`,
      `^\\P{L}{0,4}(?:was|is|did|do) (?:you find )?this (?:answer|reply|response|message) (?:by|from|of) № `,
      `^\\P{L}{0,4}(?:end of|here ends|this ends|that concludes) (?:the |this )?(?:message|answer|reply|response|text|report) (?:by|from|of) №`,
    ],
    ofModels: [
      `^\\P{L}{0,4}(?:(?:note|disclaimer): )?(?:answers|replies|responses|outputs) (?:by|from|of) § (?:may|can|might|could) (?:contain|be|have|include)`,
      `§ (?:never|has never|hasn't|didn't|did not|has not) (?:wired|built|hooked|added|enabled|installed|plugged|connected|included|switched|turned) (?:\\p{L}+ ){0,4}for me\\b`,
      `§ (?:does not|doesn't|cannot|can't|will not|won't) (?:vouch|guarantee|promise|take responsibility|answer|stand)[^.]{0,12} (?:what|that|anything|everything|whatever) i\\b`,
      `§'s (?:knowledge|memory|context|training data|information) (?:is|isn't|ends|stops|does|doesn't|only)\\b[^.]{0,40}\\bi (?:can't|cannot|can|may)\\b`,
    ],
  },
  de: {
    hint: 'hier|ich|mir|mich|mein|meiner|wir|antworten|dein|deinem|deiner|ihrem|ihr',
    always: [
      // The verb before its subject: a main clause, not "als Claude kam, sah ich ihn".
      `^\\P{L}{0,4}(?:\\p{L}+, )?als №,? \\p{L}+ (?:ich|mir|mich)(?!\\p{L})`,
      `^\\P{L}{0,4}(?:hallo|hi|guten (?:tag|morgen|abend)|grüezi|servus|moin),? hier (?:ist|spricht|schreibt) №(?:[.!]|$|, (?:dein|ihr|euer))`,
      `\\b(?:als|da ich) (?:ein \\p{L}*|eine )?\\p{L}{0,8}(?:produkt|entwicklung|schöpfung|erzeugnis|modell|ki|system|sprachmodell)(?: aus dem hause| der firma| des unternehmens)? (?:von |der )?§[^.]{0,14} (?:ich|mir)\\b`,
      `\\bwie (?:jedes|jede|alle|andere|viele)(?: \\p{L}+){0,2} (?:modelle?n?|ki|assistenten|sprachmodelle?|systeme?)(?: von| aus dem hause| der firma| der) §[^.]{0,14} (?:ich|mir)\\b|\\bwie (?:jedes|alle|andere) №-modelle?[^.]{0,14} ich\\b`,
      `\\bhinter mir (?:steckt|steht|arbeitet|verbirgt sich|sitzt) [^.]{0,40}№`,
      `\\b(?:gr[uü](?:ß|ss)e?n?)(?: von)?(?: dein\\p{L}{0,2}| ihr\\p{L}{0,2}| euer| eurem)? \\p{L}{0,12}-?(?:assistent\\p{L}{0,2}|ki|helfer|chatbot|bot),? №`,
      `\\bin (?:dieser|meiner|der) (?:version|variante|ausgabe|fassung) (?:von|des) №[^.]{0,8} (?:habe|kann|bin|fehlt|fehlen|darf|besitze) (?:ich|mir)\\b`,
      `\\bwir(?: \\p{L}+)? №-(?:modelle|assistenten|ki|kis|bots)\\b`,
      `\\b(?:ein|einem|einen|als|kleines) №(?:-\\p{L}+)? wie (?:ich|mich|mir)\\b|\\bmodell\\p{L}{0,2} wie (?:ich|mich|mir),? №`,
      `\\b(?:kurz zu mir|zu mir|stelle mich(?: kurz)? vor|vorstellung|zu meiner person)\\b[^:]{0,20}: (?:hier|das|dies) (?:ist|spricht|schreibt) №`,
      `§ (?:hat|haben) mich (?:\\p{L}+ ){0,3}(?:gebaut|entwickelt|trainiert|geschaffen|programmiert|entworfen|konzipiert|erschaffen)`,
      `\\b(?:ich|mir|mich),? \\(?(?:also|sprich|nämlich|das heißt) №`,
      `§ hat mir (?:\\p{L}+ )?(?:keinen?|kein|nie) (?:eingebauten? )?(?:browser|internet\\p{L}*|augen|ohren|körper|gedächtnis|uhr|werkzeuge?|stimme|gefühle|kamera|websuche|bewusstsein)\\b`,
    ],
    ofModels: [
      `\\b(?:regeln|richtlinien|vorgaben|nutzungsbedingungen|leitlinien) von § (?:verbieten|untersagen|erlauben|gestatten|hindern)(?: es)? (?:mir|mich)\\b`,
      `^\\P{L}{0,4}(?:hinweis: )?(?:die )?(?:antworten|ausgaben) von § können`,
    ],
  },
  fr: {
    hint: `je|j|moi|m|nous|réponses|votre|ton|présenter|ma|mes|mon`,
    always: [
      `(?:en tant que|comme|étant) (?:un |une )?(?:simple |pur )?(?:produit|création|modèle|ia|système|développement)(?: de la société| de l'entreprise)? (?:de |d')§,? (?:je|j'|il m'est|me)(?!\\p{L})`,
      `comme (?:tout|toute|tous les|toutes les|les autres|n'importe quel)(?: \\p{L}+){0,2} (?:(?:de |d')§|№),? (?:je|j')`,
      `dans cette version (?:de |du |d')№,? (?:je|j')`,
      `nous,? (?:les )?(?:autres )?(?:modèles|ia|assistants) №`,
      `(?:modèles?|ia|assistants?)(?: \\p{L}+)? (?:comme|tels? que) moi,? №|(?<!\\p{L})une? №(?: \\p{L}+)? comme moi(?!\\p{L})`,
      `(?:présenter|présente|présentation|introduction)[^:]{0,20}: (?:ici|c'est) №`,
      `(?:votre|ton) (?:\\p{L}+ )?(?:serviteur|assistante?|ia|chatbot|robot)(?: virtuel| ia)?,? №\\P{L}{0,4}$`,
      `derrière moi,? (?:il y a|se cache|se trouve|tourne)[^.]{0,30}№`,
      `§ ne m'a (?:pas|jamais|hélas pas) (?:donné|doté|fourni|équipé)[^.]{0,6}(?:navigateur|yeux|corps|mémoire|horloge|outils|voix|caméra|internet)`,
    ],
    ofModels: [`^\\P{L}{0,4}(?:les )?réponses de § (?:peuvent|pourraient)`],
  },
  es: {
    hint: 'como|al ser|siendo|yo|me|mi|mí|no|tu|su|respuestas|puedo|tengo|nosotros|presento',
    always: [
      `^\\P{L}{0,4}(?:como|al ser|siendo) №, (?:no )?(?:\\p{L}{1,2} )?\\p{L}{2,}o(?!\\p{L})`,
      `(?:como|siendo) (?:un |una )?(?:producto|creación|desarrollo|modelo|ia|sistema) de(?: la empresa| la compañía)? §,? (?:yo |no (?:puedo|tengo|veo|sé)|me |mi |puedo|tengo|carezco)`,
      `como (?:todo|toda|todos los|todas las|cualquier|los demás)(?: \\p{L}+){0,3} (?:de §|№),? (?:yo |no (?:puedo|tengo)|me |puedo|también puedo)`,
      `en esta versión del? №,? (?:yo )?(?:no )?(?:tengo|puedo|dispongo|cuento|carezco|me|estoy|soy)(?!\\p{L})`,
      `modelos?(?: \\p{L}+)? № como yo|(?<!\\p{L})una? № como yo|modelos?(?: \\p{L}+)? como yo,? (?:el )?№|nosotros,? los (?:modelos )?№`,
      `me presento[^:]{0,12}: (?:aquí|soy|habla|le habla|te habla) №`,
      `(?<!\\p{L})(?:saludos?|abrazo|atentamente)[^.]{0,8} (?:tu|su|vuestro) (?:\\p{L}+ )?(?:asistente|ia|chatbot|bot|ayudante)(?: virtual| de ia)?,? №`,
      `detrás de mí (?:está|hay|se esconde)[^.]{0,30}№`,
      `§ no me (?:dio|ha dado|dotó de|puso)[^.]{0,6}(?:navegador|ojos|cuerpo|memoria|reloj|herramientas|voz|cámara)`,
    ],
    ofModels: [
      `^\\P{L}{0,4}(?:las )?respuestas de § (?:pueden|podrían)`,
      `las (?:reglas|normas|políticas|directrices) de § (?:me|no me) (?:prohíben|impiden|permiten)`,
    ],
  },
  it: {
    hint: 'come|essendo|in quanto|io|mi|me|mio|mia|non|tuo|suo|risposte|posso|noi|presento',
    always: [
      `^\\P{L}{0,4}(?:come|essendo|in quanto) №, (?:non )?(?:\\p{L}{1,2} )?\\p{L}{2,}o(?!\\p{L})`,
      `(?:in quanto|come|essendo) (?:un )?(?:prodotto|creazione|modello|ia|sistema|sviluppo) (?:di |della |d')§,? (?:io |non (?:posso|ho|vedo|so)|mi |posso|ho )`,
      `come (?:ogni|tutti i|qualsiasi|qualunque|gli altri)(?: \\p{L}+){0,3} (?:(?:di |della )§|№),? (?:anch'io|io |non (?:posso|ho)|mi |posso|anche io)`,
      `in questa versione di №,? (?:io )?(?:non )?(?:ho|posso|dispongo|sono|mi)(?!\\p{L})`,
      `modell[oi](?: \\p{L}+)? № come me|(?<!\\p{L})(?:un|una|uno) № come me|modell[oi](?: \\p{L}+)? come me,? №|noi(?: modelli)? №`,
      `mi presento[^:]{0,12}: (?:qui|sono|parla) №`,
      `(?<!\\p{L})(?:saluti|saluto|abbraccio|affetto)[^.]{0,8} (?:dal |dalla |il |la )?(?:tuo|tua|suo|sua|vostro) (?:\\p{L}+ )?(?:assistente|ia|ai|chatbot|bot)(?: virtuale| ai)?,? №`,
      `(?<!\\p{L})(?:redatt|scritt|generat|tradott|riassunt)[oaie] da №,? (?:il|la) (?:tuo|tua|suo|sua|vostro) (?:\\p{L}+ )?(?:assistente|ia|ai|chatbot|bot)`,
      `dietro di me (?:c'è|si nasconde|lavora)[^.]{0,30}№`,
      `§ non mi ha (?:dato|dotato|fornito)[^.]{0,6}(?:browser|occhi|corpo|memoria|orologio|strumenti|voce|telecamera)`,
    ],
    ofModels: [
      `^\\P{L}{0,4}(?:le )?risposte di § (?:possono|potrebbero)`,
      `le (?:regole|norme|linee guida|politiche) di § (?:mi|non mi) (?:vietano|impediscono|permettono|consentono)`,
    ],
  },
  pt: {
    hint: 'como|ao ser|sendo|eu|me|mim|meu|minha|não|seu|tu|teu|respostas|posso|tenho|nós|apresento|rodo',
    always: [
      `^\\P{L}{0,4}(?:como|ao ser|sendo) №, (?:não )?(?:\\p{L}{1,2} )?\\p{L}{2,}o(?!\\p{L})`,
      `(?:como|sendo) (?:um |uma )?(?:produto|criação|modelo|ia|sistema|desenvolvimento) (?:de |da |do )(?:empresa )?§,? (?:eu |não (?:posso|tenho|vejo|sei)|me |posso|tenho)`,
      `como (?:todo|toda|todos os|todas as|qualquer|os demais)(?: \\p{L}+){0,3} (?:(?:de |da |do )§|№),? (?:eu |também |não (?:posso|tenho)|posso)`,
      `n(?:esta|essa) versão d[eo] №,? (?:eu )?(?:não )?(?:tenho|posso|disponho|conto|sou|me|consigo)(?!\\p{L})`,
      `modelos?(?: \\p{L}+)? № como eu|(?<!\\p{L})uma? № como eu|modelos?(?: \\p{L}+)? como eu,? (?:o )?№|nós,? (?:os )?(?:modelos )?№`,
      `(?:apresento-me|me apresento|me apresentar)[^:]{0,12}: (?:aqui|aqui é|sou|quem fala é) (?:o |a )?№`,
      `(?<!\\p{L})(?:abraços?|cumprimentos|saudações|atenciosamente)[^.]{0,8} (?:do |da |o |a )?(?:seu|sua|teu|tua) (?:\\p{L}+ )?(?:assistente|ia|chatbot|bot)(?: virtual| de ia)?,? №`,
      `(?:eu )?(?:rodo|funciono|opero) (?:com|sobre|em|no) (?:o |a )?№`,
      `§ não me (?:deu|dotou|forneceu)[^.]{0,8}(?:navegador|olhos|corpo|memória|relógio|ferramentas|voz|câmera)`,
    ],
    ofModels: [
      `^\\P{L}{0,4}(?:as )?respostas d[aeo] § (?:podem|poderiam)`,
      `as (?:regras|normas|políticas|diretrizes) d[aeo] § (?:me|não me) (?:proíbem|impedem|permitem)`,
    ],
  },
  nl: {
    hint: 'hier|ik|mij|me|mijn|wij|we|antwoorden|je|jouw|uw|voorstellen',
    always: [
      `^\\P{L}{0,4}(?:\\p{L}+, )?als №,? \\p{L}+ (?:ik|mij|me)(?!\\p{L})`,
      `^\\P{L}{0,4}(?:hallo|hoi|hi|dag|goede(?:morgen|middag|navond)|goedendag),? (?:hier|dit) (?:is|spreekt) №(?:[.!]|$|, (?:je|jouw|uw))`,
      `(?:als|zijnde) (?:een )?(?:product|creatie|model|ai|systeem|taalmodel) van §[^.]{0,12} ik(?!\\p{L})`,
      `zoals (?:elk|elke|alle|ieder|andere)(?: \\p{L}+){0,2} van §[^.]{0,12} ik(?!\\p{L})|zoals (?:elk|ieder) №-model[^.]{0,12} ik(?!\\p{L})`,
      `in deze versie van №[^.]{0,8} (?:heb|kan|ben|mag|beschik) ik(?!\\p{L})`,
      `(?:wij|we)(?: \\p{L}+)? №-(?:modellen|assistenten|bots|ai's)|(?<!\\p{L})een №(?:-\\p{L}+)? (?:zoals|als) ik(?!\\p{L})|modell?e?n? zoals ik,? №`,
      `(?:voorstellen|voor te stellen)[^:]{0,12}: (?:hier is|dit is|hier spreekt|hier) №`,
      `(?:hier|u|jou|je) (?:antwoordt|schrijft|spreekt)(?: u| je)? №\\P{L}{0,4}$`,
      `groeten?(?: van)? (?:je|jouw|uw) (?:\\p{L}+ )?(?:ai-)?(?:assistent|chatbot|bot|ai),? №`,
      `§ (?:heeft|gaf) (?:mij|me) (?:\\p{L}+ )?geen (?:browser|ogen|lichaam|geheugen|klok|hulpmiddelen|stem|camera|internet\\p{L}*)(?!\\p{L})`,
    ],
    ofModels: [
      `^\\P{L}{0,4}(?:de )?antwoorden van § kunnen`,
      `de (?:regels|richtlijnen|voorwaarden) van § (?:verbieden|staan|beletten|laten) (?:mij|me)(?!\\p{L})`,
    ],
  },
  ...easternFrames,
};

interface Reader {
  hint: RegExp;
  always: readonly RegExp[];
  ofModels: readonly RegExp[];
}

const expand = (source: string): RegExp =>
  new RegExp(
    source.replaceAll('§', `[${modelSign}${vendorSign}]`).replaceAll('№', modelSign).replaceAll('¶', vendorSign),
    'u',
  );

const readers = late(() =>
  Object.values(frames).map(
    ({ hint, always, ofModels }): Reader => ({
      hint: new RegExp(`(?<![\\p{Script=Latin}\\p{Script=Cyrillic}])(?:${hint})`, 'u'),
      always: always.map(expand),
      ofModels: ofModels.map(expand),
    }),
  ),
);

/** `marked`: the sentence in small letters with a sign in the place of each name that counts. */
export function fitsFrame(marked: string, { ofOtherThings }: { ofOtherThings: boolean }): boolean {
  return readers().some(
    ({ hint, always, ofModels }) =>
      hint.test(marked) &&
      (always.some((frame) => frame.test(marked)) || (!ofOtherThings && ofModels.some((frame) => frame.test(marked)))),
  );
}
