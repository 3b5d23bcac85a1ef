/** Names in scripts whose words no blank divides, or that take endings: found wherever they stand. */
import type { NameBook, NativeName } from './name-list.ts';

const letterOf: Readonly<Record<string, RegExp>> = {
  cyrillic: /\p{Script=Cyrillic}/u,
  arabic: /\p{Script=Arabic}/u,
  devanagari: /\p{Script=Devanagari}/u,
  katakana: /[\p{Script=Katakana}ー]/u,
  hangul: /\p{Script=Hangul}/u,
};

const scripts = new Map<string, RegExp | undefined>();

/** Of a few letters, again and again. */
function scriptOf(letter: string): RegExp | undefined {
  if (!scripts.has(letter))
    scripts.set(
      letter,
      Object.values(letterOf).find((pattern) => pattern.test(letter)),
    );
  return scripts.get(letter);
}

/** Whether one may stand in a text, as a word or in a longer one. */
export const holdsNative = (folded: string, book: NameBook): boolean => !nativeHits(folded, book).next().done;

/** Where each is a word of its own, with the letters of its case; first to last, the longer first. */
export function* nativePlaces(folded: string, book: NameBook): Generator<NativeName & { start: number; end: number }> {
  for (const { name, kind, start } of nativeHits(folded, book)) {
    if (!isWhole(folded, start, name)) continue;
    yield { name, kind, start, end: start + name.length + endingAt(folded, start + name.length) };
  }
}

/** Every place at which a native name stands, in order, the longer first. */
function* nativeHits(folded: string, { native }: NameBook): Generator<NativeName & { start: number }> {
  if (!notLatin.test(folded)) return;
  for (let start = 0; start < folded.length; start += 1) {
    if (folded.charCodeAt(start) <= lastLatin) continue;
    for (const { name, kind } of native.get(folded[start] as string) ?? [])
      if (folded.startsWith(name, start)) yield { name, kind, start };
  }
}
/** The first letter of each native name is behind the Latin ones. */
const lastLatin = 0x2ff;
const notLatin = /[^\x00-\u02ff]/;

/** No part of a longer word: "메타" is not in "메타데이터", nor "ラマ" in "ドラマ". */
function isWhole(folded: string, start: number, name: string): boolean {
  const script = scriptOf(name[0] ?? '');
  return !script || isWord(folded, start, start + name.length, script);
}

function isWord(folded: string, start: number, end: number, script: RegExp): boolean {
  const [before, after] = [folded[start - 1] ?? ' ', folded.slice(end, end + 4)];
  const joins = script === letterOf.arabic && /[وبلفك]/.test(before) && !script.test(folded[start - 2] ?? ' ');
  if (script.test(before) && !joins) return false;
  if (script === letterOf.hangul) return true;
  const further = [...after].findIndex((letter) => !script.test(letter));
  const tail = further === -1 ? after.length : further;
  return tail <= (script === letterOf.cyrillic ? 2 : 0);
}

/** Letters of a case ending behind a Cyrillic name: they go with it. */
const endingAt = (folded: string, end: number): number =>
  letterOf.cyrillic?.test(folded[end - 1] ?? '')
    ? (/^\p{Script=Cyrillic}{0,2}/u.exec(folded.slice(end, end + 2))?.[0].length ?? 0)
    : 0;
