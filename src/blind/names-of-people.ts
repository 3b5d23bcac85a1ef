/** Words around a name that make it a person's: a surname, a trade, a home, somebody's colleague. */
import { nameSuffixes } from './mask-names.ts';
import type { NameBook, NameKind, Word } from './name-list.ts';

/** "Claude, our foreman": somebody's colleague. "Claude, our assistant" is a model. */
function isSomebodys(words: readonly Word[], last: number): boolean {
  const [comma, whose, who] = words.slice(last + 1, last + 4).map(({ text }) => text);
  if (comma !== ',' || !whose || !who) return false;
  return /^(?:our|my|his|her|their)$/.test(whose) && /^(?:\p{L}{3,})$/u.test(who) && !signOfModel.test(who);
}

/** "Claude de Vries", but not "Claude de Anthropic". */
function hasParticle(words: readonly Word[], last: number, cased: string, { byFirst }: NameBook): boolean {
  const [name, particle, surname] = words.slice(last, last + 3);
  if (!name || !particle || !surname || !namesOfPeople.has(name.text)) return false;
  if (!/^(?:de|van|von|di|del|la|le|du|den|ten|bin|al|el)$/.test(particle.text)) return false;
  return /^\p{Lu}\p{Ll}/u.test(cased.slice(surname.start, surname.end)) && !byFirst.has(surname.text);
}

/** "My name is Gemma and I run the bakery", "I'm Gemma, the baker": what only a person is or does. */
function isPerson(words: readonly Word[], last: number): boolean {
  if (!namesOfPeople.has((words[last] as Word).text)) return false;
  const behind = words.slice(last + 1, last + 8).map(({ text }) => text);
  const end = behind.findIndex((word, at) => at > 0 && /^[,.;:!?)]$/.test(word));
  const clause = behind.slice(0, end === -1 ? behind.length : end).join(' ');
  if (appositive.test(clause) && !wordOfModel.test(clause)) return true;
  if (role.test(clause) && !wordOfModel.test(clause)) return true;
  return personal.test(clause) || (trade.test(clause) && !/model|assistant|chatbot|\bai\b|helper/.test(clause));
}
const personal =
  /^(?:(?:y|et|und|e|en|i|och|ve|и),? (?:soy (?:de|\p{L}+[ao])(?!\p{L})|vivo|trabajo|tengo|\p{L}+(?: ' \p{L}+)? (?:yaşıyorum|çalışıyorum|oturuyorum)|je (?:suis|vis|travaille|habite)|(?:ich )?(?:wohne|lebe|arbeite|komme aus)|sono|ho (?:\d|\p{L}+ anni)|abito|lavoro|moro|trabalho|tenho|woon|werk|mieszkam|pracuję|bor|jobbar|живу|работаю)|and i (?:run|live|rent|own|teach|study|drive|bake|cook|grew|was born|am \d|play|sell|moved|married|work (?:at|in|for)))/u;
/** "Gemma and I'm your driver tonight" */
const role = /^,? ?and i (?:am|' m) (?:the|an?|your) (?:\p{L}+ ?){1,6}$/u;
const trade =
  /^, (?:the|an?) (?:\p{L}+ ){0,3}\p{L}{2,20}(?:er|or|ist|ian|man|woman|nurse|clerk|cook|chef|girl|boy|neighbour|neighbor|friend|colleague|mother|father|widow|guest)s?(?: |$)/u;
/** "Claude, le boulanger du coin" */
const appositive =
  /^, (?:le|la|une?|der|die|das|eine?|el|una|il|lo|uma?|de|het|een|ett|deine?|tua|tuo|ton|votre|seu|sua|jouw) (?:\p{L}+ ?){1,6}$/u;
const wordOfModel =
  /model|modèle|assist|asist|chat|bot(?!a)|(?<!\p{L})(?:ki|ia|ai|ii|llm)(?!\p{L})|intelligen|help|hilf|sprach|langage|lenguaje|lingu|taal|språk|anthropic|google|amazon|deepmind|cohere|créat|creat|creaz|criaç|schöpf|produ|système|sistema|system|program|machine|maschine/u;
const namesOfPeople: ReadonlySet<string> = new Set(['claude', 'gemma', 'nova', 'aya', 'dolly']);

/** What a chat or its writer has: "I'm Claude, my knowledge ends somewhere" is a model's. */
const signOfModel =
  /^(?:knowledge|training|conversation|chat|answers?|responses?|replies|weights|memory|context|capabilities|ai|model|assistant|chatbot|bot|llm|companion|helper|large|language|makers?|creators?|flagship|latest|own|virtual|name|digital)$/;

interface Named extends Pick<Word, 'start' | 'end'> {
  last: number;
  kind: NameKind;
  own: boolean;
}

/** A capitalised word behind it makes it a person or another thing: Claude Dupont, Gemini Labs. */
export function isOtherName(words: readonly Word[], found: Named, cased: string, book: NameBook): boolean {
  const { last, kind, own, start, end } = found;
  if (own || kind === 'vendor') return false;
  const [name, next] = [words[last] as Word, words[last + 1]];
  const isVersioned = /\d/.test(cased.slice(start, end));
  if (!isVersioned && (isSomebodys(words, last) || isPerson(words, last))) return true;
  if (hasParticle(words, last, cased, book)) return true;
  if (!next || next.start !== name.end + 1 || !/^(?:\p{Script=Latin}+|\p{Script=Cyrillic}+)$/u.test(next.text))
    return false;
  const written = cased.slice(next.start, next.end);
  const isName = /^\p{Lu}\p{Ll}+$/u.test(written) && !book.byFirst.has(next.text);
  return isName && !notSurnames.has(next.text) && !nameSuffixes.has(next.text);
}

/** Words that begin a clause or a vendor behind a name, also where a title has capitals. */
const notSurnames = new Set(
  `i i'm the a an and or by from at of is was an your my our this that here ai model assistant chat bot language large
  made built created trained developed speaking reporting signing writing answering fast how what let please open anthropic google meta mistral alibaba deepseek microsoft
  amazon baidu nvidia cohere ibm und und ich et je y e en`.split(/\s+/),
);
