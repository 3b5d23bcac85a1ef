/** What each vote key says, in whole sentences: for the help, and for who has the screen read aloud. */
export const voteMeanings: readonly (readonly [key: string, does: string])[] = [
  ['d', 'LEFT is better, and RIGHT would have to be redone'],
  ['f', 'LEFT is better; RIGHT is usable'],
  ['space', 'both fine, no difference that matters'],
  ['j', 'RIGHT is better; LEFT is usable'],
  ['k', 'RIGHT is better, and LEFT would have to be redone'],
  ['b', 'both bad: both would have to be redone'],
];
