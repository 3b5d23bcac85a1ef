/**
 * Text of strangers made harmless before any layout sees it: no control sequence, no direction override, no lone
 * surrogate. Each layout still escapes for its own format.
 */

const escapeSequences =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b]*(?:\u001b\\)?|[ -/]*[0-~])/g;
/** C0 but tab and newline, DEL, C1, zero-width and direction controls, byte-order mark, tag characters. */
const invisible =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;
const loneSurrogates = /\p{Surrogate}|[\ufffe\uffff]/gu;

/** Several lines of text without anything that a terminal or a page would act on. */
export function visibleText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(escapeSequences, '')
    .replace(invisible, '')
    .replace(loneSurrogates, '\ufffd');
}

/** A name or a sentence on one line; an empty one says so, or it would vanish from a table. */
export function oneLine(text: string, limit = 200): string {
  const line = visibleText(text).replace(/\s+/g, ' ').trim();
  return line === '' ? '(empty)' : shortened(line, limit);
}

/** At most `limit` characters (code points), the last one an ellipsis when something was cut. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = Array.from(text.slice(0, limit * 2));
  return points.length <= limit && text.length <= limit * 2 ? text : `${points.slice(0, limit - 1).join('')}…`;
}

const plainWord = /^[\w@%+=:,./-]+$/;

/** One shell word: as it is where nothing in it is special, else in single quotes. */
export function shellWord(word: string): string {
  const visible = oneLine(word, 500);
  return plainWord.test(visible) && !visible.startsWith('-') ? visible : `'${visible.replaceAll("'", `'\\''`)}'`;
}

/** A whole command as it was typed, to be typed again: options stay bare, their values are quoted where they must be. */
export const typedCommand = (words: readonly string[]): string =>
  words
    .map((word) => {
      const [, dashes = '', rest = word] = /^(-{1,2})([^-\s][\s\S]*)$/.exec(word) ?? [];
      return dashes + shellWord(rest);
    })
    .join(' ');
