/**
 * The mask of an answer, for display only, the same for every arm; the record keeps the raw text. It is a search: names
 * are found word by word, then the sentence or the place tells whether the name is the writer's. Word lists that strip
 * every "Claude" hit 11 % right (blinding.md §4). Masked text is not anonymous: style still tells.
 */
import { isJson } from '../text/json-lines.ts';
import { isBlankText } from '../text/judged.ts';
import { aliasesOf } from './aliases.ts';
import { askedBy, namesOfAnswerer } from './asked-names.ts';
import type { AnswerView, CallView } from './ballot.ts';
import { datesInKnowledge } from './cutoff-dates.ts';
import {
  cardOfObjects,
  type Fields,
  fieldsOf,
  hasAnswerField,
  keysOfSeveral,
  namesAsValues,
  namesOfCard,
  namesWriter,
  wholeValue,
} from './data-places.ts';
import { hasFence, partsOfFence } from './fence-parts.ts';
import { type FoundName, findNames, mayHoldNames } from './find-names.ts';
import { type FoldedText, foldText } from './folded-text.ts';
import { introducedNames } from './introduced-names.ts';
import { stringsOf } from './json-strings.ts';
import { keptRanges, type Range, rangeAround } from './kept-ranges.ts';
import type { Stretch } from './line-names.ts';
import { namesAlone, namesByPlace } from './mask-places.ts';
import { bookFor, type NameBook, type NameList, nameList, wordsOf } from './name-list.ts';
import { ownPromptNames } from './own-prompt.ts';
import { asksForName, asksForQuotes, asksForWords, holdsWord } from './prompt-words.ts';
import { mayGoOn, namesBeside, namesOfWriter, saysWho, tellingReader } from './self-reference.ts';
import { lastBefore, sentencesOf } from './sentences-of.ts';
import { withDialogue } from './spoken-parts.ts';
import { maskWork, type Work } from './steps.ts';
import { creditedAuthors } from './writer-credits.ts';

type MaskKind = 'self-name' | 'vendor' | 'cutoff';
type MaskCounts = Partial<Record<MaskKind, number>>;

/** `diff` is there for every agent, also where it changed nothing. */
export interface RawAnswer extends Partial<Work> {
  text: string;
  toolCalls?: CallView[];
}

export interface Masked {
  view: AnswerView;
  counts: MaskCounts;
}

export interface MaskInput {
  /** Text of the whole prompt: a name that it holds as a whole word is never masked. */
  promptText: string;
  /** The last turn of the user; the whole prompt where it is not given. */
  request?: string;
  /** Those of the run; the public ones alone where there is none. */
  names?: NameList;
}

const marks: Record<MaskKind, string> = { 'self-name': '[assistant]', vendor: '[vendor]', cutoff: '[date]' };

/** Makes the mask of one prompt: the same function for both answers. An answer with nothing to read is `unusable`. */
export function createMask({
  promptText,
  request = promptText,
  names = nameList({}),
}: MaskInput): (answer: RawAnswer | undefined) => Masked {
  const prompt = foldText(promptText).text;
  const book: NameBook = {
    ...bookFor(names, (name) => holdsWord(prompt, name)),
    asksForWords: asksForWords(prompt),
    asksForQuotes: asksForQuotes(prompt),
    asksForName: () => asksForName(foldText(request).text),
    asked: askedBy(request, names),
  };
  const tools = { book, prompt };
  return (answer) => {
    if (!answer) return { view: { kind: 'unusable' }, counts: {} };
    const counts: MaskCounts = {};
    const work = workOf(answer, names, prompt, counts);
    const text = maskText(work ? work.text : answer.text, tools, counts);
    const toolCalls = answer.toolCalls?.map((call) => ({
      ...call,
      arguments: maskJson(call.arguments, tools, counts) ?? call.arguments,
    }));
    const steps = work?.steps ?? [];
    if (isBlankText(text) && !toolCalls?.length && !work?.diff.trim())
      return { view: { kind: 'unusable', ...(steps.length > 0 && { steps }) }, counts };
    return {
      view: {
        kind: 'text',
        text,
        ...(toolCalls?.length ? { toolCalls } : {}),
        ...(work && { diff: work.diff, steps }),
      },
      counts,
    };
  };
}

/** What an agent did, masked as a whole; undefined for any other answer. */
function workOf({ text, diff, steps, folders }: RawAnswer, names: NameList, prompt: string, counts: MaskCounts) {
  if (diff === undefined) return undefined;
  const mask = maskWork({ diff, steps: steps ?? [], folders: folders ?? [] }, names, (name) => holdsWord(prompt, name));
  const masked = { text: mask.text(text), diff: mask.diff(), steps: mask.steps() };
  if (mask.count() > 0) counts['self-name'] = mask.count();
  return masked;
}

