/** What a plan says of prompts that came to a vote before: whoever voted there is not blind to them. */
import { dirname, join } from 'node:path';
import { isDemo } from '../../report/source-words.ts';
import { newestRuns, type StoredRun } from '../../store/run-folder.ts';
import { count, plural } from '../../text/numbers.ts';
import { oneLine } from '../../text/shell.ts';
import { earlierVotedRun, namedRaters, toRead, votersOf } from '../result/same-prompts.ts';

type Planned = Pick<StoredRun, 'run' | 'prompts'>;

interface Shared {
  name: string;
  /** Planned prompts that were to be read there as well. */
  prompts: number;
  voters: string[];
}

/** Names the earlier run of the same models that shares most prompts with this one. `rater`: undefined if nobody was named. */
export function votedBefore(results: string, planned: Planned, rater?: string): string[] {
  const before = mostShared(results, planned);
  if (before === undefined) return [];
  const { name, prompts, voters, which, isAll } = before;
  const who = voters.length === 0 ? '' : ` (${namedRaters(voters)})`;
  return [
    `Note: ${which} of this run came to a vote in ${oneLine(name, 80)}, with the same models. Whoever voted there${who} or read its report is not blind to ${themWord(prompts)}${advice(isAll, rater !== undefined && !voters.includes(rater))}.`,
  ];
}

/** The same for whoever sits down to vote. Without the run's name: it may be that of a model. */
export function reportBefore(stored: StoredRun): string[] {
  if (isDemo(stored.run) || stored.run.settings.watch) return [];
  const before = mostShared(dirname(stored.paths.folder), stored);
  if (before === undefined) return [];
  return [
    `${before.which} of this run came to a vote in an earlier run of the same models. If you have read its report, you are not blind to ${themWord(before.prompts)}: let somebody else vote (--rater NAME).`,
  ];
}

const themWord = (prompts: number): string => (prompts === 1 ? 'it' : 'them');

function mostShared(results: string, planned: Planned): (Shared & { which: string; isAll: boolean }) | undefined {
  const ids = toRead(planned);
  const found = newestRuns(results).flatMap((name) => sharedWith(results, name, ids, planned) ?? []);
  const [most] = found.sort((one, other) => other.prompts - one.prompts);
  if (most === undefined) return undefined;
  const isAll = most.prompts === ids.length;
  const all = plural(ids.length, 'prompt');
  return { ...most, isAll, which: isAll ? `All ${all}` : `${count(most.prompts)} of ${all}` };
}

/** Whoever named another rater has done it already. */
function advice(isAll: boolean, isAnother: boolean): string {
  if (isAnother) return '';
  return `: let somebody else vote (--rater NAME)${isAll ? ', or add new prompts to the file' : ''}`;
}

function sharedWith(results: string, name: string, ids: readonly string[], { run }: Planned): Shared | undefined {
  const before = earlierVotedRun(join(results, name), run);
  if (before === undefined) return undefined;
  const known = new Set(toRead(before));
  const prompts = ids.filter((id) => known.has(id)).length;
  return prompts === 0 ? undefined : { name, prompts, voters: votersOf(before) };
}
