/** freeze → answer → (in a terminal) score → report. The main job, in the order in which it happens. */

import { dirname, resolve } from 'node:path';
import type { Arm } from '../arms/arm.ts';
import { createArm } from '../arms/registry.ts';
import { redactSecrets } from '../arms/wire/secrets.ts';
import { type ExitCode, exitCodes, GapcheckError, userError } from '../errors.ts';
import { type LoadedPrompts, loadPrompts } from '../logs/load.ts';
import type { FailsCheck, LoadOptions } from '../logs/load-options.ts';
import type { ArmRecord } from '../records/run-record.ts';
import { endNotes } from '../runs/end-notes.ts';
import { armConfigOf } from '../runs/identity.ts';
import type { RunOutcome } from '../runs/runner-events.ts';
import { foldTrials, isReplay, retriesOf } from '../runs/trial.ts';
import { readAttempts } from '../store/attempts-file.ts';
import { sameAgain } from '../store/cannot-write.ts';
import { hashing } from '../store/hashing.ts';
import { openSpool } from '../store/prompt-spool.ts';
import { createRun, findRun, openRun, openSealedRun, type StoredRun } from '../store/run-folder.ts';
import { shellWord, typedCommand } from '../text/shell.ts';
import { afterPartial } from './answer/after-partial.ts';
import { type AnswerOptions, answerRun, failedInLogWords, outcomeText } from './answer/answer-run.ts';
import { assertAnswerable } from './answer/before-answering.ts';
import { refuseBesideResume } from './answer/resume-options.ts';
import { keepLock } from './ci/lock.ts';
import { type Config, loadConfig } from './config/load-config.ts';
import { type PlannedSettings, runSettings } from './config/run-settings.ts';
import type { Context } from './context.ts';
import { nameRun } from './name-run.ts';
import { refuseOldRun } from './old-run.ts';
import { withCheckFlags } from './plan/check-flags.ts';
import { chooseArms } from './plan/choose-arms.ts';
import { asksFirst, confirmStart } from './plan/confirm-start.ts';
import { describeArms } from './plan/describe-arms.ts';
import { hardPrompts } from './plan/hard-prompts.ts';
import { loggedFailures } from './plan/logged-failures.ts';
import { offerUnfinished } from './plan/offer-unfinished.ts';
import { mixedModels, type UnfinishedRun, unfinishedRun, windowNotes } from './plan/plan-notes.ts';
import { type PlannedRun, planRun } from './plan/plan-run.ts';
import { loadedNotes } from './plan/plan-words.ts';
import { namedColumns } from './plan/ready-answers.ts';
import { testTheArms } from './plan/test-the-arms.ts';
import { answersHere, timeAhead } from './plan/time-ahead.ts';
import { likelyFileIn } from './prompt-files.ts';
import { readingOptions } from './reading-options.ts';
import { raterName } from './score/rater-name.ts';
import { shortPath } from './short-path.ts';
import type { RunOptions } from './verb-options.ts';

export async function run(
  files: string[],
  options: RunOptions,
  context: Context,
  { replanned = false } = {},
): Promise<ExitCode> {
  const results = resolve(context.cwd, options.results ?? 'results');
  refuseBesideResume(files, options);
  // Before anything is asked: the votes come last.
  const rater = options.rater === undefined ? undefined : raterName(options.rater, context);
  const config = await withCheckFlags(options.check, await loadConfig(options.config, context));
  if (options.resume !== undefined) return resume(results, options, config, context);
  const settings = runSettings(options, config);
  using spool = openSpool({ isLarge: () => context.collectOften?.() });
  const loaded = await load(files, settings, options, config, context, spool);
  for (const note of loadedNotes(loaded)) context.err(note);
  const unfinished = options.reuse || replanned ? undefined : unfinishedRun(results, loaded.sources);
  const wanted = unfinished && (await offerUnfinished(unfinished, options, context));
  if (wanted === 'quit') return exitCodes.done;
  if (wanted === 'continue' && unfinished) return goOnThere(unfinished, results, options, config, context);
  const chosen = await chooseArms({ options, config, loaded, context });
  const command = redactSecrets(typedCommand(['gapcheck', ...context.args]));
  const plan = await planRun({ files, loaded, chosen, settings, options, config, command }, context);
  assertAnswerable(plan.frozen.run, answerOptions({ options, config, resumed: false }), context);
  const { run: planned, prompts } = plan.frozen;
  for (const note of [
    ...mixedModels(plan.records, prompts),
    ...windowNotes(plan.records, prompts, planned.settings),
    ...hardPrompts(planned, prompts),
    ...(unfinished || options.reuse ? [] : await beforeNotes(results, plan, rater)),
  ])
    context.err(note);
  context.out(plan.text);
  if (options.dryRun) {
    context.out('\nNothing was sent and nothing was written. Leave out --dry-run to go.');
    return exitCodes.done;
  }
  const warmed = asksFirst(plan, options, context) && (await sayTimeAhead(plan, options, context));
  const changed = await confirmStart(plan, options, context, { warmed });
  if (changed === 'quit') return exitCodes.done;
  if (changed !== 'start') return run(files, { ...options, ...changed }, context, { replanned: true });
  if (options.testCall !== false) {
    const { run: planned, prompts } = plan.frozen;
    await testTheArms(plan.arms, prompts.slice(0, planned.settings.checkN), planned.settings, context);
  }
  const { folder } = createRun(results, plan.name, plan.frozen);
  return answerAndGoOn(openRun(folder), plan.arms, { options, config, resumed: false }, context);
}

