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
  { key: 'd', cap: 'd', does: 'LEFT better', also: 'RIGHT unusable' },
  { key: 'f', cap: 'f', does: 'LEFT better', also: 'RIGHT usable' },
  { key: 'space', cap: 'space', does: 'both fine', also: 'no difference that matters' },
  { key: 'b', cap: 'b', does: 'both unusable' },
  { key: 'j', cap: 'j', does: 'RIGHT better', also: 'LEFT usable' },
  { key: 'k', cap: 'k', does: 'RIGHT better', also: 'LEFT unusable' },
];

export const guessWords: readonly KeyWords[] = [
  { key: 'f', cap: 'f', does: 'LEFT is the closed model' },
  { key: 'space', cap: 'space', does: "don't know" },
  { key: 'j', cap: 'j', does: 'RIGHT is the closed model' },
];

/** Beside the votes; those with a long line in `help` stand in the help too. */
export const commandWords: readonly (KeyWords & { help: string })[] = [
  { key: 'u', cap: 'u', does: 'undo', help: 'undo the last vote, until you vote again' },
  { key: 'n', cap: 'n', does: 'note', help: 'a note that is kept with your vote' },
  { key: 's', cap: 's', does: 'skip', help: 'skip a ballot that you cannot judge, with a reason' },
  { key: 'x', cap: 'x', does: 'next difference', help: 'show the next difference; Esc takes the mark away' },
  { key: 'm', cap: 'm', does: 'unformatted', help: 'unformatted text, or formatted text' },
  { key: 'i', cap: 'i', does: 'I recognise them', help: 'say that you recognise which is which' },
  { key: 'z', cap: 'z', does: 'pause', help: 'pause: stop the clock and hide the answers' },
  { key: 'p', cap: 'p', does: 'whole prompt', help: 'the whole prompt, with its rules and tools' },
  { key: 'q', cap: 'q', does: 'save votes', help: 'save your votes to a file, and continue now or later' },
];

export const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;
