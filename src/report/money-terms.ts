/** What one arm costs a month at a volume: a provider's price per call, or machines and the people who run them. */
import type { ArmRecord } from '../records/run-record.ts';
import type { Capacity } from '../verdicts/capacity.ts';
import { type CostKind, costKindOf } from '../verdicts/known-price.ts';
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

/** A machine is paid by its hours, whatever a price says about tokens. */
export const costKind = ({ record, feePer1000, capacity }: MoneyArm, part: MoneyPart): CostKind =>
  costKindOf(record, { machine: part.machine !== null && capacity !== null, fee: feePer1000 });

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
