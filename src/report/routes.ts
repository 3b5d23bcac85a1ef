/** What routing needs to know, from the trials at hand: failures, cost and delay per task of both arms of a pair. */

import type { Trial } from '../runs/trial.ts';
import { meanCost } from '../verdicts/cost.ts';
import { type ArmTrials, retryDifference, retryFigures } from '../verdicts/retry-figures.ts';
import { type ArmMeasure, type Routing, routeTasks, type TaskMeasure } from '../verdicts/routing.ts';
import type { PairVerdicts } from '../verdicts/verdict.ts';
import { totalOf } from './arm-figures.ts';
import { armTrials } from './arm-report.ts';
import { quantile } from './numbers.ts';
import type { ReportInput } from './report-input.ts';

/** One routing per deciding pair; what `--routes` writes. */
export function routingOf(input: ReportInput, pairs: readonly PairVerdicts[]): Routing[] {
  const arms = armTrials(input);
  return pairs
    .filter(({ pair }) => pair.decides)
    .flatMap((verdicts) => {
      const open = arms.find(({ record }) => record.name === verdicts.pair.a);
      const closed = arms.find(({ record }) => record.name === verdicts.pair.b);
      if (!open || !closed) return [];
      const measures = Object.fromEntries(
        input.run.tasks.map(({ task }) => [task, taskMeasure(input, task, open, closed)]),
      );
      const callsPerMonth = input.money?.volume.calls ?? null;
      return [routeTasks({ run: input.run, verdicts, measures, callsPerMonth })];
    });
}

function taskMeasure(input: ReportInput, task: string, open: ArmTrials, closed: ArmTrials): TaskMeasure {
  const prompts = input.prompts.filter((prompt) => prompt.task === task);
  const ids = new Set<string>(prompts.map(({ id }) => id));
  const [ofOpen, ofClosed] = retryFigures(prompts, [open, closed]).find((one) => one.task === task)?.arms ?? [];
  const measure = (arm: ArmTrials, retry: typeof ofOpen): ArmMeasure | undefined => {
    if (!retry?.retry) return undefined;
    const trials = [...arm.trials.values()].filter((trial) => ids.has(trial.prompt) && trial.state !== 'missing');
    const costs = trials.flatMap((trial) => costOf(arm, trial, input));
    const first = trials.flatMap((trial) => (trial.attempts[0] ? totalOf(trial.attempts[0]) : []));
    return {
      answered: retry.retry.n,
      failedFirst: retry.retry.x,
      cost: meanCost(costs),
      latencyMs: quantile(first, 0.5),
    };
  };
  const paired = pairedFailures(prompts, open, closed, ofOpen?.retry?.x ?? 0, ofOpen?.retry?.n ?? 0);
  const [measuredOpen, measuredClosed] = [measure(open, ofOpen), measure(closed, ofClosed)];
  return {
    ...(measuredOpen ? { open: measuredOpen } : {}),
    ...(measuredClosed ? { closed: measuredClosed } : {}),
    ...(paired ? { paired } : {}),
  };
}

/** Only where every prompt that open answered was answered by closed as well: then what both failed is the rest. */
function pairedFailures(
  prompts: ReportInput['prompts'],
  open: ArmTrials,
  closed: ArmTrials,
  failed: number,
  answered: number,
): TaskMeasure['paired'] {
  const found = retryDifference(prompts, open, closed);
  if (!found || found.pairs !== answered) return undefined;
  return { onlyOpen: found.onlyA, onlyClosed: found.onlyB, both: failed - found.onlyA };
}

/** Dollars of one trial, retries included: the provider's price, or the hours of an own machine at its stated price. */
function costOf({ record }: ArmTrials, trial: Trial, { money }: ReportInput): number[] {
  const steps = trial.attempts.flatMap((attempt) => attempt.steps);
  if (record.leavesMachine || record.host === null) {
    const known = steps.flatMap((step) => step.costUsd ?? []);
    return known.length === steps.length && known.length > 0 ? [known.reduce((sum, cost) => sum + cost, 0)] : [];
  }
  const spent = trial.attempts.flatMap(totalOf).reduce((sum, ms) => sum + ms, 0);
  return money?.machine && spent > 0 ? [(spent / 3_600_000) * money.machine.perHour] : [];
}
