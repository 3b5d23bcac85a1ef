/** What the limits of an arm learn from how an attempt ended. */
import type { StepRecord } from '../records/attempt-record.ts';
import { retryAfterCapMs } from './again.ts';
import { type Lane, pause } from './lane.ts';
import type { Limiter } from './limiter.ts';
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
  | { next: 'stop'; reason: string };

/** Refused requests before any answer: it is not the prompts then, and each one refused is lost for good. */
const refusalsAtMost = 3;

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
    lane.refusals = undefined;
    limiter.succeeded(lane.name);
    lane.circuit.succeeded();
  } else if (outcome === 'bad-request' && lane.refusals !== undefined) {
    lane.refusals += 1;
    if (lane.refusals >= refusalsAtMost) return { next: 'stop', reason: `every request is refused: ${message}` };
  }
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
