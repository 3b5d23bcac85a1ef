import { type Counts, unitsOf } from './e-process.ts';
import { chiSquareTail } from './normal.ts';

const level = 0.05;

export interface Heterogeneity {
  q: number;
  df: number;
  p: number;
  /** p < .05: the groups differ. */
  differ: boolean;
}

/** Do groups of votes (raters, days) have different means? q = (N - 1) SSB / SST against chi-square; p = 1 without spread. */
export function heterogeneity(groups: readonly Counts[]): Heterogeneity {
  const voted = groups.filter((group) => unitsOf(group) > 0);
  const n = voted.reduce((sum, group) => sum + unitsOf(group), 0);
  const total = voted.reduce((sum, { wins, losses }) => sum + wins - losses, 0);
  const squares = voted.reduce((sum, { wins, losses }) => sum + wins + losses, 0);
  const spread = n > 0 ? squares - total ** 2 / n : 0;
  const between = voted.reduce((sum, group) => sum + (group.wins - group.losses) ** 2 / unitsOf(group), 0);
  const df = Math.max(0, voted.length - 1);
  const q = spread > 0 && df > 0 ? ((n - 1) * (between - total ** 2 / n)) / spread : 0;
  const p = spread > 0 && df > 0 ? chiSquareTail(q, df) : 1;
  return { q, df, p, differ: p < level };
}
