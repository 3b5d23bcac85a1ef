/** What the machine measured, per arm: how trials ended, retries by cause, latency, cost. Needs no votes. */
import { failureCause } from '../checks/outcome.ts';
import type { StepRecord } from '../records/attempt-record.ts';
import type { ArmRecord } from '../records/run-record.ts';
import { type Attempt, isReplay, isTransportFailure, type Trial } from '../runs/trial.ts';
import { quantile, weightedQuantile } from '../text/numbers.ts';
import type { RetryFigures, Share } from '../verdicts/retry-figures.ts';
import { alike, type Weigh } from '../verdicts/traffic-weights.ts';
import { type Came, whatCame } from '../voting/what-came.ts';

export interface Spread {
  n: number;
  median: number;
  p95: number;
}

export interface CauseCount {
  /** Transport retries are not the model's fault. */
  kind: 'answer' | 'transport';
  /** Failure kind of the check, or the transport outcome. */
  cause: string;
  count: number;
}

export interface ArmFigures {
  arm: string;
  /** Trials begun; usable + unusable + missing. */
  trials: number;
  /** Null while sealed, as everything that tells how this arm's answers ended. */
  usable: number | null;
  unusable: number | null;
  /** Answers with neither text nor tool call; those that a filter withheld are counted apart. */
  empty: number | null;
  withheld: number | null;
  /** Transport, quota or reach failed: no answer yet. */
  missing: number;
  /** Trials that ended without a usable answer although the call itself went well. */
  silentFailures: number | null;
  /** First answers that failed a check, of trial 1; null = not measured: the answers were there before the run, or no check ran. */
  firstFailed: Share | null;
  /** Answers asked for again; null = not measured. */
  answerRetries: number | null;
  transportRetries: number | null;
  causes: CauseCount[];
  /** Milliseconds of first answers, without queueing, back-off and loading; null = not measured. */
  totalMs: Spread | null;
  /** Of the same answers; `n` is smaller where some did not stream. */
  firstTokenMs: Spread | null;
  /** Of the same trials, until their last answer, every retry and wait before it included; null while sealed. */
  finishedMs: Spread | null;
  /** Median output tokens per second. */
  tokensPerSecond: number | null;
  /** Median prompt tokens per second, of first attempts: a later one finds its prompt in the server's cache. */
  readPerSecond: number | null;
  /** Tokens of all steps that state them. */
  tokensIn: number;
  /** Null while sealed: raters see how long an answer is. */
  tokensOut: number | null;
  /** US dollars of all attempts, retries included; null when no step states a cost. */
  costUsd: number | null;
  /**
   * US dollars per 1,000 answered calls, retries included; over several tasks by their shares of the traffic. A call that
   * failed in the log, or that no answer came to, is no answered call.
   */
  costPer1000: number | null;
}

/**
 * Figures of one arm over the given trials; `retries` are those of the same arm and trials. Counts are plain; times and
 * the cost per 1,000 are weighted by `weigh`. `came` knows the prompts.
 */
export function armFigures(
  arm: ArmRecord,
  trials: readonly Trial[],
  retries: RetryFigures,
  weigh: Weigh = alike,
  came: (trial: Trial) => Came = (trial) => whatCame(trial, { prompt: { messages: [] } }),
): ArmFigures {
  const steps = trials.flatMap((trial) => trial.attempts.flatMap((attempt) => attempt.steps));
  const timed = trials.filter(isTimed);
  const ends = trials.map(came);
  const counted = (one: Came): number => ends.filter((end) => end === one).length;
  const spreadOf = (some: readonly Trial[], ms: (trial: Trial) => number): Spread | null =>
    spread(some.map(ms), weigh(some));
  const costs = steps.flatMap((step) => (step.costUsd === undefined ? [] : [step.costUsd]));
  const costUsd = costs.length === 0 ? null : sum(costs);
  const speeds = steps.flatMap((step) => step.ms?.tokensPerSecond ?? []);
  return {
    arm: arm.name,
    trials: trials.length,
    usable: trials.filter((trial) => trial.state === 'usable').length,
    unusable: trials.filter((trial) => trial.state === 'unusable').length,
    missing: trials.filter((trial) => trial.state === 'missing').length,
    empty: counted('empty'),
    withheld: counted('withheld'),
    silentFailures: trials.filter((trial) => trial.state === 'unusable' && trial.answer?.outcome === 'answered').length,
    firstFailed: retries.retry,
    answerRetries: isReplay(arm) ? null : sum(trials.map((trial) => trial.answerRetries)),
    transportRetries: sum(trials.map((trial) => trial.transportRetries)),
    causes: causeCounts(trials),
    totalMs: spreadOf(timed, firstTotal),
    firstTokenMs: spreadOf(
      timed.filter((trial) => firstToken(trial) !== undefined),
      (trial) => firstToken(trial) ?? 0,
    ),
    finishedMs: isReplay(arm) ? null : spreadOf(timed, finishedOf),
    tokensPerSecond: quantile(speeds, 0.5),
    readPerSecond: quantile(
      trials.flatMap(({ attempts }) => attempts[0]?.steps[0]?.ms?.readPerSecond ?? []),
      0.5,
    ),
    tokensIn: sum(steps.map((step) => step.usage?.in ?? 0)),
    tokensOut: sum(steps.map((step) => step.usage?.out ?? 0)),
    costUsd,
    costPer1000: costUsd === null || trials.length === 0 ? null : costPer1000(arm, trials, weigh),
  };
}

