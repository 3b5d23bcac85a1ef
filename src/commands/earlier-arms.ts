import { dirname, join } from 'node:path';
import type { EarlierArm } from '../runs/reuse.ts';
import { readAttempts } from '../store/attempts-file.ts';
import { listRuns, openRun, type StoredRun } from '../store/run-folder.ts';

/** Every arm of every other run beside this one, oldest first. A run that cannot be read is left out: it only saves. */
export function earlierArms({ paths, run }: StoredRun): EarlierArm[] {
  const results = dirname(paths.folder);
  return listRuns(results).flatMap((name) => {
    try {
      const earlier = openRun(join(results, name));
      if (earlier.run.id === run.id) return [];
      return earlier.run.arms.map((arm) => ({
        run: earlier.run.id,
        arm,
        settings: earlier.run.settings,
        prompts: earlier.prompts,
        steps: readAttempts(earlier.paths, arm.name).steps,
      }));
    } catch {
      return [];
    }
  });
}
