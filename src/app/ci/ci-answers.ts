/** The answering half of `gapcheck ci`: which arms changed, the run that answers the locked prompts again, its calls. */
import { basename, dirname, relative } from 'node:path';
import { type ExitCode, exitCodes, GapcheckError } from '../../errors.ts';
import type { RunEvent } from '../../records/run-events.ts';
import type { ArmRecord, RunRecord } from '../../records/run-record.ts';
import type { LockFile } from '../../releases/lock-file.ts';
import { estimateArm } from '../../runs/estimate.ts';
import { trialKey } from '../../runs/trial.ts';
import { addEvents, readEvents } from '../../store/events-file.ts';
import { createRun, drawSeal, openRun, type StoredRun } from '../../store/run-folder.ts';
import { dollars, plural } from '../../text/numbers.ts';
import { version } from '../../version.ts';
import { answerRun, outcomeText, promptsToAnswer } from '../answer/answer-run.ts';
import { armsWithSteps } from '../answer/earlier-arms.ts';
import type { Config } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import type { ServedArm } from '../plan/served-arms.ts';
import type { CiOptions } from '../verb-options.ts';
import { trialsOf } from './ci-evidence.ts';
import { runsBeside } from './lock.ts';

export interface Answering {
  lock: LockFile;
  baseline: StoredRun;
  served: readonly ServedArm[];
  options: CiOptions;
  config: Config;
  context: Context;
}

/** Described arms, in the baseline's order. Throws (exit 3) when one cannot be reached: it cannot be said to be as it was. */
export function recordsOf(served: readonly ServedArm[]): ArmRecord[] {
  return served.map(({ name, record, why }) => {
    if (record) return record;
    throw new GapcheckError('arm-unknown', `${name}: ${why ?? 'it cannot be reached'}`, {
      exitCode: exitCodes.armFailed,
      hint: 'make the endpoint reachable from this machine; gapcheck doctor looks for what is missing',
    });
  });
}

/**
 * The run that answers the baseline's prompts with these arms: the one an earlier job began, or a new one with a seal
 * of its own. Answers of unchanged arms are taken over; everything else is asked.
 */
export async function answerAgain(at: Answering): Promise<{ stored: StoredRun; code: ExitCode }> {
  const records = recordsOf(at.served);
  const { options, context, config } = at;
  const before = options.again ? undefined : runFor(at, records);
  const stored = before ?? (await begin(at, records));
  if (before && isAnswered(before)) return { stored, code: exitCodes.done };
  const earlier = options.again ? [] : earlierRuns(at, stored).flatMap(armsWithSteps);
  announce(stored, at, records);
  const { maxCost, concurrency = config.concurrency } = options;
  const outcome = await answerRun(
    stored,
    at.served.map(({ arm }) => arm),
    {
      resumed: before !== undefined,
      earlier,
      ...(concurrency !== undefined && { concurrency }),
      ...(maxCost !== undefined && { maxCost }),
      ...(config.file !== undefined && { config: config.file }),
    },
    context,
  );
  const { text, code } = outcomeText(outcome, relative(context.cwd, stored.paths.folder));
  const goOn = text.replace(/^Next: .*$/m, 'Next: gapcheck ci   (it asks only what is missing)');
  if (code !== exitCodes.done) context.err(goOn);
  return { stored: openRun(stored.paths.folder), code };
}

/** Nothing is missing: no arm is warmed up, no line is added. */
function isAnswered(stored: StoredRun): boolean {
  const { run, paths } = stored;
  const trials = trialsOf(stored);
  const numbers = Array.from({ length: run.settings.trials }, (_, at) => at + 1);
  return promptsToAnswer(stored, readEvents(paths)).every(({ id }) =>
    run.arms.every(({ name }) =>
      numbers.every((trial) => (trials[name]?.get(trialKey(id, trial))?.state ?? 'missing') !== 'missing'),
    ),
  );
}

const sameArms = ({ arms }: RunRecord, records: readonly ArmRecord[]): boolean =>
  arms.length === records.length && arms.every(({ identity }, at) => identity === records[at]?.identity);

/** The newest run of the baseline with the same arms and checks enough. */
function runFor({ baseline, options }: Answering, records: readonly ArmRecord[]): StoredRun | undefined {
  return ciRuns(baseline).findLast(
    ({ run }) => sameArms(run, records) && run.settings.checkN >= checkNOf(baseline, options),
  );
}

/** Runs that answered the baseline again, oldest first. */
export const ciRuns = (baseline: StoredRun): StoredRun[] =>
  runsBeside(dirname(baseline.paths.folder)).filter(({ run }) => run.baseline === baseline.run.id);

/** Later ones win: the baseline's own answers, where its arms are unchanged, are the ones that were voted on. */
const earlierRuns = ({ baseline }: Answering, stored: StoredRun): StoredRun[] => [
  ...ciRuns(baseline).filter(({ run }) => run.id !== stored.run.id),
  baseline,
];

const checkNOf = ({ run, prompts }: StoredRun, { checkN = 0 }: CiOptions): number =>
  Math.min(prompts.length, Math.max(run.settings.checkN, checkN));

async function begin({ baseline, options, context }: Answering, arms: ArmRecord[]): Promise<StoredRun> {
  const { run, prompts, paths } = baseline;
  const { seed, keyCommitment, runId } = drawSeal();
  const { command: _command, ...kept } = run;
  const record: RunRecord = {
    ...kept,
    gapcheck: version,
    id: runId,
    createdAt: context.now().toISOString(),
    arms,
    // One packet can go to whoever has time: everybody may read everything.
    settings: { ...run.settings, raters: 1, n: run.plannedBallots, checkN: checkNOf(baseline, options) },
    keyCommitment,
    baseline: run.id,
  };
  const created = createRun(dirname(paths.folder), nameOf(paths.folder), { run: record, prompts, seed });
  const more = readEvents(paths).filter((event) => event.event === 'more');
  await addEvents(created, context.now, () => more.map(withoutTime));
  return openRun(created.folder);
}

function withoutTime(event: Extract<RunEvent, { event: 'more' }>) {
  const { at: _at, ...rest } = event;
  return rest;
}

/** `2026-11-21T0930Z-tickets` → `tickets-ci`. */
const nameOf = (folder: string): string =>
  `${basename(folder)
    .replace(/^\d{4}-\d\d-\d\dT\d{4}Z-/, '')
    .replace(/-ci(-\d+)?$/, '')}-ci`;

/** What leaves the machine is said before it does. */
function announce(stored: StoredRun, { served, options, context }: Answering, records: readonly ArmRecord[]): void {
  const prompts = promptsToAnswer(stored, readEvents(stored.paths));
  for (const [index, record] of records.entries()) {
    const asked = options.again === true || served[index]?.changes.some(({ answers }) => answers);
    if (!asked) continue;
    const { calls, usdMost } = estimateArm(record, prompts, stored.run.settings);
    if (calls === 0) continue;
    const where = record.leavesMachine ? (record.host ?? 'another machine') : 'this machine';
    const cost = usdMost === undefined ? 'price unknown' : `at most about ${dollars(usdMost)}`;
    context.err(`${record.name}: at most ${plural(calls, 'call')} to ${where}, ${cost}.`);
  }
}
