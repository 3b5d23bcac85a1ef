/** Terminal columns: how wide a string is, wrapping and padding by it. */

const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const wide =
  /^[\u1100-\u115f\u231a\u231b\u23e9-\u23f3\u2600-\u2604\u2614\u2615\u2648-\u2653\u26a1\u26bd\u26be\u2705\u2728\u274c\u2753-\u2755\u2757\u2795-\u2797\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f004}-\u{1f9ff}\u{1fa70}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

/** Columns that a terminal gives to one code point. */
const pointWidth = (point: string): number => {
  if (point < '\u0300') return 1;
  if (zeroWidth.test(point)) return 0;
  return wide.test(point) ? 2 : 1;
};

export function textWidth(text: string): number {
  let width = 0;
  for (const point of text) width += pointWidth(point);
  return width;
}

/** Exactly `width` columns: padded, or cut with an ellipsis. */
export function toWidth(text: string, width: number): string {
  let kept = '';
  let used = 0;
  const whole = textWidth(text) <= width;
  for (const point of text) {
    if (used + pointWidth(point) > (whole ? width : width - 1)) break;
    kept += point;
    used += pointWidth(point);
  }
  const shown = whole ? kept : `${kept}…`;
  return shown + ' '.repeat(Math.max(0, width - textWidth(shown)));
}

/** Lines of at most `width` columns; lines after the first start with `indent`. Long words are cut. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const room = Math.max(8, width);
  const lines: string[] = [];
  let line = /^ */.exec(text)?.[0] ?? '';
  let empty = true;
  const flush = (): void => {
    lines.push(line);
    line = indent.length < room - 8 ? indent : '';
    empty = true;
  };
  // Runs of spaces inside a line are kept: they align columns.
  for (const [, gap = '', word = ''] of text.trimStart().matchAll(/( *)([^ ]+)/g)) {
    if (!empty && textWidth(line) + gap.length + textWidth(word) > room) flush();
    if (!empty) line += gap;
    for (const point of word) {
      if (textWidth(line) + pointWidth(point) > room) flush();
      line += point;
      empty = false;
    }
  }
  if (!empty || lines.length === 0) lines.push(line);
  return lines.map((one) => one.trimEnd());
}
