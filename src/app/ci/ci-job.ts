/**
 * The CI job on a new model release: answer the locked prompts again, carry over the votes that still hold, ask people
 * only about the rest, gate. No questions and no terminal. `--verdict` is the second job, when the votes are back.
 */

import { join, resolve } from 'node:path';
import { type ExitCode, exitCodes, GapcheckError, userError } from '../../errors.ts';
import { voidings } from '../../records/standing-events.ts';
import { type CiResult, ciLines } from '../../releases/comment.ts';
import { type Coverage, coverageOf } from '../../releases/coverage.ts';
import type { GateResult } from '../../releases/gate-input.ts';
import { type LockFile, lockedVerdicts } from '../../releases/lock-file.ts';
import { cannotWrite } from '../../store/cannot-write.ts';
import { readEvents } from '../../store/events-file.ts';
import { makeFolder } from '../../store/make-folder.ts';
import { findRun, openSealedRun, type StoredRun } from '../../store/run-folder.ts';
import { promptsToAnswer } from '../answer/prompts-to-answer.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import { nameRun, runLine } from '../name-run.ts';
import { servedArms } from '../plan/served-arms.ts';
import { gather } from '../result/gather.ts';
import { shortPath } from '../short-path.ts';
import type { CiOptions } from '../verb-options.ts';
import { answerAgain, ciRuns, recordsOf } from './ci-answers.ts';
import { type Standing, trialsOf } from './ci-evidence.ts';
import { type CiFiles, writeCiFiles } from './ci-files.ts';
import type { Job } from './job.ts';
import { changedArms, compared, judged, notesOf } from './judge-run.ts';
import { lockedRun, readLock, writeLock } from './lock.ts';
import { lockPath } from './lock-path.ts';
import { withTurn } from './take-turn.ts';

/** Exit 0 pass, 1 fail, 4 cannot decide yet, 5 blinding or seal broken; 3 when answers are missing. */
export async function ci(ref: string | undefined, options: CiOptions, context: Context): Promise<ExitCode> {
  const config = await loadConfig(options.config, context);
  const results = resolve(context.cwd, options.results ?? 'results');
  const lockFile = lockPath(options, context);
  const written = readLock(lockFile);
  const baseline = lockedRun(written, results);
  const lock = withVerdicts(written, baseline, context);
  const job: Job = { lock, lockFile, baseline, gates: config.gates ?? {}, options, context };
  if (options.verdict)
    return withTurn(results, context, () => {
      const stored = returnedRun(job, results, ref);
      nameRun(stored.paths.folder, stored.paths.folder, context);
      return conclude(job, stored);
    });
  if (ref !== undefined)
    throw userError('no-run', `gapcheck ci ${ref}: it finds its run by the lock file.`, 'gapcheck ci');
  context.err(
    `${runLine(baseline.paths.folder, baseline.paths.folder)}, the one that ${shortPath(context.cwd, lockFile)} names`,
  );
  const served = await servedArms(lock, baseline.run.arms, config, context);
  recordsOf(served);
  if (options.ifChanged && !served.some(({ changes }) => changes.some(({ answers }) => answers))) {
    context.out('Nothing has changed since the lock file: no model was called, and nobody has to vote.');
    return exitCodes.done;
  }
  return withTurn(results, context, async () => {
    const { stored, code } = await answerAgain({ lock, baseline, served, options, config, context });
    if (code === exitCodes.done) return conclude(job, stored);
    return code === exitCodes.armFailed ? concludeWithout(job, stored) : code;
  });
}

/**
 * The baseline's own verdicts, once it is open, where the lock was committed before the votes came or before some of
 * them were voided: a verdict that rested on those is none.
 */
function withVerdicts(lock: LockFile, { paths }: StoredRun, context: Context): LockFile {
  if (lock.verdicts.length > 0 && voidings(readEvents(paths)).length === 0) return lock;
  const { pairs } = gather(paths.folder, paths.folder, context).input;
  return { ...lock, verdicts: pairs === 'sealed' ? [] : pairs.flatMap(lockedVerdicts) };
}

