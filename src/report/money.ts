/** What both models cost at the user's volume, and where a local one starts to pay. Every assumption is listed. */
import type { ArmRecord } from '../records/run-record.ts';
import { about, count, dollars } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { ArmFigures } from './arm-figures.ts';
import type { MoneyPart } from './report-parts.ts';

export const hoursPerMonth = 730;

export interface ArmMoney {
  arm: string;
  /** `price`: what the provider charges; `machine`: hours of an own machine; `unknown`: neither is stated. */
  basis: 'price' | 'machine' | 'unknown';
  /** US dollars per 1,000 calls at this volume, operations included where there is a machine. */
  per1000: number | null;
  /** The machine's hours alone, were it never idle: what per1000 falls to with volume. */
  per1000Busy: number | null;
  /** Seconds of work per call, retries included; what a machine's capacity follows from. */
  secondsPerCall: number | null;
  /** Machines needed at the volume, one call at a time. */
  machines: number | null;
  /** US dollars, operations included where there is a machine. */
  monthly: number | null;
  months12: number | null;
  months24: number | null;
}

export interface MoneyReport {
  volumePerMonth: number;
  arms: ArmMoney[];
  /** Closed against each open arm. */
  breakEven: {
    open: string;
    closed: string;
    callsPerMonth: number | null;
    tokensPerDay: number | null;
    words: string;
  }[];
  /** What the cost chart draws: calls a month, and each arm's US dollars there; empty where unknown. */
  curveCalls: number[];
  curves: { arm: string; usd: number[] }[];
  assumptions: string[];
}

export interface MoneyArm {
  record: Pick<ArmRecord, 'name' | 'model' | 'role' | 'leavesMachine' | 'host' | 'price'>;
  figures: ArmFigures;
  /** Mean seconds of all attempts of a trial; null = not timed. */
  secondsPerCall: number | null;
}

export function moneyReport(arms: readonly MoneyArm[], part: MoneyPart): MoneyReport {
  const closed = arms.filter((arm) => arm.record.role === 'closed');
  const open = arms.filter((arm) => arm.record.role === 'open');
  const breakEvens = open.flatMap((one) => closed.map((other) => breakEven(one, other, part)));
  const drawn = costCurves(
    arms,
    part,
    breakEvens.map((one) => one.callsPerMonth),
  );
  return {
    volumePerMonth: part.volume.calls,
    arms: arms.map((arm) => armMoney(arm, part)),
    breakEven: breakEvens,
    curveCalls: drawn.calls,
    curves: drawn.curves,
    assumptions: assumptions(arms, part),
  };
}

/** US dollars a month at a volume; null where the basis is unknown. */
function monthlyCost(arm: MoneyArm, part: MoneyPart, calls: number): number | null {
  if (basisOf(arm, part) === 'price') return ((arm.figures.costPer1000 ?? 0) / 1000) * calls;
  if (basisOf(arm, part) === 'unknown' || part.machine === null) return null;
  return machinesFor(arm.secondsPerCall ?? 0, calls) * hoursPerMonth * part.machine.perHour + opsPerMonth(part);
}

function armMoney(arm: MoneyArm, part: MoneyPart): ArmMoney {
  const basis = basisOf(arm, part);
  const { calls } = part.volume;
  const monthly = monthlyCost(arm, part, calls);
  const machine = basis === 'machine' && part.machine !== null;
  return {
    arm: arm.record.name,
    basis,
    per1000: machine ? perThousand(monthly, calls) : arm.figures.costPer1000,
    per1000Busy: machine ? (((arm.secondsPerCall ?? 0) * (part.machine?.perHour ?? 0)) / 3600) * 1000 : null,
    secondsPerCall: arm.secondsPerCall,
    machines: machine ? machinesFor(arm.secondsPerCall ?? 0, calls) : null,
    monthly,
    months12: monthly === null ? null : monthly * 12,
    months24: monthly === null ? null : monthly * 24,
  };
}

const perThousand = (monthly: number | null, calls: number): number | null =>
  monthly === null || calls <= 0 ? null : (monthly / calls) * 1000;

/**
 * A model on one's own machine costs hours, whatever a table says about its tokens. The closed model has no machine of
 * ours: behind a local address it is reached through a proxy, and what that charges is for `price` to say.
 */
function basisOf({ record, figures, secondsPerCall }: MoneyArm, part: MoneyPart): ArmMoney['basis'] {
  const local = !record.leavesMachine && record.host !== null && record.role !== 'closed';
  if (local) return part.machine !== null && secondsPerCall !== null && secondsPerCall > 0 ? 'machine' : 'unknown';
  return figures.costPer1000 === null ? 'unknown' : 'price';
}

const opsPerMonth = ({ ops }: MoneyPart): number => (ops.fte * ops.yearUsd) / 12;

/** At least one: a machine that waits costs the same. */
const machinesFor = (secondsPerCall: number, calls: number): number =>
  Math.max(1, Math.ceil((calls * secondsPerCall) / (hoursPerMonth * 3600) - 1e-9));