/** Measured only before somebody consents. With --yes the run says its time as it learns it. */
async function sayTimeAhead(
  { arms, records, estimates, frozen }: PlannedRun,
  options: RunOptions,
  context: Context,
): Promise<boolean> {
  if (options.testCall === false) return false;
  const { run: planned, prompts } = frozen;
  const asked = prompts.slice(0, planned.settings.checkN);
  const ahead = { arms, records, estimates, prompts: asked, settings: planned.settings };
  if (!answersHere(ahead)) return false;
  context.err('One short answer of the model on this machine tells how long the run will take …');
  const line = await timeAhead(ahead);
  if (line !== undefined) context.out(line);
  return true;
}

/** The run that stopped half way, where it stopped. */
async function goOnThere(
  { folder, command }: UnfinishedRun,
  results: string,
  options: RunOptions,
  config: Config,
  context: Context,
): Promise<ExitCode> {
  if (command === 'run --resume') return resume(results, { ...options, resume: folder }, config, context);
  const { score } = await import('./score/score-run.ts');
  return score(folder, {}, context);
}

/** Loaded only here: reading earlier runs takes modules that a first run does not need. */
async function beforeNotes(results: string, { frozen }: PlannedRun, rater?: string): Promise<string[]> {
  const { votedBefore } = await import('./plan/voted-before.ts');
  return votedBefore(results, frozen, rater);
}

async function load(
  files: string[],
  settings: PlannedSettings,
  options: RunOptions,
  config: Config,
  context: Context,
  { hold }: Pick<LoadOptions, 'hold'>,
): Promise<LoadedPrompts> {
  const wanted = files.length > 0 ? files : (config.prompts ?? []);
  if (wanted.length === 0) {
    throw userError(
      'no-prompts',
      'There is no prompt file to run.',
      `gapcheck run ${shellWord(likelyFileIn(context.cwd))}, or gapcheck demo to see it work`,
    );
  }
  const n = settings.n === 'all' ? 'all' : Math.max(settings.n * settings.raters, settings.checkN);
  return loadPrompts(wanted, {
    n,
    redact: settings.redact,
    now: context.now(),
    seed: settings.seed,
    hashing,
    ...(hold && { hold }),
    cwd: context.cwd,
    ...(options.since !== undefined && { since: options.since }),
    ...(options.until !== undefined && { until: options.until }),
    ...(options.tasks && { tasks: options.tasks }),
    ...(settings.hard !== null && { hard: settings.hard, ...failing(settings.checks) }),
    ...(await readingOptions(options, config, context)),
    answerColumns: namedColumns(options, config),
  });
}

function failing(checks: PlannedSettings['checks']): { failsCheck?: FailsCheck } {
  const failsCheck = loggedFailures(checks);
  return failsCheck ? { failsCheck } : {};
}

interface GoOn {
  options: RunOptions;
  config: Pick<Config, 'file' | 'concurrency'>;
  resumed: boolean;
}

function answerOptions({ options, config, resumed }: GoOn): AnswerOptions {
  const { maxCost, reuse, concurrency = config.concurrency } = options;
  return {
    resumed,
    ...(concurrency !== undefined && { concurrency }),
    ...(maxCost !== undefined && { maxCost }),
    ...(reuse && { reuse }),
    ...(config.file !== undefined && { config: config.file }),
  };
}

/** Answers what is missing; then, where a person is, the blind session and the report. */
export function answerAndGoOn(
  stored: StoredRun,
  arms: readonly Arm[],
  goOn: GoOn,
  context: Context,
): Promise<ExitCode> {
  const { run, paths } = stored;
  const session = canVote(goOn, context);
  const answered = answerRun(stored, arms, { ...answerOptions(goOn), session }, context);
  // Without the prompts: what follows reads them again, and a hundred thousand of them are not held twice.
  return goOnFrom(answered, { run, paths }, arms, goOn, context);
}

