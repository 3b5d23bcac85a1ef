/** The first start of a week: what it will compare and send is shown, confirmed and frozen before any day is drawn. */
import type { Arm } from '../../arms/arm.ts';
import { createArm } from '../../arms/registry.ts';
import { redactSecrets } from '../../arms/wire/secrets.ts';
import { userError } from '../../errors.ts';
import { calendar } from '../../logs/days.ts';
import { type LoadedPrompts, loadPrompts } from '../../logs/load.ts';
import { silentAnswer } from '../../logs/mirror-pairs.ts';
import { samplePlan } from '../../logs/sample.ts';
import { asReplays } from '../../logs/trajectory.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import type { ArmRecord, RunRecord, WatchSettings } from '../../records/run-record.ts';
import { isTested, shapesOf } from '../../runs/test-call.ts';
import { type ArmEstimate, estimateArm } from '../../runs/token-estimate.ts';
import { addEvents } from '../../store/events-file.ts';
import { hashing } from '../../store/hashing.ts';
import { createRun, openRun, type StoredRun } from '../../store/run-folder.ts';
import { typedCommand } from '../../text/shell.ts';
import { startEvent } from '../answer/answer-run.ts';
import { assertAnswerable } from '../answer/before-answering.ts';
import { askKey } from '../ask-key.ts';
import { configDefaults } from '../config/config-defaults.ts';
import type { Config } from '../config/load-config.ts';
import { type PlannedSettings, runSettings } from '../config/run-settings.ts';
import type { Context } from '../context.ts';
import { chooseArms } from '../plan/choose-arms.ts';
import { describeArms } from '../plan/describe-arms.ts';
import { type FrozenRun, freezeRun } from '../plan/freeze-run.ts';
import { loadedNotes } from '../plan/plan-words.ts';
import { runName } from '../plan/run-name.ts';
import { withAnswers } from '../plan/runnable-prompts.ts';
import { refuseSameArms } from '../plan/same-arms.ts';
import { testTheArms } from '../plan/test-the-arms.ts';
import { readingOptions } from '../reading-options.ts';
import type { WatchOptions } from '../verb-options.ts';
import { fixedOf, flagsOf } from './same-flags.ts';
import { type WeekPlan, weekPlan } from './week-plan.ts';

export interface StartInput {
  logs: string[];
  name: string;
  results: string;
  options: WatchOptions;
  config: Config;
}

/** Undefined where nothing is begun: a dry run, or a person who said no. */
export async function startWeek(input: StartInput, context: Context): Promise<StoredRun | undefined> {
  const { options } = input;
  const plan = await planWeek(input, context);
  const { name, arms, frozen, estimates, sample } = plan;
  context.out(weekPlan(plan, context));
  if (options.dryRun) {
    context.out('\nNothing was sent and nothing was written. Leave out --dry-run to go.');
    return undefined;
  }
  if (!(await mayStart(estimates, options, context))) return undefined;
  if (options.testCall !== false) await testTheArms(arms, sample, frozen.run.settings, context);
  const { folder } = createRun(input.results, name, frozen);
  const stored = openRun(folder);
  await noteStart(stored, context);
  return stored;
}

interface PlannedWeek extends WeekPlan {
  /** Of the run folder. */
  name: string;
  arms: Arm[];
  frozen: FrozenRun;
}

/** No prompt is sent and nothing is written. Throws (exit 2) for what a week cannot compare. */
async function planWeek(input: StartInput, context: Context): Promise<PlannedWeek> {
  const { options, config } = input;
  const loaded = await load(input, context);
  for (const note of loadedNotes(loaded)) context.err(note);
  refuseTimeless(loaded);
  const chosen = await chooseArms({ options, config, loaded, context });
  const arms = chosen.map((arm) => createArm(arm, context.env));
  refuseAgents(arms);
  const { prompts } = withAnswers(asReplays(loaded.prompts, hashing), chosen);
  const prices = options.prices === undefined ? config : { prices: options.prices };
  const records = await describeArms(arms, prices, context, { keyless: options.dryRun === true });
  refuseSameArms(records);
  const frozen = freezeWeek({ ...input, loaded, records }, context);
  const { run } = frozen;
  const name = runName(options.name, [`${input.name}.jsonl`], records);
  const { settings } = run;
  assertAnswerable(run, answering(options, config), context);
  const sample = sampleOf(prompts, settings.n * settings.raters, settings.seed);
  const isTesting = options.testCall !== false;
  const estimates = records.map((record, at) => estimateOf(record, arms[at], sample, run, isTesting));
  return { name, arms, frozen, run, estimates, sample, logged: loaded, marginChosen: isChosen(options, config) };
}

const isChosen = ({ margin }: WatchOptions, config: Config): boolean =>
  margin !== undefined || config.margin !== undefined;

const answering = ({ concurrency, maxCost }: WatchOptions, { file }: Config) => ({
  ...(concurrency !== undefined && { concurrency }),
  ...(maxCost !== undefined && { maxCost }),
  ...(file !== undefined && { config: file }),
});

