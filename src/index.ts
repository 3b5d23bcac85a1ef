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
export type * from './records/attempt-record.ts';
export type * from './records/ids.ts';
export type * from './records/plain-json.ts';
export type * from './records/prompt-record.ts';
export type * from './records/run-events.ts';
export type * from './records/run-record.ts';
export type * from './records/vote-lines.ts';
export type { RunnerEvent, RunOutcome } from './runs/runner-events.ts';
export type {
  EvidenceUnit,
  Interval,
  Leaning,
  PairVerdicts,
  ScopeVerdict,
  Verdict,
} from './verdicts/verdict-shapes.ts';
