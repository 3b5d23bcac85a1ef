/** The order of the rows of one conversation: by sequence, else by time, else as the file has them. */
import type { JsonObject } from '../../records/plain-json.ts';
import { fieldNames, foldedName } from '../fields/names.ts';
import { isoTime } from '../moments.ts';
import { filledKey, type Turn } from './conversation-key.ts';

type Rank = (value: JsonObject) => number;

/** `reversed`: the file has its newest rows first, so equal times are in the wrong order too. */
export function ordered<T extends Turn>(group: readonly T[], reversed: boolean): T[] {
  const inFile = reversed ? [...group].reverse() : [...group];
  const rank = rankOf(inFile);
  if (!rank) return inFile;
  return inFile
    .map((turn, index) => ({ turn, index, at: rank(turn.row.value) }))
    .sort((a, b) => a.at - b.at || a.index - b.index)
    .map(({ turn }) => turn);
}

/** Each row is as old as the one before it or older, and not all are of one moment. */
export function isNewestFirst(turns: readonly Turn[]): boolean {
  const rank = byNames(turns, fieldNames.time, timeRank);
  if (!rank) return false;
  const times = turns.map(({ row }) => rank(row.value));
  return times.every((time, at) => at === 0 || time <= (times[at - 1] ?? time)) && times.at(-1) !== times[0];
}

function rankOf(group: readonly Turn[]): Rank | undefined {
  return byNames(group, fieldNames.order, Number) ?? byNames(group, fieldNames.time, timeRank);
}

/** Undefined where a row has nothing to go by. */
function byNames(group: readonly Turn[], wanted: readonly string[], rank: (value: string) => number): Rank | undefined {
  const names = Object.keys(group[0]?.row.value ?? {});
  const name = wanted
    .map((one) => names.find((each) => foldedName(each) === one))
    .find((each): each is string => each !== undefined);
  if (name === undefined) return undefined;
  const at: Rank = (value) => (filledKey(value[name]) ? rank(value[name] as string) : Number.NaN);
  return group.every(({ row }) => Number.isFinite(at(row.value))) ? at : undefined;
}

const timeRank = (value: string): number => Date.parse(isoTime(value) ?? '');
