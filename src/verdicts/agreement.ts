/** Do raters agree where several of them read the same ballot? */
import { cohenKappa } from '../stats/cohen-kappa.ts';
import { gwetAC1 } from '../stats/gwet-ac1.ts';
import { preferred, type RatedBallot } from './rater-habits.ts';

export interface Agreement {
  /** Prompts (per pair) that two or more raters voted on. */
  items: number;
  raters: number;
  /** Share of agreeing pairs of raters, 0..1. */
  agreed: number;
  /** Gwet's AC1 over four categories: open, closed, both fine, both bad. */
  ac1: number | null;
  /** Cohen's kappa, two raters only; null where chance alone agrees. */
  kappa: { kappa: number; se: number } | null;
}

const categories = ['a', 'b', 'both-fine', 'both-bad'] as const;

/** Null when no prompt has two raters. Hidden repeats do not count. */
export function agreementOf(byRater: ReadonlyMap<string, readonly RatedBallot[]>): Agreement | null {
  const names = [...byRater.keys()];
  const items = new Map<string, (number | null)[]>();
  for (const [rater, rated] of byRater) {
    for (const vote of rated.filter(({ ballot }) => ballot.copy === 1)) {
      const key = `${vote.ballot.prompt} ${vote.ballot.pair}`;
      const row = items.get(key) ?? names.map(() => null);
      row[names.indexOf(rater)] = categories.indexOf(preferred(vote));
      items.set(key, row);
    }
  }
  const shared = [...items.values()].filter((row) => row.filter((rating) => rating !== null).length > 1);
  if (shared.length === 0) return null;
  const active = names.map((_, at) => at).filter((at) => shared.some((row) => row[at] !== null));
  const ratings = active.map((at) => shared.map((row) => row[at] ?? null));
  const [first = [], second = []] = ratings;
  return {
    items: shared.length,
    raters: active.length,
    agreed: shared.reduce((sum, row) => sum + agreeingShare(row), 0) / shared.length,
    ac1: gwetAC1(ratings),
    kappa: active.length === 2 ? cohenKappa(tableOf(first, second)) : null,
  };
}

function agreeingShare(row: readonly (number | null)[]): number {
  const given = row.filter((rating) => rating !== null);
  const pairs = (given.length * (given.length - 1)) / 2;
  const equal = given.reduce(
    (sum, rating, at) => sum + given.slice(at + 1).filter((other) => other === rating).length,
    0,
  );
  return equal / pairs;
}

function tableOf(first: readonly (number | null)[], second: readonly (number | null)[]): number[][] {
  return categories.map((_, row) =>
    categories.map((__, column) => first.filter((rating, at) => rating === row && second[at] === column).length),
  );
}
