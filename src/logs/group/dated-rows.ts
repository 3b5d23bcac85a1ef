/** Times that only their whole column tells, such as `10/3/2026 2:05 PM` above `10/14/2026`, in a form that each row tells. */
import type { Row } from '../draft.ts';
import { fieldNames, foldedName } from '../fields/names.ts';
import { columnOrder, isoTime } from '../moments.ts';

const times = new Set<string>(fieldNames.time);

export function datedRows(rows: readonly Row[]): Row[] {
  const dated = Object.keys(rows[0]?.value ?? {}).flatMap((name) => {
    if (!times.has(foldedName(name))) return [];
    const cells = rows.flatMap(({ value }) => (typeof value[name] === 'string' ? [value[name]] : []));
    const order = cells.every((cell) => isoTime(cell) !== undefined) ? undefined : columnOrder(cells);
    return order === undefined ? [] : [{ name, order }];
  });
  if (dated.length === 0) return [...rows];
  return rows.map((row) => {
    const read = dated.map(({ name, order }) => [name, isoTime(row.value[name], order) ?? row.value[name] ?? null]);
    return { ...row, value: { ...row.value, ...Object.fromEntries(read) } };
  });
}
