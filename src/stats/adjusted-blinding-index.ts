import { clamp, type Interval } from './interval.ts';
import { tango } from './tango.ts';

/** Guesses "closed is left / right / don't know" in one cell. */
export interface GuessCell {
  left: number;
  right: number;
  unknown: number;
}
export type GuessedVote = 'left' | 'tie' | 'right';
/** By the vote on the ballot and the side on which closed was; both kinds of tie are vote `tie`. */
export type GuessCounts = Record<GuessedVote, { closedLeft: GuessCell; closedRight: GuessCell }>;
export type BlindingWord = 'recognised' | 'no-sign' | 'not-enough';

export interface AdjustedBlinding {
  asked: number;
  /** Guesses in strata that have both sides. */
  used: number;
  index: number | null;
  lower: number | null;
  upper: number | null;
  /** Lower limit of the index over ballots with a preference alone; null where neither vote has both sides. */
  decisiveLower: number | null;
  word: BlindingWord;
  plainBang: number | null;
}

export const recognisedAbove = 0.2;
const noSignBelow = 0.3;
const fewestGuesses = 10;

const guessedVotes = ['left', 'tie', 'right'] as const satisfies readonly GuessedVote[];
const tieAt = guessedVotes.indexOf('tie');

interface Cell {
  b: number;
  n: number;
  lower: number;
  upper: number;
}

/**
 * Do guesses differ between closed-left and closed-right among ballots with the same vote? 0: the guess tells nothing
 * beyond the vote; 1: all recognised. Mantel-Haenszel weights over the votes, MOVER limits from each cell's Tango.
 * Null index where no vote has both sides. "Recognised" also asks that the ballots with a preference show it: with many
 * ties and one model clearly worse, two ties of a kind would look like recognition. The order of the words is fixed.
 */
export function adjustedBlindingIndex(counts: GuessCounts, conf = 0.95): AdjustedBlinding {
  const strata = guessedVotes.map((vote) => ({
    left: cellOf(counts[vote].closedLeft, 'left', conf),
    right: cellOf(counts[vote].closedRight, 'right', conf),
  }));
  const all = strata.flatMap(({ left, right }) => [left, right]);
  const asked = all.reduce((sum, cell) => sum + cell.n, 0);
  const plainBang = asked > 0 ? all.reduce((sum, cell) => sum + cell.b * cell.n, 0) / asked : null;
  const both = strata.filter(({ left, right }) => left.n > 0 && right.n > 0);
  const used = both.reduce((sum, { left, right }) => sum + left.n + right.n, 0);
  const decisive = strata.filter((_, at) => at !== tieAt).filter(({ left, right }) => left.n > 0 && right.n > 0);
  const decisiveLower = decisive.length > 0 ? combine(decisive).lower : null;
  if (both.length === 0)
    return { asked, used, index: null, lower: null, upper: null, decisiveLower, word: 'not-enough', plainBang };
  const limits = combine(both);
  return { asked, used, ...limits, decisiveLower, word: wordOf(used, limits, decisiveLower), plainBang };
}

function cellOf(cell: GuessCell, closed: 'left' | 'right', conf: number): Cell {
  const n = cell.left + cell.right + cell.unknown;
  const correct = cell[closed];
  const wrong = cell.left + cell.right - correct;
  const { estimate, lower, upper } = tango(correct, wrong, n, conf);
  return { b: estimate, n, lower, upper };
}

function combine(strata: { left: Cell; right: Cell }[]): { index: number; lower: number; upper: number } {
  const weights = strata.map(({ left, right }) => (left.n * right.n) / (left.n + right.n));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let [index, below, above] = [0, 0, 0];
  for (const [at, { left, right }] of strata.entries()) {
    const q = (weights[at] ?? 0) / (2 * total);
    for (const cell of [left, right]) {
      index += q * cell.b;
      below += (q * (cell.b - cell.lower)) ** 2;
      above += (q * (cell.upper - cell.b)) ** 2;
    }
  }
  return { index, lower: clamp(index - Math.sqrt(below), -1, 1), upper: clamp(index + Math.sqrt(above), -1, 1) };
}

function wordOf(used: number, { lower, upper }: Interval, decisiveLower: number | null): BlindingWord {
  if (used < fewestGuesses) return 'not-enough';
  if (lower > recognisedAbove && (decisiveLower ?? 0) > 0) return 'recognised';
  return upper < noSignBelow ? 'no-sign' : 'not-enough';
}
