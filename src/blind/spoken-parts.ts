/** The part of a text that is a dialogue: its speakers say "I" for themselves, not for the writer. */
import type { Range } from './kept-ranges.ts';
import { blanked, namesIn } from './line-names.ts';
import type { NameBook } from './name-list.ts';

interface Speech {
  label: string;
  /** In capitals or bold, as in a script. */
  isMarked: boolean;
  from: number;
  to: number;
}

const labelled =
  /^[\s>*_#–—-]{0,6}([\p{L}][\p{L}\p{M}\p{N} .'’-]{0,24}?)[*_]{0,3}(?: ?\([^()\n]{1,40}\))?[*_]{0,3} ?[:：][*_]{0,3}(?:\s|$)/u;
/** Sides of a chat, and headings of a note: whoever answers there is the writer. */
const noCharacter =
  /^(?:user|human|you|me|i|question|answer|q|a|prompt|customer|client|note|hint|tip|model|name|from|to|subject|re|date|ps|p\.s|assistant|ai|bot|system|example|input|output|benutzer|nutzer|mensch|frage|antwort|du|utilisateur|vous|réponse|usuario|tú|pregunta|respuesta|utente|domanda|risposta|usuário|pergunta|resposta|gebruiker|vraag|antwoord|użytkownik|pytanie|odpowiedź|användare|fråga|svar|kullanıcı|soru|cevap|пользователь|вопрос|ответ|用户|问题|回答|ユーザー|質問|사용자|질문|답변)$/iu;
/** Lines of a text that are read as speeches. */
const mostSpeeches = 400;

/** From the first speech to the end of the last one; undefined where no characters speak with each other. */
function dialogueIn(source: string, book: NameBook): Range | undefined {
  const lines = dashedScene(source, book);
  if (lines || !/[:：]/.test(source)) return lines;
  const speeches = speechesOf(source);
  const counts = new Map<string, number>();
  for (const { label } of speeches) counts.set(label, (counts.get(label) ?? 0) + 1);
  if (counts.size < 2) return undefined;
  const models = [...counts.keys()].filter((label) => isModel(label, book));
  const isScript = speeches.every(({ isMarked }) => isMarked) && speeches.length > counts.size;
  const others = [...counts].filter(
    ([label, said]) => (said > 1 || isScript) && !models.includes(label) && !noCharacter.test(label),
  );
  const isScene = speeches.length > 2 && models.length > 0 && (models.length > 1 || others.length > 0);
  // A script whose characters come back is a scene, whatever they are called.
  const isPlay = isScript && speeches.length > 3 && others.filter(([, said]) => said > 1).length > 1;
  if (!isScene && !isPlay) return undefined;
  const spoken = speeches.filter(({ label }) => models.includes(label) || others.some(([other]) => other === label));
  const [first, last] = [spoken[0], spoken.at(-1)];
  return first && last && { from: first.from, to: last.to, kind: 'quotation' };
}

/** "— Je m'appelle Claude, et vous ?" and below it "— Gemma.": lines with dashes from the head of the text on. */
function dashedScene(source: string, book: NameBook): Range | undefined {
  if (!/^\s*[—–]/.test(source) || !/[?!]/.test(source)) return undefined;
  const asked = book.asked?.();
  const spoken = source.match(/^[ \t]{0,8}[—–] ?\S/gm) ?? [];
  return spoken.length < 2 || asked === 'who' || asked === 'you'
    ? undefined
    : { from: 0, to: source.length, kind: 'quotation' };
}

function speechesOf(source: string): Speech[] {
  const found: Speech[] = [];
  for (let from = 0; from < source.length && found.length < mostSpeeches; ) {
    const end = source.indexOf('\n', from);
    const to = end === -1 ? source.length : end;
    const line = source.slice(from, Math.min(to, from + 90));
    const label = labelled.exec(line)?.[1]?.trim();
    const isMarked = label === label?.toUpperCase() || /^[\s>]{0,6}[*_]/.test(line);
    if (label !== undefined) found.push({ label: label.toLowerCase(), isMarked, from, to });
    from = to + 1;
  }
  return found;
}

/** A name that the prompt gives its characters is one as well. */
function isModel(label: string, book: NameBook): boolean {
  const { names, text } = namesIn(label, { from: 0, to: label.length }, { ...book, held: () => false });
  return names.some(({ kind }) => kind === 'model') && !/[\p{L}\p{N}]/u.test(blanked(text, names));
}

/** What the characters of a scene say is theirs. Code stays what it is. */
export function withDialogue(kept: readonly Range[], source: string, book: NameBook): readonly Range[] {
  const dialogue = dialogueIn(source, book);
  if (!dialogue) return kept;
  const outside = kept.filter(({ from, to }) => to <= dialogue.from || from >= dialogue.to);
  if (kept.some((range) => range.kind === 'fence' && !outside.includes(range))) return kept;
  return [...outside, dialogue].sort((a, b) => a.from - b.from);
}
