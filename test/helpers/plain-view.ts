import { layOut } from '../../src/blind/screen/panes.ts';
import { answerBlocks } from '../../src/blind/shown-text.ts';
import { ballotCases } from './ballot-cases.ts';

/** What a rater sees in the plain view of a wide terminal. */
export const plainView = (text: string): string =>
  layOut(answerBlocks({ kind: 'text', text }, 'plain'), 300)
    .lines(0, 500)
    .map((line) => line.map((part) => part.text).join(''))
    .join('\n');

export interface PlainCase {
  id: string;
  text: string;
  keep: string[];
  why: string;
}

/** Variation selectors are left aside. */
export const bare = (text: string): string => text.replaceAll('\ufe0f', '');

export const plainMisses = (): string[] =>
  ballotCases<PlainCase>('plain').flatMap(({ id, text, keep }) => {
    const view = bare(plainView(text));
    return keep.every((kept) => view.includes(bare(kept))) ? [] : [`${id}: ${view}`];
  });
