/** What the limits of an arm learn from how an attempt ended. */
import type { StepRecord } from '../records/attempt-record.ts';
import { ruleOf } from '../records/outcomes.ts';
import { retryAfterCapMs } from './again.ts';
import { type Lane, pause } from './lane.ts';
import type { Limiter } from './limiter.ts';
import { sentenceKey } from './missing.ts';
import { isTransportFailure } from './trial.ts';

/** What was true when the attempt began. */
export interface Tickets {
  limiter: number;
  circuit: number;
}

export type Lesson =
  | { next: 'go-on' }
  /** The whole arm waits so long, ms. */
  | { next: 'pause'; ms: number }
  /** The user should see this sentence now. */
  | { next: 'say'; count: number }
  | { next: 'stop'; reason: string };

/** The same refusal so often before any answer: it is not the prompts then, and each one refused is lost for good. */
const refusalsAtMost = 3;
/** After answers a refusal is said when it is new, and then at each tenth. */
const sayEvery = 10;

/** `now`: milliseconds since the epoch. */
export function learn(
  lane: Lane,
  limiter: Limiter,
  tickets: Tickets,
  step: StepRecord,
  retryAfterMs: number,
  now: number,
): Lesson {
  const { outcome, message = outcome } = step;
  if (outcome !== 'answered') lane.lastFailure = message;
  if (outcome === 'answered') {
    lane.answered = true;
    limiter.succeeded(lane.name);
    lane.circuit.succeeded();
  }
  if (ruleOf(step).cause === 'unknown') return refusedAgain(lane, message);
  if (!isTransportFailure(outcome)) return { next: 'go-on' };
  if (outcome === 'rate-limit' || outcome === 'overload') limiter.throttled(lane.name, tickets.limiter);
  const verdict = lane.circuit.failed(outcome, tickets.circuit);
  if (verdict.circuit === 'dead') return { next: 'stop', reason: message };
  const asked = Math.min(retryAfterMs, retryAfterCapMs);
  const ms = verdict.circuit === 'open' ? Math.max(verdict.pauseMs, asked) : asked;
  if (ms === 0 || now + ms <= lane.pausedUntil) return { next: 'go-on' };
  pause(lane, now + ms);
  return { next: 'pause', ms };
}

/** A refusal whose words nobody knows is never passed over: it stops the arm, or it is said. */
function refusedAgain(lane: Lane, message: string): Lesson {
  const key = sentenceKey(message);
  const count = (lane.refusals.get(key) ?? 0) + 1;
  lane.refusals.set(key, count);
  if (!lane.answered)
    return count >= refusalsAtMost
      ? { next: 'stop', reason: `every request is refused: ${message}` }
      : { next: 'go-on' };
  return count === 1 || count % sayEvery === 0 ? { next: 'say', count } : { next: 'go-on' };
}

/** Calls in a row that others ended before the arm goes down to one at a time. */
const crowdedAtMost = 2;

/** True once: when a server that answers one request at a time has shown it. */
export function isTooCrowded(lane: Lane, limiter: Limiter, crowded: boolean): boolean {
  if (limiter.limit(lane.name) <= 1) return false;
  lane.crowded = crowded ? lane.crowded + 1 : 0;
  return lane.crowded >= crowdedAtMost;
}
