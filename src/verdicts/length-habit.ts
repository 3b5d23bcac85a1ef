/** Did the longer answer win because it was longer? Shown beside the result, never instead of it. */

import type { EstimateInterval } from '../stats/interval.ts';
import { mantelHaenszel, type PooledOdds, type TwoByTwo } from '../stats/mantel-haenszel.ts';
import { wilson } from '../stats/wilson.ts';
import type { LengthOf } from '../voting/ballots.ts';
import { estimateByPrompt, preference } from './estimate.ts';
import type { EvidenceUnit, Interval } from './verdict-shapes.ts';

export interface LengthHabit {
  /** Decisive votes on pairs that differ by more than 10 % in length, and those that the longer answer won. */
  decisive: number;
  longerWins: number;
  share: Interval | null;
  odds: PooledOdds;
  /** p < .05 and the longer answer favoured more than 2:1; then look at the rows. */
  warn: boolean;
  /** Net preference where a's answer was longer, where b's was, and where both were about as long. */
  rows: { longer: 'a' | 'b' | 'same'; units: number; net: EstimateInterval | null }[];
  /** The result where length can hardly decide: pairs that differ by at most a quarter. */
  similar: { units: number; net: EstimateInterval | null };
}

type Longer = 'a' | 'b' | 'same';

export function lengthHabit(evidence: readonly EvidenceUnit[], lengthOf: LengthOf): LengthHabit {
  const tables = new Map<string, [[number, number], [number, number]]>();
  let [decisive, longerWins] = [0, 0];
  for (const unit of evidence) {
    const longer = longerOf(unit, lengthOf);
    if (longer === 'same') continue;
    const table = tables.get(unit.task) ?? [
      [0, 0],
      [0, 0],
    ];
    tables.set(unit.task, table);
    for (const { outcome } of unit.votes) {
      if (outcome !== 'a' && outcome !== 'b') continue;
      table[longer === 'a' ? 0 : 1][outcome === 'a' ? 0 : 1] += 1;
      decisive += 1;
      if (outcome === longer) longerWins += 1;
    }
  }
  const odds = mantelHaenszel([...tables.values()] satisfies TwoByTwo[]);
  const favoured = odds.oddsRatio === null ? longerWins > decisive / 2 : odds.oddsRatio > 2;
  return {
    decisive,
    longerWins,
    share: decisive > 0 ? wilson(longerWins, decisive) : null,
    odds,
    warn: odds.p !== null && odds.p < 0.05 && favoured,
    rows: (['a', 'b', 'same'] as const).map((longer) => {
      const units = evidence.filter((unit) => longerOf(unit, lengthOf) === longer);
      return { longer, units: units.length, net: estimateByPrompt(units, preference) };
    }),
    similar: netOfSimilar(evidence, lengthOf),
  };
}

/** Within 10 % of the longer one is the same length; so is a pair in which one has no text. */
function longerOf({ prompt }: EvidenceUnit, lengthOf: LengthOf): Longer {
  const [a, b] = [lengthOf(prompt, 'a'), lengthOf(prompt, 'b')];
  if (a === undefined || b === undefined || Math.abs(a - b) <= 0.1 * Math.max(a, b)) return 'same';
  return a > b ? 'a' : 'b';
}

const similarWithin = 0.25;

/** Only units that somebody voted on, with two lengths known. */
function netOfSimilar(evidence: readonly EvidenceUnit[], lengthOf: LengthOf): LengthHabit['similar'] {
  const units = evidence.filter(({ prompt, votes }) => {
    const [a, b] = [lengthOf(prompt, 'a'), lengthOf(prompt, 'b')];
    const known = votes.length > 0 && a !== undefined && b !== undefined;
    return known && Math.abs(a - b) <= similarWithin * Math.max(a, b);
  });
  return { units: units.length, net: estimateByPrompt(units, preference) };
}
