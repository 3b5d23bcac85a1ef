import { type Counts, unitsOf } from './e-process.ts';

/** What `votes` more units may look like, each with its chance, 0..1. */
export interface Drawn {
  counts: Counts;
  chance: number;
}

type Ends = (added: Counts) => boolean;

const never: Ends = () => false;

/**
 * What up to `votes` further units may add to `seen`, with their chances: averaged over the truths that the votes so far
 * leave open (half a unit added to win, tie and loss, so that each new vote shifts the odds of the next: a Polya urn).
 * Exact over all paths. A path that `ends` takes no more votes and is left out.
 */
export function furtherVotes(seen: Counts, votes: number, ends = never): Drawn[] {
  const size = votes + 1;
  let mass = new Map<number, number>([[0, 1]]);
  for (let n = 1; n <= votes; n += 1) {
    const next = new Map<number, number>();
    const add = (key: number, chance: number): void => void next.set(key, (next.get(key) ?? 0) + chance);
    for (const [key, chance] of mass) {
      const { wins, ties, losses } = addedAt(key, size, n - 1);
      const share = chance / (unitsOf(seen) + 1.5 + n - 1);
      add(key + size, share * (seen.wins + 0.5 + wins));
      add(key, share * (seen.ties + 0.5 + ties));
      add(key + 1, share * (seen.losses + 0.5 + losses));
    }
    for (const key of next.keys()) if (ends(addedAt(key, size, n))) next.delete(key);
    mass = next;
  }
  return [...mass].map(([key, chance]) => ({ counts: addedAt(key, size, votes), chance }));
}

/** The same of all paths, in closed form: every count that `votes` further units may add. */
export function countsAfter(seen: Counts, votes: number): Drawn[] {
  const [wins, ties, losses] = [seen.wins, seen.ties, seen.losses].map((each) => logRising(each + 0.5, votes)) as Rows;
  const all = logRising(unitsOf(seen) + 1.5, votes)[votes] ?? 0;
  const drawn: Drawn[] = [];
  for (let won = 0; won <= votes; won += 1)
    for (let lost = 0; won + lost <= votes; lost += 1) {
      const counts = { wins: won, ties: votes - won - lost, losses: lost };
      const log = (wins[won] ?? 0) + (ties[counts.ties] ?? 0) + (losses[lost] ?? 0) - all;
      drawn.push({ counts, chance: Math.exp(log) });
    }
  return drawn;
}

type Rows = [number[], number[], number[]];

/** log of start (start + 1) … (start + k - 1) / k!, for k from 0 to `most`. */
export function logRising(start: number, most: number): number[] {
  const logs = [0];
  for (let k = 0; k < most; k += 1) logs.push((logs[k] ?? 0) + Math.log((start + k) / (k + 1)));
  return logs;
}

/** Wins and losses are kept in one number. */
function addedAt(key: number, size: number, n: number): Counts {
  const [wins, losses] = [Math.floor(key / size), key % size];
  return { wins, ties: n - wins - losses, losses };
}
