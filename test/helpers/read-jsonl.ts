import { eachLine } from '../../src/store/jsonl.ts';

/** A whole file of JSON lines, and a sentence for each line that was skipped. */
export function readJsonl(path: string) {
  const warnings: string[] = [];
  return { lines: [...eachLine(path, warnings)], warnings };
}
