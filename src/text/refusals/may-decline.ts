/**
 * A first look for logs of millions of answers: without any of these words, and without a letter beyond ASCII, no answer
 * refuses. It only saves time: an answer that passes is read in full.
 */
const words =
  /\b(?:i|im|me|my|us|no|nope|nah|not|none|nor|nobody|never|nothing|neither|one|cannot|cant|wont|let|lets|off|blank|elsewhere|pass|stop|end|else|other|another|ich|mir|nicht|nichts|je|ne|non|mi|me|ik|niet|geen|nie|jag|inte|inget|nunca)\b|n't\b/;
const stems =
  /[^\u0000-\u007f]|\b(?:sorry|apolog|refrain|conversation|abstain|avoid|silen|quiet|taboo|flagged|withh|excus|safer|closed|un(?:able|will|eth|safe|fort|easy|avail)|im(?:possib|moral|port)|declin|den(?:y|ied)|refus|reject|restrict|block|prohibit|forbid|violat|prevent|polic|rule|illegal|ethic|wrong|harm|danger|inapprop|offens|crucial|essential|vital|necessar|serious|crim|punish|repreh|deeply|condon|encourag|strongly|against|beyond|outside|different|topic|request|question|instead|rather|change|drop|skip|certainly|absolutely|definitely|forget|thank|kein|abgelehnt|lieber|hors|prefi|rechazo|neg|nieg|interdit|fuera|fora|oltre|tegen|sprzeczn|strider|autre|otr[ao]s?\b|outr[ao]s?\b|altr[oa]\b|ander|innym|annat|contr[aoe]\b|debo|solicitud|rifiut|prefer|richiesta|recus|pedido|liever|verzoek|odmawiam|avb|yasak|redd)|(?:m[ae]m|[iu]yorum|yaca|yece)/;

/** Characters in which the no of an answer stands. */
const openingCharacters = 1_200;

export function mayDecline(text: string): boolean {
  const opening = text.slice(0, openingCharacters).toLowerCase();
  return words.test(opening) || stems.test(opening);
}
