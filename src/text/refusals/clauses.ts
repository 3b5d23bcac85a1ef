/** The opening of an answer in clauses, folded so that one pattern fits all ways to write the same words. */

export interface Clause {
  /** As the model wrote it, on one line. */
  words: string;
  /** Small letters, straight apostrophes, no emphasis, no contractions: "I’m" → "i am", "can't" → "cannot". */
  folded: string;
  /** Number of the sentence it belongs to, from 0. */
  sentence: number;
}

/** A refusal is short: what comes later than this is answer. */
export const readCharacters = 6_000;

const sentenceEnd = /[.!?…]+["'”’»)\]*_]*(?=\s|$)|[。！？।؟]+|\n+/g;
/** Where a sentence turns: behind it may stand what the answer does instead. Blanks before it are trimmed, not looked for. */
const turn =
  /(?:[;；—–]|:\s|,? (?:but|though|although|however|yet|(?<!\b(?:do|doing|done|did) )so|and|therefore)\b,?|, (?=since |as ))\s*/i;

/** Of the first `sentences`, or of all that is read. */
export function clausesOf(text: string, sentences = Number.POSITIVE_INFINITY): Clause[] {
  const read = sentencesOf(text.slice(0, readCharacters)).slice(0, sentences);
  return read.flatMap((whole, sentence) => {
    const parts = whole
      .split(turn)
      .map((part) => part.replace(/\s+/g, ' ').trim())
      .filter((part) => /[\p{L}\p{N}]/u.test(part));
    let subject = '';
    return parts.map((words, at): Clause => {
      const own = fold(words);
      const folded = at === 0 || isAside(parts[at - 1] ?? '') ? own : `${subject}${own}`;
      subject = /^(?:sorry,? |\w+ly,? )?i\b/.test(folded) ? 'i ' : '… ';
      return { words, folded: folded.replace(/^(?:i|…) (?=i\b)/, ''), sentence };
    });
  });
}

/** "Sorry", "No": what follows opens the sentence. */
const isAside = (words: string): boolean => /^\P{L}*(?:\p{L}+\P{L}*){1,2}$/u.test(words);

function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let from = 0;
  for (const { index, 0: end } of text.matchAll(sentenceEnd)) {
    sentences.push(text.slice(from, index + end.length));
    from = index + end.length;
  }
  return [...sentences, text.slice(from)].filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

const contractions: readonly [RegExp, string][] = [
  [/\b(?:can't|cant|can not)\b/g, 'cannot'],
  [/\b(?:won't|wont)\b/g, 'will not'],
  [/\b(do|does|did|is|would|should|could)nt\b/g, '$1 not'],
  [/\b(do|does|did|is|are|was|were|would|should|could|must|has|have|ai)n't\b/g, '$1 not'],
  [/(?<!\p{L})(?:i'm|im)(?!\p{L})/gu, 'i am'],
  [/\b(i|it|that|there|let|what|this|here|you|we|they)'(d|s|ll|ve|re)\b/g, '$1 $2'],
  [/\b(i|you|we|they|it|that) d\b/g, '$1 would'],
  [/\blet s\b/g, 'let us'],
  [/\b(it|that|there|what|this|here) s\b/g, '$1 is'],
  [/\b(i|it|that|you|we|they) ll\b/g, '$1 will'],
  [/\b(you|we|they) re\b/g, '$1 are'],
  [/\bi ve\b/g, 'i have'],
];

export function fold(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    // The Turkish İ in small letters.
    .replaceAll('i\u0307', 'i')
    .replace(/[‘’ʼ´`]/g, "'")
    .replace(/[*_~#>]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return contractions.reduce((folded, [from, to]) => folded.replace(from, to), plain);
}

/** Words, or half as many as there are letters where no blank divides words. */
export function wordCount(text: string): number {
  const unspaced = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  const spaced = text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu)?.length ?? 0;
  return unspaced > 0 ? Math.max(spaced, Math.ceil(unspaced / 2)) : spaced;
}
