/**
 * A text as it is displayed, for searching: without invisible characters and emphasis, in small letters, with plain
 * blanks and hyphens. Each folded character knows where it came from, so that only the names change in the output.
 */
export interface FoldedText {
  text: string;
  /** Index of each folded character in the source. */
  at: Int32Array;
  /** The same characters before letter case was folded. */
  cased: string;
}

/** ASCII that is neither emphasis nor a tag, an entity or a blank other than the plain one. */
const plainAscii: readonly boolean[] = Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code);
  return letter === ' ' || letter === '\n' || (code > 32 && !'*`_<&'.includes(letter));
});

const invisible = /[\u00ad\u200b\u200e\u200f\u2060-\u2064\ufeff\u180e]/;
const hyphens = /[\u2010-\u2012\u2212]/;
const apostrophes = /[\u2018\u2019\u02bc\u00b4]/;

/** `from` and `to` bound what is folded. Linear in the length. */
export function foldText(source: string, from = 0, to = source.length): FoldedText {
  const text: string[] = [];
  const cased: string[] = [];
  const at = new Int32Array(to - from);
  let size = 0;
  const put = (letter: string, index: number): void => {
    const small = letter.toLowerCase();
    text.push(small.length === 1 ? small : letter);
    cased.push(letter);
    at[size] = index;
    size += 1;
  };
  for (let index = from; index < to; index += 1) {
    const letter = source[index] as string;
    const code = source.charCodeAt(index);
    // Nearly every character: letters, digits and plain signs of ASCII.
    if (code < 128 && plainAscii[code]) {
      put(letter, index);
      continue;
    }
    if (invisible.test(letter) || letter === '*' || letter === '`') continue;
    if (letter === '_' && !(isWordAt(source, index - 1) && isWordAt(source, index + 1))) continue;
    if (letter === '&') {
      const blank = /^&(?:nbsp|ensp|emsp|thinsp|#160|#xa0);/i.exec(source.slice(index, index + 8));
      if (blank) {
        put(' ', index);
        index += blank[0].length - 1;
        continue;
      }
    }
    if (letter === '<') {
      const end = tagEnd(source, index, to);
      if (end > 0) {
        index = end;
        continue;
      }
    }
    if (hyphens.test(letter)) put('-', index);
    else if (apostrophes.test(letter)) put("'", index);
    else if (letter !== '\n' && /\s/.test(letter)) put(' ', index);
    else put(letter, index);
  }
  return { text: text.join(''), at: at.subarray(0, size), cased: cased.join('') };
}

const isWordAt = (source: string, index: number): boolean => /[\p{L}\p{N}]/u.test(source[index] ?? '');

/** Emphasis as HTML has it: `<b>`, `</strong>`, `<span class=…>`. Index of its end, or -1. */
function tagEnd(source: string, index: number, to: number): number {
  const head = /^<\/?(?:b|i|u|em|strong|span|mark|code|a|small|font)\b/i.exec(source.slice(index, index + 12));
  if (!head) return -1;
  const end = source.indexOf('>', index);
  return end === -1 || end >= to || end - index > 200 ? -1 : end;
}
