/** Code fences of Markdown, one line after another: what is in one, and behind one that never ends, is code. */

export type FenceLine = 'outside' | 'open' | 'inside' | 'close';

/** Tells of each line in turn where it stands. The language is the first word behind the opening marks. */
export function createFences(): (line: string) => { is: FenceLine; language: string } {
  let fence = '';
  return (line) => {
    const marks = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    const rest = marks === '' ? '' : line.trimStart().slice(marks.length).trim();
    if (fence !== '') {
      const closes = rest === '' && marks.startsWith(fence);
      if (closes) fence = '';
      return { is: closes ? 'close' : 'inside', language: '' };
    }
    // Backticks further on are code within a line.
    if (marks === '' || rest.includes('`')) return { is: 'outside', language: '' };
    fence = marks;
    return { is: 'open', language: rest.split(/\s/, 1)[0] ?? '' };
  };
}
