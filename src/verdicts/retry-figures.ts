/**
 * What would have to be retried, per task and arm: pure folds over trials. Rates and their intervals come from trial 1
 * (independent prompts, the answers people see); sums come from all trials. Formulas: statistics.md §4.
 */
import { failureCause } from '../checks/outcome.ts';
import type { TransportFailure } from '../records/attempt-record.ts';
import type { PromptId } from '../records/ids.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { ArmRecord } from '../records/run-record.ts';
import { type Attempt, isReplay, isTransportFailure, type Trial, trialKey } from '../runs/trial.ts';
import { tango } from '../stats/tango.ts';
import { wilson } from '../stats/wilson.ts';
import type { Interval } from './verdict-shapes.ts';

/** One arm's record and its trials, as `foldTrials` gives them. */
export interface ArmTrials {
  record: ArmRecord;
  trials: ReadonlyMap<string, Trial>;
}

/** x of n with a 95 % Wilson interval. */
export interface Share {
  x: number;
  n: number;
  interval: Interval;
}

export interface RetryFigures {
  arm: string;
  /** Trials done and missing (transport, quota, reach): missing ones are in no other figure. */
  done: number;
  missing: number;
  /** The first answer passed its checks; trial 1. */
  firstTry: Share;
  /** The first answer failed a check; trial 1. `null`: not measured, the answers were there before, or no check ran. */
  retry: Share | null;
  /** Answers asked for per trial, 1 without retries; all trials. `null`: not measured. */
  meanAttempts: number | null;
  /** Still unusable when the retries were spent. `null`: not measured. */
  gaveUp: number | null;
  /** Answers that arrived whole and failed a check, by the cause that comes first; every attempt counts. */
  silent: Record<string, number>;
  /** Answers on which a check could not decide. */
  notJudged: number;
  /** Not the model's fault, and apart from everything above. */
  transport: { retries: number; byCause: Partial<Record<TransportFailure, number>>; waitedMs: number };
  /** What answer retries cost on top: provider time in ms, US dollars (null: a price is unknown), output tokens. */
  added: { ms: number; costUsd: number | null; tokensOut: number };
}

/** Every arm's figures within one task, or over all (`task` null), in the order of `arms`. */
export interface TaskRetries {
  task: string | null;
  arms: RetryFigures[];
}

/** Overall first, then the tasks in the order in which the prompts have them. */
export function retryFigures(prompts: readonly PromptRecord[], arms: readonly ArmTrials[]): TaskRetries[] {
  const tasks = [...new Set(prompts.map(({ task }) => task))];
  return [null, ...tasks].map((task) => {
    const within = task === null ? prompts : prompts.filter((prompt) => prompt.task === task);
    return { task, arms: arms.map((arm) => armFigures(within, arm)) };
  });
}

function armFigures(prompts: readonly PromptRecord[], { record, trials }: ArmTrials): RetryFigures {
  const ids = new Set(prompts.map(({ id }) => id));
  const own = [...trials.values()].filter(({ prompt }) => ids.has(prompt));
  const done = own.filter(({ state }) => state !== 'missing');
  const first = done.filter(({ trial }) => trial === 1);
  const passed = first.filter(passedFirst).length;
  const measured = !isReplay(record);
  return {
    arm: record.name,
    done: done.length,
    missing: own.length - done.length,
    firstTry: share(passed, first.length),
    retry: measured && wereChecked(first) ? share(first.length - passed, first.length) : null,
    meanAttempts:
      measured && done.length > 0 ? sum(done.map((trial) => answersOf(trial).length || 1)) / done.length : null,
    gaveUp: measured ? done.filter((trial) => trial.state === 'unusable' && answersOf(trial).length > 0).length : null,
    ...failures(own),
    transport: transportOf(own),
    added: addedBy(done),
  };
}

/** With every check switched off nothing can fail, and 0 would be no figure. */
const wereChecked = (trials: readonly Trial[]): boolean =>
  trials.length === 0 || trials.some((trial) => trial.attempts.some(({ checks }) => checks.length > 0));

const share = (x: number, n: number): Share => ({ x, n, interval: wilson(x, n) });
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const answersOf = ({ attempts }: Trial): Attempt[] => attempts.filter(({ outcome }) => outcome === 'answered');

const passedFirst = (trial: Trial): boolean => answersOf(trial)[0]?.usable === true;

function failures(trials: readonly Trial[]): Pick<RetryFigures, 'silent' | 'notJudged'> {
  const silent: Record<string, number> = {};
  let notJudged = 0;
  for (const { attempts } of trials) {
    for (const { outcome, checks } of attempts) {
      if (outcome !== 'answered') continue;
      const cause = failureCause(checks);
      if (cause !== undefined) silent[cause] = (silent[cause] ?? 0) + 1;
      if (checks.some(({ judged }) => judged === false)) notJudged += 1;
    }
  }
  return { silent, notJudged };
}

function transportOf(trials: readonly Trial[]): RetryFigures['transport'] {
  const byCause: RetryFigures['transport']['byCause'] = {};
  let waitedMs = 0;
  for (const { attempts } of trials) {
    for (const { outcome, steps } of attempts) {
      if (isTransportFailure(outcome)) byCause[outcome] = (byCause[outcome] ?? 0) + 1;
      waitedMs += steps[0]?.waited ?? 0;
    }
  }
  return { retries: sum(trials.map((trial) => trial.transportRetries)), byCause, waitedMs };
}

/** Every answer after a trial's first. An answer without a price makes the sum unknown, never smaller. */
function addedBy(trials: readonly Trial[]): RetryFigures['added'] {
  const steps = trials.flatMap((trial) => answersOf(trial).slice(1)).flatMap((attempt) => attempt.steps);
  const priced = steps.every(({ costUsd }) => costUsd !== undefined);
  return {
    ms: sum(steps.map(({ ms }) => ms?.total ?? 0)),
    costUsd: priced ? sum(steps.map(({ costUsd }) => costUsd ?? 0)) : null,
    tokensOut: sum(steps.map(({ usage }) => usage?.out ?? 0)),
  };
}

export interface RetryDifference {
  /** Prompts that both arms answered in trial 1. */
  pairs: number;
  /** Only `a` would have to be retried; only `b`. */
  onlyA: number;
  onlyB: number;
  /** Retry rate of a minus that of b, with Tango's paired interval. */
  difference: number;
  interval: Interval;
}

/** Paired by prompt; `null` when either arm's retries are not measured or no prompt was answered by both. */
export function retryDifference(prompts: readonly PromptRecord[], a: ArmTrials, b: ArmTrials): RetryDifference | null {
  if (isReplay(a.record) || isReplay(b.record)) return null;
  const pairs = prompts.flatMap(({ id }) => {
    const [ofA, ofB] = [doneFirst(a, id), doneFirst(b, id)];
    return ofA && ofB ? [{ a: !passedFirst(ofA), b: !passedFirst(ofB) }] : [];
  });
  if (pairs.length === 0) return null;
  const onlyA = pairs.filter((pair) => pair.a && !pair.b).length;
  const onlyB = pairs.filter((pair) => pair.b && !pair.a).length;
  const { estimate, lower, upper } = tango(onlyA, onlyB, pairs.length);
  return { pairs: pairs.length, onlyA, onlyB, difference: estimate, interval: { lower, upper } };
}

function doneFirst({ trials }: ArmTrials, prompt: PromptId): Trial | undefined {
  const trial = trials.get(trialKey(prompt, 1));
  return trial && trial.state !== 'missing' ? trial : undefined;
}
