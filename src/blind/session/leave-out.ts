/** Which prompts a rater leaves out, by language or because a terminal shows no image: before the first vote, never after. */
import type { Message } from '../../records/prompt-record.ts';
import { lastRequest } from '../../text/message-text.ts';
import { listed, plural } from '../../text/numbers.ts';
import { oneLine } from '../../text/shell.ts';

/** What tells whether a rater can judge a prompt. */
export interface PromptKind {
  /** The first words of its last request, on one line; absent where nothing shows them. */
  opening?: string;
  /** English name; undefined where nothing tells it. */
  language?: string | undefined;
  image: boolean;
}

/** The prompts that can come to a rater, and what of them is left out now. */
export interface PromptsToCome {
  prompts: readonly PromptKind[];
  leftOut: readonly string[];
  /** What else a rater knows before the first ballot, in sentences: records of the log, tasks that were guessed. */
  notes?: readonly string[];
}

/** Of a prompt, in a list. `shared`: characters with which others begin as well. */
export const openingOf = (messages: readonly Message[], shared = 0): string =>
  oneLine(lastRequest(messages).slice(shared), 24);

/** In a choice beside the names of languages. */
export const imagesName = 'images';

export const isLeftOut = ({ language, image }: PromptKind, leftOut: readonly string[]): boolean =>
  (language !== undefined && leftOut.includes(language)) || (image && leftOut.includes(imagesName));

/** A language or `images`, and how many prompts it stands for. */
export interface LeaveOutRow {
  name: string;
  prompts: number;
}

/** Languages, most frequent first. */
export function languagesOf(prompts: readonly PromptKind[]): LeaveOutRow[] {
  const counts = new Map<string, number>();
  for (const { language } of prompts) if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, prompts: count }))
    .sort((x, y) => y.prompts - x.prompts || (x.name < y.name ? -1 : 1));
}

const imagesIn = (prompts: readonly PromptKind[]): number => prompts.filter(({ image }) => image).length;

/** What can be left out: languages where there are several, and images. */
export function leaveOutRows({ prompts }: PromptsToCome): LeaveOutRow[] {
  const languages = languagesOf(prompts);
  const images = imagesIn(prompts);
  return [
    ...(languages.length > 1 ? languages : []),
    ...(images > 0 && images < prompts.length ? [{ name: imagesName, prompts: images }] : []),
  ];
}

/** "Prompt languages: English 22, Spanish 1. Language not recognised: 1 prompt. Left out: German 1."; empty where nothing is known. */
export function languageWords({ prompts, leftOut }: PromptsToCome): string {
  const read = prompts.filter((kind) => !isLeftOut(kind, leftOut));
  const languages = languagesOf(read);
  if (languages.length === 0) return '';
  const unknown = read.filter(({ language }) => language === undefined).length;
  const others = unknown > 0 ? ` Language not recognised: ${plural(unknown, 'prompt')}.` : '';
  const named = (row: LeaveOutRow): string =>
    `${row.name} ${row.prompts}${languages.length > 1 ? alone(row, prompts) : ''}`;
  const words = (rows: readonly LeaveOutRow[]): string => rows.map(named).join(', ');
  const out = leaveOutRows({ prompts, leftOut }).filter(({ name }) => leftOut.includes(name));
  return `Prompt languages: ${words(languages)}.${others}${out.length > 0 ? ` Left out: ${words(out)}.` : ''}`;
}

/** ` ("Wie kündige ich…")`: which prompt it is, where a language has one only. */
function alone({ name, prompts: count }: LeaveOutRow, prompts: readonly PromptKind[]): string {
  const opening = prompts.find(({ language }) => language === name)?.opening ?? '';
  return count === 1 && opening !== '' ? ` ("${opening}")` : '';
}

/** Where images cannot be drawn; empty without one to read. */
export function imageWords({ prompts, leftOut }: PromptsToCome): string {
  const images = imagesIn(prompts.filter((kind) => !isLeftOut(kind, leftOut)));
  if (images === 0) return '';
  return `${plural(images, 'prompt has an image', 'prompts have images')}, which only the voting page shows.`;
}

/** What a rater hears about the prompts before the first ballot, in sentences. */
export const toComeWords = (toCome: PromptsToCome | undefined): string[] =>
  toCome ? [...(toCome.notes ?? []), languageWords(toCome), imageWords(toCome)].filter((words) => words !== '') : [];

/** What becomes of the prompts. */
export const leftOutMeaning =
  'Leave out what you cannot judge. Those prompts go to another rater or back to the unused ones. They are no skips.';

export const keepSome = 'Keep some prompts to read.';

/** "German, 1 prompt". */
export const rowWords = ({ name, prompts }: LeaveOutRow): string =>
  name === imagesName
    ? plural(prompts, 'prompt with an image', 'prompts with images')
    : `${name}, ${plural(prompts, 'prompt')}`;

/** "German and images". */
export const leftOutWords = (names: readonly string[]): string => listed(names);

/** The choice as saved, and as changed since. */
export interface Choosing {
  toCome?: PromptsToCome | undefined;
  leaveOut?: readonly string[] | undefined;
}

/** Without "q". */
const rowKeys = [...'123456789abcdefghijklmnoprstuvwxyz'];

/** The rows that have a key, with it and whether each is left out now. */
export const choiceRows = (choosing: Choosing): { key: string; row: LeaveOutRow; out: boolean }[] =>
  (choosing.toCome ? leaveOutRows(choosing.toCome) : []).flatMap((row, at) => {
    const key = rowKeys[at];
    return key === undefined ? [] : [{ key, row, out: leaving(choosing).includes(row.name) }];
  });

/** What is chosen now: as saved until a key changes it. */
export const leaving = ({ toCome, leaveOut }: Choosing): readonly string[] => leaveOut ?? toCome?.leftOut ?? [];

/** Something is left to read without these. */
export const leavesSome = ({ prompts }: PromptsToCome, names: readonly string[]): boolean =>
  prompts.some((kind) => !isLeftOut(kind, names));

export const isSameChoice = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name) => b.includes(name));
