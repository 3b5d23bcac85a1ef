import { dirname, join } from 'node:path';
import type { EarlierArm } from '../../runs/reuse.ts';
import { readAttempts } from '../../store/attempts-file.ts';
import { listRuns, openRun, type StoredRun } from '../../store/run-folder.ts';

/** Every arm of every other run beside this one, oldest first. A run that cannot be read is left out: it only saves. */
export function earlierArms({ paths, run }: StoredRun): EarlierArm[] {
  const results = dirname(paths.folder);
  return listRuns(results).flatMap((name) => {
    try {
      const earlier = openRun(join(results, name));
      return earlier.run.id === run.id ? [] : armsWithSteps(earlier);
    } catch {
      return [];
    }
  });
}

export const armsWithSteps = ({ run, prompts, paths }: StoredRun): EarlierArm[] =>
  run.arms.map((arm) => ({
    run: run.id,
    arm,
    settings: run.settings,
    prompts,
    steps: readAttempts(paths, arm.name).steps,
  }));
