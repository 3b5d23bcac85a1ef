/** The names that a mask knows: made once for a run, and what one prompt holds of them. */
import type { Asked } from './asked-writer.ts';
import {
  ambiguousNames,
  assistantNames,
  nameSuffixes,
  nativeModelPhrases,
  nativeModels,
  nativeVendorPhrases,
  nativeVendors,
  vendorNames,
} from './mask-names.ts';

export interface Word {
  text: string;
  /** Its place in the folded text. */
  start: number;
  end: number;
}

export type NameKind = 'model' | 'vendor';

export interface Entry {
  words: string[];
  kind: NameKind;
  ambiguous: boolean;
  own: boolean;
  /** A word of every day that is a family of this run's arms. */
  ofRun?: boolean;
  /** As a prompt would have it, in small letters. */
  spelled: string;
}

/** A name that is found wherever it stands, in small letters. */
export interface NativeName {
  name: string;
  kind: NameKind;
}

/** The public names, and those of a run's arms: made once for a run. */
export interface NameList {
  /** Models of the run's arms, as configured. */
  assistants: readonly string[];
  byFirst: ReadonlyMap<string, readonly Entry[]>;
  /** Names in other scripts by their first letter, the longer first. */
  native: ReadonlyMap<string, readonly NativeName[]>;
}

/** The names as one prompt has them. */
export interface NameBook extends NameList {
  /** The prompt itself has the name (in small letters) as a whole word. */
  held(name: string): boolean;
  /** The prompt is a question about words or people, not about models. */
  asksForWords?: boolean;
  /** The prompt asks for the words of somebody else. */
  asksForQuotes?: boolean;
  /** The last request asks for a name that need not be the writer's. */
  asksForName?(): boolean;
  /** What the last request asks of the writer: read where an answer holds a name. */
  asked?(): Asked;
}

/** Letters of one script with digits, or one other sign. A change of script ends a word, as an apostrophe does. */
const wordPattern =
  /[\p{Script=Latin}\p{M}\p{N}_]+|[\p{Script=Cyrillic}]+|[\p{Script=Arabic}]+|[\p{Script=Devanagari}\p{M}]+|[\p{Script=Hangul}]+|[\p{Script=Hiragana}\p{Script=Katakana}ー]+|\p{Script=Han}+|[^\s]/gu;

/** With their places: nothing but blanks stands between two words, so the next one is the first that reads like it. */
export function wordsOf(folded: string): Word[] {
  let end = 0;
  return (folded.match(wordPattern) ?? []).map((text) => {
    const start = folded.indexOf(text, end);
    end = start + text.length;
    return { text, start, end };
  });
}

export interface OwnNames {
  /** Models of the run's arms, as configured. */
  assistants?: readonly string[];
  vendors?: readonly string[];
  /** Programs that drive models, where the run's arms are such programs. */
  harnesses?: readonly string[];
}

/** Each name is looked up in a prompt only where an answer has it. */
export function bookFor(names: NameList, holds: (name: string) => boolean): NameBook {
  const known = new Map<string, boolean>();
  const held = (name: string): boolean => {
    const found = known.get(name) ?? holds(name);
    known.set(name, found);
    return found;
  };
  return { ...names, held };
}

export function nameList({ assistants = [], vendors = [], harnesses = [] }: OwnNames): NameList {
  const byFirst = new Map<string, Entry[]>();
  const add = (name: string, entry: Omit<Entry, 'words' | 'spelled'>): void => {
    const spelled = name.toLowerCase();
    const words = wordsOf(spelled).map(({ text }) => text);
    const [first] = words;
    if (first === undefined) return;
    byFirst.set(first, [...(byFirst.get(first) ?? []), { words, spelled, ...entry }]);
  };
  const families = new Set(assistants.map(familyOf));
  for (const name of assistantNames) add(name, { kind: 'model', ambiguous: false, own: false });
  for (const name of ambiguousNames)
    add(name, { kind: 'model', ambiguous: true, own: false, ofRun: families.has(name.toLowerCase()) });
  for (const name of vendorNames) add(name, { kind: 'vendor', ambiguous: false, own: false });
  for (const name of harnesses) add(name, { kind: 'model', ambiguous: false, own: true });
  for (const name of vendors) add(name, { kind: 'vendor', ambiguous: false, own: false });
  for (const full of assistants) {
    const last = full.split('/').at(-1) ?? full;
    add(full, { kind: 'model', ambiguous: false, own: true });
    if (last !== full && /[-\d]/.test(last)) add(last, { kind: 'model', ambiguous: false, own: true });
    const owner = full.includes('/') ? full.split('/').at(-2) : undefined;
    if (owner && /^[\p{L}][\p{L}\d-]{2,}$/u.test(owner)) add(owner, { kind: 'vendor', ambiguous: false, own: false });
    const family = familyOf(full);
    if (family !== undefined && family !== full.toLowerCase() && !ambiguousFamilies.has(family))
      add(family, { kind: 'model', ambiguous: false, own: false });
  }
  for (const entries of byFirst.values()) entries.sort((a, b) => b.words.length - a.words.length);
  return { assistants, byFirst, native: nativeByFirst() };
}

function nativeByFirst(): Map<string, NativeName[]> {
  const byFirst = new Map<string, NativeName[]>();
  const add = (kind: NameKind, names: readonly string[]): void => {
    for (const name of names.map((written) => written.toLowerCase())) {
      const [first] = name;
      if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), { name, kind }]);
    }
  };
  add('model', [...nativeModels, ...nativeModelPhrases]);
  add('vendor', [...nativeVendors, ...nativeVendorPhrases]);
  for (const names of byFirst.values()) names.sort((a, b) => b.name.length - a.name.length);
  return byFirst;
}

const ambiguousFamilies: ReadonlySet<string> = new Set(ambiguousNames.map((name) => name.toLowerCase()));

/** `acme/tinytalk-7b-instruct` is of the family `tinytalk`; undefined where no word of its own is left. */
function familyOf(full: string): string | undefined {
  const last = full.split('/').at(-1) ?? full;
  const parts = (last.split(':')[0] ?? last).toLowerCase().split(/[-_\s]/);
  while (parts.length > 1 && isSuffix(parts.at(-1) ?? '')) parts.pop();
  const family = (parts[0] ?? '').replace(/(?<![\d.])[\d.]+$/, '');
  return family.length > 2 || ambiguousFamilies.has(family) ? family : undefined;
}

const isVersion = (word: string): boolean => /^v?\d{1,4}(?:\.\d+)*[a-z]{0,2}$/.test(word);

/** Behind a hyphen more belongs to it: "-M2", "-q4_K_M", "-GGUF". */
export const isJoinedSuffix = (word: string): boolean =>
  isSuffix(word) ||
  /^[a-z]{0,4}\d\w{0,8}$|^(?:vl|hf|gguf|gptq|awq|mlx|text|math|audio|omni|sft|dpo|moe|dense)$/.test(word);

export const isSuffix = (word: string): boolean =>
  isVersion(word) || /^(?:[ae]|\d+x)?\d+(?:\.\d+)?[bm]$/.test(word) || nameSuffixes.has(word);
