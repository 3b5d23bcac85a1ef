/** The public API: prompts in, a run, verdicts out. What is exported here stays as it is within a major version. */
export {
  type ArmSetting,
  type FinishedRun,
  loadPrompts,
  type Prompts,
  type ReadSettings,
  type RunSetup,
  type RunVerdicts,
  run,
  verdicts,
} from './api.ts';
export { type ExitCode, exitCodes, GapcheckError } from './errors.ts';
/** Every shape in a run folder. */
export type * from './records.ts';
export type { RunnerEvent, RunOutcome } from './runs/events.ts';
export type { EvidenceUnit, Interval, Leaning, PairVerdicts, ScopeVerdict, Verdict } from './verdicts/verdict.ts';
