/**
 * Which model each task goes to: from the verdict, what a wrong answer costs, the measured failures of the checks and
 * the delay. A leaning never routes.
 *
 * Failure cost moves the margin, fixed before voting: low x 4/3 (.40 where the run has .30), medium x 1, high x 1/2
 * (.15). The rule that decides the run decides here too, at that margin.
 */
import type { RunRecord, TaskPlan } from '../records/run-record.ts';
import type { Interval } from '../stats/interval.ts';
import { tango } from '../stats/tango.ts';
import { wilson } from '../stats/wilson.ts';
import { plural } from '../text/numbers.ts';
import type { MeanCost } from './mean-cost.ts';
import { savedOf } from './money-plan.ts';
import { decide } from './rule.ts';
import type { PairVerdicts, ScopeVerdict } from './verdict-shapes.ts';

export type Route = 'open' | 'open-first' | 'closed' | 'closed-until-decided';

const marginFactor = { low: 4 / 3, medium: 1, high: 1 / 2 } as const satisfies Record<string, number>;
/** Above this no error rate is known. */
const widestMargin = 0.5;
/** From this share of failed checks on, sending open's answer on unchecked is not worth it. */
const uncheckedBelow = 0.02;

/** What the machine measured for one arm on one task; absent = not measured (a logged arm, no checks). */
export interface ArmMeasure {
  /** Prompts answered, and those whose first answer failed a check. */
  answered: number;
  failedFirst: number;
  cost: MeanCost | null;
  /** Median milliseconds of a first attempt. */
  latencyMs: number | null;
}

export interface TaskMeasure {
  open?: ArmMeasure;
  closed?: ArmMeasure;
  /** Prompts on which only open's, or only closed's, first answer failed: for the paired difference. */
  paired?: { onlyOpen: number; onlyClosed: number; pairs: number };
}

export interface RoutingInput {
  run: RunRecord;
  verdicts: PairVerdicts;
  measures: Record<string, TaskMeasure>;
  /** The user's calls a month, split over tasks by their traffic; null: no money is named. */
  callsPerMonth: number | null;
  /** Longest median delay that open-first may have, milliseconds. */
  maxDelayMs?: number;
}

export interface TaskRoute {
  task: string;
  route: Route;
  reason: string;
  failureCost: 'low' | 'medium' | 'high';
  /** The margin after the failure cost. */
  margin: number;
  /** Share of calls that closed answers: 0 open, 1 closed, between for open first. */
  closedShare: number;
  closedShareInterval: Interval | null;
  /** Dollars per call under the route and with closed alone; null: not measured. */
  costPerCall: number | null;
  closedCostPerCall: number | null;
  delayMs: number | null;
  /** Against closed alone; null without a volume or without costs of both arms. */
  savingPerMonth: (Interval & { estimate: number }) | null;
}

export interface Routing {
  open: string;
  closed: string;
  tasks: TaskRoute[];
  /** Sum over the tasks that have one; null where that of no task that moves is known: the unknown is not 0. */
  savingPerMonth: (Interval & { estimate: number }) | null;
}

/** Routes of every task of a deciding pair. */
export function routeTasks(input: RoutingInput): Routing {
  const { run, verdicts } = input;
  const traffic = run.tasks.reduce((sum, task) => sum + task.traffic, 0);
  const tasks = verdicts.tasks.flatMap((scope): TaskRoute[] => {
    const plan = run.tasks.find(({ task }) => task === scope.task);
    if (scope.task === null || !plan) return [];
    const share = traffic > 0 ? plan.traffic / traffic : 0;
    return [routeTask(input, scope, plan, share)];
  });
  return {
    open: verdicts.pair.a,
    closed: verdicts.pair.b,
    tasks,
    savingPerMonth: savingOfAll(tasks),
  };
}

