/**
 * Was it blind? Guesses "which side is closed?" made after the votes were locked, all raters pooled: the index adjusted
 * for the vote gives the word, plain Bang stands beside it, and the result is shown with and without recognised ballots.
 */

import type { BallotId, PromptId } from '../records/ids.ts';
import type { PairRecord } from '../records/run-record.ts';
import { pairName } from '../records/run-record.ts';
import { standingVotes } from '../records/standing-votes.ts';
import type { ChainedLine, Side } from '../records/vote-lines.ts';
import {
  type AdjustedBlinding,
  adjustedBlindingIndex,
  type GuessCell,
  type GuessCounts,
  type GuessedVote,
} from '../stats/adjusted-blinding-index.ts';
import { type BangIndex, bangIndex } from '../stats/bang-index.ts';
import type { EstimateInterval } from '../stats/interval.ts';
import { wilson } from '../stats/wilson.ts';
import type { DealtBallot } from '../voting/ballots.ts';
import { estimateByPrompt, preference } from './estimate.ts';
import type { EvidenceUnit, Interval } from './verdict-shapes.ts';

export interface ResultRow {
  row: 'all' | 'not-flagged' | 'flagged' | 'guessed-right' | 'not-guessed';
  units: number;
  net: EstimateInterval | null;
}

export interface Recognition {
  /** Decides the word; "recognised" is exit code 5. */
  adjusted: AdjustedBlinding;
  plain: BangIndex | null;
  /** Guesses that named the side voted worse as closed's rival: "closed is the one I liked", of decisive votes. */
  closedIsBetter: { count: number; of: number; share: Interval | null };
  /** Ballots on which a rater said during voting that they knew. */
  flagged: { count: number; right: number; causes: Record<string, number> };
  rows: ResultRow[];
}

export interface RecognitionInput {
  votes: ReadonlyMap<string, readonly ChainedLine[]>;
  ballots: ReadonlyMap<BallotId, DealtBallot>;
  pair: PairRecord;
  /** Which arm of the pair is the closed one. */
  closed: 'a' | 'b';
  evidence: readonly EvidenceUnit[];
}

interface Guess {
  ballot: DealtBallot;
  vote: GuessedVote;
  guess: Side | 'unknown';
  closedSide: Side;
}

export function recognition(input: RecognitionInput): Recognition {
  const guesses = guessesOf(input);
  const right = guesses.filter(({ guess, closedSide }) => guess === closedSide);
  const unknown = guesses.filter(({ guess }) => guess === 'unknown').length;
  const decisive = guesses.filter(({ vote, guess }) => vote !== 'tie' && guess !== 'unknown');
  const liked = decisive.filter(({ vote, guess }) => vote === guess).length;
  return {
    adjusted: adjustedBlindingIndex(countGuesses(guesses)),
    plain: bangIndex(right.length, guesses.length - right.length - unknown, unknown),
    closedIsBetter: {
      count: liked,
      of: decisive.length,
      share: decisive.length > 0 ? wilson(liked, decisive.length) : null,
    },
    flagged: countFlags(input.evidence),
    rows: resultRows(input.evidence, guesses, right),
  };
}

/** The same index over the ballots of some prompts: those that were voted on after a result had been open. */
export const recognitionOn = (
  input: Omit<RecognitionInput, 'evidence'>,
  prompts: ReadonlySet<PromptId>,
): AdjustedBlinding =>
  adjustedBlindingIndex(countGuesses(guessesOf(input).filter(({ ballot }) => prompts.has(ballot.prompt))));

function guessesOf({ votes, ballots, pair, closed }: Omit<RecognitionInput, 'evidence'>): Guess[] {
  const name = pairName(pair);
  return [...votes.values()].flatMap((chain) => {
    const standing = standingVotes(chain);
    return chain.flatMap((line): Guess[] => {
      if (!('guess' in line)) return [];
      const vote = standing.get(line.of);
      const ballot = vote && ballots.get(vote.ballot);
      if (!ballot || vote.choice === 'skip' || ballot.pair !== name) return [];
      const bSide: Side = ballot.aSide === 'left' ? 'right' : 'left';
      const choice = vote.choice === 'both-bad' ? 'tie' : vote.choice;
      return [{ ballot, vote: choice, guess: line.guess, closedSide: closed === 'a' ? ballot.aSide : bSide }];
    });
  });
}

function countGuesses(guesses: readonly Guess[]): GuessCounts {
  const cell = (): GuessCell => ({ left: 0, right: 0, unknown: 0 });
  const counts: GuessCounts = {
    left: { closedLeft: cell(), closedRight: cell() },
    tie: { closedLeft: cell(), closedRight: cell() },
    right: { closedLeft: cell(), closedRight: cell() },
  };
  for (const { vote, guess, closedSide } of guesses) {
    counts[vote][closedSide === 'left' ? 'closedLeft' : 'closedRight'][guess] += 1;
  }
  return counts;
}

function countFlags(evidence: readonly EvidenceUnit[]): Recognition['flagged'] {
  const flags = evidence.flatMap(({ votes }) => votes.flatMap(({ recognised }) => recognised ?? []));
  const causes: Record<string, number> = {};
  for (const { cause } of flags) causes[cause] = (causes[cause] ?? 0) + 1;
  return { count: flags.length, right: flags.filter(({ right }) => right).length, causes };
}

/** A recognised ballot counts in the verdict; these rows show what it did. Empty rows are left out. */
function resultRows(
  evidence: readonly EvidenceUnit[],
  guesses: readonly Guess[],
  right: readonly Guess[],
): ResultRow[] {
  const asked = new Set(guesses.map(({ ballot }) => ballot.prompt));
  const known = new Set(right.map(({ ballot }) => ballot.prompt));
  const flagged = ({ votes }: EvidenceUnit): boolean => votes.some(({ recognised }) => recognised !== undefined);
  const rows: [ResultRow['row'], (unit: EvidenceUnit) => boolean][] = [
    ['all', () => true],
    ['not-flagged', (unit) => !flagged(unit)],
    ['flagged', flagged],
    ['guessed-right', ({ prompt }) => known.has(prompt)],
    ['not-guessed', ({ prompt }) => asked.has(prompt) && !known.has(prompt)],
  ];
  return rows
    .map(([row, test]) => ({ row, units: evidence.filter(test) }))
    .filter(({ row, units }) => row === 'all' || units.length > 0)
    .map(({ row, units }) => ({ row, units: units.length, net: estimateByPrompt(units, preference) }));
}
