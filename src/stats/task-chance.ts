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

/** Wins and losses in one number. */
const step = 4096;

function countsOf(key: number, n: number) {
  const [wins, losses] = [Math.floor(key / step), key % step];
  return { wins, losses, ties: n - wins - losses };
}

function trinomial(n: number, win: number, tie: number): Map<number, number> {
  let mass = new Map([[0, 1]]);
  for (let vote = 0; vote < n; vote += 1) mass = oneMore(mass, win, tie);
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
