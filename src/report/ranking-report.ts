/** Several open models: all of them on one scale, and which one may be picked. */
import { pairName, type RunRecord } from '../records/run-record.ts';
import { count, plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { type RankedArm, type Ranking, rankArms } from '../verdicts/ranking.ts';
import type { Interval, PairVerdicts } from '../verdicts/verdict-shapes.ts';
import type { ReportInput } from './report-input.ts';

export interface RankedReport extends RankedArm {
  /** Share of prompts on which it would win against the closed model, ties as half; .5 for that model itself. */
  wins: number | null;
  winsInterval: Interval | null;
}

/** Best first. */
export interface RankingReport extends Omit<Ranking, 'arms'> {
  arms: RankedReport[];
}

export interface BestOfReport {
  pair: string;
  open: string;
  /** Open models that were compared. */
  of: number;
  prompts: number;
  words: string;
}

/** Strengths as what people can picture: how often each arm would win against the first one. */
export function rankingReport({ run }: ReportInput, pairs: readonly PairVerdicts[]): RankingReport | null {
  const ranking = rankArms(run, pairs);
  if (ranking === null) return null;
  const zero = ranking.arms.find(({ arm }) => arm === closedArm(run))?.strength ?? null;
  return {
    ...ranking,
    arms: ranking.arms.map((arm) => ({
      ...arm,
      wins: arm.strength === null || zero === null ? null : shareOf(arm.strength - zero),
      winsInterval: arm.versusFirst && {
        lower: shareOf(arm.versusFirst.lower),
        upper: shareOf(arm.versusFirst.upper),
      },
    })),
  };
}

/** The arm that the others are measured against. */
export const closedArm = (run: Pick<RunRecord, 'arms'>): string | undefined =>
  (run.arms.find(({ role }) => role === 'closed') ?? run.arms[0])?.name;

const shareOf = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** The one claim about several open models that has an error rate: this one is within the margin although it was picked. */
export function bestOfReport({ run, bestOf }: ReportInput): BestOfReport | null {
  if (!bestOf) return null;
  const of = run.pairs.filter(({ decides }) => decides).length;
  const model = oneLine(run.arms.find(({ name }) => name === bestOf.pair.a)?.model ?? bestOf.pair.a, 60);
  const times = Number((run.alpha * 100).toFixed(2));
  return {
    pair: pairName(bestOf.pair),
    open: bestOf.pair.a,
    of,
    prompts: bestOf.units,
    words: `If you pick one of the ${count(of)} open models, pick ${model}: over these ${plural(bestOf.units, 'prompt')} together it is within your margin, with ${count(of)} times the evidence that one model alone needs, so that this too is wrong at most ${times} times in 100. It does not say that the other open models are worse.`,
  };
}
