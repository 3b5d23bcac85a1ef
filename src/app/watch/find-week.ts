/** The run that a start of `gapcheck watch` goes on with. */
import { join } from 'node:path';
import type { RunRecord } from '../../records/run-record.ts';
import { listRuns, readRun } from '../../store/run-folder.ts';

/** The newest week of this name; undefined where there is none. */
export function findWeek(results: string, name: string): string | undefined {
  return listRuns(results)
    .reverse()
    .map((run) => join(results, run))
    .find((folder) => weekOf(folder)?.settings.watch?.name === name);
}

function weekOf(folder: string): RunRecord | undefined {
  try {
    return readRun(folder);
  } catch {
    // Another run that cannot be read is no reason to stop this one.
    return undefined;
  }
}
