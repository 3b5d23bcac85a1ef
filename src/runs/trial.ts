/**
 * Folds the steps of attempts/<arm>.jsonl into trials. Pure: verdicts and reports read runs only through this.
 * A trial is `usable` or `unusable` when it is done; `missing` when only transport, quota or reach failed it,
 * and `--resume` asks it again.
 */
import type { CheckResult, PromptId, StepOutcome, StepRecord, TransportFailure } from '../records.ts';

export interface Attempt {
  attempt: number;
  steps: StepRecord[];
  outcome: StepOutcome;
  checks: CheckResult[];
  /** Answered, and every check passed. */
  usable: boolean;
}

export interface Trial {
  prompt: PromptId;
  trial: number;
  state: 'usable' | 'unusable' | 'missing';
  attempts: Attempt[];
  /** The attempt that the trial ended with; undefined while missing. */
  answer?: Attempt;
  answerRetries: number;
  transportRetries: number;
}

const transport: readonly string[] = [
  'rate-limit',
  'overload',
  'timeout',
  'network',
  'server',
  'cut',
  'garbage',
] satisfies TransportFailure[];

export const isTransportFailure = (outcome: StepOutcome): outcome is TransportFailure => transport.includes(outcome);

/** `too-long` and `bad-request` end a trial for good: asking again gives the same. So does an empty logged column. */
const isLasting = (outcome: StepOutcome): boolean =>
  outcome === 'too-long' || outcome === 'bad-request' || outcome === 'no-answer';

export const trialKey = (prompt: PromptId, trial: number): string => `${prompt}#${trial}`;

/** Trials by key (prompt#trial), from the steps of one arm in file order. */
export function foldTrials(steps: readonly StepRecord[], retries: number): Map<string, Trial> {
  const byTrial = new Map<string, Map<number, StepRecord[]>>();
  for (const step of steps) {
    const key = trialKey(step.prompt, step.trial);
    const attempts = byTrial.get(key) ?? new Map<number, StepRecord[]>();
    attempts.set(step.attempt, [...(attempts.get(step.attempt) ?? []), step]);
    byTrial.set(key, attempts);
  }
  const trials = new Map<string, Trial>();
  for (const [key, attempts] of byTrial) {
    const whole = [...attempts.values()].filter((group) => group.at(-1)?.last === true);
    const trial = foldTrial(whole, retries);
    if (trial) trials.set(key, trial);
  }
  return trials;
}

function foldTrial(groups: StepRecord[][], retries: number): Trial | undefined {
  const first = groups[0]?.[0];
  if (!first) return undefined;
  const attempts = groups.map(foldAttempt);
  const answered = attempts.filter((attempt) => attempt.outcome === 'answered');
  const transportRetries = attempts.filter((attempt) => isTransportFailure(attempt.outcome)).length;
  const answerRetries = Math.max(0, answered.length - 1);
  const base = { prompt: first.prompt, trial: first.trial, attempts, answerRetries, transportRetries };
  const usable = attempts.find((attempt) => attempt.usable);
  if (usable) return { ...base, state: 'usable', answer: usable };
  const lasting = attempts.find((attempt) => isLasting(attempt.outcome));
  if (lasting) return { ...base, state: 'unusable', answer: lasting };
  const spent = answered.length > retries ? answered.at(-1) : undefined;
  if (spent) return { ...base, state: 'unusable', answer: spent };
  return { ...base, state: 'missing' };
}

function foldAttempt(steps: StepRecord[]): Attempt {
  const last = steps.at(-1) as StepRecord;
  const checks = last.checks ?? [];
  const usable = last.outcome === 'answered' && checks.every((check) => check.pass);
  return { attempt: last.attempt, steps, outcome: last.outcome, checks, usable };
}