/** How many masks a reader would notice. */
export const noticeableMasks = (counts: MaskCounts): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

interface Tools {
  book: NameBook;
  prompt: string;
}

function maskText(source: string, tools: Tools, counts: MaskCounts): string {
  const json = maskJson(source, tools, counts);
  if (json !== undefined) return json;
  const folded = foldText(source);
  if (!mayHoldNames(folded, tools.book) && !(hasFence(source) && source.includes('\\')))
    return maskNameless(source, folded, tools, counts);
  const alone = namesAlone(source, tools.book);
  if (alone.length > 0) return replaced(source, alone, [], counts);
  const kept = withDialogue(keptRanges(source, tools.book.asksForQuotes), source, tools.book);
  const fenced = kept.flatMap((range) => maskFence(source, range, tools, counts));
  const placed = [
    ...namesByPlace(source, tools.book),
    ...namesAsValues(source, tools.book),
    ...creditedAuthors(source, tools.book),
  ].filter((name) => !isKept(name, kept, source));
  const prompted = ownPromptNames(source, kept, tools.book);
  const own = [...placed, ...prompted, ...proseNames(source, folded, kept, tools)];
  return replaced(source, own, fenced, counts, datesInProse(folded, kept, tools));
}

/** A text without a name that a list knows: introductions of other names, and dates of its writer's knowledge. */
function maskNameless(source: string, folded: FoldedText, tools: Tools, counts: MaskCounts): string {
  const introduced = introducedNames(folded, () => false, tools.book.held);
  const dates = datesInKnowledge(folded.text, tools.prompt);
  if (introduced.length === 0 && dates.length === 0 && !hasFence(source)) return source;
  const kept = withDialogue(keptRanges(source, tools.book.asksForQuotes), source, tools.book);
  const names = introduced
    .map(({ start, end }) => stretchOf(folded, { start, end, kind: 'model' }))
    .filter((stretch) => !isKept(stretch, kept, source));
  const fenced = kept.flatMap((range) => maskFence(source, range, tools, counts));
  return replaced(source, names, fenced, counts, datesInProse(folded, kept, tools));
}

/** Names in prose: every own full name, and all names of the sentences that are about their writer. */
function proseNames(source: string, folded: FoldedText, kept: readonly Range[], { book }: Tools): Stretch[] {
  const words = wordsOf(folded.text);
  const inProse = (name: FoundName): boolean => !isKept(stretchOf(folded, name), kept, source);
  const names = findNames(words, folded.text, folded.cased, book).filter(inProse);
  const sentences = names.length === 0 ? [] : sentencesOf(folded.text, words, names);
  const read = tellingReader();
  const telling = sentences.map((sentence, at) => {
    if (sentence.names.length === 0) return [];
    const told = read(sentence);
    const isReply =
      told.length === 0 && saysWho(sentences[at - 1]?.text ?? '', sentence, sentences[at + 1]?.text ?? '');
    return isReply ? sentence.names.filter(({ ambiguous, held }) => !ambiguous && !held) : told;
  });
  const found = [...names.filter(({ own, held }) => own && !held), ...namesOfAnswerer(sentences, folded, book)];
  const isWriters = namesOfWriter(telling.flat());
  for (const [at, sentence] of sentences.entries()) {
    const beside = (telling[at - 1]?.length ?? 0) + (telling[at + 1]?.length ?? 0) > 0;
    const goesOn = beside && mayGoOn(sentence.text.trimStart());
    const also = sentence.names.filter(
      (name) => !name.ambiguous && !name.held && (goesOn || isWriters(name, sentence, beside)),
    );
    const own = new Set([...(telling[at] ?? []), ...also, ...(beside ? namesBeside(sentence, folded.cased) : [])]);
    // In their order: thousands of names are sorted at once then.
    found.push(...sentence.names.filter((name) => own.has(name)));
  }
  found.push(...aliasesOf(found, names, folded.text));
  const told = (place: number): boolean => (telling[lastBefore(sentences, place + 1)]?.length ?? 0) > 0;
  const introduced = introducedNames(folded, told, book.held)
    .filter(({ start, end }) => (names[lastBefore(names, end)]?.end ?? 0) <= start)
    .map(({ start, end }) => stretchOf(folded, { start, end, kind: 'model' }))
    .filter((stretch) => !isKept(stretch, kept, source));
  return [...introduced, ...found.map((name) => stretchOf(folded, name))];
}

const stretchOf = ({ at }: FoldedText, { start, end, kind }: Pick<FoundName, 'start' | 'end' | 'kind'>): Stretch => ({
  from: at[start] as number,
  to: (at[end - 1] as number) + 1,
  kind,
});

