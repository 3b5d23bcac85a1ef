/** The keys of a session: what each does, and in which words. Bars, help, the page and the plain session are made of it. */
import type { Choice, Side } from '../../records/vote-lines.ts';

/** What a table of keys says of one; names that every object has ("constructor") are no keys. */
export const forKey = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

export interface KeyWords {
  key: string;
  does: string;
  /** The second half of what a vote says. */
  also?: string;
}

export interface VoteKey extends KeyWords {
  choice: Choice;
  /** Sides that somebody would have to ask again. */
  retry: Side[];
  /** Where there is hardly any room. */
  narrow: string;
}

/** One key says which is better and which would have to be redone (blinding.md §6). */
export const votes = {
  left: { key: 'f', choice: 'left', retry: [], does: 'LEFT better', also: 'RIGHT usable', narrow: 'LEFT' },
  right: { key: 'j', choice: 'right', retry: [], does: 'RIGHT better', also: 'LEFT usable', narrow: 'RIGHT' },
  leftAlone: {
    key: 'd',
    choice: 'left',
    retry: ['right'],
    does: 'LEFT better',
    also: 'RIGHT unusable',
    narrow: 'LEFT, R unusable',
  },
  rightAlone: {
    key: 'k',
    choice: 'right',
    retry: ['left'],
    does: 'RIGHT better',
    also: 'LEFT unusable',
    narrow: 'RIGHT, L unusable',
  },
  bothFine: {
    key: 'space',
    choice: 'tie',
    retry: [],
    does: 'both fine',
    also: 'no difference that matters',
    narrow: 'fine',
  },
  bothUnusable: {
    key: 'b',
    choice: 'both-bad',
    retry: ['left', 'right'],
    does: 'both unusable',
    narrow: 'unusable',
  },
} as const satisfies Record<string, Omit<VoteKey, 'retry'> & { retry: readonly Side[] }>;

const byKey = <T extends { key: string }>(rows: readonly T[]): Readonly<Record<string, T>> =>
  Object.fromEntries(rows.map((row) => [row.key, row]));

const allVotes: readonly VoteKey[] = Object.values(votes).map((vote) => ({ ...vote, retry: [...vote.retry] }));
export const voteKeys = byKey(allVotes);

/** `LEFT better`, `LEFT better, RIGHT unusable`: of a usable answer nothing more is said. */
export const voteMeaning = ({
  does,
  also,
  retry,
}: Pick<VoteKey, 'does' | 'also'> & { retry: readonly Side[] }): string =>
  retry.length === 1 ? `${does}, ${also}` : does;

/** What each vote key says: on every bar, on the first page, in the help, and for who has the screen read aloud. */
export const voteMeanings: readonly (readonly [key: string, does: string])[] = allVotes.map((vote) => [
  vote.key,
  voteMeaning(vote),
]);

/** What the word means on every key that has it. */
export const unusableMeaning =
  '"Unusable" means: you would not use this answer, so someone would have to ask again. Your vote does not start a new call.';

/** Beside the votes. `help` is the line in the list of all keys. */
export const commands = {
  undo: { key: 'u', does: 'undo', help: 'undo the last vote, until you vote again' },
  skip: { key: 's', does: 'skip', help: 'skip a ballot that you cannot judge, with a reason' },
  difference: { key: 'x', does: 'next difference', help: 'show the next difference; Esc takes the marks away' },
  fullWidth: { key: 'v', does: 'full width', help: 'one answer at the full width, then both again' },
  steps: { key: 'w', does: 'steps', help: 'what each agent did, step by step; w goes back' },
  prompt: { key: 'p', does: 'prompt', help: 'the whole prompt, with its rules and tools' },
  format: { key: 'm', does: 'unformatted', help: 'unformatted text, or formatted text' },
  note: { key: 'n', does: 'note', help: 'a note that is kept with your vote' },
  recognise: { key: 'i', does: 'I recognise them', help: 'say that you recognise which is which' },
  pause: { key: 'z', does: 'pause', help: 'pause: stop the clock and hide the answers' },
  help: { key: '?', does: 'all keys', help: 'all keys' },
  quit: { key: 'q', does: 'stop', help: 'stop; "gapcheck score" continues from there' },
} as const satisfies Record<string, KeyWords & { help: string }>;

/** On the first page. */
export const startKeys = {
  leaveOut: { key: 'l', does: 'leave some out' },
} as const satisfies Record<string, KeyWords>;

export type CommandName = keyof typeof commands;

const commandNames = Object.fromEntries(Object.entries(commands).map(([name, { key }]) => [key, name as CommandName]));
export const commandOf = (key: string): CommandName | undefined => forKey(commandNames, key);

/** Which answer came from the closed model: asked after the votes, and of who says that they recognise it. */
export const guesses = {
  left: { key: 'f', does: 'LEFT is the closed model' },
  right: { key: 'j', does: 'RIGHT is the closed model' },
  unknown: { key: 'space', does: "don't know" },
} as const satisfies Record<Side | 'unknown', KeyWords>;

export const sideKeys: Readonly<Record<string, Side>> = {
  [guesses.left.key]: 'left',
  l: 'left',
  left: 'left',
  [guesses.right.key]: 'right',
  r: 'right',
  right: 'right',
};

export const guessKeys: Readonly<Record<string, Side | 'unknown'>> = { ...sideKeys, [guesses.unknown.key]: 'unknown' };
