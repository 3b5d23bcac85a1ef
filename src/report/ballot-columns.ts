/** One vote on one ballot, for programs. */
import type { BallotVote, ReportBallot } from './ballot-list.ts';
import { type Column, hidden } from './table-columns.ts';

/** Null: no rater was asked, because both answers were the same or there was none. */
export interface BallotRow {
  ballot: ReportBallot;
  vote: BallotVote | null;
}

export const ballotRows = (ballots: readonly ReportBallot[]): BallotRow[] =>
  ballots.flatMap((ballot): BallotRow[] =>
    ballot.votes.length === 0 ? [{ ballot, vote: null }] : ballot.votes.map((vote) => ({ ballot, vote })),
  );

export const ballotColumns: readonly Column<BallotRow>[] = [
  hidden({
    n: ({ ballot }) => ballot.n,
    pair: ({ ballot }) => ballot.pair,
    prompt_id: ({ ballot }) => ballot.prompt,
    source_id: ({ ballot }) => ballot.sourceId,
    task: ({ ballot }) => ballot.task,
    difficulty: ({ ballot }) => ballot.difficulty,
    identical: ({ ballot }) => ballot.identical,
    no_answer: ({ ballot }) => ballot.noAnswer,
    score: ({ ballot }) => ballot.score,
    rater: ({ vote }) => vote?.rater ?? null,
    vote: ({ vote }) => vote?.outcome ?? null,
    redo_open: ({ vote }) => vote?.redo.open ?? null,
    redo_closed: ({ vote }) => vote?.redo.closed ?? null,
    refused_open: ({ ballot }) => ballot.refused.open,
    refused_closed: ({ ballot }) => ballot.refused.closed,
    shown_left: ({ vote }) => vote?.shownLeft ?? null,
    seconds: ({ vote }) => vote?.seconds ?? null,
    recognised_by: ({ vote }) => vote?.recognised?.cause ?? null,
    recognised_rightly: ({ vote }) => vote?.recognised?.right ?? null,
    note: ({ vote }) => vote?.note ?? null,
    prompt: ({ ballot }) => ballot.texts?.prompt ?? null,
    rules: ({ ballot }) => ballot.texts?.rules ?? null,
    open_answer: ({ ballot }) => ballot.texts?.open ?? null,
    closed_answer: ({ ballot }) => ballot.texts?.closed ?? null,
  }),
];
