/**
 * A pattern behind a look for the words without which it cannot fit, as search engines over regular expressions have it
 * (Cox 2012, "Regular Expression Matching with a Trigram Index"). Compiling a pattern takes longer than a hundred such
 * looks, and hardly any text holds all the words.
 */

export interface Tester {
  test(text: string): boolean;
}

/** For texts in small letters. The pattern is compiled when a text first holds what it asks for. */
export function prefiltered(pattern: RegExp | string, flags = ''): Tester {
  const source = typeof pattern === 'string' ? pattern : pattern.source;
  const used = typeof pattern === 'string' ? flags : pattern.flags;
  let compiled: RegExp | undefined;
  let required: RequiredWords | undefined;
  return {
    test: (text) => {
      required ??= /[igy]/.test(used) ? [] : requiredIn(source);
      if (!mayFit(required, text)) return false;
      compiled ??= new RegExp(source, used);
      return compiled.test(text);
    },
  };
}

/** Of each list, every text that fits holds at least one. */
export type RequiredWords = readonly (readonly string[])[];

export const mayFit = (required: RequiredWords, text: string): boolean =>
  required.every((words) => words.some((word) => text.includes(word)));

/** A longer list is no quicker to search than the pattern itself. */
const longestList = 60;

/** Lists for a pattern without the flag `i`; an empty one where nothing is sure. */
export function requiredIn(source: string): RequiredWords {
  const lists = alternatives({ source, at: 0 });
  return [...lists].sort((a, b) => a.length - b.length);
}

interface Reader {
  source: string;
  at: number;
}

type Lists = readonly (readonly string[])[];

/** Of several ways one fits: its shortest promise, joined with those of the others. */
function alternatives(reader: Reader): Lists {
  const all: Lists[] = [sequence(reader)];
  while (reader.source[reader.at] === '|') {
    reader.at += 1;
    all.push(sequence(reader));
  }
  const [only] = all;
  if (all.length === 1 && only) return only;
  const best = all.map((lists) => sharpest(lists));
  const joined = best.flatMap((list) => list ?? []);
  return best.includes(undefined) || joined.length > longestList ? [] : [[...new Set(joined)]];
}

/** The list whose shortest word is longest, and of these the shortest list. */
function sharpest(lists: Lists): readonly string[] | undefined {
  let best: { list: readonly string[]; shortest: number } | undefined;
  for (const list of lists) {
    const shortest = list.reduce((least, { length }) => Math.min(least, length), Number.POSITIVE_INFINITY);
    const isBetter =
      !best || shortest > best.shortest || (shortest === best.shortest && list.length < best.list.length);
    if (isBetter) best = { list, shortest };
  }
  return best?.list;
}

/** What stands one behind the other: every part that must be there makes its promise. */
function sequence(reader: Reader): Lists {
  const { source } = reader;
  const found: (readonly string[])[] = [];
  let word = '';
  const end = (): void => {
    if (word.length > 1 || word > '\u02ff') found.push([word]);
    word = '';
  };
  while (reader.at < source.length && source[reader.at] !== '|' && source[reader.at] !== ')') {
    const part = partOf(reader);
    const { least, exact } = quantifierOf(reader);
    if (part.kind === 'border') continue;
    if (part.kind === 'letter' && least > 0) word += part.letter;
    if (part.kind !== 'letter' || !exact) end();
    if (part.kind === 'group' && least > 0) found.push(...part.lists);
  }
  end();
  return found;
}

type Part =
  | { kind: 'letter'; letter: string }
  | { kind: 'group'; lists: Lists }
  /** Takes no letter: the word goes on behind it. */
  | { kind: 'border' }
  | { kind: 'any' };

function partOf(reader: Reader): Part {
  const { source, at } = reader;
  const sign = source[at] as string;
  if (sign === '(') return groupOf(reader);
  if (sign === '[') return classOf(reader);
  if (sign === '\\') return escapeOf(reader);
  reader.at += 1;
  if (sign === '^' || sign === '$') return { kind: 'border' };
  return sign === '.' ? { kind: 'any' } : { kind: 'letter', letter: sign };
}

/** What a look ahead or back asks for is no part of the match, and may be a "not". */
function groupOf(reader: Reader): Part {
  const [head] = /^\((?:\?(?:<?[=!]|:|<\w+>))?/.exec(reader.source.slice(reader.at, reader.at + 40)) as RegExpExecArray;
  reader.at += head.length;
  const lists = alternatives(reader);
  reader.at += 1;
  return /^\(\?<?[=!]/.test(head) ? { kind: 'border' } : { kind: 'group', lists };
}

function classOf(reader: Reader): Part {
  const { source } = reader;
  let at = reader.at + 1;
  while (source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
  reader.at = at + 1;
  return { kind: 'any' };
}

function escapeOf(reader: Reader): Part {
  const { source, at } = reader;
  const sign = source[at + 1] as string;
  const long = /^\\(?:[pPu]\{[^}]*\}|u[\da-f]{4}|x[\da-f]{2}|k<\w+>|c[a-z]|\d+)/i.exec(source.slice(at, at + 40))?.[0];
  reader.at = at + (long?.length ?? 2);
  if (sign === 'b' || sign === 'B') return { kind: 'border' };
  return long !== undefined || /[a-z]/i.test(sign) ? { kind: 'any' } : { kind: 'letter', letter: sign };
}

interface Quantifier {
  least: number;
  exact: boolean;
}

const once: Quantifier = { least: 1, exact: true };

function quantifierOf(reader: Reader): Quantifier {
  // Most letters have none, and a slice for each of them would take longer than all the rest.
  if (!'*+?{'.includes(reader.source[reader.at] ?? '.')) return once;
  const match = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(reader.source.slice(reader.at, reader.at + 16));
  if (!match) return once;
  reader.at += match[0].length;
  const least = match[1] === undefined ? Number(match[0].startsWith('+')) : Number(match[1]);
  return { least, exact: false };
}
