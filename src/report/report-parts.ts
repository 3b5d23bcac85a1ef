/** Parts of a report that rest on what verdicts/ works out, in the shape in which the JSON carries them. */
import { pairName } from '../records.ts';
import type { BlindingWord } from '../stats/adjusted-blinding-index.ts';
import { identifyLicence } from '../verdicts/licence.ts';
import type { RaterQuality } from '../verdicts/rater-quality.ts';
import type { Routing } from '../verdicts/routing.ts';
import type { Interval } from '../verdicts/verdict.ts';
import type { ReportInput } from './report-input.ts';

export interface IndexPart {
  /** Guesses that count. */
  n: number;
  /** 0: the guesses tell nothing beyond the votes; 1: all recognised. */
  index: number | null;
  interval: Interval | null;
}

export interface BlindPart {
  pair: string;
  /** The vote-adjusted index decides the word; null when nobody was asked to guess. */
  adjusted: (IndexPart & { word: BlindingWord }) | null;
  /** Over all guesses, votes not taken into account. */
  bang: IndexPart | null;
  raters: {
    rater: string;
    left: number;
    decisive: number;
    p: number;
    warn: boolean;
    repeats: number | null;
    reversed: number | null;
    reverses: boolean;
  }[];
  agreement: { prompts: number; ac1: number | null; kappa: number | null } | null;
  length: {
    longerWins: number;
    decisive: number;
    interval: Interval | null;
    p: number | null;
    oddsRatio: number | null;
    warn: boolean;
  };
  /** The result on all ballots, on those nobody recognised, and by what was guessed. */
  rows: { row: string; units: number; net: number | null; interval: Interval | null }[];
  /** Places masked before anyone read them, by arm. */
  masks: { arm: string; count: number }[];
}

/** What a report says about one pair's raters. */
export function blindPart(pair: string, quality: RaterQuality): BlindPart {
  const { recognition, agreement, length, masks } = quality;
  const adjusted = recognition?.adjusted;
  const plain = recognition?.plain;
  return {
    pair,
    adjusted:
      adjusted && adjusted.asked > 0
        ? { n: adjusted.used, index: adjusted.index, interval: limits(adjusted), word: adjusted.word }
        : null,
    bang:
      adjusted && plain
        ? { n: adjusted.asked, index: plain.bi, interval: { lower: plain.tangoLower, upper: plain.tangoUpper } }
        : null,
    raters: quality.raters.map(({ rater, position, consistency }) => ({
      rater,
      left: position.left,
      decisive: position.decisive,
      p: position.p,
      warn: position.warn,
      repeats: consistency?.repeats ?? null,
      reversed: consistency?.reversed ?? null,
      reverses: consistency?.notice ?? false,
    })),
    agreement: agreement
      ? { prompts: agreement.items, ac1: agreement.ac1, kappa: agreement.kappa?.kappa ?? null }
      : null,
    length: {
      longerWins: length.longerWins,
      decisive: length.decisive,
      interval: length.share && limits(length.share),
      p: length.odds.p,
      oddsRatio: length.odds.oddsRatio,
      warn: length.warn,
    },
    rows: (recognition?.rows ?? []).map(({ row, units, net }) => ({
      row,
      units,
      net: net?.estimate ?? null,
      interval: net && limits(net),
    })),
    masks: Object.entries(masks).map(([arm, count]) => ({ arm, count })),
  };
}

const limits = ({ lower, upper }: { lower: number | null; upper: number | null }): Interval | null =>
  lower === null || upper === null ? null : { lower, upper };

export interface MoneyPart {
  /** Calls a month, and where that number comes from: `--volume`, or the log's own rate. */
  volume: { calls: number; from: string };
  /** US dollars per hour of the machine that a local open model needs; null = not stated. */
  machine: { perHour: number; from: string } | null;
  /** Share of a person who keeps a local model running, and what a person costs a year. */
  ops: { fte: number; yearUsd: number; from: string };
}

export interface LicencePart {
  arm: string;
  /** SPDX id or the licence's own name; null = not identified. */
  licence: string | null;
  /** What it forbids or asks; null = nothing beyond keeping the notice, or not identified. */
  catch: string | null;
  words: string;
}

/** Arms whose weights one runs oneself; the closed model's terms are a contract, not a licence text. */
export const licenceParts = ({ run }: ReportInput): LicencePart[] =>
  run.arms
    .filter((arm) => arm.role !== 'closed')
    .map((arm) => {
      const { licence, sentence } = identifyLicence(arm.licence);
      return { arm: arm.name, licence: licence?.name ?? null, catch: licence?.catch ?? null, words: sentence };
    });

export interface RoutePart {
  pair: string;
  task: string;
  route: 'open' | 'open-first' | 'closed' | 'closed-until-decided';
  words: string;
  /** Share of calls that the closed model answers. */
  closedShare: number;
  /** US dollars, against closed alone; null = not measured or no volume. */
  savingPerMonth: (Interval & { estimate: number }) | null;
}

export const routeParts = (routing: readonly Routing[]): RoutePart[] =>
  routing.flatMap((one) =>
    one.tasks.map(({ task, route, reason, closedShare, savingPerMonth }) => ({
      pair: pairName({ a: one.open, b: one.closed }),
      task,
      route,
      words: reason,
      closedShare,
      savingPerMonth,
    })),
  );
