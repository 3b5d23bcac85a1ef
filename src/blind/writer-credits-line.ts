/**
 * A short sentence that says who did the work on this text: "Zusammengefasst von Claude, deinem Assistenten", "以上、…". It
 * has a word of work at its head, the name at its end, and nothing else. `№` is a name of a model.
 */
import { late } from '../text/late.ts';
import { modelSign } from './name-signs.ts';

/** A title in the same sentence: ", your assistant". */
const end = '(?:, [^.,]{2,32}| [^.,]{2,14})?\\P{L}{0,6}$';
const head = '^\\P{L}{0,4}(?:p\\.? ?s\\.?:? |ps )?';

const credits: readonly string[] = [
  `${head}(?:shortened|drafted|written|composed|summari[sz]ed|translated|edited|rounded|corrected|polished|prepared|put together|sorted|crafted|rewritten|condensed|compiled|proofread)(?: [^,.]{1,24})? by (?:your (?:\\p{L}+ ){0,3}|an? )?№${end}`,
  `${head}(?:sent|posted|typed) (?:via|from|by|with) (?:my |your )?№\\P{L}{0,6}$`,
  `${head}brought to you by [^.]{0,40}№`,
  `${head}(?:zusammengefasst|verfasst|geschrieben|übersetzt|gekürzt|erstellt|zusammenfassung|übersetzung|entwurf)(?: [^,.]{1,16})? (?:von|durch) (?:\\p{L}+ ){0,2}№${end}`,
  `${head}(?:résumé|texte|traduction|rédigé|traduit|corrigé|proposé|réponse|brouillon)e?(?: [^,.]{1,20})? par (?:\\p{L}+ )?№${end}`,
  `${head}(?:resumen|texto|traducción|redactado|resumido|traducido|respuesta|borrador)(?: [^,.]{1,20})? por №${end}`,
  `${head}(?:riassunto|testo|traduzione|redatto|tradotto|scritto|risposta|bozza)(?: [^,.]{1,20})? (?:da|a cura di|di) №${end}`,
  `${head}(?:resumo|texto|tradução|redigido|resumido|traduzido|resposta|rascunho)(?: [^,.]{1,20})? (?:por|pelo|pela) №${end}`,
  `${head}(?:samengevat|geschreven|vertaald|opgesteld|samenvatting|vertaling)(?: [^,.]{1,16})? door №${end}`,
  `${head}(?:streszczenie|tekst|tłumaczenie|odpowiedź|streścił\\p{L}?|przetłumaczył\\p{L}?|przygotował\\p{L}?)(?: (?:przygotował|napisał|opracował|stworzył)\\p{L}?)?(?: przez)? №${end}`,
  `${head}(?:sammanfattat|skrivet|översatt|sammanfattning|översättning)(?: [^,.]{1,16})? av №${end}`,
  `${head}(?:özeti?|metni|çeviriyi|yanıtı) (?:hazırlayan|yazan|çeviren)\\P{L}{1,3}№|${head}(?:özet|metin|çeviri)\\P{L}{1,3}№\\P{L}{0,6}$`,
  `${head}(?:подготовлено|составлено|написано|переведено|сокращено)(?: (?:ассистентом|моделью|нейросетью|ботом))? №${end}`,
  `^[^。]{0,3}以上、?№(?:が|でした|より)|^[^。]{0,3}№が(?:お届け|まとめ|要約|翻訳|作成)`,
  `^[^.]{0,3}이상,? ?№(?:였|이었|입|이 )|^[^.]{0,3}№(?:가|이) (?:요약|번역|작성|정리)`,
  `^[^。]{0,4}№(?:为[您你])?(?:总结|整理|翻译|整理|为您)|由№(?:为您|为你)?(?:总结|整理|翻译)`,
  `(?:यह )?(?:सारांश|अनुवाद|उत्तर) № (?:ने|द्वारा) (?:तैयार|बनाया|लिखा|किया)`,
  `(?:أعد|كتب|لخص|ترجم|صاغ) (?:هذا |هذه )?(?:\\p{L}+ )?№\\P{L}{0,6}$`,
];
const longestCredit = 120;

const patterns = late(() => credits.map((source) => new RegExp(source.replaceAll('№', modelSign), 'u')));

/** `marked`: a sentence in small letters with a sign in the place of each name. */
export const creditsModel = (marked: string): boolean =>
  marked.length <= longestCredit && patterns().some((pattern) => pattern.test(marked));
