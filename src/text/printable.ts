/**
 * Model text is untrusted. What comes out holds only characters that a terminal or page prints: nothing is
 * interpreted, nothing vanishes silently, so an answer full of escape sequences is seen for what it is.
 */

// C0 without tab and newline, DEL and C1; bidi embeddings, overrides, isolates and marks; interlinear and tag characters.
const unprintable =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufff0-\ufffb\ufffe\uffff]|[\u{e0000}-\u{e0fff}]|[\ud800-\udfff]/gu;
const needsWork = new RegExp(unprintable.source, 'u');
// Zero-width space, word joiner, BOM, soft hyphen: invisible by design, and no terminal agrees about their width.
const invisible = /[\u00ad\u200b\u2060-\u2064\ufeff]/gu;

/** Text of any number of lines, safe to print: `\n` is the only control character left, tabs become two spaces. */
export function printable(text: string): string {
  const lines = text.replace(/\r\n?|[\u2028\u2029\u0085\u000b\u000c]/g, '\n').replaceAll('\t', '  ');
  const visible = lines.replace(invisible, '');
  return needsWork.test(visible) ? visible.replace(unprintable, picture) : visible;
}

/** The same on one line: newlines become spaces. */
export const printableLine = (text: string): string => printable(text).replaceAll('\n', ' ');

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
