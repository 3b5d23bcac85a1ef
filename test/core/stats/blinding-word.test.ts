/** The word about blinding, simulated: innocent when one arm is clearly worse and nothing leaks; it finds real leaks. */
import { describe, expect, it } from 'vitest';
import {
  type AdjustedBlinding,
  adjustedBlindingIndex,
  type GuessCounts,
} from '../../../src/stats/adjusted-blinding-index.ts';
import { bangIndex } from '../../../src/stats/bang-index.ts';
import { seeded } from '../../helpers/vote-paths.ts';

interface Session {
  guesses: number;
  /** Closed's share of decisive votes; 10 % ties. */
  closedWins: number;
  /** Share of ballots on which the rater truly recognises closed. */
  leak: number;
}

/** Raters who do not recognise anything guess "closed is the one I liked", and don't know after a tie. */
function session(
  { guesses, closedWins, leak }: Session,
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
    const vote = random() < 0.1 ? 'tie' : random() < closedWins ? closed : other;
    const hunch = vote === 'tie' ? 'unknown' : vote;
    const guess = random() < leak ? closed : hunch;
    counts[vote][closed === 'left' ? 'closedLeft' : 'closedRight'][guess] += 1;
    if (guess === closed) correct += 1;
    else if (guess !== 'unknown') wrong += 1;
  }
  const bang = bangIndex(correct, wrong, guesses - correct - wrong)?.tangoLower ?? 0;
  return { found: adjustedBlindingIndex(counts), bang };
}

function simulate(input: Session, runs: number, seed: number) {
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

describe('the blinding word [simulated]', () => {
  it.each([
    [20, 0.9],
    [60, 0.8],
    [120, 0.8],
    [60, 0.5],
  ])('is innocent at %i guesses when closed wins %f of decisive votes and nothing leaks', (guesses, closedWins) => {
    const { recognised, mean, bang } = simulate({ guesses, closedWins, leak: 0 }, 1000, guesses);
    expect(recognised).toBeLessThanOrEqual(0.02);
    expect(Math.abs(mean)).toBeLessThan(0.03);
    // plain Bang calls the same sessions broken: why it does not decide the word
    if (closedWins > 0.5) expect(bang).toBeGreaterThan(0.6);
  });

  it.each([0.3, 0.5])('measures a leak of %f as what it is', (leak) => {
    for (const closedWins of [0.5, 0.8]) {
      expect(simulate({ guesses: 120, closedWins, leak }, 300, 11).mean).toBeCloseTo(leak, 1);
    }
  });

  it('finds a leak of 30 %: never "no sign" by mistake, and by name where there are guesses enough', () => {
    const some = simulate({ guesses: 120, closedWins: 0.7, leak: 0.3 }, 300, 12);
    expect(some.noSign).toBeLessThan(0.05);
    const many = simulate({ guesses: 600, closedWins: 0.7, leak: 0.3 }, 200, 13);
    expect(many.recognised).toBeGreaterThan(0.8);
    expect(simulate({ guesses: 120, closedWins: 0.7, leak: 0.5 }, 200, 14).recognised).toBeGreaterThan(0.8);
  });
});
