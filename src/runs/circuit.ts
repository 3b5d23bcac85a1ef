/**
 * Notices that a backend is dead, whatever prompt is asked: failures in a row over all prompts open the circuit,
 * then one call at a time tests it after growing pauses, and when those fail too the arm is given up. A dead server
 * costs seconds, not the sum of every prompt's own back-off.
 */
import type { TransportFailure } from '../records/attempt-record.ts';

/** Failures in a row that open the circuit, and the pauses (ms) before each test call. */
const limits = {
  network: { failures: 3, pauses: [1_000, 2_000, 4_000, 8_000] },
  // Each of these has cost minutes already.
  timeout: { failures: 4, pauses: [1_000, 5_000] },
  other: { failures: 10, pauses: [1_000, 2_000, 4_000, 8_000] },
  // Limits are mostly per minute: the pauses together outlast one.
  'rate-limit': { failures: 20, pauses: [5_000, 15_000, 30_000, 60_000] },
} as const;

const kindOf = (failure: TransportFailure): keyof typeof limits =>
  failure === 'network' || failure === 'timeout' || failure === 'rate-limit' ? failure : 'other';

export type Verdict = { circuit: 'closed' } | { circuit: 'open'; pauseMs: number } | { circuit: 'dead' };

export interface Circuit {
  readonly open: boolean;
  /** Names the state that a call starts in; hand it back with the call's end. */
  ticket(): number;
  succeeded(): void;
  /** A failure of a call that started before the circuit opened says nothing new. */
  failed(failure: TransportFailure, ticket: number): Verdict;
}

export function createCircuit(): Circuit {
  let share = 0;
  let tests = 0;
  let era = 0;
  return {
    get open() {
      return tests > 0;
    },
    ticket: () => era,
    succeeded() {
      share = 0;
      tests = 0;
    },
    failed(failure, ticket) {
      const { failures, pauses } = limits[kindOf(failure)];
      if (ticket < era) return { circuit: 'closed' };
      share += 1 / failures;
      if (tests === 0 && share < 1 - 1e-9) return { circuit: 'closed' };
      const pauseMs = pauses[tests];
      if (pauseMs === undefined) return { circuit: 'dead' };
      tests += 1;
      era += 1;
      return { circuit: 'open', pauseMs };
    },
  };
}
