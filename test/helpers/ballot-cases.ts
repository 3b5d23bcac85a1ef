/** The cases of `../shared/cases/ballots`. Tests that need them are skipped, saying so, where the folder is absent. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../../shared/cases/ballots');

/** The rows of one file; none, said once on the console, where it is absent. */
export function ballotCases<T>(name: string): T[] {
  const file = resolve(folder, `${name}.jsonl`);
  if (!existsSync(file)) {
    console.warn(`skipped: ../shared/cases/ballots/${name}.jsonl is not here`);
    return [];
  }
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as T);
}

export interface ReasoningCase {
  id: string;
  wire: string;
  record: string;
  judged: string;
  shown?: string;
  mustNotContain?: string[];
  mustContain?: string[];
  prompt?: string;
  templateEnds?: string;
  source?: 'logged';
  why: string;
}

/** What the cases ask where they name no prompt. */
export const casePrompt = 'Please help me with this.';
