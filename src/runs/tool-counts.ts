/** What an arm's tool loops came to, as a pure fold over its trials. Counts only; the report divides. */
import { callArguments } from '../checks/judge-call.ts';
import { reachedEnd } from '../checks/outcome.ts';
import type { StepRecord, ToolResultRecord, ToolTrouble } from '../records/attempt-record.ts';
import { canonicalJson } from '../records/plain-json.ts';
import type { Attempt, Trial } from './trial.ts';

/** The model's own slips. A repeated call is one whose twin already had its result, in the same attempt. */
type InvalidCalls = Record<'unknown-tool' | 'bad-json' | 'schema-mismatch' | 'repeated', number>;

export interface ToolCounts {
  /** Trials in which a tool was called at least once. */
  trials: number;
  /** Model calls and tool calls within these. */
  steps: number;
  calls: number;
  invalid: InvalidCalls;
  /** Valid calls by where their result came from. */
  results: Record<ToolResultRecord['from'], number>;
  /** Valid calls that nothing could answer, and calls on which the user's own program failed. */
  noResult: number;
  execFailed: number;
  /** Calls that went wrong for any reason: followed by a result of the same tool or a reached end state, or not. */
  recovered: number;
  notRecovered: number;
  /** The answer after it passed every check, and none of them knows the right result: giving up politely passes too. */
  recoveryUnknown: number;
  /** Trials that ended with a usable answer. */
  finished: number;
  /** Of all attempts of all these trials, divided by the finished ones; null when none finished or a number is unknown. */
  tokensPerFinished: number | null;
  msPerFinished: number | null;
}

export function countTools(trials: Iterable<Trial>): ToolCounts {
  const looped = [...trials].filter(({ attempts }) => attempts.some(callsTools));
  const attempts = looped.flatMap((trial) => trial.attempts);
  const calls = attempts.flatMap(callsOf);
  const steps = attempts.flatMap((attempt) => attempt.steps);
  const finished = looped.filter(({ state }) => state === 'usable').length;
  const troubled = calls.filter((call) => call.wrong !== undefined);
  const ended = (recovery: Recovery): number => troubled.filter((call) => call.recovery === recovery).length;
  return {
    trials: looped.length,
    steps: steps.length,
    calls: calls.length,
    invalid: {
      'unknown-tool': count(calls, 'unknown-tool'),
      'bad-json': count(calls, 'bad-json'),
      'schema-mismatch': count(calls, 'schema-mismatch'),
      repeated: count(calls, 'repeated'),
    },
    results: countResults(calls),
    noResult: count(calls, 'no-result'),
    execFailed: count(calls, 'exec-failed'),
    recovered: ended('recovered'),
    notRecovered: ended('not recovered'),
    recoveryUnknown: ended('not measured'),
    finished,
    tokensPerFinished: perFinished(steps.map(tokensOf), finished),
    msPerFinished: perFinished(
      steps.map(({ ms }) => ms?.total),
      finished,
    ),
  };
}

type Wrong = ToolTrouble | 'repeated' | 'fault';

interface CountedCall {
  wrong?: Wrong;
  from?: ToolResultRecord['from'];
  recovery?: Recovery;
}

type Recovery = 'recovered' | 'not recovered' | 'not measured';

const count = (calls: readonly CountedCall[], wrong: Wrong): number =>
  calls.filter((call) => call.wrong === wrong).length;

function countResults(calls: readonly CountedCall[]): ToolCounts['results'] {
  const results = { log: 0, 'log-order': 0, exec: 0, stub: 0, error: 0, fault: 0 };
  for (const { from } of calls) if (from) results[from] += 1;
  return results;
}

const callsTools = ({ steps }: Attempt): boolean => steps.some(({ tool_calls }) => (tool_calls?.length ?? 0) > 0);

function callsOf(attempt: Attempt): CountedCall[] {
  const seen = new Set<string>();
  return attempt.steps.flatMap((step, at) =>
    (step.tool_calls ?? []).map((call, index): CountedCall => {
      const result = step.tool_results?.[index];
      const key = `${call.name} ${canonicalJson(callArguments(call) ?? call.arguments)}`;
      const twin = seen.has(key);
      if (result?.from !== 'fault') seen.add(key);
      const wrong = wrongWith(step, result) ?? (twin ? 'repeated' : undefined);
      const recovery = wrong && recoveryOf(attempt, at, call.name);
      return { ...(wrong && { wrong }), ...(result && { from: result.from }), ...(recovery && { recovery }) };
    }),
  );
}

/** The last step's calls got no result: what was wrong with them is in its checks. */
function wrongWith(step: StepRecord, result: ToolResultRecord | undefined): Wrong | undefined {
  if (result) return result.from === 'fault' ? 'fault' : result.trouble;
  const kind = step.checks?.find(({ check, pass }) => check === 'toolCall' && !pass)?.kind;
  return kind === 'unknown-tool' || kind === 'bad-json' || kind === 'schema-mismatch' ? kind : undefined;
}

/** A later result of the same tool, or an end that a check knows; a mere text after it says nothing. */
function recoveryOf({ usable, steps, checks }: Attempt, at: number, name: string): Recovery {
  const later = steps.slice(at + 1).flatMap(({ tool_results = [] }) => tool_results);
  const isSuccess = later.some(
    ({ name: of, from, trouble }) => of === name && from !== 'error' && from !== 'fault' && trouble === undefined,
  );
  if (isSuccess) return 'recovered';
  const reached = reachedEnd(checks);
  if (reached === undefined && usable) return 'not measured';
  return reached === true && usable ? 'recovered' : 'not recovered';
}

const tokensOf = ({ usage }: StepRecord): number | undefined =>
  usage?.in === undefined || usage.out === undefined ? undefined : usage.in + usage.out;

function perFinished(values: readonly (number | undefined)[], finished: number): number | null {
  if (finished === 0 || values.includes(undefined)) return null;
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / finished;
}
