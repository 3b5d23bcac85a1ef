/** `gapcheck votes void`: a rater's file counts no more. It is kept, the ledger says so, and its prompts are free. */
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type ExitCode, exitCodes, GapcheckError, userError } from '../../errors.ts';
import type { RunEvent } from '../../records/run-events.ts';
import { addEvents, readEvents } from '../../store/events-file.ts';
import { takeLock } from '../../store/folder-lock.ts';
import { lastLineHash } from '../../store/jsonl.ts';
import { findRun, openSealedRun, type StoredRun } from '../../store/run-folder.ts';
import { setAside } from '../../store/set-aside.ts';
import { readVotesFile } from '../../store/votes-file.ts';
import { plural } from '../../text/numbers.ts';
import { castVotes } from '../../voting/ballot-plan.ts';
import { forgetVerdicts, lockOf } from '../ci/lock.ts';
import type { Context } from '../context.ts';
import { nameRun } from '../name-run.ts';
import { refuseOldRun } from '../old-run.ts';
import { runWord, shortPath } from '../short-path.ts';
import type { VoidOptions } from '../verb-options.ts';
import { raterName } from './rater-name.ts';
import type { Untimed } from './run-port.ts';

/** Safe to repeat after a crash. Exit 2 when this rater has no votes here. */
export async function voidVotes(ref: string | undefined, options: VoidOptions, context: Context): Promise<ExitCode> {
  const folder = findRun(resolve(context.cwd, options.results ?? 'results'), ref);
  nameRun(folder, ref, context);
  const stored = openSealedRun(folder);
  refuseOldRun(stored);
  const rater = raterName(options.rater, context);
  const { paths } = stored;
  // A lock that cannot be read would stop the command when the votes are out already.
  const named = lockOf(stored, context);
  const lock = takeLock(paths.votesLock(rater), `${rater} is scoring this run right now`);
  try {
    const found = votesOf(stored, rater, readEvents(paths));
    const reason = options.reason?.trim();
    await addEvents(paths, context.now, (): Untimed[] => [
      { event: 'voided', rater, ...found, ...(reason && { reason }) },
    ]);
    const kept = setAside(paths, rater, found.lastHash);
    if (named !== undefined) forgetVerdicts(named, stored, context);
    context.out(
      `${rater}: ${plural(found.votes, 'vote')} voided. The file is kept in ${shortPath(context.cwd, kept)}; the report says so.`,
    );
    context.out(
      `Next: gapcheck packet ${runWord(context.cwd, paths.folder)} --rater NAME -o NAME.html gives the ballots out again`,
    );
    return exitCodes.done;
  } finally {
    lock.release();
  }
}

function votesOf({ paths }: StoredRun, rater: string, events: readonly RunEvent[]) {
  const entered = events.filter((event) => event.event === 'entered' && event.rater === rater).length;
  const path = paths.votes(rater);
  if (!existsSync(path) && entered === 0)
    throw userError('no-votes', `${rater} has no votes in this run.`, `gapcheck report ${basename(paths.folder)}`);
  return { votes: countOf(path) ?? entered, lastHash: lastLineHash(path) };
}

/** Undefined for a file that was changed by hand: that one is the first that somebody wants to be rid of. */
function countOf(path: string): number | undefined {
  try {
    const file = readVotesFile(path);
    return file === null ? undefined : castVotes(file.lines).length;
  } catch (error) {
    if (error instanceof GapcheckError) return undefined;
    throw error;
  }
}
