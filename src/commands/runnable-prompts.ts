/** Which of the prompts that were read can be part of this run. */
import type { ArmConfig } from '../arms/arm.ts';
import { nearestName, userError } from '../errors.ts';
import type { LoadedPrompts } from '../logs/load.ts';
import type { PromptRecord } from '../records.ts';
import { plural } from '../report/numbers.ts';

/** `--tasks` names a task that the log does not have. Throws (exit 2) with those it has. */
export function refuseUnknownTasks(
  wanted: readonly string[] | undefined,
  { audit }: Pick<LoadedPrompts, 'audit'>,
): void {
  const known = audit.tasks.map(({ task }) => task);
  const missing = wanted?.find((task) => !known.includes(task));
  if (missing === undefined) return;
  const near = nearestName(missing, known);
  throw userError(
    'no-such-task',
    `--tasks: the log has no task "${missing}".`,
    near === undefined ? `it has ${known.slice(0, 10).join(', ')}` : `did you mean "${near}"?`,
  );
}

/**
 * An empty cell in a column of ready answers is no bad answer: nobody gave one. Those prompts are left out, aloud.
 * A logged call that failed is another matter: it stays, as a failed answer.
 */
export function withAnswers(
  prompts: PromptRecord[],
  arms: readonly Pick<ArmConfig, 'provider' | 'model' | 'spec'>[],
): { prompts: PromptRecord[]; leftOut: string[] } {
  const leftOut: string[] = [];
  let kept = prompts;
  for (const { provider, model, spec } of arms) {
    if (provider !== 'logged' && provider !== 'column') continue;
    const before = kept.length;
    kept = kept.filter(({ ref, answers }) => (provider === 'logged' ? ref : answers?.[model]) !== undefined);
    const gone = before - kept.length;
    if (gone > 0) leftOut.push(`Left out: ${plural(gone, 'prompt')} without an answer of ${spec}.`);
  }
  return { prompts: kept, leftOut };
}
