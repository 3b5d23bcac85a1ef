/** A line of votes/<rater>.jsonl, and how the next one is chained to it. */

import type { BallotId } from './ids.ts';
import { type RunRecord, schemaVersion } from './run-record.ts';

export type Side = 'left' | 'right';

export type Choice = 'left' | 'right' | 'tie' | 'both-bad' | 'skip';

export type View = 'plain' | 'raw';

/** First line of votes/<rater>.jsonl. */
export interface VotesHeader {
  schema: number;
  kind: 'votes';
  run: string;
  rater: string;
  keyCommitment: string;
  view: View;
  at: string;
}

export interface VoteLine {
  n: number;
  ballot: BallotId;
  choice: Choice;
  /** Sides that would have to be redone. */
  retry: Side[];
  view: View;
  recognised?: { closed: Side; cause: string };
  /** Why a ballot was skipped. */
  reason?: string;
  note?: string;
  /** Milliseconds on screen; null where nobody measured them (imported votes): unknown is never 0. */
  ms: number | null;
  at: string;
  /** SHA-256, hex, of the line before (bytes, no newline). */
  prev: string;
}

export interface UndoLine {
  n: number;
  undo: number;
  at: string;
  prev: string;
}

export interface GuessLine {
  n: number;
  guess: Side | 'unknown';
  /** The `n` of the vote that is asked about. */
  of: number;
  at: string;
  prev: string;
}

/** Written when a rater says "that is all": votes can no longer change. */
export interface FinishLine {
  n: number;
  finish: true;
  at: string;
  prev: string;
}

export type ChainedLine = VoteLine | UndoLine | GuessLine | FinishLine;

/** A line before it has its number and its place in the chain. */
export type UnchainedLine = ChainedLine extends infer Line
  ? Line extends ChainedLine
    ? Omit<Line, 'prev' | 'n'>
    : never
  : never;

/** What ties votes to a run: a packet has no more than this. */
export type RunSeal = Pick<RunRecord, 'id' | 'keyCommitment'>;

/** Key order counts: terminal and page write the same bytes. */
export const votesHeader = (run: RunSeal, rater: string, view: View, at: string): VotesHeader => ({
  schema: schemaVersion,
  kind: 'votes',
  run: run.id,
  rater,
  keyCommitment: run.keyCommitment,
  view,
  at,
});

/** The line that follows `lines`; `lastHash` is the SHA-256 of the last of them, or of the header. */
export const chainLine = (lines: readonly ChainedLine[], lastHash: string, line: UnchainedLine): ChainedLine =>
  ({ n: (lines.at(-1)?.n ?? 0) + 1, ...line, prev: lastHash }) as ChainedLine;
