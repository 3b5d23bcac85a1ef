/** Code fences of Markdown, one line after another: what is in one, and behind one that never ends, is code. */

export type FenceLine = 'outside' | 'open' | 'inside' | 'close';

export interface PlaceOfLine {
  is: FenceLine;
  /** What stands behind the opening marks: a language, a file name, or words that were not meant for one. */
  info: string;
  /** The fence is one of a quotation (`> ```), or begins behind a list sign. */
  isNested: boolean;
}

const quoteMarks = /^\s{0,3}(?:>[ \t]?){1,20}/;
const listSign = /^\s{0,40}(?:[-*+•]|\d{1,9}[.)])[ \t]{1,4}(?=```|~~~)/;

/** Tells of each line in turn where it stands. */
export function createFences(): (line: string) => PlaceOfLine {
  let fence = '';
  let isQuoted = false;
  return (line) => {
    const quote = fence === '' || isQuoted ? (quoteMarks.exec(line)?.[0] ?? '') : '';
    // A fence ends with the quotation that holds it.
    if (isQuoted && quote === '') fence = '';
    const quoted = line.slice(quote.length);
    const sign = fence === '' ? (listSign.exec(quoted)?.[0] ?? '') : '';
    const content = quoted.slice(sign.length);
    const isNested = quote !== '' || sign !== '';
    const marks = /^\s*(`{3,}|~{3,})/.exec(content)?.[1] ?? '';
    const info = marks === '' ? '' : content.trimStart().slice(marks.length).trim();
    if (fence !== '') {
      const closes = info === '' && marks.startsWith(fence);
      if (closes) fence = '';
      return { is: closes ? 'close' : 'inside', info: '', isNested };
    }
    isQuoted = quote !== '';
    // Backticks further on are code within a line.
    if (marks === '' || info.includes('`')) return { is: 'outside', info: '', isNested };
    fence = marks;
    return { is: 'open', info, isNested };
  };
}
