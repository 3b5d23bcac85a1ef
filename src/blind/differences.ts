/**
 * Where two answers part ways: JSON value by value, prose word by word. Cheap enough for two 100 KB texts at a key press,
 * because only so many places are looked for, each within reach of the one before.
 */
import { jsonLeaves, type Leaf } from './json-leaves.ts';
import type { Difference } from './session/state.ts';

/** Code units [from, to). */
export type Range = readonly [from: number, to: number];

export interface Differences {
  /** In reading order. */
  places: readonly Difference[];
  /** What the other answer does not have. */
  left: readonly Range[];
  right: readonly Range[];
  /** The two are so alike that marks help from the start. */
  alike: boolean;
  /** The search ended early: more may differ. */
  more: boolean;
}

/** Share of words that must agree before marks are shown by themselves. */
const alikeFrom = 0.7;
const mostPlaces = 200;
/** How far a resynchronisation is looked for, in words. */
const reach = 60;
/** Words in a row that must agree again. */
const agreeing = 3;
/** Longer texts are not compared before somebody asks. */
export const comparedBelow = 20_000;

/** Of two texts as shown. */
export function findDifferences(left: string, right: string): Differences {
  const [a, b] = [jsonLeaves(left), jsonLeaves(right)];
  return a && b ? jsonDifferences(a, b) : wordDifferences(left, right);
}

function jsonDifferences(a: ReadonlyMap<string, Leaf>, b: ReadonlyMap<string, Leaf>): Differences {
  const found = { places: [] as Difference[], left: [] as Range[], right: [] as Range[] };
  const marked = (leaf: Leaf, other: Leaf | undefined): Range => [other ? leaf.valueFrom : leaf.from, leaf.to];
  let before: Difference = { left: 0, right: 0 };
  for (const [path, leaf] of a) {
    const other = b.get(path);
    before = { left: leaf.from, right: other?.from ?? before.right };
    if (other?.value === leaf.value) continue;
    found.places.push(before);
    found.left.push(marked(leaf, other));
    if (other) found.right.push(marked(other, leaf));
  }
  for (const [path, leaf] of b) {
    if (a.has(path)) continue;
    found.places.push({ left: before.left, right: leaf.from });
    found.right.push(marked(leaf, undefined));
  }
  found.right.sort(([one], [two]) => one - two);
  return { ...found, alike: true, more: false };
}

interface Word {
  text: string;
  from: number;
}

function wordDifferences(left: string, right: string): Differences {
  const [a, b] = [wordsOf(left), wordsOf(right)];
  const found = { places: [] as Difference[], left: [] as Range[], right: [] as Range[] };
  let [i, j, agreed] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && a[i]?.text === b[j]?.text) {
      [i, j, agreed] = [i + 1, j + 1, agreed + 1];
      continue;
    }
    if (found.places.length === mostPlaces) return { ...found, alike: false, more: true };
    const [skipA, skipB] = resynchronise(a, i, b, j) ?? [a.length - i, b.length - j];
    found.places.push({ left: a[i]?.from ?? left.length, right: b[j]?.from ?? right.length });
    found.left.push(...rangesOf(a.slice(i, i + skipA)));
    found.right.push(...rangesOf(b.slice(j, j + skipB)));
    [i, j] = [i + skipA, j + skipB];
  }
  return { ...found, alike: agreed >= alikeFrom * Math.max(a.length, b.length), more: false };
}

const rangesOf = (words: readonly Word[]): Range[] => words.map(({ text, from }) => [from, from + text.length]);

const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/\S+/g)].map((word) => ({ text: word[0], from: word.index }));

/** Words to skip on either side to where both go on alike; undefined when they do not within reach. */
function resynchronise(a: readonly Word[], i: number, b: readonly Word[], j: number): [number, number] | undefined {
  for (let total = 1; total <= 2 * reach; total += 1) {
    for (let di = Math.max(0, total - reach); di <= Math.min(reach, total); di += 1) {
      if (agree(a, i + di, b, j + total - di)) return [di, total - di];
    }
  }
  return undefined;
}

/** The last words of both agree with fewer words in a row. */
function agree(a: readonly Word[], i: number, b: readonly Word[], j: number): boolean {
  if (i >= a.length || j >= b.length) return false;
  for (let k = 0; k < agreeing; k += 1) {
    const [one, two] = [a[i + k], b[j + k]];
    if (one === undefined && two === undefined) return true;
    if (one?.text !== two?.text) return false;
  }
  return true;
}
