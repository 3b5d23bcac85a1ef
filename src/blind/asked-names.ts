/**
 * Names in an answer to a question about its writer. "Who are you?" is answered by a name alone, by one sentence in the
 * third person, or by a poem: whose name it is was settled by the question. An answer that has many models is a list.
 */
import { type Asked, askedOfWriter } from './asked-writer.ts';
import { type FoundName, findNames } from './find-names.ts';
import { type FoldedText, foldText } from './folded-text.ts';
import { makersOfOtherThings, relatives } from './mask-names.ts';
import { bookFor, type NameBook, type NameList, wordsOf } from './name-list.ts';
import type { Sentence } from './sentences-of.ts';

/** What a request asks of the writer: read once, at the first answer that holds a name. */
export function askedBy(request: string, names: NameList): () => Asked {
  const namesAModel = (text: string): boolean =>
    findNames(
      wordsOf(text),
      text,
      text,
      bookFor(names, () => false),
    ).some(({ ambiguous }) => !ambiguous);
  let read: { asked: Asked } | undefined;
  return () => {
    read ??= { asked: askedOfWriter(foldText(request).text, namesAModel) };
    return read.asked;
  };
}

/** More families than that in one text are a comparison: the writer, whom it is not, whom it was taken for. */
const mostFamilies = 3;

export function namesOfAnswerer(
  sentences: readonly Sentence[],
  { text, cased }: Pick<FoldedText, 'text' | 'cased'>,
  book: NameBook,
): FoundName[] {
  const asked = sentences.length > 0 ? book.asked?.() : undefined;
  if (asked !== 'who' && asked !== 'you') return [];
  const all = sentences.flatMap((sentence) =>
    (advises.test(sentence.text) ? sentence.names.filter(({ held }) => held) : sentence.names)
      .filter((name) => (name.ambiguous ? isWritten(name, sentence, cased, asked) : !isThing(name, sentence, cased)))
      .map((name) => ({ name, family: familyOf(name.name) })),
  );
  // What the prompt names is the subject: "Do you know who made ChatGPT?"
  const held = new Set(all.filter(({ name, family }) => name.held || isHeld(family, book)).map(({ family }) => family));
  const models = new Set(all.filter(({ name }) => name.kind === 'model').map(({ family }) => family));
  const found = all.filter(
    ({ name, family }) => !held.has(family) && (asked === 'who' || !isOfOtherThings(name) || models.has(family)),
  );
  const families = new Set(found.map(({ family }) => family));
  // A model and a maker that no table joins.
  const makers = new Set(found.filter(({ family }) => !models.has(family)).map(({ family }) => family));
  const most = makers.size === 1 && families.size === 2 ? 2 : 1;
  if (families.size > (asked === 'who' ? mostFamilies : most) || asksBack.test(text.slice(0, 200))) return [];
  return found.map(({ name }) => name);
}

/** What somebody should use is not who answers: "I would start with …". */
const advises =
  /(?<!\p{L})(?:i(?:'d| would) (?:start|go|use|pick|choose|try|recommend|take|suggest|prefer)|you (?:could|should|might|may want to) (?:use|try|ask|pick|choose|start)|i (?:recommend|suggest))(?!\p{L})|^\W*(?:try|use|pick|choose|start with) /u;

/** "Which one do you mean?" */
const asksBack = /^\W*(?:which|what) \S+ do you mean\b/;

/** The words of every day that are the names of families; the others are of editions, and stand in every second text. */
const familyWords: ReadonlySet<string> = new Set(
  'pi phi yi nova titan falcon coral granite orca hermes zephyr bard copilot solar aya dolly koala llama sonar grok command'.split(
    ' ',
  ),
);

/** "The mistral", a wind; "a Gemini". */
const isThing = ({ soft, start }: FoundName, { text, from }: Sentence, cased: string): boolean =>
  soft &&
  (!/\p{Lu}/u.test(cased[start] ?? '') ||
    /(?<!\p{L})(?:(?:am|is|was|as|i'm|being) an?|the|le|il|der|den|el)\s$/u.test(text.slice(0, start - from)));

/** A word of every day with a capital, as the whole of what is said or before a sign. */
function isWritten({ name, start, end }: FoundName, { text, from }: Sentence, cased: string, asked: Asked): boolean {
  if (!familyWords.has(name.split(' ')[0] ?? '') || !/\p{Lu}/u.test(cased[start] ?? '')) return false;
  const before = text.slice(0, start - from).trim();
  return (
    (asked === 'who' && before !== '') ||
    /^\s*(?:[.,:!–—-]|$|(?:i|is|isn't|am|was|has|does|doesn't|do|can|can't|cannot|will|won't|here|at|by|never|only|also|runs|knows|needs|supports|speaks|reads|uses|learns|keeps|stores|remembers)(?!\p{L}))/u.test(
      text.slice(end - from),
    )
  );
}

/** The prompt has another name of the family. */
const isHeld = (family: string, { held }: NameBook): boolean =>
  (relatives[Number(family)]?.names ?? []).some((name) => held(name.toLowerCase()));

/** Names of makers in other scripts are those of large companies. */
const isOfOtherThings = ({ kind, name }: FoundName): boolean =>
  kind === 'vendor' && (makersOfOtherThings.has(name) || !/^[\p{Script=Latin}\d .-]+$/u.test(name));

/** A name and its maker are one. */
function familyOf(name: string): string {
  const index = relatives.findIndex(
    ({ starts, names }) =>
      starts.some((start) => name.startsWith(start)) || names.some((one) => one.toLowerCase() === name),
  );
  return index === -1 ? (makersOfOtherThings.has(name) ? 'maker' : name) : String(index);
}
