/**
 * What to do after an attempt. Pure: randomness is passed in. Providers' SDKs retry nothing, so this is the only
 * place that decides to ask again.
 */
import type { StepOutcome } from '../records/attempt-record.ts';
import { ruleOf } from '../records/outcomes.ts';

export type Decision =
  /** Usable, or asking again cannot help. */
  | { next: 'done' }
  | { next: 'again'; because: 'answer' | 'transport'; waitMs: number }
  /** Missing: nothing came back, or the server refused the request. */
  | { next: 'give-up' }
  /** Nothing on this arm can work until the user acts. */
  | { next: 'stop-arm' };

/** Attempts of one trial, whatever the causes. */
const mostAttempts = 12;

/** The longest wait that is kept to; a longer one ends the arm (cause `rate-window`). */
export const retryAfterCapMs = 300_000;

export interface AttemptEnd {
  outcome: StepOutcome;
  cause?: string | undefined;
  usable: boolean;
  /** The answer is the one before it: asking once more gives it a third time. */
  same?: boolean;
  /** Asking again gives the same failure. */
  once?: boolean | undefined;
  retryAfterMs?: number;
}

/** Counted with the attempt that just ended. */
export interface Sofar {
  /** Answers of this trial. */
  answers: number;
  /** Failures with this cause, of this trial in this process. */
  failures: number;
  /** Attempts of this trial in this process, all causes together. */
  attempts?: number;
}

/** `retries`: answer retries allowed. `rng` gives [0, 1). */
export function decide(end: AttemptEnd, sofar: Sofar, retries: number, rng: () => number): Decision {
  const { again, ends, stopsArm } = ruleOf(end);
  if (ends === 'answered') {
    if (end.usable || end.same || sofar.answers > retries || again !== 'as an answer') return { next: 'done' };
    return { next: 'again', because: 'answer', waitMs: 0 };
  }
  if (stopsArm) return { next: 'stop-arm' };
  if (end.once || typeof again === 'string' || (sofar.attempts ?? 0) >= mostAttempts) return { next: 'give-up' };
  if ('everyMs' in again) {
    if (sofar.failures * again.everyMs > again.forMs) return { next: 'give-up' };
    return { next: 'again', because: 'transport', waitMs: again.everyMs };
  }
  if (sofar.failures >= again.tries) return { next: 'give-up' };
  return { next: 'again', because: 'transport', waitMs: backOff(again, sofar.failures, end.retryAfterMs, rng) };
}

/** Exponential with jitter (half to whole); Retry-After is honoured up to the cap, with a little jitter on top. */
export function backOff(
  { baseMs, capMs }: { baseMs: number; capMs: number },
  failures: number,
  retryAfterMs: number | undefined,
  rng: () => number,
): number {
  // "At once", or a date that has passed by our clock: all tries would be gone in an instant.
  if (retryAfterMs !== undefined && retryAfterMs > 0)
    return Math.round(Math.min(retryAfterMs, retryAfterCapMs) * (1 + rng() / 10));
  return Math.round(Math.min(capMs, baseMs * 2 ** (failures - 1)) * (0.5 + rng() / 2));
}