/** Routes that also pay: a task that open does well enough moves only where the plan moves it. */
export function payingRoutes(routing: Routing, moves: readonly string[]): Routing {
  const tasks = routing.tasks.map((task): TaskRoute => {
    const toOpen = task.route === 'open' || task.route === 'open-first';
    if (!toOpen || moves.includes(task.task)) return task;
    return onClosed(task, 'closed', 'good enough, and not worth moving for money');
  });
  return { ...routing, tasks, savingPerMonth: savingOfAll(tasks) };
}

/** Where nothing may rest on the votes, no task moves on them, and none is settled: `why` says what is wrong with them. */
export function heldRoutes(routing: Routing, why: string): Routing {
  const tasks = routing.tasks.map((task) =>
    task.route === 'closed-until-decided' ? task : onClosed(task, 'closed-until-decided', why),
  );
  return { ...routing, tasks, savingPerMonth: savingOfAll(tasks) };
}

const onClosed = (task: TaskRoute, route: 'closed' | 'closed-until-decided', reason: string): TaskRoute => ({
  ...task,
  route,
  reason,
  closedShare: 1,
  closedShareInterval: null,
  costPerCall: task.closedCostPerCall,
  savingPerMonth: task.savingPerMonth && { estimate: 0, lower: 0, upper: 0 },
});

function savingOfAll(tasks: readonly TaskRoute[]): Routing['savingPerMonth'] {
  const moving = tasks.filter(({ route }) => route === 'open' || route === 'open-first');
  if (moving.length > 0 && moving.every(({ savingPerMonth }) => savingPerMonth === null)) return null;
  const savings = tasks.flatMap(({ savingPerMonth }) => savingPerMonth ?? []);
  return savings.length > 0 ? sumOf(savings) : null;
}

/** Independent estimates: halves add in squares. */
function sumOf(parts: readonly (Interval & { estimate: number })[]): Interval & { estimate: number } {
  const estimate = parts.reduce((sum, part) => sum + part.estimate, 0);
  const below = parts.reduce((sum, part) => sum + (part.estimate - part.lower) ** 2, 0);
  const above = parts.reduce((sum, part) => sum + (part.upper - part.estimate) ** 2, 0);
  return { estimate, lower: estimate - Math.sqrt(below), upper: estimate + Math.sqrt(above) };
}

function routeTask(input: RoutingInput, scope: ScopeVerdict, plan: TaskPlan, trafficShare: number): TaskRoute {
  const { run, measures } = input;
  const measure = measures[plan.task] ?? {};
  const failureCost = plan.failureCost ?? 'medium';
  const margin = Math.min(widestMargin, run.margin * marginFactor[failureCost]);
  const good = margin === run.margin ? scope.goodAt !== null : isGoodEnoughAt(input, scope, margin);
  const choice = choose(scope, good, failureCost, measure, input.maxDelayMs);
  const figures = figuresOf(choice.route, measure);
  const calls = input.callsPerMonth === null ? null : input.callsPerMonth * trafficShare;
  return {
    task: plan.task,
    ...choice,
    failureCost,
    margin,
    ...figures,
    savingPerMonth: calls === null ? null : savingOf(choice.route, measure, calls),
  };
}

/** What the rule says of the task's own evidence at the margin that the failure cost asks for. */
function isGoodEnoughAt({ verdicts }: RoutingInput, scope: ScopeVerdict, margin: number): boolean {
  const read = verdicts.scopes.find(({ task }) => task === scope.task);
  return read !== undefined && scope.toGo === 0 && decide(read.scope, margin).goodAt !== null;
}

