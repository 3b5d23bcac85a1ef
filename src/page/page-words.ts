/** What the buttons say. Keys are the session's; the rules are in blind/session.ts. */

export interface KeyWords {
  key: string;
  /** The key as its cap shows it. */
  cap: string;
  does: string;
  /** The second half of what a vote says. */
  also?: string;
}

export const voteWords: readonly KeyWords[] = [
  { key: 'd', cap: 'd', does: 'LEFT better', also: 'redo RIGHT' },
  { key: 'f', cap: 'f', does: 'LEFT better', also: 'RIGHT usable' },
  { key: 'space', cap: 'space', does: 'both fine', also: 'no real difference' },
  { key: 'b', cap: 'b', does: 'both bad', also: 'redo both' },
  { key: 'j', cap: 'j', does: 'RIGHT better', also: 'LEFT usable' },
  { key: 'k', cap: 'k', does: 'RIGHT better', also: 'redo LEFT' },
];

export const guessWords: readonly KeyWords[] = [
  { key: 'f', cap: 'f', does: 'LEFT is the closed one' },
  { key: 'space', cap: 'space', does: "don't know" },
  { key: 'j', cap: 'j', does: 'RIGHT is the closed one' },
];

/** Beside the votes; those with a long line in `help` stand in the help too. */
export const commandWords: readonly (KeyWords & { help: string })[] = [
  { key: 'u', cap: 'u', does: 'undo last vote', help: 'take back the vote before, until you vote again' },
  { key: 'n', cap: 'n', does: 'note', help: 'a note, kept with your vote' },
  { key: 's', cap: 's', does: 'skip', help: 'skip this ballot, with a reason' },
  { key: 'x', cap: 'x', does: 'differences', help: 'where the two part, and the next place; Esc ends it' },
  { key: 'm', cap: 'm', does: 'raw view', help: 'exactly as written, or even typography' },
  { key: 'i', cap: 'i', does: 'I know which', help: 'I recognise which is which' },
  { key: 'z', cap: 'z', does: 'pause', help: 'stop the clock, hide the answers' },
  { key: 'p', cap: 'p', does: 'whole prompt', help: 'the whole prompt, with system text and tools' },
  { key: 'q', cap: 'q', does: 'save votes', help: 'save your votes to a file, and go on now or later' },
];

export const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;
