/** Routes of every deciding pair, from its verdicts and what the trials measured, and what following them would save. */
import { pairName } from '../records/run-record.ts';
import type { Attempt } from '../runs/trial.ts';
import { capacityOf, timedCalls } from '../verdicts/capacity.ts';
import type { MayRest } from '../verdicts/may-rest-on.ts';
import { asInRun, type ProductionTerms, productionCost } from '../verdicts/production-cost.ts';
import type { ArmTrials } from '../verdicts/retry-figures.ts';
import { heldRoutes, payingRoutes, type Routing, routeTasks, type TaskMeasure } from '../verdicts/routing.ts';
import { routeSummary } from '../verdicts/summaries.ts';
import { comparedWords } from '../verdicts/task-comparison.ts';
import { taskMeasures } from '../verdicts/task-measures.ts';
import { trafficWeights, type Weigh } from '../verdicts/traffic-weights.ts';
import type { PairVerdicts } from '../verdicts/verdict-shapes.ts';
import { cameAtLast, meanPer1000 } from './arm-figures.ts';
import { type ArmReport, armTrials } from './arm-report.ts';
import { unreliableWords } from './five-answers.ts';
import { type MoneyReport, moneyReport } from './money.ts';
import type { MoneyArm } from './money-terms.ts';
import { type PlanReport, planReport } from './plan-report.ts';
import type { ReportInput } from './report-input.ts';
import type { MoneyPart, RoutePart } from './report-parts.ts';

export interface PairRouting {
  verdicts: PairVerdicts;
  routing: Routing;
  measures: Record<string, TaskMeasure>;
}

/** One routing per deciding pair; what `--routes` writes. Where nothing may rest on the votes, nothing moves on them. */
export function routingOf(
  input: ReportInput,
  pairs: readonly PairVerdicts[],
  rest: MayRest = { ok: true },
): PairRouting[] {
  const arms = armTrials(input);
  return pairs
    .filter(({ pair }) => pair.decides)
    .flatMap((verdicts) => {
      const open = arms.find(({ record }) => record.name === verdicts.pair.a);
      const closed = arms.find(({ record }) => record.name === verdicts.pair.b);
      if (!open || !closed) return [];
      const measures = taskMeasures(input.prompts, open, closed, productionTerms(input.money));
      const callsPerMonth = input.money?.volume.calls ?? null;
      const routing = routeTasks({ run: input.run, verdicts, measures, callsPerMonth });
      return [{ verdicts, measures, routing: rest.ok ? routing : heldRoutes(routing, unreliableWords(rest)) }];
    });
}

const productionTerms = (part: MoneyPart | undefined): ProductionTerms =>
  part
    ? {
        cachedShare: part.cachedShare?.value ?? null,
        batchShare: part.batchShare?.value ?? 0,
        machineStated: part.machine !== null,
      }
    : asInRun;

/** One line per task: its route, why, and what its prompts showed. */
export const routeParts = (money: MoneyReport | null, routings: readonly PairRouting[]): RoutePart[] =>
  routings.flatMap(({ routing, verdicts, measures }) => {
    const per1000 = money?.arms.find(({ arm, basis }) => arm === verdicts.pair.a && basis === 'machine')?.per1000;
    return routeSummary(routing, (task) => {
      const scope = verdicts.tasks.find((one) => one.task === task);
      return comparedWords({
        measure: measures[task],
        machineCostPerCall: per1000 === undefined || per1000 === null ? null : per1000 / 1000,
        unasked: scope?.unasked.a ?? 0,
        planned: scope?.planned ?? 0,
      });
    });
  });

/** Null where no volume is known. */
export function moneyOf(
  input: ReportInput,
  arms: readonly ArmReport[],
  routings: readonly PairRouting[],
): MoneyReport | null {
  const { money: part } = input;
  if (part === undefined) return null;
  const weigh = trafficWeights(input.run, input.prompts);
  const priced = armTrials(input).flatMap((one) => {
    const found = arms.find(({ name }) => name === one.record.name);
    return found ? [moneyArm(one, { part, weigh })] : [];
  });
  return moneyReport(priced, part, bestPlanOf(input, priced, routings, part));
}

function moneyArm({ record, trials }: ArmTrials, { part, weigh }: { part: MoneyPart; weigh: Weigh }): MoneyArm {
  const terms = productionTerms(part);
  const all = [...trials.values()].filter((trial) => record.agent !== undefined || cameAtLast(trial));
  const calls = timedCalls(trials.values());
  const answered = [...trials.values()].filter(({ attempts }) =>
    attempts.some(({ steps }) => steps.some(({ ms, reused }) => ms !== undefined && reused === undefined)),
  ).length;
  return {
    record,
    tokensPerPrompt: (meanPer1000(all, weigh, ({ usage }) => usage && (usage.in ?? 0) + (usage.out ?? 0)) ?? 0) / 1000,
    // As `figures.costPer1000`, at the terms of production.
    feePer1000: meanPer1000(all, weigh, (step) => productionCost(record, step, terms)),
    capacity: capacityOf(calls, part.machinesHere),
    callsPerPrompt: answered === 0 ? 1 : Math.max(1, calls.length / answered),
  };
}

/** Of several open models the plan that saves most; without one the first reason. */
function bestPlanOf(
  input: ReportInput,
  arms: readonly MoneyArm[],
  routings: readonly PairRouting[],
  part: MoneyPart,
): { plan: PlanReport } | { why: string | null } {
  const { run } = input;
  const all = run.tasks.reduce((sum, { traffic }) => sum + traffic, 0);
  const traffic = new Map(run.tasks.map((task) => [task.task, all > 0 ? task.traffic / all : 0]));
  const found = routings.flatMap(({ verdicts: { pair, evidence }, routing, measures }) => {
    const [open, closed] = [pair.a, pair.b].map((name) => arms.find(({ record }) => record.name === name));
    if (!open || !closed) return [];
    const name = pairName(pair);
    const failedFirst = failedPrompts(input, pair.a);
    return [
      planReport({
        pair: name,
        open,
        closed,
        routing,
        measures,
        evidence,
        failedFirst,
        traffic,
        part,
        since: run.createdAt,
      }),
    ];
  });
  const plans = found.flatMap((one) => ('plan' in one ? [one.plan] : []));
  const best = plans.toSorted((x, y) => y.net - x.net)[0];
  if (best) return { plan: best };
  return found.find((one) => 'why' in one) ?? { why: null };
}

/** Prompts on which the arm's first answer failed a check. */
const failedPrompts = ({ trials }: ReportInput, arm: string): Set<string> =>
  new Set(
    [...(trials[arm]?.values() ?? [])]
      .filter(({ trial, attempts }) => trial === 1 && attempts.find(isAnswered)?.usable === false)
      .map(({ prompt }) => prompt),
  );

const isAnswered = ({ outcome }: Attempt): boolean => outcome === 'answered';

/** Routes as they are written: those that also pay, where there is a plan. */
export const shownRoutes = (routings: readonly PairRouting[], money: MoneyReport | null): PairRouting[] =>
  routings.map((one) => {
    const plan = money?.plan;
    if (!plan || plan.pair !== pairName(one.verdicts.pair)) return one;
    return { ...one, routing: payingRoutes(one.routing, plan.word === 'not-for-money' ? [] : plan.moves) };
  });
