/** Reads and writes gapcheck.lock.json: where it is, what of a run goes into it, and when it is written over. */

import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { exitCodes, GapcheckError, userError } from '../../errors.ts';
import { type LockedFile, type LockFile, lockText, makeLock, parseLock } from '../../releases/lock-file.ts';
import type { ReportInput } from '../../report/report-input.ts';
import { isReplay } from '../../runs/trial.ts';
import { writeWhole } from '../../store/atomic-write.ts';
import { cannotWrite } from '../../store/cannot-write.ts';
import { readEvents } from '../../store/events-file.ts';
import { hashFile, hashStarts } from '../../store/file-lines.ts';
import { hashing } from '../../store/hashing.ts';
import type { RunPaths } from '../../store/layout.ts';
import { listRuns, openRun, type StoredRun } from '../../store/run-folder.ts';
import { readWholeText } from '../../store/whole-text.ts';
import { mayRestOn } from '../../verdicts/may-rest-on.ts';
import type { Context } from '../context.ts';
import { refuseOldRun } from '../old-run.ts';
import { shortPath } from '../short-path.ts';
import { configFile, type LockOptions, lockPath } from './lock-path.ts';

/** What is wrong with it, where it cannot be read; undefined where there is none. */
function readableLock(path: string): LockFile | GapcheckError | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return readLock(path);
  } catch (error) {
    if (error instanceof GapcheckError) return error;
    throw error;
  }
}

/** Throws (exit 2) when there is none. */
export function readLock(path: string): LockFile {
  if (!existsSync(path)) {
    throw userError(
      'no-lock',
      `There is no lock file ${path}: nothing to compare with. A watched week has no lock: each day has prompts of its own.`,
      'gapcheck run prompts.csv --lock   (writes one from a run on a prompt file; commit it)',
    );
  }
  return parseLock(readWholeText(path), path);
}

