/**
 * `--max-cost`: what a call may cost at most is set aside before it starts, so the sum can never pass the limit.
 * The limit is the run's, so what earlier processes spent on it counts.
 */
import { mayPassOn } from '../arms/wire/hosts.ts';
import { type GapcheckError, userError } from '../errors.ts';
import type { StepOutcome, StepRecord } from '../records/attempt-record.ts';
import type { CallsAtOnce, RunEvent } from '../records/run-events.ts';
import type { ArmRecord } from '../records/run-record.ts';
import { isReplay } from './trial.ts';

export interface Budget {
  readonly spent: number;
  /** `wait`: it fits once calls in flight turn out cheaper than set aside. `over`: it would pass the limit. */
  reserve(most: number): 'ok' | 'wait' | 'over';
  /** Gives back what `reserve` set aside and books what it really cost. */
  settle(most: number, cost: number): void;
}

/** `limit` undefined: counts, never refuses. US dollars. */
export function createBudget(limit: number | undefined, spentBefore: number): Budget {
  let spent = spentBefore;
  let setAside = 0;
  let inFlight = 0;
  return {
    get spent() {
      return spent;
    },
    reserve(most) {
      const total = spent + setAside + most;
      if (limit !== undefined && most > 0 && total > limit) {
        return inFlight > 0 && spent + most <= limit ? 'wait' : 'over';
      }
      setAside += most;
      if (most > 0) inFlight += 1;
      return 'ok';
    },
    settle(most, cost) {
      if (most > 0) inFlight -= 1;
      // Sums of fractions leave crumbs, which must not keep the last call out.
      setAside = inFlight === 0 ? 0 : setAside - most;
      spent += cost;
    },
  };
}

/** Broken off after the provider began to work: it may be billed, so it counts in full. */
const maybeBilled: readonly StepOutcome[] = ['cut', 'timeout', 'aborted', 'garbage'];

/** What the steps of one attempt take out of the budget; `most` is what was set aside for it. */
export function chargeOf(steps: readonly Pick<StepRecord, 'outcome' | 'costUsd' | 'reused'>[], most: number): number {
  const paid = steps.filter((step) => step.reused === undefined);
  const known = paid.reduce((sum, step) => sum + (step.costUsd ?? 0), 0);
  const unknown = paid.some(
    (step) => step.costUsd === undefined && (step.outcome === 'answered' || maybeBilled.includes(step.outcome)),
  );
  return unknown ? Math.max(known, most) : known;
}

/**
 * What processes that were killed may have spent without a record: as many of the dearest calls as each could have in
 * flight. Never less than what the provider bills.
 */
export function lostAtMost(mosts: readonly number[], killed: readonly number[]): number {
  const dearest = [...mosts].sort((a, b) => b - a);
  return killed.reduce((sum, atOnce) => sum + dearest.slice(0, atOnce).reduce((all, most) => all + most, 0), 0);
}

/** For each process that began to answer and never said how it ended: its calls at once. The last one is ours. */
export function killedProcesses(events: readonly RunEvent[], usual: CallsAtOnce): CallsAtOnce[] {
  const killed: CallsAtOnce[] = [];
  let begun: CallsAtOnce | undefined;
  for (const event of events) {
    if (event.event === 'answered') begun = undefined;
    if (event.event !== 'started' && event.event !== 'resumed') continue;
    if (begun) killed.push(begun);
    begun = event.atOnce ?? usual;
  }
  return killed;
}

/** What to do where an arm has no price. */
export const setPrice = (arm: string): string =>
  `set price of arm ${arm} in the config, price: {in: …, out: …} in dollars per million tokens`;

/** A limit cannot hold where a price is unknown. Undefined when every paid arm has one. */
export function unpriced(arms: readonly ArmRecord[]): GapcheckError | undefined {
  const arm = arms.find(
    (one) => !one.agent && (one.leavesMachine || mayPassOn(one)) && !isReplay(one) && one.price === undefined,
  );
  if (!arm) return undefined;
  return userError(
    'unknown-price',
    `--max-cost cannot hold: no price for ${arm.spec}${arm.host === null ? '' : ` at ${arm.host}`} (arm ${arm.name}).`,
    `${setPrice(arm.name)} (0 and 0 if it is free), or name a --prices FILE`,
  );
}
