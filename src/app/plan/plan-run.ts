/** Prompts and arms → a run that is planned to the last ballot, and nothing sent or written yet. */
import type { Arm, ArmConfig } from '../../arms/arm.ts';
import { createArm } from '../../arms/registry.ts';
import { readPromptChecks } from '../../checks/validate.ts';
import { perhapsTask } from '../../logs/fields/unused-text.ts';
import type { LoadedPrompts } from '../../logs/load.ts';
import { type SamplePlan, samplePlan } from '../../logs/sample.ts';
import type { ArmRecord } from '../../records/run-record.ts';
import { isTested, shapesOf } from '../../runs/test-call.ts';
import { type ArmEstimate, estimateArm } from '../../runs/token-estimate.ts';
import { promptsFor } from '../../stats/rater-shares.ts';
import { hashing } from '../../store/hashing.ts';
import { guessedFrom } from '../../text/guessed-tasks.ts';
import { shellWord } from '../../text/shell.ts';
import { overlapFor } from '../../voting/ballot-plan.ts';
import type { Config } from '../config/load-config.ts';
import type { PlannedSettings } from '../config/run-settings.ts';
import type { Context } from '../context.ts';
import type { AgentOptions, RunOptions } from '../verb-options.ts';
import { agentEstimate, agentSettingsOf } from './agent-plan.ts';
import { describeArms } from './describe-arms.ts';
import { type FrozenRun, freezeRun } from './freeze-run.ts';
import { choiceWords, type PlanText, planText, planWidth } from './plan-words.ts';
import { replayedPrompts } from './replayed-prompts.ts';
import { runName } from './run-name.ts';
import { withAnswers } from './runnable-prompts.ts';
import { refuseSameArms } from './same-arms.ts';

export interface PlanInput {
  /** As named, for the name of the run folder. */
  files: readonly string[];
  loaded: LoadedPrompts;
  chosen: readonly ArmConfig[];
  settings: PlannedSettings;
  options: Pick<
    RunOptions,
    'tasks' | 'pull' | 'prices' | 'pairs' | 'name' | 'n' | 'testCall' | 'margin' | 'dryRun' | 'reuse' | 'results'
  > &
    AgentOptions;
  config: Pick<Config, 'prices' | 'tasks' | 'n' | 'margin'>;
  /** What makes the same run again, as typed. */
  command?: string;
}

export interface PlannedRun {
  arms: Arm[];
  records: ArmRecord[];
  estimates: ArmEstimate[];
  frozen: FrozenRun;
  /** Of the run folder. */
  name: string;
  /** What is compared, what it can decide and what leaves the machine, in words. */
  text: string;
}

/** Asks every arm who it is (metadata, no generation). Throws (exit 2, 3) when one cannot work. */
export async function planRun(input: PlanInput, context: Context): Promise<PlannedRun> {
  const { files, loaded, chosen, options, config, command } = input;
  const arms = chosen.map((arm) => createArm(arm, context.env));
  const { strata } = loaded;
  const replayed = replayedPrompts({ prompts: readPromptChecks(loaded.prompts), strata });
  const { prompts, leftOut, failed } = withAnswers(replayed.prompts, chosen);
  for (const note of leftOut) context.err(note);
  const agent = await agentSettingsOf(arms, prompts, options, context.cwd);
  const settings = { ...input.settings, ...(agent && { agent }) };
  const records = await describeArms(arms, pricesOf(options, config), context, {
    pull: options.pull === true,
    keyless: options.dryRun === true,
  });
  refuseSameArms(records);
  const sample = samplePlan(prompts, sampleOptions(settings, options, replayed));
  const frozen = freezeRun({
    settings,
    loaded,
    failed,
    sample,
    arms: records,
    now: context.now(),
    ...(command !== undefined && { command }),
    allPairs: options.pairs === 'all',
    ...(config.tasks && { tasks: config.tasks }),
  });
  const answered = frozen.prompts.slice(0, frozen.run.settings.checkN);
  const tests = options.testCall === false ? 0 : shapesOf(answered).length;
  const estimates = records.map((record, index) => {
    if (record.agent) return agentEstimate(record, answered.length, frozen.run.settings);
    const arm = arms[index];
    const estimate = estimateArm(record, answered, frozen.run.settings);
    return tests > 0 && arm && isTested(arm) ? { ...estimate, tests } : estimate;
  });
  const name = runName(options.name, files, records);
  return {
    arms,
    records,
    estimates,
    frozen,
    name,
    text: textOf(input, frozen, sample, { estimates, replays: replayed.counts, width: planWidth(context) }),
  };
}

/** The flag wins over the config. */
const pricesOf = ({ prices }: PlanInput['options'], config: PlanInput['config']): Pick<Config, 'prices'> =>
  prices === undefined ? config : { prices };

function sampleOptions(
  settings: PlannedSettings,
  { tasks }: PlanInput['options'],
  { strata }: Pick<LoadedPrompts, 'strata'>,
) {
  const n =
    settings.n === 'all'
      ? ('all' as const)
      : promptsFor(settings.n, settings.raters, overlapFor(settings.n, settings.raters));
  return {
    n,
    checkN: settings.checkN,
    seed: settings.seed,
    hashing,
    strata,
    ...(tasks && { tasks }),
    ...(settings.hard !== null && { hard: settings.hard }),
  };
}

function textOf(
  input: PlanInput,
  { run, prompts }: FrozenRun,
  sample: SamplePlan,
  known: Pick<PlanText, 'estimates' | 'replays' | 'width'>,
) {
  const askedFor = askedOf(input);
  const tasksFrom = tasksFromOf(input.loaded);
  return planText({
    run,
    prompts: sample.ballots.length,
    asked: prompts.slice(0, run.settings.checkN),
    reserve: sample.reserve.length,
    beyond: sample.beyond,
    ...(askedFor !== undefined && { askedFor }),
    marginChosen: input.options.margin !== undefined || input.config.margin !== undefined,
    ...(tasksFrom !== undefined && { tasksFrom }),
    ...known,
  });
}

/** Undefined where nobody had to decide it. */
function tasksFromOf({ understood, guessed, unused, taskChoice }: LoadedPrompts): string | undefined {
  if (taskChoice) return choiceWords(taskChoice);
  const columns = understood.flatMap(({ why }) => /task = column ("[^"]+")/.exec(why)?.[1] ?? []);
  const [first] = columns;
  if (first !== undefined) return `from the column ${first}`;
  if (guessed === undefined) return undefined;
  const field = perhapsTask(unused);
  const from = guessedFrom(guessed);
  return field === undefined ? from : `${from}; --task-field ${shellWord(field)} would set them`;
}

function askedOf({ settings: { n, raters }, options, config }: PlanInput): number | undefined {
  const own = options.n !== undefined || config.n !== undefined || raters > 1;
  return own && n !== 'all' ? n : undefined;
}
