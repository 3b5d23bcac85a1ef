/** What a recorded call would cost in production: cached input as often as in the log, batches at half the price. */
import type { StepRecord } from '../records/attempt-record.ts';
import type { ArmRecord } from '../records/run-record.ts';

export interface ProductionTerms {
  /** Share of the closed provider's input tokens that come from its cache, 0..1; null = as in this run. */
  cachedShare: number | null;
  /** Share of the calls that are made in batches, 0..1. */
  batchShare: number;
  /** The hours of the user's own machine have a price. */
  machineStated: boolean;
}

export const asInRun: ProductionTerms = { cachedShare: null, batchShare: 0, machineStated: false };

/** US dollars of one model call; undefined where the record has no cost. The terms are those of the closed provider. */
export function productionCost(
  { role, price }: Pick<ArmRecord, 'role' | 'price'>,
  { costUsd, usage }: Pick<StepRecord, 'costUsd' | 'usage'>,
  { cachedShare, batchShare }: ProductionTerms,
): number | undefined {
  if (role !== 'closed') return costUsd;
  const paid = 1 - batchShare / 2;
  if (cachedShare === null || !price || usage?.in === undefined || usage.out === undefined)
    return costUsd === undefined ? undefined : costUsd * paid;
  const input = usage.in * ((1 - cachedShare) * price.in + cachedShare * (price.cached ?? price.in));
  return ((input + usage.out * price.out) / 1e6) * paid;
}
