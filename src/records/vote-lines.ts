/** A line of votes/<rater>.jsonl, and how the next one is chained to it. */
import * as v from 'valibot';
import { isObject } from './plain-json.ts';
import { amount, ballotName, count, hash, oddPlace, raterName, runId, time } from './rules.ts';
import { type RunRecord, schemaVersion } from './run-record.ts';

export const side = v.picklist(['left', 'right']);
export type Side = v.InferOutput<typeof side>;

const choice = v.picklist(['left', 'right', 'tie', 'both-bad', 'skip']);
export type Choice = v.InferOutput<typeof choice>;

const view = v.picklist(['plain', 'raw']);
export type View = v.InferOutput<typeof view>;

/** First line of votes/<rater>.jsonl. */
const header = v.object({
  schema: count,
  kind: v.literal('votes'),
  run: runId,
  rater: raterName,
  keyCommitment: hash,
  view,
  at: time,
  /** Of the packet that was voted on; votes cast in the run itself have none. */
  token: v.optional(hash),
});
export type VotesHeader = v.InferOutput<typeof header>;

/** `prev`: SHA-256, hex, of the line before (bytes, no newline). */
const chained = { n: v.pipe(count, v.minValue(1)), at: time, prev: v.string() };
const voteLine = v.object({
  ...chained,
  ballot: ballotName,
  choice,
  /** Sides that would have to be redone. */
  retry: v.pipe(
    v.array(side),
    v.check((sides) => new Set(sides).size === sides.length),
  ),
  view,
  recognised: v.optional(v.object({ closed: side, cause: v.string() })),
  /** Why a ballot was skipped. */
  reason: v.optional(v.string()),
  note: v.optional(v.string()),
  /** Milliseconds on screen; null where nobody measured them (imported votes): unknown is never 0. */
  ms: v.nullable(amount),
});
const undoLine = v.object({ ...chained, undo: count });
/** `of`: the `n` of the vote that is asked about. */
const guessLine = v.object({ ...chained, guess: v.picklist(['left', 'right', 'unknown']), of: count });
/** English names of languages that the rater cannot judge, or `images`; only before the first vote, the last one counts. */
const leaveOutLine = v.object({ ...chained, leaveOut: v.array(v.string()) });
/** Written when a rater says "that is all": votes can no longer change. */
const finishLine = v.object({ ...chained, finish: v.literal(true) });

export type VoteLine = v.InferOutput<typeof voteLine>;
export type UndoLine = v.InferOutput<typeof undoLine>;
export type GuessLine = v.InferOutput<typeof guessLine>;
export type FinishLine = v.InferOutput<typeof finishLine>;
export type LeaveOutLine = v.InferOutput<typeof leaveOutLine>;
export type ChainedLine = VoteLine | UndoLine | GuessLine | LeaveOutLine | FinishLine;

/** A line before it has its number and its place in the chain. */
export type UnchainedLine = ChainedLine extends infer Line
  ? Line extends ChainedLine
    ? Omit<Line, 'prev' | 'n'>
    : never
  : never;

/** What ties votes to a run, and those of a packet to that packet. */
export type RunSeal = Pick<RunRecord, 'id' | 'keyCommitment'> & Pick<VotesHeader, 'token'>;

/** Key order counts: terminal and page write the same bytes. */
export const votesHeader = (run: RunSeal, rater: string, view: View, at: string): VotesHeader => ({
  schema: schemaVersion,
  kind: 'votes',
  run: run.id,
  rater,
  keyCommitment: run.keyCommitment,
  view,
  at,
  ...(run.token !== undefined && { token: run.token }),
});

/** The line that follows `lines`; `lastHash` is the SHA-256 of the last of them, or of the header. */
export const chainLine = (lines: readonly ChainedLine[], lastHash: string, line: UnchainedLine): ChainedLine =>
  ({ n: (lines.at(-1)?.n ?? 0) + 1, ...line, prev: lastHash }) as ChainedLine;

export const isHeader = (value: unknown): value is VotesHeader => v.is(header, value);

/** The field of a first line that no session wrote. */
export const oddInHeader = (value: unknown): string | undefined =>
  isObject(value) && value.kind === 'votes' ? oddPlace(header, value) : undefined;

const kinds = { ballot: voteLine, undo: undoLine, guess: guessLine, leaveOut: leaveOutLine, finish: finishLine };

/** The field of a later line that no session wrote, in a line that is one vote, undo, guess, choice of prompts or finish. */
export function oddInLine(value: unknown): string | undefined {
  const rules = rulesOf(value);
  return rules.length === 1 && rules[0] ? oddPlace(rules[0], value) : undefined;
}

const rulesOf = (value: unknown) =>
  isObject(value) ? Object.entries(kinds).flatMap(([kind, schema]) => (kind in value ? [schema] : [])) : [];

/**
 * Follows the lines of one file, because files come back from other machines and a chain only shows order. The function
 * returned takes the next line, whose fields are in order, and says why it cannot follow the ones before, or nothing.
 */
export function lineChecker(): (value: unknown) => string | undefined {
  const votes = new Set<number>();
  const standing = new Map<number, string>();
  const voted = new Set<string>();
  let count = 0;
  return (value) => {
    if (!isObject(value)) return 'it is not a line of votes';
    count += 1;
    if (value.n !== count) return `"n" is not ${count}`;
    if (rulesOf(value).length !== 1) return 'it is neither one vote, undo, guess, choice of prompts nor finish';
    const line = value as unknown as ChainedLine;
    if ('ballot' in line) {
      if (voted.has(line.ballot)) return `it is a second vote on ${line.ballot}`;
      votes.add(line.n);
      standing.set(line.n, line.ballot);
      voted.add(line.ballot);
    }
    if ('undo' in line) {
      voted.delete(standing.get(line.undo) ?? '');
      if (!standing.delete(line.undo)) return `it takes back vote ${line.undo}, which is not there`;
    }
    if ('leaveOut' in line && votes.size > 0) return 'it leaves prompts out after a vote';
    if ('guess' in line && !votes.has(line.of)) return `it is about vote ${line.of}, which is not there`;
    return undefined;
  };
}

/** A field that a line of votes cannot be without and has not; undefined for a whole line, and for what is none. */
export function lackingField(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const kind = 'choice' in value || 'view' in value || 'retry' in value ? 'ballot' : kindOf(value);
  if (kind === undefined) return 'finish' in value ? undefined : 'ballot';
  return lacking(kinds[kind], value);
}

const kindOf = (value: object): keyof typeof kinds | undefined =>
  (['ballot', 'undo', 'guess', 'leaveOut', 'finish'] as const).find((kind) => kind in value);

/** The same for the first line. */
export const lackingInHeader = (value: unknown): string | undefined =>
  isObject(value) && value.kind === 'votes' ? lacking(header, value) : undefined;

const lacking = ({ entries }: { entries: v.ObjectEntries }, value: object): string | undefined =>
  Object.entries(entries).find(([name, { type }]) => !(name in value) && type !== 'optional')?.[0];

/** What the rater left out: English names of languages, or `images`. */
export const leftOutNames = (lines: readonly ChainedLine[]): readonly string[] =>
  lines.flatMap((line) => ('leaveOut' in line ? [line.leaveOut] : [])).at(-1) ?? [];
