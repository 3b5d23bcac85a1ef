/** Sessions of guesses, simulated with fixed seeds: what the word about blinding says with and without a real leak. */
import {
  type AdjustedBlinding,
  adjustedBlindingIndex,
  type GuessCounts,
} from '../../src/stats/adjusted-blinding-index.ts';
import { bangIndex } from '../../src/stats/bang-index.ts';
import { seeded } from '../helpers/vote-paths.ts';

export interface GuessSession {
  guesses: number;
  /** Closed's share of decisive votes. */
  closedWins: number;
  /** Share of ties; a tenth where nothing is said. */
  ties?: number;
  /** Share of ballots on which the rater truly recognises closed. */
  leak: number;
}

/** One arm clearly worse or both even, few guesses and many: nothing leaks in any of them. */
export const withoutLeak: readonly (readonly [guesses: number, closedWins: number])[] = [
  [20, 0.9],
  [60, 0.8],
  [120, 0.8],
  [60, 0.5],
];

/** Raters who do not recognise anything guess "closed is the one I liked", and don't know after a tie. */
function session(
  { guesses, closedWins, leak, ties = 0.1 }: GuessSession,
  random: () => number,
): { found: AdjustedBlinding; bang: number } {
  const cell = () => ({ left: 0, right: 0, unknown: 0 });
  const counts: GuessCounts = {
    left: { closedLeft: cell(), closedRight: cell() },
    tie: { closedLeft: cell(), closedRight: cell() },
    right: { closedLeft: cell(), closedRight: cell() },
  };
  let [correct, wrong] = [0, 0];
  for (let ballot = 0; ballot < guesses; ballot += 1) {
    const closed = random() < 0.5 ? 'left' : 'right';
    const other = closed === 'left' ? 'right' : 'left';
    const vote = random() < ties ? 'tie' : random() < closedWins ? closed : other;
    const hunch = vote === 'tie' ? 'unknown' : vote;
    const guess = random() < leak ? closed : hunch;
    counts[vote][closed === 'left' ? 'closedLeft' : 'closedRight'][guess] += 1;
    if (guess === closed) correct += 1;
    else if (guess !== 'unknown') wrong += 1;
  }
  const bang = bangIndex(correct, wrong, guesses - correct - wrong)?.tangoLower ?? 0;
  return { found: adjustedBlindingIndex(counts), bang };
}

export interface BlindingWords {
  /** Shares of sessions with that word. */
  recognised: number;
  noSign: number;
  /** Mean of the adjusted index. */
  mean: number;
  /** Share that plain Bang would call broken. */
  bang: number;
}

export function blindingWords(input: GuessSession, runs: number, seed: number): BlindingWords {
  const random = seeded(seed);
  const sessions = Array.from({ length: runs }, () => session(input, random));
  const known = sessions.flatMap(({ found }) => found.index ?? []);
  const share = (word: string): number => sessions.filter(({ found }) => found.word === word).length / runs;
  return {
    recognised: share('recognised'),
    noSign: share('no-sign'),
    mean: known.reduce((sum, index) => sum + index, 0) / known.length,
    bang: sessions.filter(({ bang }) => bang > 0.2).length / runs,
  };
}
