/**
 * Text of strangers is untrusted. What comes out holds only characters that a terminal or a page prints: nothing is
 * interpreted and nothing vanishes, so an answer full of escape sequences or hidden marks is seen for what it is.
 */

/** Control characters but tab and newline; marks of direction, of annotation and of layout; tags; lone surrogates. */
const unprintable =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff]|[\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e00ff}\u{e01f0}-\u{e0fff}]|[\ud800-\udfff]/u;
/** Flags of England, Scotland and Wales are spelled in tags behind a black flag. */
const flagOrUnprintable = new RegExp(
  String.raw`\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}|${unprintable.source}`,
  'gu',
);

/** Text of any number of lines, safe to print: `\n` is the only control character left, tabs become two spaces. */
export function printable(text: string): string {
  const lines = text.replace(/\r\n?|[\u2028\u2029\u0085\u000b\u000c]/g, '\n').replaceAll('\t', '  ');
  return unprintable.test(lines) ? lines.replace(flagOrUnprintable, picture) : lines;
}

/** The same on one line: newlines become spaces. */
export const printableLine = (text: string): string => printable(text).replaceAll('\n', ' ');

function picture(found: string): string {
  const code = found.codePointAt(0) ?? 0;
  if (code === 0x1f3f4) return found;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
