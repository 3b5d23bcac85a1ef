/** The public API, in flow order: prompts in, a run, verdicts out. The command line is built on the same functions. */

export type { Arm, ArmConfig, ArmDescription, ArmReply, ArmRequest } from './arms/arm.ts';
export { ArmError } from './arms/arm.ts';
export { createArm } from './arms/registry.ts';
export { armFromSpec } from './arms/spec.ts';
export { runChecks } from './checks/run-checks.ts';
export { exitCodes, GapcheckError } from './errors.ts';
export { type LoadedPrompts, type LoadOptions, loadPrompts } from './logs/load.ts';
export { type SampleOptions, type SamplePlan, samplePlan } from './logs/sample.ts';
export type * from './records.ts';
export { htmlReport } from './report/html.ts';
export { markdownReport } from './report/markdown.ts';
export { buildReport, type Report } from './report/model.ts';
export { reportSchema } from './report/report-schema.ts';
export { type RunAllOptions, runAll } from './runs/runner.ts';
export { foldTrials, type Trial } from './runs/trial.ts';
export { hashing } from './store/hashing.ts';
export { openRun, type StoredRun } from './store/run-folder.ts';
export { readAllVotes } from './store/votes-file.ts';
export { dealBallots } from './verdicts/ballots.ts';
export { decideRun } from './verdicts/decide.ts';
export type { PairVerdicts, ScopeVerdict } from './verdicts/verdict.ts';
