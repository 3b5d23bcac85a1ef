/** Which run a report without a name is of: the newest with votes, where newer ones were begun and left. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileLines } from './file-lines.ts';
import { runPaths } from './layout.ts';
import { newestRuns } from './run-folder.ts';

export interface NewestResult {
  name: string;
  /** Runs made after it, without a vote. */
  newer: number;
}

/** Undefined where the newest run has votes itself, or none of the newest ones has. */
export function newestResult(results: string): NewestResult | undefined {
  const names = newestRuns(results, 50);
  const newer = names.findIndex((name) => hasVotes(join(results, name)));
  const name = names[newer];
  return newer > 0 && name !== undefined ? { name, newer } : undefined;
}

/** Whoever opened a session and left has a file without a vote. What nobody had to read was settled without one. */
function hasVotes(folder: string): boolean {
  const { votesFolder, events } = runPaths(folder);
  const files = existsSync(votesFolder) ? readdirSync(votesFolder).filter((name) => name.endsWith('.jsonl')) : [];
  return (
    files.some((name) => holds(join(votesFolder, name), '"choice":')) || holds(events, '"event":"entered-identical"')
  );
}

/** Line by line, up to the first that holds it: a file may be longer than a text can be. */
function holds(file: string, text: string): boolean {
  for (const line of fileLines(file)) if (line.text?.includes(text)) return true;
  return false;
}