function choose(
  scope: ScopeVerdict,
  good: boolean,
  failureCost: TaskRoute['failureCost'],
  measure: TaskMeasure,
  maxDelayMs: number | undefined,
): { route: Route; reason: string } {
  if (scope.neither) return { route: 'closed', reason: 'neither model does this task: no recommendation to move' };
  if (scope.keepAt !== null && !(good && failureCost === 'low')) {
    return { route: 'closed', reason: good ? 'closed is better, within the margin' : 'closed is better' };
  }
  if (!good) return { route: 'closed-until-decided', reason: `not decided after ${plural(scope.units, 'vote')}` };
  const failures = failureReason(measure, scope.keepAt !== null);
  if (failures === null) return { route: 'open', reason: withoutChecks(scope, measure) };
  const delay = openFirstDelay(measure);
  if (maxDelayMs !== undefined && delay !== null && delay > maxDelayMs) {
    return { route: 'closed', reason: `open first would take ${Math.round(delay)} ms, more than ${maxDelayMs} ms` };
  }
  return { route: 'open-first', reason: failures };
}

function withoutChecks({ betterAt }: ScopeVerdict, { open }: TaskMeasure): string {
  const verdict = betterAt === null ? 'open is within the margin' : 'open is better';
  return open && open.answered > 0 ? verdict : `${verdict}; how often a call fails was not measured`;
}

/** Why answers of open should be checked before they are used; null: no reason. */
function failureReason({ open, paired }: TaskMeasure, closedBetter: boolean): string | null {
  if (!open || open.answered === 0) return closedBetter ? 'closed is better, but a failure here costs little' : null;
  const share = `${open.failedFirst} of ${open.answered} first answers failed a check`;
  if (open.failedFirst / open.answered >= uncheckedBelow) return share;
  if (paired && tango(paired.onlyOpen, paired.onlyClosed, paired.pairs).lower > 0)
    return `${share}, more than closed's`;
  return closedBetter ? 'closed is better, but a failure here costs little' : null;
}

/** Open's time, and closed's on top where the check failed. */
function openFirstDelay({ open, closed }: TaskMeasure): number | null {
  if (!open || !closed || open.latencyMs === null || closed.latencyMs === null) return null;
  const share = open.answered > 0 ? open.failedFirst / open.answered : 0;
  return open.latencyMs + share * closed.latencyMs;
}

type Figures = Pick<TaskRoute, 'closedShare' | 'closedShareInterval' | 'costPerCall' | 'closedCostPerCall' | 'delayMs'>;

function figuresOf(route: Route, measure: TaskMeasure): Figures {
  const { open, closed } = measure;
  const closedCostPerCall = closed?.cost?.mean ?? null;
  if (route === 'closed' || route === 'closed-until-decided') {
    const delayMs = closed?.latencyMs ?? null;
    return { closedShare: 1, closedShareInterval: null, costPerCall: closedCostPerCall, closedCostPerCall, delayMs };
  }
  const openCost = open?.cost?.mean ?? null;
  if (route === 'open') {
    const delayMs = open?.latencyMs ?? null;
    return { closedShare: 0, closedShareInterval: null, costPerCall: openCost, closedCostPerCall, delayMs };
  }
  const measured = open !== undefined && open.answered > 0;
  const closedShare = measured ? open.failedFirst / open.answered : 0;
  const known = openCost !== null && closedCostPerCall !== null;
  return {
    closedShare,
    closedShareInterval: measured ? wilson(open.failedFirst, open.answered) : null,
    costPerCall: known ? openCost + closedShare * closedCostPerCall : null,
    closedCostPerCall,
    delayMs: openFirstDelay(measure),
  };
}

/** In fees alone: no machine, no people, no wrong answers. */
function savingOf(route: Route, { open, closed }: TaskMeasure, calls: number): TaskRoute['savingPerMonth'] {
  if (route === 'closed' || route === 'closed-until-decided') return { estimate: 0, lower: 0, upper: 0 };
  if (!open?.cost || !closed?.cost) return null;
  const first = route === 'open-first' && open.answered > 0;
  const estimate = first ? open.failedFirst / open.answered : 0;
  const { lower, upper } = first ? wilson(open.failedFirst, open.answered) : { lower: 0, upper: 0 };
  const share = { estimate, lower, upper };
  return savedOf({ calls, closed: closed.cost, open: open.cost, closedShare: share, redo: null }, { wrongUsd: null });
}
