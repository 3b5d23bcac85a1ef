/**
 * What happened to a call, whose fault it was, and what follows: one row per cause. Retry, trial, ballot, report, gate,
 * exit code and hint ask this table, and no other place decides.
 */
import type { Fault, StepOutcome } from './attempt-record.ts';

export type { Fault } from './attempt-record.ts';

/** Tries count requests with this cause in a row, the first one included; waits are milliseconds. */
export type Again =
  | { tries: number; baseMs: number; capMs: number }
  | { everyMs: number; forMs: number }
  | 'as an answer'
  | 'never';

export interface OutcomeRule {
  cause: string;
  outcome: StepOutcome;
  /** Absent where nothing went wrong, or where the case itself tells whose fault it was. */
  fault?: Fault;
  again: Again;
  /** Missing for good: `--resume` does not ask again. */
  ends: 'answered' | 'missing' | 'missing for good';
  /** Nothing on this arm can work until the user acts. */
  stopsArm: boolean;
  /** The way out, where it is the same for every provider; by fault, where that decides. */
  next?: string | Partial<Record<Fault, string>>;
}

const tried = (tries: number, baseMs: number, capMs: number): Again => ({ tries, baseMs, capMs });

const missing = (outcome: StepOutcome, cause: string, fault: Fault | undefined, again: Again): OutcomeRule => ({
  cause,
  outcome,
  ...(fault && { fault }),
  again,
  ends: 'missing',
  stopsArm: false,
});
/** The server refused this request: asking again gives the same. */
const refused = (outcome: StepOutcome, cause: string, fault?: Fault): OutcomeRule => ({
  ...missing(outcome, cause, fault, 'never'),
  ends: 'missing for good',
});
const stopping = (outcome: StepOutcome, cause: string): OutcomeRule => ({
  ...missing(outcome, cause, 'setup', 'never'),
  stopsArm: true,
});
/** What to do, beside what happened. */
const next = (rule: OutcomeRule, words: NonNullable<OutcomeRule['next']>): OutcomeRule => ({ ...rule, next: words });
const answered = (cause: string, fault?: Fault, again: Again = 'never'): OutcomeRule => ({
  ...missing('answered', cause, fault, again),
  ends: 'answered',
});

/** No fault is told: the log says what failed, and seldom why. */
export const failedInLog = 'failed-in-log';

const slowly = tried(4, 500, 8_000);
const raiseWindow = 'raise its window: numCtx of this arm, or the setting of its server';
const leaveOut = 'leave these prompts out with --tasks';

