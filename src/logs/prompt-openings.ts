/** The line with which a template begins: `Summarise this call note for the manager:` above the note itself. */
import type { Draft } from './draft.ts';
import { plainText } from './draft.ts';

/** Longer beginnings are text of their own. */
const longest = 200;
const greeting =
  /^(?:dear|hi|hello|hey|good (?:morning|afternoon|evening|day)|to whom|hallo|liebe[rs]?|guten|sehr geehrte[rns]?|bonjour|bonsoir|salut|cher|ch[eè]re|madame|monsieur|hola|buen[ao]s|estimad[ao]s?|ciao|buongiorno|gentile|ol[aá]|bom dia|boa|prezad[ao]s?|beste|geachte|hej|cześć|dzień|szanown[aiey])(?![\p{L}\p{N}])/iu;

/**
 * What stands before the first line break or the first colon with text behind it, without the colon. Undefined in a
 * conversation, for greetings, and below 3 words (6 characters in a script without blanks).
 */
export function openingOf({ messages }: Draft): string | undefined {
  const asked = messages.filter(({ role }) => role === 'user');
  const [only] = asked;
  if (asked.length !== 1 || only === undefined) return undefined;
  const text = plainText(only.content)
    .slice(0, 4 * longest)
    .trimStart();
  const [found = ''] = /^[^\n]*?:(?=\s)|^[^\n]*/.exec(text) ?? [];
  const opening = found.trim().replace(/:$/, '');
  if (opening.length > longest || text.slice(found.length).trim() === '') return undefined;
  return isInstruction(opening) ? opening : undefined;
}

function isInstruction(opening: string): boolean {
  if (greeting.test(opening)) return false;
  const words = opening.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length >= 3 || (opening.length >= 6 && /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/u.test(opening));
}

/** A template of one prompt in 20 is nearly always among the first 256 openings. A new one after these is not counted. */
const openingsKept = 256;

/** Returns the opening where `kept` has it, or has room for it: `kept` grows. */
export function keptOpening(draft: Draft, kept: Set<string>): string | undefined {
  const opening = openingOf(draft);
  if (opening === undefined || kept.has(opening)) return opening;
  if (kept.size >= openingsKept) return undefined;
  kept.add(opening);
  return opening;
}
