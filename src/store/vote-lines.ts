/** What a line of a votes file must look like: files come back from other machines, and a chain only shows order. */
import type { ChainedLine, VotesHeader } from '../records.ts';

type Fields = Record<string, unknown>;
type Rule = (value: unknown) => boolean;

const isText: Rule = (value) => typeof value === 'string';
const oneOf =
  (...words: string[]): Rule =>
  (value) =>
    typeof value === 'string' && words.includes(value);
const optional =
  (rule: Rule): Rule =>
  (value) =>
    value === undefined || rule(value);
const isSide = oneOf('left', 'right');
const isNumber: Rule = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const header = {
  schema: isNumber,
  run: isText,
  rater: isText,
  keyCommitment: isText,
} satisfies Record<string, Rule>;

const vote = {
  ballot: (value) => typeof value === 'string' && value.startsWith('b_'),
  choice: oneOf('left', 'right', 'tie', 'both-bad', 'skip'),
  retry: (value) => Array.isArray(value) && value.every(isSide) && new Set(value).size === value.length,
  view: oneOf('plain', 'raw'),
  ms: isNumber,
  recognised: optional((value) => isFields(value) && isSide(value.closed) && isText(value.cause)),
  reason: optional(isText),
  note: optional(isText),
} satisfies Record<string, Rule>;

const kinds: Record<string, Record<string, Rule>> = {
  ballot: vote,
  undo: { undo: isNumber },
  guess: { guess: oneOf('left', 'right', 'unknown'), of: isNumber },
  finish: { finish: (value) => value === true },
};

const firstWrong = (fields: Fields, rules: Record<string, Rule>): string | undefined =>
  Object.entries(rules).find(([name, rule]) => !rule(fields[name]))?.[0];

export const isHeader = (value: unknown): value is VotesHeader =>
  isFields(value) && value.kind === 'votes' && firstWrong(value, header) === undefined;

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
    const wrong = firstWrong(value, { ...rules, at: isText, prev: isText });
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
