/** How often at least one of several answers is wrong, at the truths where that is likeliest. */
import { taskChance } from './task-chance.ts';

/** Planned votes of a task, and the votes that it has been read to. */
export interface Scope {
  planned: number;
  read: number;
}

/** Shares of ties at which the chance is looked for: fewer where later votes are read one by one, which takes long. */
const ties = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6] as const;
const fewTies = [0, 0.3, 0.6] as const;
/** Of the overall line where open and closed are equal: "keep" and "better" in 2,000 simulated runs, 2.1 and 1.8 %. */
const overallShare = 0.04;
const known = new Map<string, number>();

/** Chance, 0..1, of "keep" or "better" about one task whose models are equal: both words are wrong, so they add up. */
export function wrongWordChance({ planned, read }: Scope, margin: number): number {
  const upTo = Math.max(planned, read);
  const key = `${planned} ${upTo} ${margin}`;
  const found =
    known.get(key) ?? Math.max(worst(planned, planned, margin, ties), worst(planned, upTo, margin, fewTies));
  known.set(key, found);
  return found;
}

/** The rule is the same for both sides, so one of them is half of it. */
const worst = (planned: number, upTo: number, margin: number, shares: readonly number[]): number =>
  Math.max(
    ...shares.map((tie) => 2 * taskChance({ planned, upTo, win: (1 - tie) / 2, tie, margin, side: 'better' }).atEnd),
  );

/** Chance, 0..1, that a word about one of the tasks or about the whole is wrong. Tasks are taken as independent. */
export function anyWrongChance(tasks: readonly Scope[], margin: number): number {
  const allRight = tasks.reduce((product, task) => product * (1 - wrongWordChance(task, margin)), 1);
  return Math.min(1, 1 - allRight + overallShare);
}
