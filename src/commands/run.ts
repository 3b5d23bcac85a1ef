/** freeze → answer → (in a terminal) score → report. The main job, in the order in which it happens. */
import { resolve } from 'node:path';
import type { Arm, ArmConfig } from '../arms/arm.ts';
import { priceOf } from '../arms/price.ts';
import { createArm } from '../arms/registry.ts';
import { type ExitCode, exitCodes, userError } from '../errors.ts';
import { type LoadedPrompts, loadPrompts } from '../logs/load.ts';
import { type SamplePlan, samplePlan } from '../logs/sample.ts';
import type { ArmRecord } from '../records.ts';
import { estimateArm } from '../runs/estimate.ts';
import { armConfigOf, armRecord } from '../runs/identity.ts';
import { hashing } from '../store/hashing.ts';
import { createRun, findRun, openRun, type StoredRun } from '../store/run-folder.ts';
import { answerRun, outcomeText } from './answer.ts';
import { chooseArms } from './choose-arms.ts';
import { type Config, loadConfig } from './config.ts';
import type { Context } from './context.ts';
import { describeArms } from './describe-arms.ts';
import { freezeRun } from './freeze-run.ts';
import { planText } from './plan-text.ts';
import type { RunOptions } from './program.ts';
import { runName } from './run-name.ts';
import { type RunPlanSettings, runSettings } from './run-settings.ts';

export async function run(files: string[], options: RunOptions, context: Context): Promise<ExitCode> {
  const results = resolve(context.cwd, options.results ?? 'results');
  if (options.resume !== undefined) return resume(results, options, context);
  const config = await loadConfig(options.config, context);
  const settings = runSettings(options, config);
  const loaded = await load(files, settings, options, config, context);
  const armConfigs = await chooseArms({ options, config, loaded, context });
  const arms = armConfigs.map((each) => createArm(each, context.env));
  const records = await describe(arms, config, context);
  const sample = samplePlan(loaded.prompts, sampleOptions(settings, loaded));
  const frozen = freezeRun({ settings, loaded, sample, arms: records, now: context.now() });
  context.out(plan(frozen.run, sample));
  if (options.dryRun) return exitCodes.done;
  if (!(await mayLeave(records, options, context))) return exitCodes.done;
  const paths = createRun(results, runName(options.name, files, records), frozen);
  return answerAndGoOn(openRun(paths.folder), arms, options, context);
}
