import { type Verdict, type VerdictRule, verdict } from './verdict.ts';

/** Share of votes that are ties in what is said before a session: one in five, as in the published table. */
const ties = 0.2;

/**
 * Chance of having reached a verdict at the latest after n votes (index n), looked at after every one of them: exact,
 * over every path of wins, ties and losses. `open`: its share of the decisive votes.
 */
export function verdictChances(wanted: Verdict, open: number, votes: number, rule: VerdictRule): number[] {
  const steps = [
    { wins: 1, losses: 0, p: (1 - ties) * open },
    { wins: 0, losses: 0, p: ties },
    { wins: 0, losses: 1, p: (1 - ties) * (1 - open) },
  ];
  const chances = [0];
  let paths: Path[] = [{ wins: 0, losses: 0, p: 1 }];
  for (let n = 1; n <= votes; n += 1) {
    const going: Path[] = [];
    let reached = chances[n - 1] ?? 0;
    for (const path of oneMore(paths, steps)) {
      const { wins, losses, p } = path;
      const found = verdict({ wins, losses, ties: n - wins - losses }, rule).verdict;
      if (found === 'undecided') going.push(path);
      else if (found === wanted) reached += p;
    }
    chances.push(reached);
    paths = going;
  }
  return chances;
}

/** Votes that came to the same counts, and how likely that is. */
interface Path {
  wins: number;
  losses: number;
  p: number;
}

function oneMore(paths: readonly Path[], steps: readonly Path[]): Iterable<Path> {
  const next = new Map<string, Path>();
  for (const path of paths) {
    for (const step of steps) {
      const [wins, losses] = [path.wins + step.wins, path.losses + step.losses];
      const known = next.get(`${wins} ${losses}`);
      if (known) known.p += path.p * step.p;
      else next.set(`${wins} ${losses}`, { wins, losses, p: path.p * step.p });
    }
  }
  return next.values();
}
