import type { JsonObject } from '../records/plain-json.ts';
import type { Gatherer } from './collect.ts';
import { ConversationCount } from './conversation-count.ts';
import type { LogFormat, MapOptions } from './formats/format.ts';
import { mapByFields } from './formats/named-fields.ts';
import type { Arranged, LoadOptions } from './load-options.ts';
import { markingCopies } from './silent-copy.ts';
import { type TaskChoice, taskChoice } from './task-choice.ts';

/** Maps what waited for all files to be read, and counts its conversations. */
export function mapArranged(
  format: LogFormat,
  { rows, file, tallies, few }: Arranged,
  options: LoadOptions & Pick<MapOptions, 'taskName'>,
  collector: Gatherer,
): ConversationCount {
  const count = new ConversationCount();
  for (const row of format.arrange?.(rows) ?? rows) {
    const mapped = format.map(row.value as JsonObject, { ...options, few });
    const made = Array.isArray(mapped) ? mapped : [mapped];
    const { taskField } = options;
    const list = taskField === undefined ? made : made.map((each) => mapByFields(row.value, { taskField }, each));
    count.add(list);
    for (const tally of tallies) tally.madeOf(list);
    const next = markingCopies(row.value, collector);
    for (const each of list) next.add(each, { format: format.name, file: row.file || file, line: row.line });
  }
  return count;
}

/** Of all rows of a format, where the user names no field. */
export function choiceOf(
  { taskFields }: Pick<LogFormat, 'taskFields'>,
  { rows }: Pick<Arranged, 'rows'>,
  { taskField, keepTaskOrder }: Pick<LoadOptions, 'taskField' | 'keepTaskOrder'>,
): TaskChoice | undefined {
  if (!taskFields || taskField !== undefined || keepTaskOrder) return undefined;
  return taskChoice(
    taskFields,
    rows.map(({ value }) => value),
  );
}
