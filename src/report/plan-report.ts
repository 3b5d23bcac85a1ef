/** Which tasks to move and what that saves, net of machines, people and wrong answers; or why nobody can say. */
import type { EstimateInterval } from '../stats/interval.ts';
import { count, listed, plural, wholeDollars } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { leastSeconds } from '../verdicts/capacity.ts';
import { isOwnMachine } from '../verdicts/known-price.ts';
import type { CheaperRange } from '../verdicts/machine-cost.ts';
import { bestPlan, type MoneyPlan, type PlanTask, type PlanWord } from '../verdicts/money-plan.ts';
import type { Routing, TaskMeasure, TaskRoute } from '../verdicts/routing.ts';
import { monthsUntil } from '../verdicts/traffic-growth.ts';
import type { EvidenceUnit } from '../verdicts/verdict-shapes.ts';
import { costKind, type MoneyArm, machineTerms } from './money-terms.ts';
import { modelOf, rangeWords } from './money-words.ts';
import type { Basis, MoneyPart } from './report-parts.ts';

export interface PlanReport {
  pair: string;
  word: PlanWord;
  /** Tasks that move, and those that stay with closed. */
  moves: string[];
  keeps: string[];
  /** US dollars a month against closed alone, with 95 % limits. */
  net: number;
  lower: number;
  upper: number;
  basis: Basis;
  closedAloneUsd: number;
  planUsd: number;
  machines: number | null;
  /** Calls a month of the whole mix from which the plan stays cheaper; null = never, or at every volume. */
  paysFrom: number | null;
  /** Volumes below `paysFrom` at which it is cheaper for a while. */
  gaps: CheaperRange[];
  /** Day on which the volume passes `paysFrom` at the known growth, YYYY-MM-DD; null = passed, never or not known. */
  passedOn: string | null;
  words: string[];
}

export interface PlanInput {
  pair: string;
  open: MoneyArm;
  closed: MoneyArm;
  routing: Routing;
  measures: Record<string, TaskMeasure>;
  evidence: readonly EvidenceUnit[];
  /** Prompts on which open's first answer failed a check: with "open first" closed answers them. */
  failedFirst: ReadonlySet<string>;
  /** Share of the traffic by task. */
  traffic: ReadonlyMap<string, number>;
  part: MoneyPart;
  /** When the volume was as it is: the run's own day. */
  since: string;
}

export function planReport(input: PlanInput): { plan: PlanReport } | { why: string | null } {
  const why = whyNot(input);
  if (why !== undefined) return { why };
  const { routing, part } = input;
  const good = routing.tasks.filter(({ route }) => route === 'open' || route === 'open-first');
  const tasks = good.flatMap((route) => planTask(route, input) ?? []);
  if (tasks.length === 0) return { why: `No call of ${modelOf(input.closed)} has a price: there is no plan.` };
  const inPlan = new Set(tasks.map(({ task }) => task));
  const staying = routing.tasks.filter(({ task }) => !inPlan.has(task));
  const plan = bestPlan(tasks, stayingCost(staying, input), {
    machine: machineTerms(input.open, part),
    wrongUsd: part.wrongUsd?.value ?? null,
  });
  return plan ? { plan: reportOf(plan, input) } : { why: null };
}

/** Undefined: there may be a plan. */
function whyNot({ routing, open, closed, part }: PlanInput): string | null | undefined {
  if (!routing.tasks.some(({ route }) => route === 'open' || route === 'open-first'))
    return 'No task may move on these votes, so there is no saving to work out.';
  if (costKind(closed, part) !== 'price')
    return `No price of ${modelOf(closed)} is known, so nobody can say what moving saves. Its price goes into the config: price: {in: …, out: …}.`;
  if (costKind(open, part) === 'price') return undefined;
  if (!isOwnMachine(open.record)) return `No price of ${modelOf(open)} is known: there is no plan.`;
  if (part.machine === null)
    return `What ${modelOf(open)} costs is not known, so nobody can say what moving saves: gapcheck report --machine-price USD states the price of its machine per hour.`;
  if (open.capacity === null) return `No answer of ${modelOf(open)} was timed: there is no plan.`;
  if (open.capacity.seconds < leastSeconds)
    return `${modelOf(open)} was busy for ${Math.floor(open.capacity.seconds)} s in this run. A plan needs ${leastSeconds} s of work to measure what its machine can do: answer more prompts (gapcheck run --check-n).`;
  return undefined;
}

function planTask(
  route: TaskRoute,
  { measures, evidence, failedFirst, traffic, part, open }: PlanInput,
): PlanTask | undefined {
  const measure = measures[route.task];
  const closed = measure?.closed?.cost;
  const fees = costKind(open, part) === 'machine' ? { calls: 1, mean: 0, se: 0 } : measure?.open?.cost;
  if (!closed || !fees) return undefined;
  const units = evidence.filter(({ task, identical, noAnswer }) => task === route.task && !identical && !noAnswer);
  const limits = route.closedShareInterval ?? { lower: route.closedShare, upper: route.closedShare };
  return {
    task: route.task,
    calls: part.volume.calls * (traffic.get(route.task) ?? 0),
    closed,
    open: fees,
    closedShare: { estimate: route.closedShare, ...limits },
    redo: {
      onlyOpen: units.filter(
        ({ retryScore, prompt }) => retryScore < 0 && !(route.route === 'open-first' && failedFirst.has(prompt)),
      ).length,
      onlyClosed: units.filter(({ retryScore }) => retryScore > 0).length,
      asked: units.length,
    },
  };
}

