/**
 * Which tasks to move so that the bill becomes smaller: every set of the tasks that open does well enough, net of
 * machines, people and wrong answers. Pure arithmetic on what the run measured and what the user stated.
 */
import type { EstimateInterval, Interval } from '../stats/interval.ts';
import { zOf } from '../stats/normal.ts';
import { tango } from '../stats/tango.ts';
import { type CheaperRange, cheaperRanges, fixedCost, type MachineTerms, machinesFor } from './machine-cost.ts';
import type { MeanCost } from './mean-cost.ts';

export interface PlanTask {
  task: string;
  /** Calls a month. */
  calls: number;
  /** US dollars per call of the closed model. */
  closed: MeanCost;
  /** US dollars per call that a provider of the open model charges; zero on own machines. */
  open: MeanCost;
  /** Share of calls that closed answers after open's answer failed a check. */
  closedShare: EstimateInterval;
  /** Prompts on which only open's, or only closed's, answer would have to be redone. */
  redo: { onlyOpen: number; onlyClosed: number; asked: number } | null;
}

export interface PlanTerms {
  /** Null where the open model is paid per token. */
  machine: MachineTerms | null;
  /** US dollars that one wrong answer costs; null = not stated, and not counted. */
  wrongUsd: number | null;
}

/** `saves`: the lower limit is above 0; `may-save`: the estimate is; `not-for-money`: neither. */
export type PlanWord = 'saves' | 'may-save' | 'not-for-money';

export interface MoneyPlan {
  word: PlanWord;
  /** Tasks that move, by the money they save; of `not-for-money`, those that come nearest to paying. */
  moves: string[];
  /** Good tasks that stay although open does them well enough. */
  stay: string[];
  /** US dollars a month against closed alone. */
  net: EstimateInterval;
  /** US dollars a month of these tasks and all others with closed alone, and under the plan. */
  closedAloneUsd: number;
  planUsd: number;
  /** Null where nothing runs on own machines. */
  machines: number | null;
  /** Calls a month of the whole mix at which the plan is cheaper; empty = never, or at any volume without machines. */
  cheaper: CheaperRange[];
}

/** All sets of so many tasks are tried; of more, the largest by what closed costs for them. */
const mostTasks = 15;

/**
 * The best plan over the good tasks; null without one. `others`: what closed costs a month for tasks that stay anyway,
 * and their calls.
 */
export function bestPlan(
  good: readonly PlanTask[],
  others: { calls: number; usd: number },
  terms: PlanTerms,
): MoneyPlan | null {
  const tasks = [...good].sort((x, y) => y.calls * y.closed.mean - x.calls * x.closed.mean).slice(0, mostTasks);
  let best: { set: PlanTask[]; net: number } | undefined;
  const saved = tasks.map((task) => savedOf(task, terms).estimate);
  for (let mask = 1; mask < 2 ** tasks.length; mask += 1) {
    const isIn = (at: number) => Math.floor(mask / 2 ** at) % 2 === 1;
    const set = tasks.filter((_, at) => isIn(at));
    const net = saved.reduce((sum, usd, at) => sum + (isIn(at) ? usd : 0), 0) - fixedFor(set, terms);
    // A task that adds nothing stays where it is.
    const better =
      best === undefined || net > best.net + 1e-9 || (net > best.net - 1e-9 && set.length < best.set.length);
    if (better) best = { set, net };
  }
  return best === undefined ? null : planOf(best.set, good, others, terms);
}

function planOf(
  set: readonly PlanTask[],
  good: readonly PlanTask[],
  others: { calls: number; usd: number },
  terms: PlanTerms,
): MoneyPlan {
  const parts = set.map((task) => ({ task, saved: savedOf(task, terms) }));
  const net = netOf(
    parts.map(({ saved }) => saved),
    fixedFor(set, terms),
  );
  const word = net.lower > 0 ? 'saves' : net.estimate > 0 ? 'may-save' : 'not-for-money';
  const closedAloneUsd = others.usd + sumOf(good, ({ calls, closed }) => calls * closed.mean);
  const allCalls = others.calls + sumOf(good, ({ calls }) => calls);
  const moved = sumOf(set, ({ calls }) => calls);
  const savedPerCall = allCalls > 0 ? sumOf(parts, ({ saved }) => saved.estimate) / allCalls : 0;
  const moves = [...parts].sort((x, y) => y.saved.estimate - x.saved.estimate).map(({ task }) => task.task);
  return {
    word,
    moves,
    stay: good.map(({ task }) => task).filter((task) => !moves.includes(task)),
    net,
    closedAloneUsd,
    planUsd: closedAloneUsd - net.estimate,
    machines: terms.machine && machinesFor(terms.machine, moved),
    cheaper: terms.machine && allCalls > 0 ? cheaperRanges(savedPerCall, moved / allCalls, terms.machine) : [],
  };
}

const fixedFor = (set: readonly PlanTask[], { machine }: PlanTerms): number =>
  machine === null
    ? 0
    : fixedCost(
        machine,
        machinesFor(
          machine,
          sumOf(set, ({ calls }) => calls),
        ),
      );

/** US dollars a month that moving one task saves before machines and people; limits by MOVER, wrong answers by Tango. */
export function savedOf(task: Omit<PlanTask, 'task'>, { wrongUsd }: Pick<PlanTerms, 'wrongUsd'>): EstimateInterval {
  const { calls, closed, open, closedShare } = task;
  const z = zOf(0.95);
  const fees = closed.mean * (1 - closedShare.estimate) - open.mean;
  const spread = [z * open.se, z * closed.se * (1 - closedShare.estimate)];
  const wrong = wrongOf(task, wrongUsd ?? 0);
  const below = Math.hypot(
    ...spread,
    closed.mean * (closedShare.upper - closedShare.estimate),
    wrong.upper - wrong.estimate,
  );
  const above = Math.hypot(
    ...spread,
    closed.mean * (closedShare.estimate - closedShare.lower),
    wrong.estimate - wrong.lower,
  );
  const saved = fees - wrong.estimate;
  return { estimate: calls * saved, lower: calls * (saved - below), upper: calls * (saved + above) };
}

/** US dollars per call that open's additional wrong answers cost; negative where closed has more of them. */
function wrongOf({ redo }: Pick<PlanTask, 'redo'>, wrongUsd: number): EstimateInterval {
  if (wrongUsd === 0) return { estimate: 0, lower: 0, upper: 0 };
  const { estimate, lower, upper } = redo === null ? unknownRate : tango(redo.onlyOpen, redo.onlyClosed, redo.asked);
  return { estimate: estimate * wrongUsd, lower: lower * wrongUsd, upper: upper * wrongUsd };
}

/** Nobody was asked: anything may be. */
const unknownRate: Interval & { estimate: number } = { estimate: 0, lower: -1, upper: 1 };

/** Independent estimates: halves add in squares. */
function netOf(parts: readonly EstimateInterval[], fixed: number): EstimateInterval {
  const estimate = sumOf(parts, (part) => part.estimate) - fixed;
  return {
    estimate,
    lower: estimate - Math.hypot(...parts.map((part) => part.estimate - part.lower)),
    upper: estimate + Math.hypot(...parts.map((part) => part.upper - part.estimate)),
  };
}

const sumOf = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((sum, item) => sum + value(item), 0);
