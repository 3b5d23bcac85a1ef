/** Exact repeats in words: plan and report say both numbers. */
import { thousands } from './numbers.ts';

export interface RepeatedRecords {
  records: number;
  different: number;
  /** Repeats with other answers than the record that is used. */
  otherAnswers?: number | undefined;
}

/** `900 records, 480 different prompts; each different prompt counts once`, and what became of other answers; undefined where none came again. */
export function repeatedPrompts(logged: RepeatedRecords | null | undefined): string | undefined {
  if (!logged || logged.records <= logged.different) return undefined;
  const { records, different, otherAnswers = 0 } = logged;
  const counts = `${thousands(records)} records, ${thousands(different)} different prompt${different === 1 ? '' : 's'}; each different prompt counts once`;
  if (otherAnswers === 0) return counts;
  return `${counts}. ${thousands(otherAnswers)} ${otherAnswers === 1 ? 'repeat' : 'repeats'} had other answers; the first was used, the ${otherAnswers === 1 ? 'other is' : 'others are'} on no ballot`;
}

/** `2 calls failed in the log: their prompts are not asked`; undefined where none did. */
export function failedPrompts(logged: { failed?: number | undefined } | null | undefined): string | undefined {
  const failed = logged?.failed ?? 0;
  if (failed === 0) return undefined;
  return failed === 1
    ? '1 call failed in the log: its prompt is not asked'
    : `${thousands(failed)} calls failed in the log: their prompts are not asked`;
}
