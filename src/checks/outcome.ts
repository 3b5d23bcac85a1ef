import type { CheckResult } from '../records/attempt-record.ts';
import type { CheckSpec } from '../records/prompt-record.ts';

export const pass = (spec: CheckSpec): CheckResult => ({ check: spec.check, pass: true });

/** `kind` is what silent failures are counted by; `why` is the sentence a person reads. */
export const fail = (spec: CheckSpec, kind: string, why: string): CheckResult => ({
  check: spec.check,
  pass: false,
  why,
  kind,
});

/** The check itself could not decide (a pattern out of time): no failure of the model, and said so. */
export const notJudged = (spec: CheckSpec, kind: string, why: string): CheckResult => ({
  check: spec.check,
  pass: true,
  judged: false,
  why,
  kind,
});

/** Model text inside a sentence: one line, at most `length` characters. */
export function quote(text: string, length = 60): string {
  const line = text
    .slice(0, 20 * length)
    .replace(/\s+/g, ' ')
    .trim();
  return `"${line.length > length ? `${line.slice(0, length - 1)}…` : line}"`;
}

/** `1 word`, `3 words`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What an attempt failed by: the kind of its first failed check. */
export const failureCause = (results: readonly CheckResult[]): string | undefined => {
  const failed = results.find((result) => !result.pass);
  return failed && (failed.kind ?? failed.check);
};

/** Checks that know the right result: only these tell that a workflow reached its end, not a text that merely passes. */
const endChecks: readonly string[] = ['contains', 'containsAny', 'regex', 'recall', 'exec', 'end-state'];

/** Whether the end was reached; undefined where nothing that was checked knows it. */
export function reachedEnd(results: readonly CheckResult[]): boolean | undefined {
  const ends = results.filter(({ check, judged }) => endChecks.includes(check) && judged !== false);
  return ends.length === 0 ? undefined : ends.every(({ pass: passed }) => passed);
}
