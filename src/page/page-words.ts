/** The order of the buttons, and the few words that a page says in its own way. Keys and words are the session's. */
import { type CommandName, commands, guesses, type KeyWords, votes } from '../blind/session/keys.ts';

/** From LEFT's to RIGHT's. */
export const voteWords: readonly KeyWords[] = [
  votes.leftAlone,
  votes.left,
  votes.bothFine,
  votes.bothUnusable,
  votes.right,
  votes.rightAlone,
];

export const guessWords: readonly KeyWords[] = [guesses.left, guesses.unknown, guesses.right];

const inOrder = [
  'undo',
  'note',
  'skip',
  'difference',
  'steps',
  'format',
  'recognise',
  'pause',
  'prompt',
  'quit',
] as const satisfies CommandName[];

/** Beside the votes. A page has no command to continue with: leaving it means keeping the votes as a file. */
export const commandWords: readonly (KeyWords & { name: CommandName; help: string })[] = inOrder.map((name) => ({
  name,
  ...commands[name],
  ...(name === 'quit' && { help: 'save your votes to a file, and continue now or later' }),
}));

export const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;
