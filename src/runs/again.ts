/**
 * What to do after an attempt. Pure: randomness is passed in. Providers' SDKs retry nothing, so this is the only
 * place that decides to ask again.
 */
import type { StepOutcome, TransportFailure } from '../records/attempt-record.ts';
import { isLasting, isTransportFailure } from './trial.ts';

export type Decision =
  /** Usable, or asking again cannot help. */
  | { next: 'done' }
  | { next: 'again'; because: 'answer' | 'transport'; waitMs: number }
  /** Missing; `--resume` asks again. */
  | { next: 'give-up' }
  /** Nothing on this arm can work until the user acts. */
  | { next: 'stop-arm' };

/** Tries in a row before a prompt is given up, and the back-off between them (ms). */
const policy = {
  'rate-limit': { tries: 8, base: 1_000, cap: 60_000 },
  overload: { tries: 6, base: 1_000, cap: 30_000 },
  // A time-out has already cost minutes.
  timeout: { tries: 2, base: 1_000, cap: 5_000 },
  network: { tries: 4, base: 500, cap: 8_000 },
  server: { tries: 4, base: 500, cap: 8_000 },
  cut: { tries: 3, base: 500, cap: 4_000 },
  garbage: { tries: 3, base: 500, cap: 4_000 },
} satisfies Record<TransportFailure, { tries: number; base: number; cap: number }>;

/** A provider may say "in an hour": we ask earlier, a few times, and leave the rest to `--resume`. */
export const retryAfterCapMs = 60_000;

export interface AttemptEnd {
  outcome: StepOutcome;
  usable: boolean;
  retryAfterMs?: number;
}

/** Counted with the attempt that just ended. */
export interface Sofar {
  /** Answers of this trial. */
  answers: number;
  /** Transport failures in a row, of this trial in this process. */
  failures: number;
}

/** `retries`: answer retries allowed. `rng` gives [0, 1). */
export function decide(end: AttemptEnd, sofar: Sofar, retries: number, rng: () => number): Decision {
  const { outcome } = end;
  if (outcome === 'answered') {
    if (end.usable || sofar.answers > retries) return { next: 'done' };
    return { next: 'again', because: 'answer', waitMs: 0 };
  }
  if (isLasting(outcome)) return { next: 'done' };
  if (outcome === 'aborted') return { next: 'give-up' };
  if (!isTransportFailure(outcome)) return { next: 'stop-arm' };
  if (sofar.failures >= policy[outcome].tries) return { next: 'give-up' };
  return { next: 'again', because: 'transport', waitMs: backOff(outcome, sofar.failures, end.retryAfterMs, rng) };
}

/** Exponential with jitter (half to whole); Retry-After is honoured up to the cap, with a little jitter on top. */
export function backOff(
  cause: TransportFailure,
  failures: number,
  retryAfterMs: number | undefined,
  rng: () => number,
): number {
  if (retryAfterMs !== undefined) return Math.round(Math.min(retryAfterMs, retryAfterCapMs) * (1 + rng() / 10));
  const { base, cap } = policy[cause];
  return Math.round(Math.min(cap, base * 2 ** (failures - 1)) * (0.5 + rng() / 2));
}
