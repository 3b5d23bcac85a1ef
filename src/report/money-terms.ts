/** What one arm costs a month at a volume: a provider's price per call, or machines and the people who run them. */
import type { ArmRecord } from '../records/run-record.ts';
import type { Capacity } from '../verdicts/capacity.ts';
import { fixedCost, type MachineTerms, machinesFor } from '../verdicts/machine-cost.ts';
import type { MoneyPart } from './report-parts.ts';

export interface MoneyArm {
  record: Pick<ArmRecord, 'name' | 'model' | 'role' | 'leavesMachine' | 'host' | 'price'>;
  /** Read and written, of a prompt as the traffic has them. */
  tokensPerPrompt: number;
  /** US dollars per 1,000 prompts as the provider charges them in production, retries included; null = not known. */
  feePer1000: number | null;
  /** Null: nothing was timed. */
  capacity: Capacity | null;
  /** Answered model calls per prompt: retries and steps of a tool loop. */
  callsPerPrompt: number;
}

/** `price`: what the provider charges; `machine`: hours of an own machine; `unknown`: neither is stated. */
export type CostKind = 'price' | 'machine' | 'unknown';

/**
 * A model on one's own machine costs hours, whatever a table says about its tokens. The closed model has no machine of
 * ours: behind a local address it is reached through a proxy, and what that charges is for `price` to say.
 */
export function costKind({ record, feePer1000, capacity }: MoneyArm, part: MoneyPart): CostKind {
  if (isOwnMachine({ record })) return part.machine !== null && capacity !== null ? 'machine' : 'unknown';
  return feePer1000 === null ? 'unknown' : 'price';
}

export const isOwnMachine = ({ record }: Pick<MoneyArm, 'record'>): boolean =>
  !record.leavesMachine && record.host !== null && record.role !== 'closed';

export const opsPerMonth = ({ ops }: MoneyPart): number => (ops.fte * ops.yearUsd) / 12;

/** Null where the arm runs on no machine of the user's, or its price or speed is not known. */
export function machineTerms(arm: MoneyArm, part: MoneyPart): MachineTerms | null {
  if (costKind(arm, part) !== 'machine' || part.machine === null || arm.capacity === null) return null;
  return {
    perHour: part.machine.perHour,
    callsPerSecond: arm.capacity.perSecond / arm.callsPerPrompt,
    peak: part.peak.value,
    peopleUsd: opsPerMonth(part),
  };
}

/** US dollars a month at a volume; null where nothing is known. */
export function monthlyCost(arm: MoneyArm, part: MoneyPart, calls: number): number | null {
  if (costKind(arm, part) === 'price') return ((arm.feePer1000 ?? 0) / 1000) * calls;
  const terms = machineTerms(arm, part);
  return terms && fixedCost(terms, machinesFor(terms, calls));
}
