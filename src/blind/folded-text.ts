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
const notPlain = /[^\n!-%'()+-;=-^a-~ ]/;

const codesOf = (letters: string): ReadonlySet<number> => new Set([...letters].map((letter) => letter.charCodeAt(0)));
const invisible = codesOf('*`\u00ad\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\u180e');
/** Letters of Persian and Hindi; inside a Latin word they are nothing. */
const joiners = codesOf('\u200c\u200d');
const isInLatin = (source: string, index: number): boolean =>
  /[a-z]/i.test(source[index - 1] ?? '') && /[a-z]/i.test(source[index + 1] ?? '');
const hyphens = codesOf('\u2010\u2011\u2012\u2212');
const apostrophes = codesOf('\u2018\u2019\u02bc\u00b4');
const blanks = codesOf(
  '\t\v\f\r\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a',
);
/** Letters beyond ASCII that folding neither drops nor replaces. No more is asked of most characters. */
const isLetter = (code: number): boolean =>
  (code >= 0xc0 && code < 0x1680 && code !== 0x2bc) || (code > 0x3000 && code < 0xd800);

/** `from` and `to` bound what is folded. Linear in the length. */
export function foldText(source: string, from = 0, to = source.length): FoldedText {
  const whole = from === 0 && to === source.length ? source : source.slice(from, to);
  if (!notPlain.test(whole)) return { text: whole.toLowerCase(), cased: whole, at: numbered(from, to) };
  const codes = new Uint16Array(to - from);
  const at = new Int32Array(to - from);
  let size = 0;
  const put = (code: number, index: number): void => {
    codes[size] = code;
    at[size] = index;
    size += 1;
  };
  for (let index = from; index < to; index += 1) {
    const code = source.charCodeAt(index);
    if (code < 128 ? plainAscii[code] : isLetter(code)) put(code, index);
    else if (invisible.has(code) || (joiners.has(code) && isInLatin(source, index))) continue;
    else if (code === underscore && !(isWordAt(source, index - 1) && isWordAt(source, index + 1))) continue;
    else if (code === ampersand || code === less) index = markup(source, index, to, put);
    else if (hyphens.has(code)) put(hyphen, index);
    else if (apostrophes.has(code)) put(apostrophe, index);
    else if (blanks.has(code)) put(blank, index);
    else put(code, index);
  }
  const cased = textOf(codes.subarray(0, size));
  return { text: inSmallLetters(cased), at: at.subarray(0, size), cased };
}

const [underscore, ampersand, less, hyphen, apostrophe, blank, lineBreak] = [..."_&<-' \n"].map((letter) =>
  letter.charCodeAt(0),
) as [number, number, number, number, number, number, number];

/** Characters per call: a function takes only so many arguments. */
const chunk = 8192;

function textOf(codes: Uint16Array): string {
  let text = '';
  for (let from = 0; from < codes.length; from += chunk)
    text += String.fromCharCode(...codes.subarray(from, from + chunk));
  return text;
}

/** The result has the length of the text. So İ stays as it is, and Σ is σ also at the end of a word. */
function inSmallLetters(text: string): string {
  const small = text.toLowerCase();
  if (small.length === text.length && !text.includes('Σ')) return small;
  return text.replace(/\P{Ll}/gu, (letter) => {
    const one = letter.toLowerCase();
    return one.length === letter.length ? one : letter;
  });
}

const numbered = (from: number, to: number): Int32Array => {
  const at = new Int32Array(to - from);
  for (let index = 0; index < at.length; index += 1) at[index] = from + index;
  return at;
};

/** An entity is its character, a tag of emphasis is nothing, a tag of layout a line break. Index of the last character read. */
function markup(source: string, index: number, to: number, put: (code: number, index: number) => void): number {
  const letter = source[index] as string;
  const entity = letter === '&' ? entityAt(source.slice(index, Math.min(to, index + 10))) : undefined;
  if (entity) put(entity.letter.charCodeAt(0), index);
  if (entity) return index + entity.size - 1;
  const layout = letter === '<' ? layoutTag.exec(source.slice(index, Math.min(to, index + 10)))?.[0] : undefined;
  if (layout !== undefined) put(lineBreak, index);
  if (layout !== undefined) return index + layout.length - 1;
  const end = letter === '<' ? tagEnd(source, index, to) : -1;
  if (end > 0) return end;
  put(source.charCodeAt(index), index);
  return index;
}

const layoutTag = /^<(?:br ?\/?|\/?(?:p|div|li|ul|ol|h[1-6]|td|tr|th))>/i;
const named: Readonly<Record<string, string>> = {
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  apos: "'",
  rsquo: "'",
  lsquo: "'",
  quot: '"',
  ndash: '–',
  mdash: '—',
};

/** Blanks, quotation marks and dashes that are written as entities. */
function entityAt(text: string): { letter: string; size: number } | undefined {
  const match = /^&(?:([a-z]{2,6})|#(\d{2,4})|#x([\da-f]{2,4}));/i.exec(text);
  if (!match) return undefined;
  const [whole, name, decimal, hex] = match;
  const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : 0;
  const letter = name ? named[name.toLowerCase()] : folded(String.fromCharCode(code));
  return letter === undefined ? undefined : { letter, size: whole.length };
}

function folded(letter: string): string | undefined {
  const code = letter.charCodeAt(0);
  if (blanks.has(code)) return ' ';
  if (apostrophes.has(code)) return "'";
  return /^[\p{P} ]$/u.test(letter) ? letter : undefined;
}

const isWordAt = (source: string, index: number): boolean => /[\p{L}\p{N}]/u.test(source[index] ?? '');

/** Emphasis as HTML has it: `<b>`, `</strong>`, `<span class=…>`. Index of its end, or -1. */
function tagEnd(source: string, index: number, to: number): number {
  const head = /^<\/?(?:b|i|u|em|strong|span|mark|code|a|small|font|sub|sup|del|ins|big|center)\b/i.exec(
    source.slice(index, index + 12),
  );
  if (!head) return -1;
  const end = source.slice(index, Math.min(to, index + 200)).indexOf('>');
  return end === -1 ? -1 : index + end;
}
