/** Which language a rater has to read for a prompt. Prompts are short, so fewer words suffice here than for a check. */
import type { Message } from '../records/prompt-record.ts';
import { messageText } from '../text/message-text.ts';
import { detectLanguage, hitsByLanguage, languageOfScript } from './detect-language.ts';
import { languageName } from './language.ts';
import { askingWords, ownLetters } from './language-words.ts';

/** English name of the language that the user writes in; undefined where nothing tells it. */
export function promptLanguage(messages: readonly Message[]): string | undefined {
  const asked = textsOf(messages.filter(({ role }) => role === 'user'));
  const code = languageOf(asked) ?? languageOf(textsOf(messages));
  return code === undefined ? undefined : languageName(code);
}

const textsOf = (messages: readonly Message[]): string => messages.map(messageText).join('\n');

const languageOf = (text: string): string | undefined => detectLanguage(text) ?? shortLanguage(text);

/** Words are enough in so short a text only where hardly any other language has as many. */
const lead = 1.5;
const leastShare = 0.12;
const readAtMost = 2_000;

function shortLanguage(text: string): string | undefined {
  const read = text.slice(0, readAtMost);
  const script = languageOfScript(read);
  if (script !== undefined) return script;
  const { words, hits } = hitsByLanguage(read, askingWords);
  for (const [language, letters] of Object.entries(ownLetters))
    if (letters.test(read)) hits.set(language, (hits.get(language) ?? 0) + 1);
  const ranked = [...hits].sort(([, a], [, b]) => b - a);
  const [[language, best] = ['', 0], [, second] = ['', 0]] = ranked;
  return best > 0 && best >= lead * second && best >= leastShare * words ? language : undefined;
}
