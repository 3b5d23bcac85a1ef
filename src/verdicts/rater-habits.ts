/** What a rater's votes say about the rater: a side they favour, whether they would vote so again. Never evidence. */

import type { BallotId } from '../records/ids.ts';
import { standingVotes } from '../records/standing-votes.ts';
import type { ChainedLine, VoteLine } from '../records/vote-lines.ts';
import { binomialHalf } from '../stats/binomial-half.ts';
import type { Interval } from '../stats/interval.ts';
import { wilson } from '../stats/wilson.ts';
import type { DealtBallot } from '../voting/ballots.ts';
import type { UnblindedVote } from './verdict-shapes.ts';

export interface PositionHabit {
  left: number;
  decisive: number;
  /** Exact, two-sided, against one half. */
  p: number;
  /** p < .01. Sides are balanced, so a habit shrinks the result and does not tilt it. */
  warn: boolean;
}

export interface SelfConsistency {
  /** Ballots that came twice, sides swapped. */
  repeats: number;
  identical: number;
  reversed: number;
  identicalShare: Interval | null;
  reversedShare: Interval | null;
  /** More than 20 % reversed. A notice, not a judgement: few repeats say little. */
  notice: boolean;
}

/** A ballot of this rater with the vote that stands. */
export interface RatedBallot {
  ballot: DealtBallot;
  line: VoteLine;
}

export function ratedBallots(
  chain: readonly ChainedLine[],
  ballots: ReadonlyMap<BallotId, DealtBallot>,
): RatedBallot[] {
  return [...standingVotes(chain).values()].flatMap((line) => {
    const ballot = ballots.get(line.ballot);
    return ballot && line.choice !== 'skip' ? [{ ballot, line }] : [];
  });
}

/** `carried`: votes of an earlier run, of which the side is known too. */
export function positionHabit(rated: readonly RatedBallot[], carried: readonly UnblindedVote[] = []): PositionHabit {
  const first = rated.filter(({ ballot }) => ballot.copy === 1);
  const sides = [
    ...first.map(({ line }) => line.choice),
    ...carried.flatMap(({ outcome, aSide }) => {
      if (outcome !== 'a' && outcome !== 'b') return [];
      return (outcome === 'a') === (aSide === 'left') ? ['left'] : ['right'];
    }),
  ];
  const left = sides.filter((side) => side === 'left').length;
  const decisive = left + sides.filter((side) => side === 'right').length;
  const p = binomialHalf(left, decisive).twoSided;
  return { left, decisive, p, warn: p < 0.01 };
}

/** Null when nothing was repeated: "consistency not measured". */
export function selfConsistency(rated: readonly RatedBallot[]): SelfConsistency | null {
  const key = ({ ballot }: RatedBallot): string => `${ballot.rater} ${ballot.prompt} ${ballot.pair}`;
  const first = new Map(rated.filter(({ ballot }) => ballot.copy === 1).map((vote) => [key(vote), vote]));
  let [repeats, identical, reversed] = [0, 0, 0];
  for (const again of rated) {
    const before = first.get(key(again));
    if (again.ballot.copy === 1 || !before) continue;
    const [then, now] = [preferred(before), preferred(again)];
    repeats += 1;
    if (then === now) identical += 1;
    if ((then === 'a' && now === 'b') || (then === 'b' && now === 'a')) reversed += 1;
  }
  if (repeats === 0) return null;
  return {
    repeats,
    identical,
    reversed,
    identicalShare: wilson(identical, repeats),
    reversedShare: wilson(reversed, repeats),
    notice: reversed / repeats > 0.2,
  };
}

/** The vote in terms of arms: one of four categories. */
export function preferred({ ballot, line }: RatedBallot): 'a' | 'b' | 'both-fine' | 'both-bad' {
  if (line.choice === 'left' || line.choice === 'right') return line.choice === ballot.aSide ? 'a' : 'b';
  return line.choice === 'both-bad' ? 'both-bad' : 'both-fine';
}
