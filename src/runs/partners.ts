/** Whose answers would have nothing to be compared with: asking on would only spend. */

import { providerOf } from '../arms/registry.ts';
import type { StepOutcome } from '../records/attempt-record.ts';
import type { PairRecord } from '../records/run-record.ts';
import { type Lane, waitingIn } from './lane.ts';

/**
 * A frozen run asks for the same model in the same way for ever. Where a model can be pulled it may be there later;
 * and a key or a credit can be set right.
 */
export const isForGood = (outcome: StepOutcome, provider: string): boolean =>
  providerOf(provider)?.mayAppearLater !== true && (outcome === 'model-missing' || outcome === 'bad-request');

/** Lanes that still ask and have no pair left whose arms can both be answered. One in no pair goes with all of them. */
export function withoutPartner(lanes: readonly Lane[], pairs: readonly PairRecord[]): Lane[] {
  if (pairs.length === 0) return [];
  const gone = new Set(lanes.filter(({ stopped }) => stopped?.forGood).map(({ name }) => name));
  const alive = pairs.filter(({ a, b }) => !gone.has(a) && !gone.has(b));
  const isIn = (some: readonly PairRecord[], name: string): boolean =>
    some.some(({ a, b }) => a === name || b === name);
  return lanes.filter((lane) => {
    if (lane.replay || waitingIn(lane) === 0) return false;
    return isIn(pairs, lane.name) ? !isIn(alive, lane.name) : alive.length === 0;
  });
}
