/** What a plan says of prompts that came to a vote before: whoever voted there is not blind to them. */
import { join } from 'node:path';
import { newestRuns, type StoredRun } from '../../store/run-folder.ts';
import { count, plural } from '../../text/numbers.ts';
import { oneLine } from '../../text/shell.ts';
import { namedRaters, toRead, votedRun, votersOf } from '../result/same-prompts.ts';

type Planned = Pick<StoredRun, 'run' | 'prompts'>;

interface Shared {
  name: string;
  /** How many of the prompts that are planned were to be read there as well. */
  prompts: number;
  voters: string[];
}

/** Of the newest runs the one with most of these prompts, with the same models; `rater` as it was typed. */
export function votedBefore(results: string, planned: Planned, rater?: string): string[] {
  const ids = toRead(planned);
  const found = newestRuns(results).flatMap((name) => sharedWith(results, name, ids, planned) ?? []);
  const [first] = found.sort((one, other) => other.prompts - one.prompts);
  if (first === undefined) return [];
  const { name, prompts, voters } = first;
  const isAll = prompts === ids.length;
  const which = isAll ? `All ${plural(prompts, 'prompt')}` : `${count(prompts)} of ${plural(ids.length, 'prompt')}`;
  const who = voters.length === 0 ? '' : ` (${namedRaters(voters)})`;
  return [
    `Note: ${which} of this run came to a vote in ${oneLine(name, 80)}, with the same models. Whoever voted there${who} or read its report is not blind to ${prompts === 1 ? 'it' : 'them'}${advice(isAll, rater !== undefined && !voters.includes(rater))}.`,
  ];
}

/** Whoever named another rater has done it already. */
function advice(isAll: boolean, isAnother: boolean): string {
  if (isAnother) return '';
  return `: let somebody else vote (--rater NAME)${isAll ? ', or add new prompts to the file' : ''}`;
}

function sharedWith(results: string, name: string, ids: readonly string[], { run }: Planned): Shared | undefined {
  const before = votedRun(join(results, name), run);
  if (before === undefined) return undefined;
  const known = new Set(toRead(before));
  const prompts = ids.filter((id) => known.has(id)).length;
  return prompts === 0 ? undefined : { name, prompts, voters: votersOf(before) };
}