/** Throws GapcheckError (exit 2) when the folder cannot be written to. */
export function writeLock(
  path: string,
  { run, prompts, paths }: StoredRun,
  { observed = [], pairs }: Pick<ReportInput, 'observed' | 'pairs'>,
): void {
  const files = lockedFiles(paths);
  const lock = makeLock({ run, prompts: prompts.length, observed, files, pairs, hashing });
  try {
    writeWhole(path, lockText(lock));
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/**
 * The run's own files; reports are derived, and the key is committed to in run.json. The ledger is left out: each
 * machine that merges votes writes its own lines.
 */
function lockedFiles({ folder }: RunPaths): Record<string, LockedFile> {
  const inside = (name: string): string[] => (existsSync(join(folder, name)) ? readdirSync(join(folder, name)) : []);
  const names = [
    'run.json',
    'prompts.jsonl',
    ...['attempts', 'votes'].flatMap((part) =>
      inside(part)
        .filter((name) => name.endsWith('.jsonl'))
        .sort()
        .map((name) => `${part}/${name}`),
    ),
  ];
  return Object.fromEntries(
    names.map((name): [string, LockedFile] => {
      return [name, hashFile(join(folder, name))];
    }),
  );
}

function whyUnlockable({ run: { settings } }: Pick<StoredRun, 'run'>): GapcheckError | undefined {
  if (settings.agent)
    return userError(
      'lock-agents',
      'A run of whole agents cannot be locked: "gapcheck ci" asks for single answers again, and starts no agents.',
      'leave out --lock; the same command without it is a new run',
    );
  if (settings.watch)
    return userError(
      'lock-week',
      'A watched week cannot be locked: "gapcheck ci" asks a frozen list of prompts again, and each day had its own.',
      'gapcheck run prompts.jsonl --lock   (freezes prompts for CI)',
    );
  return undefined;
}

/**
 * After `run`: where a config is, or `--lock` asks for it. A lock that holds another run's verdicts is what the team
 * has accepted: only `--lock` replaces it. A checkout that cannot be written to is said, and no reason to fail.
 */
export async function keepLock(
  { run, paths }: Pick<StoredRun, 'run' | 'paths'>,
  options: LockOptions,
  context: Context,
): Promise<void> {
  if (options.lock === undefined && configFile(options, context.cwd) === undefined) return;
  if (run.arms.every(isReplay)) return;
  const unlockable = whyUnlockable({ run });
  if (unlockable) {
    if (options.lock === undefined) return;
    throw unlockable;
  }
  const path = lockPath(options, context);
  const shown = shortPath(context.cwd, path);
  const found = readableLock(path);
  // A damaged one holds nothing: `--lock` writes over it, as its message says.
  if (found instanceof GapcheckError && options.lock === undefined) {
    context.err(`${found.message} This run was not locked.`);
    return;
  }
  const before = found instanceof GapcheckError ? undefined : found;
  const other = before !== undefined && before.run.id !== run.id;
  if (other && options.lock === undefined && before.verdicts.some(({ verdict }) => verdict !== 'undecided')) {
    context.err(`${shown} still names ${before.run.id}, which has verdicts. To name this run: gapcheck run --lock`);
    return;
  }
  const { gather } = await import('../result/gather.ts');
  const { stored, input } = gather(dirname(paths.folder), paths.folder, context);
  if (run.arms.some((arm) => !isReplay(arm) && answersOf(input, arm.name) === 0)) return;
  try {
    writeLock(path, stored, input);
    context.err(`Wrote ${shown}: commit it, and gapcheck ci compares new releases with this run.`);
  } catch (error) {
    if (!(error instanceof GapcheckError)) throw error;
    context.err(`${error.message} The lock file was not written.`);
  }
}

/** A model without one answer leaves nothing that a release could be compared with. */
const answersOf = ({ trials }: ReportInput, arm: string): number =>
  [...(trials[arm]?.values() ?? [])].filter(({ answer }) => answer !== undefined).length;

/** After `report`: verdicts that votes have reached go into the lock that names this run. */
export function refreshLock(stored: StoredRun, input: ReportInput, context: Context): void {
  if (input.pairs === 'sealed') return;
  const path = lockPath({}, context);
  const lock = readableLock(path);
  // The report does not need it, and is written by now.
  if (lock instanceof GapcheckError) context.err(`${lock.message} It was not brought up to date.`);
  if (lock === undefined || lock instanceof GapcheckError || lock.run.id !== stored.run.id) return;
  const rest = mayRestOn({ ...input, unblindedEarly: input.seal.unblindedEarly !== undefined });
  if (!rest.ok) context.err(`${rest.why} No verdict of theirs goes into the lock.`);
  try {
    writeLock(path, stored, rest.ok ? input : { ...input, pairs: 'sealed' });
  } catch (error) {
    if (!(error instanceof GapcheckError)) throw error;
    context.err(`${error.message} The lock file was not brought up to date.`);
  }
}

/** Path of the lock file that names this run, where there is one. Throws (exit 2) for one that cannot be read. */
export function lockOf({ run }: StoredRun, context: Context): string | undefined {
  const path = lockPath({}, context);
  return existsSync(path) && readLock(path).run.id === run.id ? path : undefined;
}

/** Votes were voided: the lock at `path` loses the verdicts that rested on them, and the file. */
export function forgetVerdicts(path: string, stored: StoredRun, context: Context): void {
  const observed = readEvents(stored.paths).flatMap((event) => (event.event === 'arm-observed' ? [event] : []));
  writeLock(path, stored, { observed, pairs: 'sealed' });
  context.err(`Wrote ${shortPath(context.cwd, path)} without the verdicts that those votes had reached: commit it.`);
}

/** The run that the lock names, by its id, with its files checked. Throws (exit 2) when absent, (exit 5) when changed. */
export function lockedRun(lock: LockFile, results: string): StoredRun {
  const stored = findById(results, lock.run.id);
  if (!stored) {
    const damaged = unreadableRun(results);
    throw userError(
      'no-baseline',
      `The locked run ${lock.run.id} is not in ${results}.${damaged ? ` One run there cannot be read: ${damaged}` : ''}`,
      'bring its folder there (the run artifact of the job that made it), or lock a new run: gapcheck run prompts.csv --lock',
    );
  }
  refuseOldRun(stored, ' --lock');
  for (const [name, locked] of Object.entries(lock.run.files)) {
    const path = join(stored.paths.folder, name);
    if (hashStarts(path, [locked.bytes]).get(locked.bytes)?.sha256 === locked.sha256) continue;
    throw new GapcheckError(
      'baseline-changed',
      `${basename(stored.paths.folder)}/${name} is not the file that was locked.`,
      {
        exitCode: exitCodes.sealBroken,
        hint: 'put the file back from the artifact, or lock a new run: gapcheck run prompts.csv --lock',
      },
    );
  }
  return stored;
}

function findById(results: string, id: string): StoredRun | undefined {
  return runsBeside(results).find(({ run }) => run.id === id);
}

/** Why the first run that cannot be read cannot. */
function unreadableRun(results: string): string | undefined {
  for (const name of listRuns(results)) {
    try {
      openRun(join(results, name));
    } catch (error) {
      if (error instanceof GapcheckError) return error.message;
      throw error;
    }
  }
  return undefined;
}

/** Every run that can be read, oldest first. */
export function runsBeside(results: string): StoredRun[] {
  return listRuns(results).flatMap((name) => {
    try {
      return [openRun(join(results, name))];
    } catch (error) {
      if (error instanceof GapcheckError) return [];
      throw error;
    }
  });
}
