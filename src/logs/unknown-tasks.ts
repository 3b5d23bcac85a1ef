import { nearestName, userError } from '../errors.ts';
import { plural } from '../text/numbers.ts';
import { printableLine } from '../text/printable.ts';
import type { Audit } from './audit-figures.ts';
import { type Collector, notInTasks } from './collect.ts';

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

/** Records of tasks that `--tasks` leaves out: a prompt that is worded in another way can be in one of these. */
export function outsideTasks(
  wanted: readonly string[] | undefined,
  tasks: Audit['tasks'],
  collector: Pick<Collector, 'otherTasks' | 'skipped'>,
): string[] {
  if (wanted === undefined) return [];
  const guessed = tasks.filter(({ task }) => !wanted.includes(task));
  const named = collector.skipped().find(({ reason }) => reason === notInTasks)?.count ?? 0;
  const said = [
    ...guessed.map(({ task, records }) => `${printableLine(task)} (${plural(records, 'record')})`),
    ...(named > 0 ? [`${plural(named, 'record')} of ${[...collector.otherTasks].map(printableLine).join(', ')}`] : []),
  ];
  return said.length === 0 ? [] : [`Not in --tasks: ${said.join(', ')}.`];
}
