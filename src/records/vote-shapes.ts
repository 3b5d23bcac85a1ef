/** What a line of a votes file must look like: files come back from other machines, and a chain only shows order. */
import { amount, isFields, maybe, object, one, orNull, type Shape, text, wrongField } from './shape.ts';
import type { ChainedLine, VotesHeader } from './vote-lines.ts';

const isSide = one('left', 'right');

const header = {
  schema: amount,
  run: text,
  rater: text,
  keyCommitment: text,
} satisfies Record<string, Shape>;

const vote = {
  ballot: (value) => typeof value === 'string' && value.startsWith('b_'),
  choice: one('left', 'right', 'tie', 'both-bad', 'skip'),
  retry: (value) => Array.isArray(value) && value.every(isSide) && new Set(value).size === value.length,
  view: one('plain', 'raw'),
  ms: orNull(amount),
  recognised: maybe(object({ closed: isSide, cause: text })),
  reason: maybe(text),
  note: maybe(text),
} satisfies Record<string, Shape>;

const kinds: Record<string, Record<string, Shape>> = {
  ballot: vote,
  undo: { undo: amount },
  guess: { guess: one('left', 'right', 'unknown'), of: amount },
  finish: { finish: (value) => value === true },
};

export const isHeader = (value: unknown): value is VotesHeader =>
  isFields(value) && value.kind === 'votes' && wrongField(value, header) === undefined;

/**
 * Follows the lines of one file. The function returned takes the next line and says what is wrong with it, or nothing
 * when it is a line that a session writes.
 */
export function lineChecker(): (value: unknown) => string | undefined {
  const votes = new Set<number>();
  const standing = new Set<number>();
  let count = 0;
  return (value) => {
    if (!isFields(value)) return 'it is not a line of votes';
    count += 1;
    if (value.n !== count) return `"n" is not ${count}`;
    const names = Object.keys(kinds).filter((kind) => kind in value);
    const [kind = ''] = names;
    const rules = kinds[kind];
    if (!rules || names.length > 1) return 'it is neither one vote, undo, guess nor finish';
    const wrong = wrongField(value, { ...rules, at: text, prev: text });
    if (wrong !== undefined) return `"${wrong}" is not what a session writes`;
    const line = value as unknown as ChainedLine;
    if ('ballot' in line) {
      votes.add(line.n);
      standing.add(line.n);
    }
    if ('undo' in line && !standing.delete(line.undo)) return `it takes back vote ${line.undo}, which is not there`;
    if ('guess' in line && !votes.has(line.of)) return `it is about vote ${line.of}, which is not there`;
    return undefined;
  };
}

/** A field that a line of votes cannot be without and has not; undefined for a whole line, and for what is none. */
export function lackingField(value: unknown): string | undefined {
  if (!isFields(value)) return undefined;
  const kind = 'choice' in value || 'view' in value || 'retry' in value ? 'ballot' : kindOf(value);
  const rules = kind && kinds[kind];
  if (!rules) return 'finish' in value ? undefined : 'ballot';
  return ['n', 'at', 'prev', ...Object.keys(rules)].find((name) => !(name in value) && !rules[name]?.(undefined));
}

const kindOf = (value: object): string | undefined => Object.keys(kinds).find((kind) => kind in value);

/** The same for the first line. */
export const lackingInHeader = (value: unknown): string | undefined =>
  isFields(value) && value.kind === 'votes' ? Object.keys(header).find((name) => !(name in value)) : undefined;
