import type { Counts } from './e-process.ts';
import { type LogEvidence, verdictEvidence } from './verdict.ts';

/** One prompt in the stored shuffled order. A vote is a score +1, 0, -1, or null. */
export interface CarriedItem<Id> {
  id: Id;
  /** The prompt or either answer differs from the one that was voted on. */
  changed: boolean;
  oldVote: number | null;
  newVote: number | null;
}

export interface CarriedPrefix<Id> extends Counts, LogEvidence {
  usablePrefix: number;
  /** Scores of the prefix, in order. */
  scores: number[];
  /** Prompts within the first `targetPrefix` that a person still has to vote on. */
  newVotesNeeded: Id[];
}

/** The new vote if there is one, else the old one if nothing changed. */
const validVote = <Id>(item: CarriedItem<Id>): number | null => item.newVote ?? (item.changed ? null : item.oldVote);

/**
 * Evidence after a new release: the prefix in which every item has a valid vote. Never the unchanged votes plus some
 * new ones: that would select the prompts whose answers are easy to keep.
 */
export function carryOverPrefix<Id>(
  items: readonly CarriedItem<Id>[],
  targetPrefix: number,
  margin: number,
): CarriedPrefix<Id> {
  const scores: number[] = [];
  for (const item of items) {
    const vote = validVote(item);
    if (vote === null) break;
    scores.push(vote);
  }
  const wins = scores.filter((score) => score > 0).length;
  const losses = scores.filter((score) => score < 0).length;
  const counts = { wins, ties: scores.length - wins - losses, losses };
  const needed = items.slice(0, targetPrefix).filter((item) => validVote(item) === null);
  return {
    usablePrefix: scores.length,
    scores,
    ...counts,
    ...verdictEvidence(counts, margin),
    newVotesNeeded: needed.map((item) => item.id),
  };
}
