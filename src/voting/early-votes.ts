/** Votes that say they were cast before there was anything to vote on. */
import type { ChainedLine } from '../records/vote-lines.ts';
import { castVotes } from './ballot-plan.ts';

/** Clocks of two machines differ, and a time zone may be wrong. */
const toleranceMs = 24 * 60 * 60 * 1000;

/** How many of the votes are dated more than a day before the run was made. `createdAt`: ISO time. */
export function votesBefore(lines: readonly ChainedLine[], createdAt: string): number {
  const begun = Date.parse(createdAt) - toleranceMs;
  return castVotes(lines).filter(({ at }) => Date.parse(at) < begun).length;
}
