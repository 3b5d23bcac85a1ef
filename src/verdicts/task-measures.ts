/** What machines measured per task and arm, as routing reads it: failed checks, cost and time of a first answer. */

import type { PromptId } from '../records/ids.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { ArmRecord } from '../records/run-record.ts';
import { type Attempt, isReplay, type Trial, trialKey } from '../runs/trial.ts';
import { costKindOf } from './known-price.ts';
import { type MeanCost, meanCost } from './mean-cost.ts';
import { asInRun, type ProductionTerms, productionCost } from './production-cost.ts';
import type { ArmTrials } from './retry-figures.ts';
import type { ArmMeasure, TaskMeasure } from './routing.ts';

/** Measures by task for one pair of arms, from every prompt that was answered, voted on or not. */
export function taskMeasures(
  prompts: readonly PromptRecord[],
  open: ArmTrials,
  closed: ArmTrials,
  terms: ProductionTerms = asInRun,
): Record<string, TaskMeasure> {
  const measures: Record<string, TaskMeasure> = {};
  for (const task of new Set(prompts.map((prompt) => prompt.task))) {
    const ids = prompts.filter((prompt) => prompt.task === task).map(({ id }) => id);
    const paired = pairedFailures(ids, open, closed);
    measures[task] = {
      open: armMeasure(ids, open, terms),
      closed: armMeasure(ids, closed, terms),
      ...(paired ? { paired } : {}),
    };
  }
  return measures;
}

function armMeasure(ids: readonly PromptId[], { record, trials }: ArmTrials, terms: ProductionTerms): ArmMeasure {
  const first = ids.flatMap((id) => firstAnswer(trials.get(trialKey(id, 1))) ?? []);
  const times = first
    .map(({ steps }) => steps.reduce((sum, { ms }) => sum + (ms?.total ?? 0), 0))
    .sort((x, y) => x - y);
  // Answers that were there before the run were never checked again, and took no time here.
  const measured = !isReplay(record);
  return {
    answered: measured ? first.length : 0,
    failedFirst: measured ? first.filter(({ usable }) => !usable).length : 0,
    cost: costOf(record, first, terms),
    latencyMs: measured ? (times[Math.floor(times.length / 2)] ?? null) : null,
  };
}

const firstAnswer = (trial: Trial | undefined): Attempt | undefined =>
  trial && trial.state !== 'missing' ? trial.attempts.find(({ outcome }) => outcome === 'answered') : undefined;

/** A machine with a price costs nothing per call: its hours are counted elsewhere. One unknown price: no mean. */
function costOf(record: ArmRecord, first: readonly Attempt[], terms: ProductionTerms): MeanCost | null {
  const kind = costKindOf(record, { machine: terms.machineStated, fee: null });
  if (kind === 'machine') return first.length > 0 ? { calls: first.length, mean: 0, se: 0 } : null;
  const costs = first.map(({ steps }) => steps.map((step) => productionCost(record, step, terms)));
  if (costs.some((ofSteps) => ofSteps.includes(undefined))) return null;
  return meanCost(costs.map((ofSteps) => ofSteps.reduce<number>((sum, usd) => sum + (usd ?? 0), 0)));
}

function pairedFailures(ids: readonly PromptId[], open: ArmTrials, closed: ArmTrials): TaskMeasure['paired'] {
  if (isReplay(open.record) || isReplay(closed.record)) return undefined;
  let [onlyOpen, onlyClosed, pairs] = [0, 0, 0];
  for (const id of ids) {
    const ofOpen = firstAnswer(open.trials.get(trialKey(id, 1)));
    const ofClosed = firstAnswer(closed.trials.get(trialKey(id, 1)));
    if (!ofOpen || !ofClosed) continue;
    pairs += 1;
    if (!ofOpen.usable && ofClosed.usable) onlyOpen += 1;
    if (ofOpen.usable && !ofClosed.usable) onlyClosed += 1;
  }
  return { onlyOpen, onlyClosed, pairs };
}
