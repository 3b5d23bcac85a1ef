/** Four arms or more on one scale, and the one claim about several arms that has an error rate: "best of". */
import type { PairRecord, RunRecord } from '../records/run-record.ts';
import { pairName } from '../records/run-record.ts';
import { type BradleyTerry, bradleyTerry, type Comparison } from '../stats/bradley-terry.ts';
import { zOf } from '../stats/normal.ts';
import { decidePair, scopeOf } from './decide.ts';
import { collectEvidence, type EvidenceInput } from './evidence.ts';
import { isGoodAtAnyVote } from './rule.ts';
import type { Interval, PairVerdicts } from './verdict-shapes.ts';

export interface RankedArm {
  arm: string;
  /** Logit scale, sums to 0 over the arms; null for an arm that nothing was compared with. */
  strength: number | null;
  /** Against the first arm (the closed one), on the same scale; null below 10 prompts. */
  versusFirst: (Interval & { estimate: number }) | null;
}

export interface Ranking {
  arms: RankedArm[];
  prompts: number;
  /** Someone won or lost everything: half a win and half a loss were added per pair. */
  regularised: boolean;
}

const rankedFrom = 4;
const intervalsFrom = 10;

/** Strengths of all arms, best first, ties as half wins; null below four arms or without votes. */
export function rankArms(run: RunRecord, verdicts: readonly PairVerdicts[]): Ranking | null {
  const closedFirst = [...run.arms].sort((x, y) => Number(y.role === 'closed') - Number(x.role === 'closed'));
  const names = closedFirst.map(({ name }) => name);
  if (names.length < rankedFrom) return null;
  return rankComparisons(names, comparisonsOf(names, verdicts));
}

function comparisonsOf(names: readonly string[], verdicts: readonly PairVerdicts[]): Comparison[] {
  return verdicts.flatMap(({ pair, evidence }) => {
    const [a, b] = [names.indexOf(pair.a), names.indexOf(pair.b)];
    if (a < 0 || b < 0) return [];
    return evidence.map(({ prompt, score }) => ({ a, b, score: (score + 1) / 2, prompt }));
  });
}

/** The same for comparisons from elsewhere, such as arena battles. `names[0]` is the zero point. */
export function rankComparisons(names: readonly string[], comparisons: readonly Comparison[]): Ranking | null {
  if (comparisons.length === 0) return null;
  const fit = bradleyTerry(names.length, comparisons);
  const arms = names.map((arm, at) => ({
    arm,
    strength: fit.strengthSumZero[at] ?? null,
    versusFirst: at === 0 ? null : versusFirst(fit, at - 1),
  }));
  arms.sort((x, y) => (y.strength ?? Number.NEGATIVE_INFINITY) - (x.strength ?? Number.NEGATIVE_INFINITY));
  return { arms, prompts: fit.prompts, regularised: fit.regularised };
}

function versusFirst({ beta, seCluster, prompts }: BradleyTerry, at: number): RankedArm['versusFirst'] {
  const [estimate, se] = [beta[at] ?? null, seCluster[at] ?? null];
  if (estimate === null || se === null || prompts < intervalsFrom) return null;
  return { estimate, lower: estimate - zOf(0.95) * se, upper: estimate + zOf(0.95) * se };
}

export interface BestOf {
  pair: PairRecord;
  units: number;
}

/**
 * Which open arm may be called good enough because it is the best of several: the e-process, read after every vote in
 * the order of evidence, must reach 20 times the number of open arms. Null when none does, or there is one open arm only
 * (its own verdict says it).
 */
export function bestOpenArm(input: EvidenceInput): BestOf | null {
  const pairs = input.run.pairs.filter(({ decides }) => decides);
  if (pairs.length < 2) return null;
  const decided = pairs.map((pair) => decidePair(input, pair));
  const good = decided.filter(({ pair, overall }) => {
    const scope = scopeOf(input, collectEvidence(input, pair), { task: null });
    return !overall.neither && isGoodAtAnyVote(scope, input.run.margin, pairs.length / input.run.alpha);
  });
  const [best] = good.sort((x, y) => (y.overall.net ?? -1) - (x.overall.net ?? -1) || byName(x.pair, y.pair));
  return best ? { pair: best.pair, units: best.overall.units } : null;
}

const byName = (x: PairRecord, y: PairRecord): number => (pairName(x) < pairName(y) ? -1 : 1);
