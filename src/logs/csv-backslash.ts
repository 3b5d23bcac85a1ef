/**
 * Backslash escapes for csv-parse. Its `escape: '\\'` drops the backslash before any character (`"C:\new"` → `C:new`)
 * and knows none without quotes (`a\,b`): text is prepared so that only `\"`, `\\` and, without quotes, `\,` and `\`
 * before a line end count, and every other backslash stays.
 */

/** Characters at the end that belong to an escape which may go on: backslashes, and half of a surrogate pair. */
export function escapeTail(text: string): number {
  let at = text.length;
  const code = text.charCodeAt(at - 1);
  if (code >= 0xd800 && code < 0xdc00) return 1;
  while (text.charCodeAt(at - 1) === 92) at -= 1;
  return text.length - at;
}

/** Every backslash twice, but the one that escapes a quote. */
export function shieldSlashes(text: string, quote: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\+/g, (run, at: number) => {
    const escapes = run.length % 2 === 1 && text[at + run.length] === quote;
    return run + (escapes ? run.slice(1) : run);
  });
}

/** The way back. */
export const restoreSlashes = (text: string): string =>
  text.includes('\\') ? text.replace(/\\+/g, (run) => run.slice(Math.floor(run.length / 2))) : text;

/** A cell as csv-parse hands it over, from shielded text: it took one half of the backslashes from quoted cells only. */
export const slashedCell = (cell: string, quoted: boolean): string =>
  quoted ? cell.replaceAll('\\\\', '\\') : restoreSlashes(cell);

/** Unquoted cells with escapes → quoted cells without. `used`: up to the last whole cell. */
export function quotedCells(text: string, delimiter: string, last: boolean): { csv: string; used: number } {
  let csv = '';
  let cell = '';
  let used = 0;
  let from = 0;
  const special = /\\(?:\r\n|[\s\S])|[\s\S]/g;
  for (let at = nextSpecial(text, 0, delimiter); at < text.length; at = nextSpecial(text, from, delimiter)) {
    special.lastIndex = at;
    const found = special.exec(text)?.[0] ?? '';
    const after = at + found.length;
    if (found[0] === '\\') {
      if (!last && after >= text.length) break;
      const what = found.slice(1);
      const escapes = what === delimiter || what === '\\' || /^[\r\n]/.test(what);
      cell += text.slice(from, at) + (escapes ? what : found);
    } else {
      csv += quoted(cell + text.slice(from, at)) + found;
      cell = '';
      used = after;
    }
    from = after;
  }
  return last ? { csv: csv + quoted(cell + text.slice(from)), used: text.length } : { csv, used };
}

const quoted = (cell: string): string => (cell === '' ? '' : `"${cell.replaceAll('"', '""')}"`);

function nextSpecial(text: string, from: number, delimiter: string): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92 || code === 10 || code === 13 || text[at] === delimiter) return at;
  }
  return text.length;
}
