/** The answering half of `gapcheck ci`: which arms changed, the run that answers the locked prompts again, its calls. */
import { basename, dirname } from 'node:path';
import { type ExitCode, exitCodes, GapcheckError } from '../../errors.ts';
import type { RunEvent } from '../../records/run-events.ts';
import type { ArmRecord, RunRecord, RunSettings } from '../../records/run-record.ts';
import type { LockFile } from '../../releases/lock-file.ts';
import { exitCodeOf } from '../../runs/runner.ts';
import { isTested, shapesOf } from '../../runs/test-call.ts';
import { estimateArm } from '../../runs/token-estimate.ts';
import { trialKey } from '../../runs/trial.ts';
import { addEvents, readEvents } from '../../store/events-file.ts';
import { createRun, drawSeal, openRun, type StoredRun } from '../../store/run-folder.ts';
import { dollars, plural } from '../../text/numbers.ts';
import { version } from '../../version.ts';
import { answerRun, goesOn, missingWords } from '../answer/answer-run.ts';
import { armsWithSteps } from '../answer/earlier-arms.ts';
import { promptsToAnswer } from '../answer/prompts-to-answer.ts';
import type { Config } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import type { ServedArm } from '../plan/served-arms.ts';
import { testTheArms } from '../plan/test-the-arms.ts';
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
  if (before && isAnswered(before)) return { stored: before, code: exitCodes.done };
  await announceAndTest(before, at, records);
  const stored = before ?? (await begin(at, records));
  const earlier = options.again ? [] : earlierRuns(at, stored).flatMap(armsWithSteps);
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
  const code = exitCodeOf(outcome);
  const next = goesOn(outcome) ? ['Next: gapcheck ci   (it asks only what is missing)'] : [];
  if (code !== exitCodes.done) context.err([...missingWords(outcome), ...next].join('\n'));
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

/** The baseline's, with what this job asks for. */
const settingsOf = ({ baseline, options }: Answering): RunSettings => ({
  ...baseline.run.settings,
  // One packet can go to whoever has time: everybody may read everything.
  raters: 1,
  n: baseline.run.plannedBallots,
  checkN: checkNOf(baseline, options),
});

async function begin(at: Answering, arms: ArmRecord[]): Promise<StoredRun> {
  const { baseline, context } = at;
  const { run, prompts, paths } = baseline;
  const { seed, keyCommitment, runId } = drawSeal();
  const { command: _command, ...kept } = run;
  const record: RunRecord = {
    ...kept,
    gapcheck: version,
    id: runId,
    createdAt: context.now().toISOString(),
    arms,
    settings: settingsOf(at),
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

/**
 * What leaves the machine is said before it does. Arms that are asked again are tested before a new run is frozen; a run
 * that an earlier job began is frozen already.
 */
async function announceAndTest(
  before: StoredRun | undefined,
  at: Answering,
  records: readonly ArmRecord[],
): Promise<void> {
  const { served, options, context, baseline } = at;
  const settings = before?.run.settings ?? settingsOf(at);
  const { paths } = before ?? baseline;
  const prompts = promptsToAnswer({ ...baseline, run: { ...baseline.run, settings } }, readEvents(paths));
  const asked = served.flatMap(({ arm, changes }, index) => {
    const record = records[index];
    return record && (options.again === true || changes.some(({ answers }) => answers)) ? [{ arm, record }] : [];
  });
  const isTesting = before === undefined && options.testCall !== false;
  const shapes = isTesting ? shapesOf(prompts).length : 0;
  for (const { arm, record } of asked) {
    const { calls, usdMost } = estimateArm(record, prompts, settings);
    if (calls === 0) continue;
    const where = record.leavesMachine ? (record.host ?? 'another machine') : 'this machine';
    const cost = usdMost === undefined ? 'price unknown' : `at most about ${dollars(usdMost)}`;
    const tests = shapes > 0 && isTested(arm) ? ` and ${plural(shapes, 'test call')}` : '';
    context.err(`${record.name}: at most ${plural(calls, 'call')}${tests} to ${where}, ${cost}.`);
  }
  const arms = asked.map(({ arm }) => arm);
  if (isTesting) await testTheArms(arms, prompts, settings, context);
}
