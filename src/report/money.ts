/** What both models cost at the user's volume, what moving tasks would save, and from where on a machine pays. */
import type { Capacity } from '../verdicts/capacity.ts';
import type { CostKind } from '../verdicts/known-price.ts';
import { callsPerMachine, cheaperRanges, hoursPerMonth, machinesFor } from '../verdicts/machine-cost.ts';
import { moneyAssumptions } from './money-assumptions.ts';
import { costKind, type MoneyArm, machineTerms, monthlyCost } from './money-terms.ts';
import { type BreakEven, breakEvenWords } from './money-words.ts';
import type { PlanReport } from './plan-report.ts';
import type { Basis, MoneyPart } from './report-parts.ts';

export interface ArmMoney {
  arm: string;
  basis: CostKind;
  /** US dollars per 1,000 calls at this volume, operations included where there is a machine. */
  per1000: number | null;
  /** The machine's hours alone, were it full in its busiest hours and idle in the others: what per1000 falls to with volume. */
  per1000Busy: number | null;
  /** Calls a second that one machine answers, retries included. */
  callsPerSecond: number | null;
  /** Machines needed at the volume, its busiest hours included. */
  machines: number | null;
  /** US dollars, operations included where there is a machine. */
  monthly: number | null;
  /** What of `monthly` goes to the people who keep machines running; null where there is no machine. */
  people: { usd: number; basis: Basis } | null;
  months12: number | null;
  months24: number | null;
}

export interface MoneyReport {
  volumePerMonth: number;
  volumeBasis: Basis;
  arms: ArmMoney[];
  /** Of arms on own machines: what the run's own calls showed. */
  capacity: ({ arm: string } & Capacity)[];
  /** Which tasks to move; null where nothing may be said, and `noPlan` says why. */
  plan: PlanReport | null;
  noPlan: string | null;
  /** Closed against each open arm, all traffic moved. */
  breakEven: BreakEven[];
  /** What the cost chart draws: calls a month, and each arm's US dollars there; empty where unknown. */
  curveCalls: number[];
  curves: { arm: string; usd: number[] }[];
  assumptions: string[];
}

/** `planned`: the plan over tasks, or why there is none. */
export function moneyReport(
  arms: readonly MoneyArm[],
  part: MoneyPart,
  planned: { plan: PlanReport } | { why: string | null },
): MoneyReport {
  const closed = arms.filter((arm) => arm.record.role === 'closed');
  const open = arms.filter((arm) => arm.record.role === 'open');
  const breakEvens = open.flatMap((one) => closed.map((other) => breakEven(one, other, part)));
  const marks = breakEvens.map(({ callsPerMonth }) => callsPerMonth);
  const calls = curveVolumes([part.volume.calls, ...marks.flatMap((mark) => mark ?? [])]);
  return {
    volumePerMonth: part.volume.calls,
    volumeBasis: part.volume.basis,
    arms: arms.map((arm) => armMoney(arm, part)),
    capacity: arms.flatMap((arm) =>
      arm.capacity && costKind(arm, part) === 'machine' ? [{ arm: arm.record.name, ...arm.capacity }] : [],
    ),
    plan: 'plan' in planned ? planned.plan : null,
    noPlan: 'why' in planned ? planned.why : null,
    breakEven: breakEvens,
    curveCalls: calls,
    curves: arms.map((arm) => ({
      arm: arm.record.name,
      usd: calls.flatMap((volume) => monthlyCost(arm, part, volume) ?? []),
    })),
    assumptions: moneyAssumptions(arms, part),
  };
}

function armMoney(arm: MoneyArm, part: MoneyPart): ArmMoney {
  const { calls } = part.volume;
  const monthly = monthlyCost(arm, part, calls);
  const terms = machineTerms(arm, part);
  return {
    arm: arm.record.name,
    basis: costKind(arm, part),
    per1000: terms ? perThousand(monthly, calls) : arm.feePer1000,
    per1000Busy: terms && ((hoursPerMonth * terms.perHour) / callsPerMachine(terms)) * 1000,
    callsPerSecond: terms?.callsPerSecond ?? null,
    machines: terms && machinesFor(terms, calls),
    monthly,
    people: terms && { usd: terms.peopleUsd, basis: part.ops.basis },
    months12: monthly === null ? null : monthly * 12,
    months24: monthly === null ? null : monthly * 24,
  };
}

const perThousand = (monthly: number | null, calls: number): number | null =>
  monthly === null || calls <= 0 ? null : (monthly / calls) * 1000;

/** Over all traffic: what a plan over some of the tasks pays for is the plan's own. */
function breakEven(open: MoneyArm, closed: MoneyArm, part: MoneyPart): BreakEven {
  const terms = machineTerms(open, part);
  const fee = (closed.feePer1000 ?? 0) / 1000;
  const comparable = terms !== null && costKind(closed, part) === 'price' && fee > 0;
  const cheaper = comparable ? cheaperRanges(fee, 1, terms) : [];
  const { tokensPerPrompt: tokens } = closed;
  const stays = cheaper.find(({ to }) => to === null);
  const tokensPerDay = stays && tokens > 0 ? (stays.from * tokens * 12) / 365 : null;
  return {
    open: open.record.name,
    closed: closed.record.name,
    callsPerMonth: stays ? Math.ceil(stays.from) : null,
    tokensPerDay,
    cheaper,
    words: breakEvenWords({ open, closed, part, comparable, cheaper, tokensPerDay }),
  };
}

const points = 120;

/** Volumes around the user's own and the break-evens. */
function curveVolumes(marks: readonly number[]): number[] {
  const shown = marks.filter((calls) => calls > 0);
  const low = Math.max(1, Math.min(...shown, 1e9) / 10);
  const high = Math.max(...shown, low * 100) * 10;
  return Array.from({ length: points }, (_, at) => Math.round(low * (high / low) ** (at / (points - 1))));
}
