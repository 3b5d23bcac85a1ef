/**
 * The CI job on a new model release: answer the locked prompts again, carry over the votes that still hold, ask people
 * only about the rest, gate. No questions and no terminal. `--verdict` is the second job, when the votes are back.
 */

import { dirname, join, resolve } from 'node:path';
import { type ExitCode, exitCodes, GapcheckError, userError } from '../../errors.ts';
import { voidings } from '../../records/standing-events.ts';
import { armChanges } from '../../releases/arm-changes.ts';
import { type CiResult, ciLines } from '../../releases/comment.ts';
import { compareArm, sealedComparison } from '../../releases/compare.ts';
import { type Coverage, coverageOf } from '../../releases/coverage.ts';
import type { GateResult } from '../../releases/gate-input.ts';
import { exitCodeOfGates, judge, retirementGates, watchesNothing } from '../../releases/gates.ts';
import { type LockFile, lockedArm, lockedVerdicts } from '../../releases/lock-file.ts';
import type { Report } from '../../report/model.ts';
import { endNotes } from '../../runs/end-notes.ts';
import { cannotWrite } from '../../store/cannot-write.ts';
import { readEvents } from '../../store/events-file.ts';
import { type Lock, takeLock } from '../../store/folder-lock.ts';
import { hashing } from '../../store/hashing.ts';
import { makeFolder } from '../../store/make-folder.ts';
import { findRun, openSealedRun, type StoredRun } from '../../store/run-folder.ts';
import { identifyLicence } from '../../verdicts/licence.ts';
import { type MayRest, mayRestOn } from '../../verdicts/may-rest-on.ts';
import type { NotBlind } from '../../verdicts/not-blind.ts';
import { promptsToAnswer } from '../answer/answer-run.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import { minutesPerBallot } from '../plan/plan-words.ts';
import { servedArms } from '../plan/served-arms.ts';
import { gather } from '../result/gather.ts';
import { keepReport } from '../result/write-reports.ts';
import { shortPath } from '../short-path.ts';
import type { CiOptions } from '../verb-options.ts';
import { answerAgain, ciRuns, recordsOf } from './ci-answers.ts';
import { carryOver, hashesOf, type Standing, standingOf, type Trials, trialsOf } from './ci-evidence.ts';
import { type CiFiles, writeCiFiles } from './ci-files.ts';
import { nextLines } from './ci-next.ts';
import { areClaimed, writePackets } from './ci-packets.ts';
import type { Job } from './job.ts';
import { lockedRun, lockPath, readLock, writeLock } from './lock.ts';
import { usualWithin } from './usual-within.ts';

