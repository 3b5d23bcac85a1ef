import type { JsonObject } from '../records/plain-json.ts';
import type { Gatherer } from './collect.ts';
import { ConversationCount } from './conversation-count.ts';
import type { LogFormat } from './formats/format.ts';
import type { Arranged, LoadOptions } from './load-options.ts';
import { markingCopies } from './silent-copy.ts';

/** Maps what waited for all files to be read, and counts its conversations. */
export function mapArranged(
  format: LogFormat,
  { rows, file, tallies, few }: Arranged,
  options: LoadOptions,
  collector: Gatherer,
): ConversationCount {
  const count = new ConversationCount();
  for (const row of format.arrange?.(rows) ?? rows) {
    const mapped = format.map(row.value as JsonObject, { ...options, few });
    const list = Array.isArray(mapped) ? mapped : [mapped];
    count.add(list);
    for (const tally of tallies) tally.madeOf(list);
    const next = markingCopies(row.value, collector);
    for (const each of list) next.add(each, { format: format.name, file: row.file || file, line: row.line });
  }
  return count;
}
