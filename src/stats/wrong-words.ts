/** How often at least one of several answers is wrong, where the models are equal: no other truth errs more often. */
import { taskChance } from './task-chance.ts';
import { votesRead } from './task-verdict.ts';

/** Votes of one task: those that were planned, and those that have been read. */
export interface TaskVotes {
  planned: number;
  read: number;
}

/** Shares of ties that are tried. Later votes are read one by one, which is slow, so fewer are tried there. */
const ties = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6] as const;
const fewTies = [0, 0.3, 0.6] as const;
/** Of the overall line: "keep" came up in 2.1 % and "better" in 1.8 % of 2,000 simulated runs with equal models. */
const overallShare = 0.04;
const known = new Map<string, number>();

/**
 * Chance, 0..1, of "keep" or "better" about one task whose models are equal: both words are wrong, so they add up. It
 * hardly changes beyond 60 votes, so more are taken for 60.
 */
export function wrongWordChance(votes: TaskVotes, margin: number): number {
  const planned = Math.min(votes.planned, votesRead);
  const upTo = Math.max(planned, Math.min(votes.read, votesRead));
  const key = `${planned} ${upTo} ${margin}`;
  const found =
    known.get(key) ?? Math.max(worst(planned, planned, margin, ties), worst(planned, upTo, margin, fewTies));
  known.set(key, found);
  return found;
}

/** The rule treats both sides alike, so "keep" is as likely as "better". */
const worst = (planned: number, upTo: number, margin: number, shares: readonly number[]): number =>
  Math.max(
    ...shares.map((tie) => 2 * taskChance({ planned, upTo, win: (1 - tie) / 2, tie, margin, side: 'better' }).atEnd),
  );

/** Chance, 0..1, that a word about one of the tasks or about the whole is wrong. Tasks are taken as independent. */
export function anyWrongChance(tasks: readonly TaskVotes[], margin: number): number {
  const allRight = tasks.reduce((product, task) => product * (1 - wrongWordChance(task, margin)), 1);
  return Math.min(1, 1 - allRight + overallShare);
}
