/** The public API: prompts in, a run, verdicts out. What is exported here stays as it is within a major version. */
export {
  type AnswerToCheck,
  type ArmSetting,
  checkAnswer,
  type FinishedRun,
  loadPrompts,
  type Prompts,
  type ReadSettings,
  type RunSetup,
  type RunVerdicts,
  run,
  verdicts,
} from './api.ts';
export type { Judgement } from './app/route/check-answer.ts';
export {
  createRouter,
  type Escalation,
  type RoutedAnswer,
  type Router,
  type RouterOptions,
} from './app/route/router.ts';
export { type ExitCode, exitCodes, GapcheckError } from './errors.ts';
/** Every shape in a run folder. */
export type * from './records/attempt-record.ts';
export type * from './records/ids.ts';
export type * from './records/plain-json.ts';
export type * from './records/prompt-record.ts';
export type * from './records/routes-record.ts';
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