async function load({ logs, options, config }: StartInput, context: Context): Promise<LoadedPrompts> {
  const { perDay, days } = fixedOf(options);
  return loadPrompts(logs, {
    ...(await readingOptions(options, config, context)),
    keepTaskOrder: true,
    n: Math.max(configDefaults.n, perDay * days),
    redact: options.redact ?? true,
    now: context.now(),
    seed: config.seed ?? 1,
    hashing,
    cwd: context.cwd,
  });
}

/** A record without a time belongs to no day. */
function refuseTimeless({ prompts }: LoadedPrompts): void {
  if (prompts.some(({ ts }) => ts !== undefined)) return;
  throw userError(
    'watch.no-times',
    'No record of this log carries a time, so nothing says which day it belongs to.',
    'write the time of each call into the log, or take a sample of it: gapcheck run',
  );
}

/** A job takes hours and a folder of its own. */
function refuseAgents(arms: readonly Arm[]): void {
  const agent = arms.find(({ job }) => job !== undefined);
  if (!agent) return;
  throw userError(
    'watch.agent',
    `${agent.config.spec}: a watched week compares answers to prompts, not whole agents.`,
    'gapcheck run jobs.csv compares agents on jobs',
  );
}

interface Freezing extends StartInput {
  loaded: LoadedPrompts;
  records: ArmRecord[];
}

function watchSettings({ logs, name, options, loaded }: Freezing, now: Date): WatchSettings {
  const fixed = fixedOf(options);
  const isMirror = loaded.prompts.some(({ answers }) => answers?.[silentAnswer] !== undefined);
  return {
    name,
    logs,
    from: calendar(fixed.tz).dayOf(now.getTime()),
    ...fixed,
    ...(isMirror && { mirror: true as const }),
    flags: flagsOf(logs, options),
  };
}

function freezeWeek(freezing: Freezing, context: Context): FrozenRun {
  const { options, config, loaded, records } = freezing;
  const watch = watchSettings(freezing, context.now());
  const all = watch.perDay * watch.days;
  const settings: PlannedSettings = {
    ...runSettings({ ...options, n: all }, config),
    hard: null,
    checkN: 0,
    watch,
  };
  const command = redactSecrets(typedCommand(['gapcheck', ...context.args]));
  const frozen = freezeRun({
    settings,
    loaded,
    sample: { ballots: [], reserve: [], tasks: [], leftOut: [], beyond: 0 },
    arms: records,
    now: context.now(),
    command,
  });
  const { logged: _logged, ...run } = frozen.run;
  const n = Math.ceil(all / settings.raters);
  return { ...frozen, run: { ...run, plannedBallots: all, settings: { ...run.settings, n } } };
}

/** Prompts like those that the days will bring: what an estimate rests on. */
const sampleOf = (prompts: PromptRecord[], n: number, seed: number): PromptRecord[] =>
  samplePlan(prompts, {
    n: Math.min(n, prompts.length),
    checkN: 0,
    seed,
    hashing,
    tasks: [...new Set(prompts.map(({ task }) => task))],
  }).ballots;

/** Of the whole week, from the prompts that the log has so far. */
function estimateOf(
  record: ArmRecord,
  arm: Arm | undefined,
  sample: readonly PromptRecord[],
  { plannedBallots, settings }: RunRecord,
  isTesting: boolean,
): ArmEstimate {
  const estimate = estimateArm(record, sample, settings);
  const times = sample.length === 0 ? 0 : plannedBallots / sample.length;
  const scaled = (value: number | undefined) => (value === undefined ? undefined : value * times);
  const [usdLikely, usdMost] = [scaled(estimate.usdLikely), scaled(estimate.usdMost)];
  return {
    ...estimate,
    calls: Math.round(estimate.calls * times),
    tokensIn: Math.round(estimate.tokensIn * times),
    ...(usdLikely !== undefined && { usdLikely }),
    ...(usdMost !== undefined && { usdMost }),
    ...(isTesting && arm && isTested(arm) && { tests: shapesOf(sample).length }),
  };
}

async function mayStart(estimates: readonly ArmEstimate[], { yes }: WatchOptions, context: Context): Promise<boolean> {
  if (yes || !context.interactive || estimates.every(({ calls }) => calls === 0)) return true;
  const key = await askKey(
    '',
    [
      { key: 'enter', does: 'start the week' },
      { key: 'q', does: 'quit' },
    ],
    context,
  );
  if (key === 'enter') return true;
  context.out('Nothing was sent and nothing was written.');
  return false;
}

/** The ledger begins with the hash of run.json. No model is called before the first day closes. */
export async function noteStart(stored: StoredRun, { now }: Context): Promise<void> {
  await addEvents(stored.paths, now, () => [
    startEvent(stored, false),
    { event: 'answered' as const, answers: 0, missing: 0 },
  ]);
}