/** In the order of the paper trail of a call: reaching the server, the request, limits, the server, the answer. */
export const outcomes: readonly OutcomeRule[] = [
  next(missing('network', 'dns', 'network', slowly), 'check baseURL, or the network'),
  missing('network', 'refused-connection', 'network', slowly),
  missing('network', 'dropped', 'network', slowly),
  next(missing('network', 'tls', 'setup', 'never'), 'NODE_EXTRA_CA_CERTS=FILE names your own CA'),
  next(missing('network', 'proxy', 'setup', slowly), 'check that variable, or name this host in NO_PROXY'),
  next(
    refused('bad-request', 'role', 'setup'),
    `the chat template takes no such role or order: serve it with another template, or ${leaveOut}`,
  ),
  next(refused('bad-request', 'feature'), {
    model: `${leaveOut}, or compare with a model that can do this`,
    setup: 'start its server with what this sentence names',
  }),
  next(refused('bad-request', 'unknown', 'setup'), `mend what the server names, or ${leaveOut}`),
  next(refused('too-long', 'context'), {
    model: `${leaveOut}, or compare with a model that has a larger window`,
    setup: raiseWindow,
  }),
  next(refused('too-long', 'cut-by-server', 'setup'), raiseWindow),
  next(refused('too-long', 'request-over-limit', 'setup'), `raise the limit of this account, or ${leaveOut}`),
  next(
    refused('too-long', 'payload', 'setup'),
    'a proxy or gateway before the model takes no body of that size: raise its limit',
  ),
  stopping('auth', 'key'),
  stopping('auth', 'permission'),
  stopping('model-missing', 'model'),
  stopping('model-missing', 'base-url'),
  stopping('quota', 'rate-window'),
  stopping('quota', 'quota'),
  stopping('out-of-memory', 'memory'),
  missing('rate-limit', 'rate-minute', 'provider', tried(8, 1_000, 60_000)),
  // A time-out has already cost minutes.
  missing('timeout', 'server-timeout', 'provider', tried(2, 1_000, 5_000)),
  missing('timeout', 'idle', 'provider', tried(2, 1_000, 5_000)),
  missing('timeout', 'total', 'provider', tried(2, 1_000, 5_000)),
  missing('server', 'server', 'provider', slowly),
  missing('overload', 'overloaded', 'provider', tried(6, 1_000, 30_000)),
  missing('overload', 'loading', 'provider', { everyMs: 2_000, forMs: 600_000 }),
  missing('cut', 'cut', 'provider', tried(3, 500, 4_000)),
  missing('cut', 'gave-up', 'provider', tried(3, 500, 4_000)),
  missing('garbage', 'garbage', 'provider', tried(3, 500, 4_000)),
  missing('garbage', 'not-generated', 'provider', tried(3, 500, 4_000)),
  next(missing('garbage', 'substituted', 'setup', 'never'), 'switch its fallbacks off for the comparison'),
  missing('aborted', 'aborted', undefined, 'never'),
  answered('length', 'model', 'as an answer'),
  answered('finish-unknown'),
  answered('finish-absent'),
  answered('empty', 'model', 'as an answer'),
  answered('cap-spent', 'model'),
  answered('all-reasoning', 'setup'),
  answered('refusal', 'model'),
  answered('content-filter', 'model'),
  answered('tool-call-unreadable', 'model', 'as an answer'),
  answered('output-unreadable', 'model', 'as an answer'),
  // A column of the file has nothing for this prompt.
  { ...answered('no-answer', 'model'), outcome: 'no-answer' },
  // The log says that its own call failed: the model gave no answer, and the log will have no other one.
  refused('no-answer', failedInLog),
];

const byCause = new Map(outcomes.map((rule) => [rule.cause, rule]));

/** What a record without a cause is taken for: those of earlier versions, and failures that nothing told apart. */
const usual: Record<Exclude<StepOutcome, 'answered'>, string> = {
  'rate-limit': 'rate-minute',
  overload: 'overloaded',
  timeout: 'server-timeout',
  network: 'dropped',
  server: 'server',
  cut: 'cut',
  garbage: 'garbage',
  auth: 'key',
  quota: 'quota',
  'model-missing': 'model',
  'out-of-memory': 'memory',
  'bad-request': 'unknown',
  'too-long': 'context',
  aborted: 'aborted',
  'no-answer': 'no-answer',
};

const plainAnswer = answered('answered', undefined, 'as an answer');

/** The row of a step. A cause of a later version falls back to what its outcome usually means. */
export function ruleOf({ outcome, cause }: { outcome: StepOutcome; cause?: string | undefined }): OutcomeRule {
  const told = cause === undefined ? undefined : byCause.get(cause);
  if (told?.outcome === outcome) return told;
  return outcome === 'answered' ? plainAnswer : (byCause.get(usual[outcome]) ?? plainAnswer);
}

/** Whose fault it was: as recorded, else as the row has it. */
export const faultOf = (step: { outcome: StepOutcome; cause?: string; fault?: Fault }): Fault | undefined =>
  step.fault ?? ruleOf(step).fault ?? (step.outcome === 'too-long' || step.cause === 'feature' ? 'model' : undefined);

/** The way out that the table itself knows. */
export function nextOf(step: { outcome: StepOutcome; cause?: string; fault?: Fault }): string | undefined {
  const { next: words } = ruleOf(step);
  if (typeof words !== 'object') return words;
  const fault = faultOf(step);
  return fault && words[fault];
}
