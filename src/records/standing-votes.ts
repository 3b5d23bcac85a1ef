/** What an undo left standing. */
import type { ChainedLine, VoteLine } from './vote-lines.ts';

/** A rater's votes by `n`, those undone later left out. */
export function standingVotes(chain: readonly ChainedLine[]): Map<number, VoteLine> {
  const standing = new Map<number, VoteLine>();
  for (const line of chain) {
    if ('ballot' in line) standing.set(line.n, line);
    if ('undo' in line) standing.delete(line.undo);
  }
  return standing;
}
