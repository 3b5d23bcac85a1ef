/**
 * Notices a text that repeats itself while it comes in: the same 64 tokens four times in a row. A looping answer would
 * go on to its cap, and a small model at temperature 0 never leaves the loop.
 */

/** Pieces of a stream are mostly one token each. */
const tokens = 64;
const times = 4;
/** Characters of so many tokens, where a server sends more than one token in a piece; and the fewest that tell. */
const mostCharacters = tokens * times * 4;
const fewestCharacters = tokens * (times + 1);
/** New characters before the end is looked at again. */
const step = 64;

export interface LoopWatch {
  /** The whole text so far, after each piece. True when its end is a loop. */
  loops(text: string): boolean;
}

export function loopWatch(): LoopWatch {
  /** Where the text ended after each of the last pieces. */
  const ends: number[] = [0];
  let looked = 0;
  return {
    loops(text) {
      if (text.length === ends.at(-1)) return false;
      ends.push(text.length);
      if (ends.length > tokens * times + 1) ends.shift();
      if (text.length - looked < step) return false;
      looked = text.length;
      return endsInLoop(text, ends);
    },
  };
}

function endsInLoop(text: string, ends: readonly number[]): boolean {
  const isFull = ends.length > tokens * times;
  const ofPieces = isFull ? text.length - (ends[0] ?? 0) : mostCharacters;
  const size = Math.min(mostCharacters, Math.max(fewestCharacters, ofPieces));
  if (text.length < size) return false;
  const end = text.slice(-size);
  const period = shortestPeriod(end);
  // Rules and tables of signs repeat, and are no loop.
  return period * times <= size && /\p{L}/u.test(end.slice(-period));
}

/** The shortest p for which every character is the one p before it: by the failure function of Knuth, Morris, Pratt. */
function shortestPeriod(text: string): number {
  const border = new Int32Array(text.length);
  for (let i = 1, matched = 0; i < text.length; i += 1) {
    while (matched > 0 && text[i] !== text[matched]) matched = border[matched - 1] ?? 0;
    if (text[i] === text[matched]) matched += 1;
    border[i] = matched;
  }
  return text.length - (border[text.length - 1] ?? 0);
}