/** Tasks whose closed calls stay: at their own cost, or at the mean of all where none was measured. */
function stayingCost(
  routes: readonly TaskRoute[],
  { measures, traffic, part, closed }: PlanInput,
): { calls: number; usd: number } {
  const parts = routes.map(({ task }) => {
    const calls = part.volume.calls * (traffic.get(task) ?? 0);
    return { calls, usd: calls * (measures[task]?.closed?.cost?.mean ?? (closed.feePer1000 ?? 0) / 1000) };
  });
  return {
    calls: parts.reduce((sum, { calls }) => sum + calls, 0),
    usd: parts.reduce((sum, { usd }) => sum + usd, 0),
  };
}

function reportOf(plan: MoneyPlan, input: PlanInput): PlanReport {
  const { part, routing } = input;
  const stays = plan.cheaper.find(({ to }) => to === null);
  const paysFrom = stays ? Math.ceil(stays.from) : null;
  const passedOn = paysFrom === null ? null : passedOnDay(paysFrom, input);
  return {
    pair: input.pair,
    word: plan.word,
    moves: plan.moves,
    keeps: routing.tasks.map(({ task }) => task).filter((task) => !plan.moves.includes(task)),
    net: plan.net.estimate,
    lower: plan.net.lower,
    upper: plan.net.upper,
    basis: part.volume.basis === 'stated' ? 'measured' : 'extended',
    closedAloneUsd: plan.closedAloneUsd,
    planUsd: plan.planUsd,
    machines: plan.machines,
    paysFrom,
    gaps: plan.cheaper.filter(({ to }) => to !== null),
    passedOn,
    words: [headline(plan, input), ...paysWords(plan, input, passedOn)],
  };
}

/** "Move extract and summarise, keep reply closed: saves about $5,850 a month ($18,000 → $12,150), …" */
function headline({ word, net, moves, ...plan }: MoneyPlan, { routing, part }: PlanInput): string {
  const named = (tasks: readonly string[]): string => listed(tasks.map((task) => oneLine(task, 40)));
  const keeps = routing.tasks.map(({ task }) => task).filter((task) => !moves.includes(task));
  const kept = keeps.length === 0 ? '' : `, keep ${named(keeps)} closed`;
  const included = plan.machines === null ? '' : `, ${plural(plan.machines, 'machine')} and people included`;
  const volume = `at ${count(part.volume.calls)} calls a month`;
  if (word === 'not-for-money')
    return `${named([...moves, ...plan.stay])}: good enough, and not worth moving for money: it would cost ${wholeDollars(-net.estimate)} a month more ${volume}${included}.`;
  const bill = `(${wholeDollars(plan.closedAloneUsd)} → ${wholeDollars(plan.planUsd)})`;
  if (word === 'saves')
    return `Move ${named(moves)}${kept}: saves about ${wholeDollars(net.estimate)} a month ${bill} ${volume}${included}.`;
  return `Move ${named(moves)}${kept}: may save about ${wholeDollars(net.estimate)} a month ${bill} ${volume}${included}; the 95 % limits are ${limitsOf(net)}.`;
}

const limitsOf = ({ lower, upper }: EstimateInterval): string => `${wholeDollars(lower)} to ${wholeDollars(upper)}`;

function paysWords({ cheaper, word }: MoneyPlan, { part, open }: PlanInput, passedOn: string | null): string[] {
  if (costKind(open, part) !== 'machine') return [];
  if (cheaper.length === 0)
    return ['It pays at no volume: machines and people cost more than the closed model charges.'];
  const { calls } = part.volume;
  const inside = cheaper.some(({ from, to }) => calls >= from && (to === null || calls <= to));
  const where = inside && word === 'saves' ? 'You are there.' : word === 'not-for-money' ? 'You are not there.' : '';
  const when = passedOn === null ? '' : ` At the growth of ${growthOf(part)} a month you pass it about ${passedOn}.`;
  return [`It pays ${rangeWords(cheaper)} at this mix. ${where}${when}`.trim()];
}

const growthOf = ({ growth }: MoneyPart): string => `${((growth?.value ?? 0) * 100).toFixed(1)} %`;

const dayMs = 86_400_000;

function passedOnDay(paysFrom: number, { part, since }: PlanInput): string | null {
  const { calls } = part.volume;
  const months = part.growth === null || calls >= paysFrom ? null : monthsUntil(calls, paysFrom, part.growth.value);
  // Beyond ten years no growth of today holds.
  if (months === null || months > 120) return null;
  return new Date(Date.parse(since) + (months * dayMs * 365) / 12).toISOString().slice(0, 10);
}
