import { type Verdict, type VerdictRule, verdict } from './verdict.ts';

/** Share of votes that are ties in what is said before a session: one in five, as in the published table. */
const ties = 0.2;

/**
 * Chance of having reached a verdict at the latest after n votes (index n), looked at after every one of them: exact,
 * over every path of wins, ties and losses. `opens`: open's share of the decisive votes, a list of chances for each.
 */
export function verdictChances(
  wanted: Verdict,
  opens: readonly number[],
  votes: number,
  rule: VerdictRule,
): number[][] {
  const chances = opens.map(() => [0]);
  let paths: Path[] = [{ wins: 0, losses: 0, p: opens.map(() => 1) }];
  for (let n = 1; n <= votes; n += 1) {
    for (const series of chances) series.push(series[n - 1] ?? 0);
    const going: Path[] = [];
    for (const path of oneMore(paths, opens)) {
      const { wins, losses, p } = path;
      const found = verdict({ wins, losses, ties: n - wins - losses }, rule).verdict;
      if (found === 'undecided') going.push(path);
      else if (found === wanted)
        for (const [at, series] of chances.entries()) series[n] = (series[n] ?? 0) + (p[at] ?? 0);
    }
    paths = going;
  }
  return chances;
}

/** Votes that came to the same counts, and how likely that is under each truth. */
interface Path {
  wins: number;
  losses: number;
  p: number[];
}

function oneMore(paths: readonly Path[], opens: readonly number[]): Iterable<Path> {
  const next = new Map<number, Path>();
  const add = (wins: number, losses: number, p: readonly number[], chance: (open: number) => number): void => {
    const more = opens.map((open, at) => (p[at] ?? 0) * chance(open));
    const key = wins * 1e6 + losses;
    const known = next.get(key);
    if (known) known.p = known.p.map((before, at) => before + (more[at] ?? 0));
    else next.set(key, { wins, losses, p: more });
  };
  for (const { wins, losses, p } of paths) {
    add(wins + 1, losses, p, (open) => (1 - ties) * open);
    add(wins, losses, p, () => ties);
    add(wins, losses + 1, p, (open) => (1 - ties) * (1 - open));
  }
  return next.values();
}