/** Exit 0 pass, 1 fail, 4 cannot decide yet, 5 blinding or seal broken; 3 when answers are missing. */
export async function ci(ref: string | undefined, options: CiOptions, context: Context): Promise<ExitCode> {
  const config = await loadConfig(options.config, context);
  const results = resolve(context.cwd, options.results ?? 'results');
  const lockFile = lockPath(options, context);
  const written = readLock(lockFile);
  const baseline = lockedRun(written, results);
  const lock = withVerdicts(written, baseline, context);
  const job: Job = { lock, lockFile, baseline, gates: config.gates ?? {}, options, context };
  if (options.verdict) return withTurn(results, context, () => conclude(job, returnedRun(job, results, ref)));
  if (ref !== undefined)
    throw userError('no-run', `gapcheck ci ${ref}: it finds its run by the lock file.`, 'gapcheck ci');
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

/** Jobs on one results folder take turns: the second finds the first one's answers and asks nothing again. */
async function withTurn(results: string, context: Context, work: () => Promise<ExitCode>): Promise<ExitCode> {
  const lock = await turn(join(results, '.ci.lock'), context);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

const longestWaitMs = 60 * 60_000;

async function turn(path: string, context: Context): Promise<Lock> {
  const deadline = performance.now() + longestWaitMs;
  for (let said = false; ; said = true) {
    try {
      return takeLock(path, 'Another gapcheck ci works in this results folder');
    } catch (error) {
      const busy = error instanceof GapcheckError && error.code === 'locked';
      if (!busy) throw cannotWrite(path, error);
      if (performance.now() > deadline) throw error;
      if (!said) context.err(`${error.message} Waiting for it.`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
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

function notesOf(stored: StoredRun): string[] {
  const trials = trialsOf(stored);
  const { arms, settings } = stored.run;
  return arms.flatMap((arm) => endNotes(arm, trials[arm.name]?.values() ?? [], settings));
}

const changedArms = ({ lock }: Job, { run, paths }: StoredRun): CiResult['arms'] => {
  const observed = readEvents(paths).flatMap((event) => (event.event === 'arm-observed' ? [event] : []));
  return run.arms.map((record) => {
    const locked = lock.arms.find(({ name }) => name === record.name);
    const now = lockedArm(record, observed, hashing);
    return { arm: record.name, spec: record.spec, changes: locked ? armChanges(locked, now) : [] };
  });
};

function compared({ baseline }: Job, stored: StoredRun): CiResult['comparisons'] {
  const [before, now] = [trialsOf(baseline), trialsOf(stored)];
  const [hashBefore, hashNow] = [hashesOf(before), hashesOf(now)];
  const of = (run: StoredRun, trials: Trials, name: string) => {
    const record = run.run.arms.find((arm) => arm.name === name);
    return record && { record, trials: trials[name] ?? new Map() };
  };
  return stored.run.arms.flatMap(({ name }) => {
    const [after, locked] = [of(stored, now, name), of(baseline, before, name)];
    if (!after || !locked) return [];
    const changed = stored.prompts.filter(({ id }) => {
      const [a, b] = [hashNow(name, id), hashBefore(name, id)];
      return a !== null && b !== null && a !== b;
    });
    return [compareArm(stored.prompts, after, locked, changed.length)];
  });
}

interface Judged {
  result: CiResult;
  report: Report;
  standing: Standing;
}

async function judged(
  job: Job,
  stored: StoredRun,
  files: CiFiles,
  base: Pick<CiResult, 'run' | 'baseline' | 'arms' | 'comparisons'>,
  coverage: Pick<Coverage, 'missing' | 'gates'>,
): Promise<Judged> {
  const { lock, baseline, gates: settings, options, context } = job;
  const trials = trialsOf(stored);
  await carryOver(baseline, stored, trials, context);
  const standing = standingOf(stored, trials, lock, settings);
  // Where no verdict could fall, votes on this run would gate nothing: those of the locked run come first.
  const missing = watchesNothing(lock.verdicts, settings) ? {} : standing.needed;
  const needed = new Set(
    Object.entries(missing).flatMap(([pair, prompts]) => prompts.map((prompt) => `${prompt} ${pair}`)),
  );
  const isOut = options.verdict === true && options.out === undefined && areClaimed(needed, stored);
  const raters = options.rater ?? ['reviewer'];
  const packets = needed.size === 0 || isOut ? [] : await writePackets(stored, needed, raters, files.folder, context);
  const { model } = await keepReport(dirname(stored.paths.folder), stored.paths.folder, context);
  const sealed = needed.size > 0 || (model.sealed !== null && isVotedOn(stored));
  const judgedGates = judge({
    settings,
    open: model.arms
      .filter(({ role }) => role === 'open')
      .map(({ name, figures }) => ({
        arm: name,
        figures,
        licence: identifyLicence(stored.run.arms.find((arm) => arm.name === name)?.licence),
        comparison: base.comparisons.find(({ arm }) => arm === name) ?? null,
      })),
    pairs: standing.pairs,
    locked: lock.verdicts,
    waiting: Object.fromEntries(Object.entries(standing.needed).map(([pair, prompts]) => [pair, prompts.length])),
    sealed,
    notBlind: notBlindVotes(standing),
    voidedLate: voidings(readEvents(stored.paths)).reduce(
      (sum, { voided, afterOpening }) => sum + (afterOpening ? voided.votes : 0),
      0,
    ),
    rest: restsOn(stored, standing, model),
    imported: readEvents(stored.paths).flatMap((event) =>
      event.event === 'merged' && event.imported ? [event.rater] : [],
    ),
  });
  const today = context.now().toISOString().slice(0, 10);
  const ending = retirementGates(stored.run.arms, today, options.within ?? usualWithin);
  const gates = [...coverage.gates, ...judgedGates, ...ending];
  const code = exitCodeOfGates(gates);
  const shown = packets.map((packet) => ({ ...packet, file: shortPath(context.cwd, packet.file) }));
  const result: CiResult = {
    code,
    ...base,
    comparisons: sealed ? base.comparisons.map(sealedComparison) : base.comparisons,
    gates,
    ...(coverage.missing.length > 0 && { missing: coverage.missing }),
    notes: notesOf(stored),
    carried: standing.carried,
    votes: standing.votes,
    needed: needed.size,
    minutes: Math.max(1, Math.round(needed.size * minutesPerBallot)),
    packets: shown,
    next: nextLines({ code, packets: shown, needed: needed.size }, job, stored),
  };
  return { result, report: model, standing };
}

/** Somebody votes on this run, or has its ballots: then nobody may learn whose answers failed. */
const isVotedOn = ({ paths }: StoredRun): boolean =>
  readEvents(paths).some(({ event }) => event === 'claimed' || event === 'entered' || event === 'carried');

const notBlindVotes = ({ notBlind }: Standing): { votes: number; of: number } => {
  const all = Object.values(notBlind);
  const sum = (of: (one: NotBlind) => number): number => all.reduce((total, one) => total + of(one), 0);
  return { votes: sum(({ votes }) => votes), of: sum(({ of }) => of) };
};

const restsOn = ({ paths }: StoredRun, { quality }: Standing, { raters }: Report): MayRest =>
  mayRestOn({
    quality,
    raters,
    unblindedEarly: readEvents(paths).some((event) => event.event === 'unblinded' && event.early),
  });

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
