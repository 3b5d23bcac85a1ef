/** Testing the same prompts again until they please is no new evidence: which run this is on its prompts and models. */
import { dirname, join } from 'node:path';
import { GapcheckError } from '../../errors.ts';
import type { RunRecord } from '../../records/run-record.ts';
import { readEvents } from '../../store/events-file.ts';
import { runPaths } from '../../store/layout.ts';
import { listRuns, openRun, readRun, type StoredRun } from '../../store/run-folder.ts';

/** 1 for the first. Earlier runs beside this one count that have votes, a prompt of it and both models of a pair. */
export function runOnThesePrompts(stored: StoredRun): number {
  const { run, prompts, paths } = stored;
  const results = dirname(paths.folder);
  const ids = new Set<string>(prompts.map(({ id }) => id));
  const earlier = listRuns(results).filter((name) => {
    const folder = join(results, name);
    try {
      const other = readRun(folder);
      if (other.id === run.id || other.createdAt >= run.createdAt || !sharesPair(run, other)) return false;
      return (
        readEvents(runPaths(folder)).some(({ event }) => event === 'entered') &&
        openRun(folder).prompts.some(({ id }) => ids.has(id))
      );
    } catch (error) {
      // A run that cannot be read says so itself when it is asked.
      if (error instanceof GapcheckError) return false;
      throw error;
    }
  });
  return earlier.length + 1;
}

function sharesPair(run: RunRecord, other: RunRecord): boolean {
  const of = ({ arms, pairs }: RunRecord): string[] => {
    const model = (name: string): string => {
      const arm = arms.find((one) => one.name === name);
      return `${arm?.provider} ${arm?.model}`;
    };
    return pairs.filter(({ decides }) => decides).map(({ a, b }) => JSON.stringify([model(a), model(b)]));
  };
  const before = new Set(of(other));
  return of(run).some((pair) => before.has(pair));
}
