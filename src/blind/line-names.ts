/** The names of one line, or of another part of the source. */
import { type FoundName, findNames } from './find-names.ts';
import { foldText } from './folded-text.ts';
import { type NameBook, wordsOf } from './name-list.ts';
import type { Line } from './source-lines.ts';

/** A stretch of the source. */
export interface Stretch {
  from: number;
  to: number;
  kind: FoundName['kind'];
}

export interface LineNames {
  names: FoundName[];
  text: string;
  /** Before its letters were made small. */
  cased: string;
  stretch(name: FoundName): Stretch;
}

export const longestLine = 400;

export function namesIn(source: string, { from, to }: Pick<Line, 'from' | 'to'>, book: NameBook): LineNames {
  const folded = foldText(source, from, Math.min(to, from + longestLine));
  const words = wordsOf(folded.text);
  const stretch = ({ start, end, kind }: FoundName): Stretch => ({
    from: folded.at[start] as number,
    to: (folded.at[end - 1] as number) + 1,
    kind,
  });
  const names = findNames(words, folded.text, folded.cased, book).filter(({ held }) => !held);
  return { names, text: folded.text, cased: folded.cased, stretch };
}

export function blanked(text: string, names: readonly FoundName[]): string {
  let out = '';
  let at = 0;
  for (const { start, end } of names) {
    out += `${text.slice(at, start)} `;
    at = end;
  }
  return out + text.slice(at);
}
