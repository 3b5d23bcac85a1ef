/** What the writer quotes as its own instructions: "My system prompt begins with: 'You are …'". Its names are the writer's. */
import type { Range } from './kept-ranges.ts';
import { namesIn, type Stretch } from './line-names.ts';
import type { NameBook } from './name-list.ts';

const introduces =
  /\bmy (?:own |full |actual |hidden |initial )?(?:system )?(?:prompt|instructions?|message|persona|role)\b|\bi (?:was|am|have been|'ve been|were) (?:told|given|instructed|configured|set up|prompted)\b|\b(?:instructions|prompt|rules) (?:that )?i (?:was|were|have been|got|received|follow)\b|\b(?:mein(?:e[rnm]?)? (?:systemprompt|anweisung\w*)|mes instructions|mon invite|mis instrucciones|mi prompt)\b/i;
const addresses =
  /^[\s"“”„«»'`~]{0,6}(?:(?:text|markdown|md|system)?\s{0,3})?(?:(?:your name is|you are|you're|du bist|sie sind|tu es|vous êtes|eres|usted es|sei|você é|je bent|jesteś|du är)(?!\p{L}))/iu;
const longestIntroduction = 160;
const longestPrompt = 1_000;

export function ownPromptNames(source: string, kept: readonly Range[], book: NameBook): Stretch[] {
  return kept.flatMap(({ from, to }) => {
    if (!addresses.test(source.slice(from, Math.min(to, from + 60)))) return [];
    const before = source.slice(Math.max(0, from - longestIntroduction), from);
    if (book.asked?.() !== 'who' && !introduces.test(before.slice(before.lastIndexOf('\n\n', before.length - 4) + 1)))
      return [];
    return promptLines(source, from, Math.min(to, from + longestPrompt)).flatMap((line) => {
      const { names, stretch } = namesIn(source, line, book);
      return names.filter(({ ambiguous }) => !ambiguous).map(stretch);
    });
  });
}

function promptLines(source: string, from: number, to: number): { from: number; to: number }[] {
  const lines: { from: number; to: number }[] = [];
  for (let at = from; at < to; ) {
    const end = source.indexOf('\n', at);
    const stop = end === -1 || end > to ? to : end;
    lines.push({ from: at, to: stop });
    at = stop + 1;
  }
  return lines;
}
