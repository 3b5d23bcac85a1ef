import { nearestName, userError } from '../errors.ts';

const shown = 10;

/** A task that is asked for and that the log does not have: throws (exit 2) with those it has. */
export function refuseUnknownTasks(wanted: readonly string[] | undefined, known: readonly string[]): void {
  const missing = wanted?.find((task) => !known.includes(task));
  if (missing === undefined || known.length === 0) return;
  const near = nearestName(missing, known);
  const some = `tasks are ${known.slice(0, shown).join(', ')}${known.length > shown ? ', …' : ''}`;
  throw userError(
    'no-such-task',
    `--tasks: the log has no task "${missing}".`,
    near === undefined ? some : `did you mean "${near}"? ${some}`,
  );
}
