/** Parts of a report that rest on what verdicts/ works out, in the shape in which the JSON carries them. */
import type { BlindingWord } from '../stats/adjusted-blinding-index.ts';
import type { ArmMasks, RaterQuality } from '../verdicts/rater-quality.ts';
import { blindSummary } from '../verdicts/summaries.ts';
import type { Interval } from '../verdicts/verdict-shapes.ts';

export interface IndexPart {
  /** Guesses that count. */
  n: number;
  /** 0: the guesses tell nothing beyond the votes; 1: all recognised. */
  index: number;
  interval: Interval;
}

export interface BlindPart {
  /** The vote-adjusted index decides the word; null when no rater was asked to guess. */
  adjusted: (IndexPart & { word: BlindingWord }) | null;
  /** Over all guesses, votes not taken into account. */
  bang: IndexPart | null;
  position: { rater: string; left: number; decisive: number; p: number; warn: boolean }[];
  consistency: { rater: string; repeats: number; reversed: number; interval: Interval; warn: boolean }[];
  agreement: { prompts: number; ac1: number | null; kappa: number | null } | null;
  length: {
    longerWins: number;
    decisive: number;
    interval: Interval;
    p: number;
    oddsRatio: number | null;
    warn: boolean;
    /** Result over pairs whose lengths differ by at most a quarter. */
    similar: { units: number; net: number | null; interval: Interval | null };
  } | null;
  /** Result over prompts that no rater marked as recognised. */
  unrecognised: { units: number; net: number | null; interval: Interval | null } | null;
  /** What was masked before anyone read it, and which names are left, by arm. */
  masks: ({ arm: string } & ArmMasks)[];
}

export type BlindReport = BlindPart & { pair: string };

/** What a report says about one pair's raters; intervals without their estimates. */
export function blindReport(pair: string, quality: RaterQuality): BlindReport {
  const found: BlindPart = blindSummary(quality);
  const { unrecognised, length, consistency } = found;
  return {
    pair,
    ...found,
    consistency: consistency.map((one) => ({ ...one, interval: limits(one.interval) })),
    length: length && {
      ...length,
      interval: limits(length.interval),
      similar: { ...length.similar, interval: length.similar.interval && limits(length.similar.interval) },
    },
    unrecognised: unrecognised && { ...unrecognised, interval: unrecognised.interval && limits(unrecognised.interval) },
  };
}

const limits = ({ lower, upper }: Interval): Interval => ({ lower, upper });

/** What a figure rests on: this run or the log, one of them carried on, the user's word, or an assumption of ours. */
export type Basis = 'measured' | 'extended' | 'stated' | 'assumed';

/** A number with what it rests on, and where it was said or seen. */
export interface Based {
  value: number;
  basis: Basis;
  from: string;
}

export interface MoneyPart {
  /** Calls a month, and where that number comes from: `--volume`, or the log's own rate. */
  volume: { calls: number; basis: Basis; from: string };
  /** US dollars per hour of the machine that a local open model needs; null = not stated. */
  machine: { perHour: number; from: string } | null;
  /** Machines that gave this run's answers together. */
  machinesHere: number;
  /** Calls in the busiest hours over the mean, 1 or more. */
  peak: Based;
  /** Growth of the volume a month, .02 = 2 %; null = not known. */
  growth: Based | null;
  /** Share of the calls that the closed provider takes in batches, at half its price; null = none. */
  batchShare: Based | null;
  /** Share of input tokens that the closed provider reads from its cache in production; null = as in this run. */
  cachedShare: Based | null;
  /** US dollars that one wrong answer costs; null = not stated. */
  wrongUsd: Based | null;
  /** Share of a person who keeps a local model running, and what a person costs a year. */
  ops: { fte: number; yearUsd: number; basis: Basis; from: string };
}

export interface LicencePart {
  arm: string;
  /** SPDX id or the licence's own name; null = not identified. */
  licence: string | null;
  /** What it forbids or asks; null = nothing beyond keeping the notice, or not identified. */
  catch: string | null;
  /** The licence's limit of monthly users lies below the user's own number; null = no limit, or no number. */
  binds: boolean | null;
}

export interface RoutePart {
  pair: string;
  task: string;
  route: 'open' | 'open-first' | 'closed' | 'closed-until-decided';
  /** Why, with share, cost and delay where they were measured. */
  words: string;
  /** How much cheaper and faster open was, and what it could not be asked; empty where nothing is known. */
  compared: string;
  /** Prices per call only; null = not measured or no volume. */
  savingPerMonthUsd: number | null;
  savingInterval: Interval | null;
}
