/** Names with an ending of Polish or Finnish, which take no apostrophe: "Anthropica", "Claudem", "Alibaby", "Googlen". */
import type { Entry, NameBook } from './name-list.ts';

const signs = /[ąćęłńśźżäö]|\b(?:jestem|nazywam|rozmawiasz|olen|nimeni)\b/;

/** Whether a folded text may be in such a language. */
export const hasEndings = (folded: string): boolean => signs.test(folded);

const endings: readonly [ending: string, put: string][] = [
  ...'owi iem ie em om m a u y n in lla ssa sta lle lta'.split(' ').map((ending): [string, string] => [ending, '']),
  ...'y ę ą ie'.split(' ').map((ending): [string, string] => [ending, 'a']),
];
const [shortest, longest] = [4, 40];

/** The name in such a word. "Metan" is a gas. */
export function baseOf(word: string, { byFirst }: NameBook): Entry | undefined {
  if (word.length <= shortest || word.length > longest) return undefined;
  for (const [ending, put] of endings) {
    if (!word.endsWith(ending) || word.length - ending.length < shortest) continue;
    const entry = byFirst.get(word.slice(0, -ending.length) + put)?.find(({ words }) => words.length === 1);
    if (entry && !entry.ambiguous && entry.spelled !== 'meta') return entry;
  }
  return undefined;
}
