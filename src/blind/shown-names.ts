/** What the mask missed: names of the run's models and their makers that still stand on the screen. */
import type { AnswerView } from './ballot.ts';
import { type FoundName, findNames } from './find-names.ts';
import { foldText } from './folded-text.ts';
import type { MaskInput } from './mask.ts';
import { relatives } from './mask-names.ts';
import { bookFor, nameList, wordsOf } from './name-list.ts';
import { holdsWord } from './prompt-words.ts';

/** Names of the models of a run, and those by which a reader knows their families and makers. Small letters. */
function runNames(assistants: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const full of assistants) {
    const parts = full.toLowerCase().split(/[/:]/);
    found.add(full.toLowerCase());
    for (const { starts, names } of relatives)
      if (parts.some((part) => starts.some((start) => part.startsWith(start))))
        for (const name of names) found.add(name.toLowerCase());
  }
  return found;
}

/** Makes the search of one prompt: it returns every such name in a shown answer, as written, that the prompt does not hold. */
export function createNameSearch({ promptText, names = nameList({}) }: MaskInput): (view: AnswerView) => string[] {
  const prompt = foldText(promptText).text;
  const book = bookFor(names, (name) => holdsWord(prompt, name));
  const ofRun = runNames(names.assistants);
  const isOfRun = ({ name, own, held, ambiguous }: FoundName): boolean =>
    !held && (own || (ofRun.has(name) && !ambiguous) || isFamily(name, names.assistants));
  return (view) => {
    if (view.kind !== 'text') return [];
    const calls = (view.toolCalls ?? []).map((call) => call.arguments);
    const work = [...addedLines(view.diff ?? ''), ...(view.steps ?? []).map(({ text }) => text)];
    return [view.text, ...calls, ...work].flatMap((text) => {
      const { text: folded, cased } = foldText(text);
      return findNames(wordsOf(folded), folded, cased, book)
        .filter(isOfRun)
        .map(({ start, end }) => cased.slice(start, end));
    });
  };
}

/** Of a diff, what the agent wrote. */
const addedLines = (diff: string): string[] => diff.split('\n').filter((line) => line.startsWith('+'));

/** The family that an own name was split into: `tinytalk` of `acme/tinytalk-7b`. */
const isFamily = (name: string, assistants: readonly string[]): boolean =>
  assistants.some((full) => (full.toLowerCase().split('/').at(-1) ?? '').startsWith(name) && name.length > 2);
