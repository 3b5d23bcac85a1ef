/** The lines of a text, with their places in it. */
export interface Line {
  from: number;
  /** Without the line feed. */
  to: number;
  text: string;
}

export function linesOf(source: string): Line[] {
  const lines: Line[] = [];
  for (let from = 0; from <= source.length; ) {
    const end = source.indexOf('\n', from);
    const to = end === -1 ? source.length : end;
    lines.push({ from, to, text: source.slice(from, to) });
    from = to + 1;
  }
  return lines;
}