/** `--verdict`: the run whose votes came back; the newest that answered the locked prompts, unless one is named. */
function returnedRun({ baseline }: Job, results: string, ref: string | undefined): StoredRun {
  const stored = ref === undefined ? ciRuns(baseline).at(-1) : openSealedRun(findRun(results, ref));
  if (stored?.run.baseline === baseline.run.id) return stored;
  throw userError(
    'no-ci-run',
    ref === undefined
      ? 'No gapcheck ci has answered the locked prompts yet.'
      : `${ref} does not answer the locked prompts.`,
    'gapcheck ci',
  );
}

/** Answers are missing. Limits of the model are for the gate `coverage`; anything else ends before any gate. */
async function concludeWithout(job: Job, stored: StoredRun): Promise<ExitCode> {
  const { missing, gates, blocked } = coverageIn(job, stored);
  if (!blocked) return conclude(job, stored, { missing, gates });
  const { options, context } = job;
  const files = ciFiles(stored, options, context);
  const ids = { run: stored.run.id, baseline: job.baseline.run.id };
  const next = ['gapcheck ci   (it asks only what is missing)'];
  const none = { gates: [], carried: 0, needed: 0, minutes: 0, packets: [], next };
  const result: CiResult = {
    code: exitCodes.armFailed,
    ...ids,
    arms: changedArms(job, stored),
    comparisons: [],
    missing,
    notes: notesOf(stored),
    ...none,
  };
  writeCiFiles(files, result, null, context);
  say(result, options, context);
  return exitCodes.armFailed;
}

function coverageIn({ baseline }: Job, stored: StoredRun): Coverage {
  const asked = promptsToAnswer(stored, readEvents(stored.paths)).map(({ id }) => id);
  const arms = stored.run.arms.map(({ name }) => name);
  return coverageOf(asked, arms, trialsOf(stored), trialsOf(baseline));
}

async function conclude(
  job: Job,
  stored: StoredRun,
  coverage: Pick<Coverage, 'missing' | 'gates'> = { missing: [], gates: [] },
): Promise<ExitCode> {
  const { options, context } = job;
  const files = ciFiles(stored, options, context);
  const ids = { run: stored.run.id, baseline: job.baseline.run.id };
  const base = { ...ids, arms: changedArms(job, stored), comparisons: compared(job, stored) };
  try {
    const { result, report, standing } = await judged(job, stored, files, base, coverage);
    writeCiFiles(files, result, report, context);
    say(result, options, context);
    if (options.accept && result.code === exitCodes.done) accept(job, stored, standing);
    return result.code as ExitCode;
  } catch (error) {
    if (!(error instanceof GapcheckError) || error.exitCode !== exitCodes.sealBroken) throw error;
    const gate: GateResult = { gate: 'blinding', scope: 'votes', state: 'broken', message: error.message };
    const next = error.hint === undefined ? [] : [error.hint];
    const none = { carried: 0, needed: 0, minutes: 0, packets: [], next };
    const result: CiResult = { code: exitCodes.sealBroken, ...base, gates: [gate], ...none };
    writeCiFiles(files, result, null, context);
    throw error;
  }
}

function ciFiles({ paths }: StoredRun, { out, comment, junit }: CiOptions, { cwd }: Context): CiFiles {
  const folder = out === undefined ? join(paths.folder, 'ci') : resolve(cwd, out);
  try {
    makeFolder(folder);
  } catch (error) {
    throw cannotWrite(folder, error);
  }
  const at = (name: string | undefined, usual: string): string =>
    name === undefined ? join(folder, usual) : resolve(cwd, name);
  return { folder, comment: at(comment, 'comment.md'), junit: at(junit, 'junit.xml') };
}

function say(result: CiResult, { json }: CiOptions, context: Context): void {
  if (json) context.data(JSON.stringify(result, null, 2));
  else for (const line of ciLines(result)) context.out(line);
}

/** The run that passed becomes the one to compare with. */
function accept({ lockFile, context }: Job, stored: StoredRun, { pairs }: Standing): void {
  const observed = readEvents(stored.paths).flatMap((event) => (event.event === 'arm-observed' ? [event] : []));
  writeLock(lockFile, stored, { observed, pairs });
  context.err(`Wrote ${shortPath(context.cwd, lockFile)}: run ${stored.run.id} is the locked one now.`);
}
