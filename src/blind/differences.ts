/** Where two answers part ways, word by word: a jump, not a diff. Cheap enough for two 100 KB texts at a key press. */
import type { Difference } from './session/state.ts';

interface Word {
  text: string;
  at: number;
}

/** How far a resynchronisation is looked for, in words. */
const reach = 60;
/** Words in a row that must agree again. */
const agreeing = 3;

/** The first difference behind `after` (or the first of all) of two texts as shown; undefined when there is none. */
export function nextDifference(left: string, right: string, after?: Difference): Difference | undefined {
  const from = after ? meetAgain(left, right, after) : { left: 0, right: 0 };
  return from && firstDifference(left, right, from);
}

function firstDifference(left: string, right: string, from: Difference): Difference | undefined {
  const a = wordsFrom(left, from.left);
  const b = wordsFrom(right, from.right);
  for (;;) {
    const x = a.next().value;
    const y = b.next().value;
    if (!x && !y) return undefined;
    if (x?.text !== y?.text) return { left: x?.at ?? left.length, right: y?.at ?? right.length };
  }
}

/** Where the two go on alike behind a difference; undefined when they do not within reach. */
function meetAgain(left: string, right: string, after: Difference): Difference | undefined {
  const a = someWords(left, after.left);
  const b = someWords(right, after.right);
  const [i, j] = resynchronise(a, 0, b, 0) ?? [];
  if (i === undefined || j === undefined) return undefined;
  return { left: a[i]?.at ?? left.length, right: b[j]?.at ?? right.length };
}

function someWords(text: string, from: number): Word[] {
  const list: Word[] = [];
  for (const word of wordsFrom(text, from)) {
    list.push(word);
    if (list.length > reach + agreeing) break;
  }
  return list;
}

function* wordsFrom(text: string, from: number): Generator<Word, undefined> {
  const pattern = /\S+/g;
  pattern.lastIndex = from;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) yield { text: match[0], at: match.index };
  return undefined;
}

/** Nearest place where both go on alike. */
function resynchronise(a: readonly Word[], i: number, b: readonly Word[], j: number): [number, number] | undefined {
  for (let total = 1; total <= 2 * reach; total += 1) {
    for (let di = Math.max(0, total - reach); di <= Math.min(reach, total); di += 1) {
      if (agree(a, i + di, b, j + total - di)) return [i + di, j + total - di];
    }
  }
  return undefined;
}

function agree(a: readonly Word[], i: number, b: readonly Word[], j: number): boolean {
  for (let k = 0; k < agreeing; k += 1) {
    const one = a[i + k];
    if (one === undefined || one.text !== b[j + k]?.text) return false;
  }
  return true;
}
