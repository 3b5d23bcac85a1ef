/** Where two answers part ways, word by word: a jump, not a diff. Cheap enough for two 100 KB texts at a key press. */
import type { View } from '../records.ts';
import { plainText } from './plain.ts';
import type { Difference } from './session-state.ts';

interface Word {
  text: string;
  at: number;
}

/** How far a resynchronisation is looked for, in words. */
const reach = 60;
/** Words in a row that must agree again. */
const agreeing = 3;

/** The first difference behind `after` (or the first of all); undefined when there is none. Offsets are in the shown text. */
export function nextDifference(left: string, right: string, view: View, after?: Difference): Difference | undefined {
  const shown = view === 'plain' ? plainText : (text: string) => text;
  const a = words(shown(left));
  const b = words(shown(right));
  let i = after ? indexAt(a, after.left) : 0;
  let j = after ? indexAt(b, after.right) : 0;
  if (after) {
    const met = resynchronise(a, i, b, j);
    if (!met) return undefined;
    [i, j] = met;
  }
  while (i < a.length && j < b.length && a[i]?.text === b[j]?.text) {
    i += 1;
    j += 1;
  }
  if (i >= a.length && j >= b.length) return undefined;
  return { left: a[i]?.at ?? shown(left).length, right: b[j]?.at ?? shown(right).length };
}

const words = (text: string): Word[] =>
  [...text.matchAll(/\S+/g)].map((match) => ({ text: match[0], at: match.index }));

function indexAt(list: readonly Word[], offset: number): number {
  const found = list.findIndex(({ at }) => at >= offset);
  return found === -1 ? list.length : found;
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
