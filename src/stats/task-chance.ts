import { holdsWithSkips } from './lost-prompts.ts';
import { plannedLook, type Sides } from './planned-look.ts';
import { evidenceOf, sidesAt, votesRead } from './task-verdict.ts';
import { defaultRule } from './verdict.ts';

export type Side = keyof Sides;

export interface ChanceInput {
  /** Votes planned, which are read once. */
  planned: number;
  /** Votes in all; those after the planned ones are read one by one, up to 60. */
  upTo: number;
  /** Chances of one vote: open better, and a tie. */
  win: number;
  tie: number;
  margin: number;
  side: Side;
}

/** Exact chance, over all paths of votes, that a side is reached with the planned votes and by vote `upTo`. */
export function taskChance({ planned, upTo, win, tie, margin, side }: ChanceInput): { atPlan: number; atEnd: number } {
  let going = trinomial(planned, win, tie);
  let atPlan = 0;
  for (const [key, p] of going) {
    const counts = countsOf(key, planned);
    if (!plannedLook(counts, margin)[side]) continue;
    atPlan += p;
    going.delete(key);
  }
  let atEnd = atPlan;
  for (let n = planned + 1; n <= Math.min(upTo, votesRead); n += 1) {
    going = oneMore(going, win, tie);
    if (n < defaultRule.minVotes) continue;
    for (const [key, p] of going) {
      const now = sidesAt(evidenceOf(countsOf(key, n), margin));
      if (!(now[side] || (side === 'good' && now.better))) continue;
      atEnd += p;
      going.delete(key);
    }
  }
  return { atPlan, atEnd };
}

/** Exact chance that "within the margin" is reached with the planned votes when `skipped` of them were skipped. */
export function goodAfterSkips(
  { planned, win, tie, margin }: Pick<ChanceInput, 'planned' | 'win' | 'tie' | 'margin'>,
  skipped: number,
): number {
  const votes = planned - skipped;
  let found = 0;
  for (const [key, p] of trinomial(votes, win, tie))
    if (holdsWithSkips(countsOf(key, votes), skipped, margin)) found += p;
  return found;
}

/** Wins and losses in one number. */
const step = 4096;

function countsOf(key: number, n: number) {
  const [wins, losses] = [Math.floor(key / step), key % step];
  return { wins, losses, ties: n - wins - losses };
}

/** By logarithms, so that hundreds of votes take no longer than there are ways in which they can fall. */
function trinomial(n: number, win: number, tie: number): Map<number, number> {
  const logFactorials = [0];
  for (let k = 1; k <= n; k += 1) logFactorials.push((logFactorials[k - 1] as number) + Math.log(k));
  const logPower = (p: number, k: number): number => (k === 0 ? 0 : k * Math.log(p)) - (logFactorials[k] as number);
  const lose = Math.max(0, 1 - win - tie);
  const mass = new Map<number, number>();
  for (let wins = 0; wins <= n; wins += 1) {
    for (let losses = 0; wins + losses <= n; losses += 1) {
      const ways = logPower(win, wins) + logPower(lose, losses) + logPower(tie, n - wins - losses);
      const p = Math.exp((logFactorials[n] as number) + ways);
      if (p > 0) mass.set(wins * step + losses, p);
    }
  }
  return mass;
}

function oneMore(mass: ReadonlyMap<number, number>, win: number, tie: number): Map<number, number> {
  const next = new Map<number, number>();
  const add = (key: number, p: number): void => {
    if (p > 0) next.set(key, (next.get(key) ?? 0) + p);
  };
  for (const [key, p] of mass) {
    add(key + step, p * win);
    add(key, p * tie);
    add(key + 1, p * (1 - win - tie));
  }
  return next;
}
