/** Values that were asked for and could not be used: their fields are named like those that nobody asks for. */
import { isoTime } from '../moments.ts';
import { fieldNames, foldedName, isScore } from './names.ts';

const times = new Set<string>(fieldNames.time);

/** No time in any record, as `3/4/2026` whose order nothing tells; or a score where a label was looked for. */
export function isPassedOver(name: string, values: readonly string[]): boolean {
  if (values.length === 0) return false;
  const folded = foldedName(name);
  return times.has(folded)
    ? values.every((value) => isoTime(value) === undefined)
    : folded === 'label' && values.every(isScore);
}
