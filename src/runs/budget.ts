/**
 * `--max-cost`: what a call may cost at most is set aside before it starts, so the sum can never pass the limit.
 * The limit is the run's, so what earlier processes spent on it counts.
 */
import { type GapcheckError, userError } from '../errors.ts';
import type { ArmRecord, StepOutcome, StepRecord } from '../records.ts';
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

/** A limit cannot hold where a price is unknown. Undefined when every paid arm has one. */
export function unpriced(arms: readonly ArmRecord[]): GapcheckError | undefined {
  const arm = arms.find((one) => one.leavesMachine && !isReplay(one) && one.price === undefined);
  if (!arm) return undefined;
  return userError(
    'unknown-price',
    `--max-cost cannot hold: the price of ${arm.model} (arm ${arm.name}) is not known.`,
    `give it in the config (arms: ${arm.name}: price: {in: …, out: …}, dollars per million tokens) or with --prices FILE`,
  );
}
