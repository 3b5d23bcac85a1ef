/** What each vote key says: on every bar, on the first page, in the help, and for who has the screen read aloud. */
export const voteMeanings = [
  ['f', 'LEFT better'],
  ['j', 'RIGHT better'],
  ['d', 'LEFT better, RIGHT unusable'],
  ['k', 'RIGHT better, LEFT unusable'],
  ['space', 'both fine'],
  ['b', 'both unusable'],
] as const satisfies readonly (readonly [key: string, does: string])[];

/** What the word means on every key that has it. */
export const unusableMeaning =
  '"Unusable" means: you would not use this answer, so someone would have to ask again. Your vote does not start a new call.';
