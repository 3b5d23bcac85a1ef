/** Skips that are none any more: somebody else has voted on the same prompt. */
import type { ChainedLine } from '../records/vote-lines.ts';
import { castVotes } from './ballot-plan.ts';
import type { DealtBallot } from './ballots.ts';

export interface SkipsVoted {
  /** Ballots that this rater skipped and others voted on. */
  skips: number;
  /** Who voted on them. */
  by: readonly string[];
}

/** By rater; those of whom every skip stands are not in it. Hidden repeats are no ballots of their own. */
export function skipsVoted(
  votes: ReadonlyMap<string, readonly ChainedLine[]>,
  ballots: ReadonlyMap<string, Pick<DealtBallot, 'prompt' | 'pair' | 'copy'>>,
): Map<string, SkipsVoted> {
  const voters = new Map<string, Set<string>>();
  const skipped: { rater: string; key: string }[] = [];
  for (const [rater, lines] of votes) {
    for (const { ballot, choice } of castVotes(lines)) {
      const dealt = ballots.get(ballot);
      if (dealt?.copy !== 1) continue;
      const key = `${dealt.prompt} ${dealt.pair}`;
      if (choice === 'skip') skipped.push({ rater, key });
      else voters.set(key, (voters.get(key) ?? new Set()).add(rater));
    }
  }
  const found = new Map<string, SkipsVoted>();
  for (const { rater, key } of skipped) {
    const by = voters.get(key);
    if (!by) continue;
    const known = found.get(rater) ?? { skips: 0, by: [] };
    found.set(rater, { skips: known.skips + 1, by: [...new Set([...known.by, ...by])].sort() });
  }
  return found;
}
