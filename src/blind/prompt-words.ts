/** What a prompt, folded, holds and asks for: a name that it holds is never masked. */

/** As a whole word: "metal" does not hold Meta. In scripts without blanks, anywhere. */
export function holdsWord(folded: string, name: string): boolean {
  const isLatin = /[\p{Script=Latin}]/u.test(name);
  for (let at = folded.indexOf(name); at !== -1; at = folded.indexOf(name, at + 1)) {
    if (!isLatin) return true;
    const [before, after] = [folded[at - 1] ?? ' ', folded[at + name.length] ?? ' '];
    if (!latinLetter.test(before) && !latinLetter.test(after)) return true;
  }
  return false;
}

/** A change of script ends a word: "Geminiは". */
const latinLetter = /[\p{Script=Latin}\p{M}_]/u;

/** A question whose answer is the name of somebody else: "Which company owns GitHub?", "Classify the vendor." */
export const asksForName = (request: string): boolean =>
  request.length < 4_000 && (labels.test(request) || (question.test(request) && !ofReader.test(request)));
const labels =
  /(?<!\p{L})(?:classif\p{L}*|label|categori[sz]e|extract|vendor|provider|brand|manufacturer|company|companies|entit(?:y|ies)|one word|fill in|complete the|klassifizier\p{L}*|extrahier\p{L}*|anbieter|hersteller|firma|classe|extrais|extrae|clasifica|estrai|classifica|extraia)(?!\p{L})|公司|分类|抽取|抽出|分類|회사|추출|분류/u;
const question =
  /(?<!\p{L})(?:which|what|who|whose|welche[rsnm]?|wer|wessen|quel(?:le)?s?|qui|cuál|qué|quién|quale|chi|qual|quem|welke?|wie|który|która|kto|vilken|vilket|vem|hangi|какая|какой|кто)(?!\p{L})|哪|谁|誰|どの|누가|어느|कौन|أي|من /u;
const ofReader =
  /(?<!\p{L})(?:you|your|u|ur|this|here|i|me|my|du|dich|dir|dein\p{L}*|sie|ihr\p{L}*|tu|te|toi|ton|vous|votre|tú|eres|usted|sei|tuo|você|seu|je|jij|jouw|ty|cię|twoje|du|dig|din|sen|seni|ты|тебя|вы|вас)(?!\p{L})|[你您]|あなた|너|당신|आप|तुम|أنت/u;

/** The words of somebody else belong into the answer: a quotation, a reply below a mail, a scene. */
export const asksForQuotes = (prompt: string): boolean =>
  /\b(?:quot\w+|cite|citing|excerpt|passage|epigraph|lines?|saying|mails?|e-?mails?|letters?|messages?|thread|forward|repl(?:y|ies)|translat\w+|rewrite|dialogue|story|scene|novel|film|movie|character|blockquote|markdown|post|comments?|transcript|speech)\b|^>/m.test(
    prompt,
  );

/** A question about a word, a thing or a person: no role to play, no text to write, no model that is spoken to. */
export const asksForWords = (prompt: string): boolean =>
  prompt.length < 400 &&
  /[?？]\s*$/.test(prompt) &&
  !/\b(?:you|your|you're|named|called|role-?play|pretend|act as|persona|character|story|poem|write|translate|say|ai|models?|assistants?|chatbots?|llms?)\b|[^\u0000-\u024f\u2010-\u2030]/.test(
    prompt,
  );