/** An agent whose trials do not all tell their cost has none: the unknown is not 0. */
function costPer1000({ agent }: ArmRecord, trials: readonly Trial[], weigh: Weigh): number | null {
  if (!agent) return meanPer1000(trials.filter(cameAtLast), weigh, ({ costUsd }) => costUsd);
  const tried = trials.filter(({ attempts }) => attempts.length > 0);
  const isKnown = tried.every(({ attempts }) =>
    attempts.every(({ steps }) => steps.some((step) => step.costUsd !== undefined)),
  );
  return isKnown && tried.length > 0 ? meanPer1000(tried, weigh, ({ costUsd }) => costUsd) : null;
}

/** What a call costs is said of those that brought an answer. */
export const cameAtLast = ({ state }: Trial): boolean => state !== 'missing';

/** What 1,000 trials sum up to, all attempts and steps included, from those that say it; null where none does. */
export function meanPer1000(
  trials: readonly Trial[],
  weigh: Weigh,
  of: (step: StepRecord) => number | undefined,
): number | null {
  const said = trials.flatMap((trial) => {
    const values = trial.attempts.flatMap(({ steps }) => steps.flatMap((step) => of(step) ?? []));
    return values.length === 0 ? [] : [{ trial, value: sum(values) }];
  });
  if (said.length === 0) return null;
  const weights = weigh(said.map(({ trial }) => trial));
  return (sum(said.map(({ value }, at) => value * (weights[at] ?? 0))) / said.length) * 1000;
}

/** What may be said of an arm before the votes are in: a rater who knows whose answers failed knows whose side it is. */
export const sealedFigures = (figures: ArmFigures): ArmFigures => ({
  ...figures,
  // How many answers had a first token tells how many were empty.
  firstTokenMs: figures.firstTokenMs && { ...figures.firstTokenMs, n: figures.totalMs?.n ?? 0 },
  usable: null,
  unusable: null,
  empty: null,
  withheld: null,
  silentFailures: null,
  firstFailed: null,
  answerRetries: null,
  transportRetries: null,
  finishedMs: null,
  causes: [],
  tokensOut: null,
});

const answersOf = ({ attempts }: Trial): Attempt[] => attempts.filter(({ outcome }) => outcome === 'answered');

/** It was answered, and each of its answers has a time: what a row on times is about. */
export const isTimed = (trial: Trial): boolean => {
  const answers = answersOf(trial);
  return answers.length > 0 && answers.every((attempt) => totalOf(attempt).length > 0);
};

/** Milliseconds of the first whole answer of a timed trial. */
export const firstTotal = (trial: Trial): number => sum(answersOf(trial).slice(0, 1).flatMap(totalOf));

/** Of the first answer as well: a later one finds its prompt in the server's cache. Undefined where it did not stream. */
const firstToken = (trial: Trial): number | undefined => answersOf(trial)[0]?.steps[0]?.ms?.ttft;

/** Milliseconds of one attempt over all its steps; nothing when a step was not timed. */
export function totalOf(attempt: Attempt): number[] {
  const totals = attempt.steps.flatMap((step) => step.ms?.total ?? []);
  return totals.length === attempt.steps.length && totals.length > 0 ? [sum(totals)] : [];
}

/** What the user waited until the last answer, usable or not. */
const finishedOf = (trial: Trial): number =>
  sum(answersOf(trial).flatMap(totalOf)) +
  sum(trial.attempts.flatMap(({ steps }) => steps.map((step) => step.waited ?? 0)));

/**
 * Each answer retry counts under what was wrong with the answer before it, each transport retry under its outcome:
 * the counts add up to answerRetries and transportRetries.
 */
function causeCounts(trials: readonly Trial[]): CauseCount[] {
  const counts = new Map<string, CauseCount>();
  const add = (kind: CauseCount['kind'], cause: string): void => {
    const entry = counts.get(`${kind} ${cause}`) ?? { kind, cause, count: 0 };
    counts.set(`${kind} ${cause}`, { ...entry, count: entry.count + 1 });
  };
  for (const trial of trials) {
    for (const attempt of trial.attempts) if (isTransportFailure(attempt.outcome)) add('transport', attempt.outcome);
    const answered = trial.attempts.filter((attempt) => attempt.outcome === 'answered');
    for (const attempt of answered.slice(0, -1)) add('answer', failureCause(attempt.checks) ?? 'unknown');
  }
  return [...counts.values()].sort(
    (a, b) => b.count - a.count || (`${a.kind} ${a.cause}` < `${b.kind} ${b.cause}` ? -1 : 1),
  );
}

function spread(values: readonly number[], weights: readonly number[]): Spread | null {
  const isEven = weights.every((weight) => Math.abs(weight - 1) < 1e-9);
  const at = (q: number): number | null => (isEven ? quantile(values, q) : weightedQuantile(values, weights, q));
  const [median, p95] = [at(0.5), at(0.95)];
  return median === null || p95 === null ? null : { n: values.length, median, p95 };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
