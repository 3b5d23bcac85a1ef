import { zOf } from './normal.ts';
import { tango } from './tango.ts';

export interface BangIndex {
  /** (correct - wrong) / asked, -1..1: 1 all identified, 0 as by chance. Null when no rater was asked. */
  bi: number;
  se: number;
  waldLower: number;
  waldUpper: number;
  tangoLower: number;
  tangoUpper: number;
}

/** Bang's blinding index over all guesses, don't-know included. Source: Bang 2004, PMID 15020033; interval: Tango. */
export function bangIndex(correct: number, wrong: number, unknown: number, conf = 0.95): BangIndex | null {
  const n = correct + wrong + unknown;
  if (n <= 0) return null;
  const bi = (correct - wrong) / n;
  const se = Math.sqrt(Math.max(0, ((correct + wrong) / n - bi * bi) / n));
  const { lower, upper } = tango(correct, wrong, n, conf);
  const z = zOf(conf);
  return { bi, se, waldLower: bi - z * se, waldUpper: bi + z * se, tangoLower: lower, tangoUpper: upper };
}