type RunFiles = Pick<StoredRun, 'run' | 'paths'>;

async function goOnFrom(
  answered: Promise<RunOutcome>,
  stored: RunFiles,
  arms: readonly Arm[],
  goOn: GoOn,
  context: Context,
): Promise<ExitCode> {
  const { options } = goOn;
  const shown = shortPath(context.cwd, stored.paths.folder);
  const outcome = await keepAnswered(answered, stored, goOn, context).catch((error: unknown) => {
    throw resumeNext(error, shown);
  });
  for (const note of notesOnEnds(stored)) context.err(note);
  if (outcome.ended === 'complete') for (const note of failedInLogWords(outcome)) context.err(note);
  const { text, code } = outcomeText(outcome, shown, stored.run);
  if (code !== exitCodes.done) {
    context.err(text);
    const next = await afterPartial(stored, outcome, { code, shown, canVote: canVote(goOn, context) }, context);
    if (next === 'again')
      return answerAndGoOn(openSealedRun(stored.paths.folder), arms, { ...goOn, resumed: true }, context);
    return next;
  }
  if (options.json) context.data(JSON.stringify({ run: stored.run.id, folder: stored.paths.folder, outcome }, null, 2));
  if (!canVote(goOn, context)) {
    const as = options.rater === undefined ? '' : ` --rater ${shellWord(options.rater)}`;
    if (!options.json) context.out(`\nAnswers are in ${shown}.\nNext: gapcheck score ${shown}${as}`);
    return code;
  }
  const { score } = await import('./score/score-run.ts');
  return score(stored.paths.folder, options.rater === undefined ? {} : { rater: options.rater }, context);
}

const canVote = ({ options }: GoOn, { interactive }: Context): boolean =>
  options.score !== false && interactive && !options.json;

function notesOnEnds({ run, paths }: RunFiles): string[] {
  return run.arms.flatMap((arm) => {
    if (isReplay(arm)) return [];
    const { steps } = readAttempts(paths, arm.name);
    return endNotes(arm, foldTrials(steps, retriesOf(arm, run.settings)).values(), run.settings);
  });
}

async function keepAnswered(answered: Promise<RunOutcome>, stored: RunFiles, goOn: GoOn, context: Context) {
  const outcome = await answered;
  const { keepReport } = await import('./result/write-reports.ts');
  await keepReport(dirname(stored.paths.folder), stored.paths.folder, context);
  await keepLock(stored, goOn.options, context);
  return outcome;
}

/** Once the folder is there, the same command again would begin another run and pay for it all over. */
function resumeNext(error: unknown, shown: string): unknown {
  if (!(error instanceof GapcheckError) || !error.hint?.includes(sameAgain)) return error;
  const { code, message, exitCode, cause } = error;
  const hint = error.hint.replace(sameAgain, `gapcheck run --resume ${shellWord(shown)}`);
  return new GapcheckError(code, message, { exitCode, hint, cause });
}

async function resume(results: string, options: RunOptions, config: Config, context: Context): Promise<ExitCode> {
  const ref = options.resume === true ? undefined : options.resume;
  const folder = findRun(results, ref);
  nameRun(folder, ref, context);
  const stored = openSealedRun(folder);
  refuseOldRun(stored);
  const arms = await armsOf(stored, config, context);
  return answerAndGoOn(stored, arms, { options, config, resumed: true }, context);
}

/** The arms of a stored run, made again and found to be the same ones. Throws (exit 2) when one has changed. */
export async function armsOf({ run }: StoredRun, config: Config, context: Context): Promise<Arm[]> {
  const arms = run.arms.map((record) => createArm(armConfigOf(record), context.env));
  const described = await describeArms(arms, config, context);
  for (const [index, record] of run.arms.entries()) refuseOther(record, described[index]);
  return arms;
}

/** Half the answers from one model and half from another would be a comparison of nothing. */
function refuseOther(before: ArmRecord, now: ArmRecord | undefined): void {
  if (now === undefined || now.identity === before.identity) return;
  const fields = ['host', 'digest', 'quantization', 'template', 'system', 'sends'] as const;
  const changed = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(now[field]));
  throw new GapcheckError(
    'arm-changed',
    `${before.spec} is not what this run began with: ${changed.join(', ') || 'its parameters'} changed.`,
    { exitCode: exitCodes.userCanFix, hint: 'put it back as it was, or start a new run' },
  );
}
