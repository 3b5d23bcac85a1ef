/** Exact repeats in words: plan and report say both numbers. */
import { thousands } from './numbers.ts';

/** `900 records, 480 different prompts; each different prompt counts once`; undefined where none came again. */
export function repeatedPrompts(logged: { records: number; different: number } | null | undefined): string | undefined {
  if (!logged || logged.records <= logged.different) return undefined;
  const { records, different } = logged;
  return `${thousands(records)} records, ${thousands(different)} different prompt${different === 1 ? '' : 's'}; each different prompt counts once`;
}