/** Beyond so many machines nobody decides by this table. */
const mostMachines = 1000;

function breakEven(open: MoneyArm, closed: MoneyArm, part: MoneyPart): MoneyReport['breakEven'][number] {
  const names = { open: open.record.name, closed: closed.record.name };
  const tokens =
    closed.figures.trials === 0
      ? 0
      : (closed.figures.tokensIn + (closed.figures.tokensOut ?? 0)) / closed.figures.trials;
  const per = (closed.figures.costPer1000 ?? 0) / 1000;
  if (basisOf(open, part) !== 'machine' || basisOf(closed, part) !== 'price' || per <= 0) {
    return { ...names, callsPerMonth: null, tokensPerDay: null, words: notComparable(open, closed, part) };
  }
  const calls = firstCheaper(per, open.secondsPerCall ?? 0, part);
  if (calls === null) {
    const words = `${modelOf(open)} on this machine never becomes cheaper than ${modelOf(closed)}: even fully used, its hours cost more per call.`;
    return { ...names, callsPerMonth: null, tokensPerDay: null, words };
  }
  const tokensPerDay = tokens === 0 ? null : (calls * tokens * 12) / 365;
  const inTokens = tokensPerDay === null ? '' : `, about ${about(tokensPerDay)} tokens a day`;
  const words = `Above about ${about(calls)} calls a month${inTokens}, ${modelOf(open)} on its own machine costs less than ${modelOf(closed)}, operations included.`;
  return { ...names, callsPerMonth: calls, tokensPerDay, words };
}

/** Fewest calls a month from which machines and operations cost no more than the closed model; null = never. */
function firstCheaper(per: number, secondsPerCall: number, part: MoneyPart): number | null {
  const capacity = (hoursPerMonth * 3600) / secondsPerCall;
  for (let machines = 1; machines <= mostMachines; machines += 1) {
    const fixed = machines * hoursPerMonth * (part.machine?.perHour ?? 0) + opsPerMonth(part);
    const calls = Math.max(fixed / per, (machines - 1) * capacity);
    if (calls <= machines * capacity) return Math.ceil(calls);
  }
  return null;
}

function notComparable(open: MoneyArm, closed: MoneyArm, part: MoneyPart): string {
  if (basisOf(closed, part) !== 'price') return `No price of ${modelOf(closed)} is known: nothing to compare with.`;
  if (open.record.leavesMachine && basisOf(open, part) === 'price') {
    return `${modelOf(open)} is hosted and paid per token: no machine, no break-even.`;
  }
  return `The hours of ${modelOf(open)} have no price: state what its machine costs per hour for a break-even.`;
}

const modelOf = ({ record }: MoneyArm): string => oneLine(record.model, 60);

function assumptions(arms: readonly MoneyArm[], part: MoneyPart): string[] {
  const local = arms.filter((arm) => !arm.record.leavesMachine && arm.record.host !== null);
  const prices = arms.flatMap(({ record }) =>
    record.price
      ? [
          `${oneLine(record.model, 60)}: ${dollars(record.price.in)} in and ${dollars(record.price.out)} out per million tokens (${oneLine(record.price.source, 60)}, ${oneLine(record.price.date, 20)}, listed as ${oneLine(record.price.matched, 60)}).`,
        ]
      : [],
  );
  const machine =
    part.machine === null
      ? []
      : [
          `A machine costs ${dollars(part.machine.perHour)} per hour (${oneLine(part.machine.from, 60)}), runs all ${hoursPerMonth} hours of a month and answers one call at a time at the speed measured here.`,
          `Keeping it running takes ${part.ops.fte} of a person at ${dollars(part.ops.yearUsd)} a year (assumed, ${oneLine(part.ops.from, 60)}): ${dollars(opsPerMonth(part))} a month.`,
        ];
  return [
    `Volume: ${count(part.volume.calls)} calls a month (${oneLine(part.volume.from, 60)}), each like the prompts of this run; volume and prices stay as they are for 24 months.`,
    ...prices,
    ...(local.length > 0 ? machine : []),
    'Failed and repeated calls are in the cost per call; what a wrong answer costs your users is not.',
  ];
}

const points = 120;

/** Volumes around the user's own and the break-even, and each arm's cost there; `usd` empty where unknown. */
function costCurves(
  arms: readonly MoneyArm[],
  part: MoneyPart,
  breakEvens: readonly (number | null)[],
): { calls: number[]; curves: { arm: string; usd: number[] }[] } {
  const marks = [part.volume.calls, ...breakEvens.flatMap((one) => one ?? [])].filter((calls) => calls > 0);
  const low = Math.max(1, Math.min(...marks, 1e9) / 10);
  const high = Math.max(...marks, low * 100) * 10;
  const calls = Array.from({ length: points }, (_, at) => Math.round(low * (high / low) ** (at / (points - 1))));
  return {
    calls,
    curves: arms.map((arm) => ({
      arm: arm.record.name,
      usd: calls.flatMap((volume) => monthlyCost(arm, part, volume) ?? []),
    })),
  };
}