/** Inside code, or a quotation of somebody else. Where the name is all that is in it, it is no code. */
function isKept({ from, to }: Stretch, kept: readonly Range[], source: string): boolean {
  const around = rangeAround(from, to, kept);
  if (!around) return false;
  if (around.kind === 'fence' || around.to - around.from > 400) return true;
  const rest = source.slice(around.from, from) + source.slice(to, around.to);
  return /[\p{L}\p{N}]/u.test(rest);
}

function datesInProse(folded: FoldedText, kept: readonly Range[], { prompt }: Tools): { from: number; to: number }[] {
  return datesInKnowledge(folded.text, prompt)
    .map(({ start, end }) => ({ from: folded.at[start] as number, to: (folded.at[end - 1] as number) + 1 }))
    .filter(({ from, to }) => !rangeAround(from, to, kept));
}

interface Replacement extends Range {
  text: string;
}

/** What git and coding agents write below a commit message. */
const trailer = /^[ \t]*(?:co-authored-by:|\W{0,4}generated (?:with|by) )/im;

/** A fenced answer in JSON is text as well, and so are the fields of an answer that is one fence. */
function maskFence(source: string, { from, to, kind }: Range, tools: Tools, counts: MaskCounts): Replacement[] {
  if (kind !== 'fence') return [];
  const inCode = (code: string): string =>
    mayHoldNames(foldText(code), tools.book)
      ? replaced(code, [...creditedAuthors(code, tools.book), ...namesOfCard(code, tools.book)], [], counts)
      : code;
  const { open, inner, close } = partsOfFence(source.slice(from, to));
  if (inner === '') return [];
  const isWhole = source.slice(0, from).trim() === '' && source.slice(to).trim() === '';
  const isNamedText = /^\s*(?:```|~~~)(?:text|txt|md|markdown)\s*$/i.test(open);
  const mayBeCommit = /^\s*(?:```|~~~)(?:text|txt|gitcommit|commit)?\s*$/i.test(open);
  const isText = (isWhole && (isNamedText || hasAnswerField(inner))) || (mayBeCommit && trailer.test(inner));
  const masked = maskJson(inner, tools, counts) ?? (isText ? maskText(inner, tools, counts) : inCode(inner));
  return masked === inner ? [] : [{ from, to, kind, text: open + masked + close }];
}

const longestJson = 500_000;

/** The strings of a JSON text, each as a text of its own; undefined for what is no JSON object or list. */
function maskJson(source: string, tools: Tools, counts: MaskCounts): string | undefined {
  if (!/^\s*[[{]/.test(source) || source.length > longestJson || !isJson(source)) return undefined;
  let out = '';
  let at = 0;
  const fields = new Map<readonly string[], Fields>();
  const strings = stringsOf(source);
  const card = cardOfObjects(source, strings, tools.book);
  if (card) fields.set(card, { ...fieldsOf(card), tells: true });
  const several = keysOfSeveral(source, strings, tools.book);
  for (const { from, to, key, beside } of strings) {
    const known = fields.get(beside) ?? fieldsOf(beside);
    fields.set(beside, known);
    const value = JSON.parse(source.slice(from, to)) as string;
    const masked = maskValue(
      value,
      (names) => !several.has(key) && namesWriter(key, known, names, tools.book),
      tools,
      counts,
    );
    if (masked === value) continue;
    out += source.slice(at, from) + JSON.stringify(masked);
    at = to;
  }
  return out + source.slice(at);
}

/** A value that is a name alone goes where its key says that it is the writer's. */
function maskValue(
  value: string,
  isWriter: (names: readonly Stretch[]) => boolean,
  tools: Tools,
  counts: MaskCounts,
): string {
  const whole = wholeValue(value, { from: 0, to: value.length }, tools.book);
  if (whole.length === 0) return maskText(value, tools, counts);
  return isWriter(whole) ? replaced(value, whole, [], counts) : value;
}

function replaced(
  source: string,
  names: readonly Stretch[],
  fenced: readonly Replacement[],
  counts: MaskCounts,
  dates: readonly { from: number; to: number }[] = [],
): string {
  const kindOf = (kind: Stretch['kind']): MaskKind => (kind === 'vendor' ? 'vendor' : 'self-name');
  const all = [
    ...names.map(({ from, to, kind }) => ({ from, to, what: kindOf(kind), text: marks[kindOf(kind)] })),
    ...dates.map((date) => ({ ...date, what: 'cutoff' as const, text: marks.cutoff })),
    ...fenced.map((fence) => ({ ...fence, what: undefined })),
  ].sort((a, b) => a.from - b.from || b.to - a.to);
  let out = '';
  let at = 0;
  for (const { from, to, what, text } of all) {
    if (from < at) continue;
    if (what) counts[what] = (counts[what] ?? 0) + 1;
    out += source.slice(at, from) + text;
    at = to;
  }
  return out + source.slice(at);
}
