/** The run folders of version 0.1.0 in `fixtures/runs-0.1.0`, put back on the disk. */

import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const fixtures = join(import.meta.dirname, '../fixtures/runs-0.1.0');

export interface RecordedRun {
  name: string;
  story: string;
  /** The folder's own name. */
  folder: string;
  /** What was given to `gapcheck report`. */
  args: string[];
  exit: number;
  /** Text by path in the folder. */
  files: Record<string, string>;
  report: Record<string, unknown> | null;
}

export const recordedRuns = (): RecordedRun[] =>
  readdirSync(fixtures)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      ...(JSON.parse(readFileSync(join(fixtures, file), 'utf8')) as Omit<RecordedRun, 'name'>),
      name: file.slice(0, -5),
    }));

/** Writes the run folder below `results`; returns its path. */
export function unpackRun(run: RecordedRun, results: string): string {
  const folder = join(results, run.folder);
  for (const [path, text] of Object.entries(run.files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  chmodSync(join(folder, 'key.json'), 0o600);
  return folder;
}

/** The same run as if this edition had made it: for comparing what both make of the same votes. */
export function asOfThisEdition(run: RecordedRun, schema: number): RecordedRun {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const before = run.files['run.json'] ?? '';
  const after = before.replace('"schema": 1,', `"schema": ${schema},`);
  const events = (run.files['events.jsonl'] ?? '').replaceAll(sha256(before), sha256(after));
  return { ...run, files: { ...run.files, 'run.json': after, 'events.jsonl': events } };
}
