/** Logs that keep one conversation in each file: its lines together are one row. */
import type { JsonObject } from '../../records/plain-json.ts';
import type { Row } from '../draft.ts';

/** The lines are in the row under `name`. Its place is the first line that `isHead` accepts, or else the first line. */
export function oneRowPerFile(
  rows: readonly Row[],
  name: string,
  isHead: (value: JsonObject) => boolean = () => true,
): Row[] {
  const files = new Map<string, Row[]>();
  for (const row of rows) {
    const known = files.get(row.file);
    if (known) known.push(row);
    else files.set(row.file, [row]);
  }
  return [...files.values()].flatMap((group) => {
    const place = group.find(({ value }) => isHead(value)) ?? group[0];
    return place ? [{ ...place, value: { [name]: group.map(({ value }) => value) } }] : [];
  });
}
