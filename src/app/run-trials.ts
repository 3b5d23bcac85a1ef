/** The trials of a run folder: what was recorded of each attempt, and what an agent did and changed in those that are balloted. */
import type { StepRecord } from '../records/attempt-record.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { RunEvent } from '../records/run-events.ts';
import type { ArmRecord, RunRecord } from '../records/run-record.ts';
import { type AgentWork, foldTrials, retriesOf, type Trial } from '../runs/trial.ts';
import { readAgentTrial } from '../store/agent-files.ts';
import { readAttempts } from '../store/attempts-file.ts';
import type { RunPaths } from '../store/layout.ts';

type Stored = { run: Pick<RunRecord, 'settings'>; paths: RunPaths; prompts?: readonly PromptRecord[] };

export interface ArmTrials {
  /** By prompt#trial. */
  trials: Map<string, Trial>;
  steps: StepRecord[];
  /** Torn lines that were skipped. */
  warnings: string[];
}

/** `events`: the run's ledger, where agents' copies are named. */
export function readTrials({ run, paths, prompts }: Stored, arm: ArmRecord, events: readonly RunEvent[]): ArmTrials {
  const { steps, warnings } = readAttempts(paths, arm.name, undefined, prompts);
  const trials = foldTrials(steps, retriesOf(arm, run.settings));
  if (arm.agent) for (const trial of trials.values()) addWork(trial, paths, arm.name, events);
  return { trials, steps, warnings };
}

/** The same of all arms, by name. */
export const allTrials = (
  stored: Stored & { run: Pick<RunRecord, 'arms'> },
  events: readonly RunEvent[],
): Record<string, Map<string, Trial>> =>
  Object.fromEntries(stored.run.arms.map((arm) => [arm.name, readTrials(stored, arm, events).trials]));

/** Trial 1 alone is balloted. */
function addWork(trial: Trial, paths: RunPaths, arm: string, events: readonly RunEvent[]): void {
  if (trial.trial !== 1 || trial.answer === undefined) return;
  const files = readAgentTrial(paths, arm, trial.prompt, trial.trial);
  const folders = events.flatMap((event) =>
    event.event === 'trial-started' && event.arm === arm && event.prompt === trial.prompt && event.trial === 1
      ? [event.folder]
      : [],
  );
  const work: AgentWork = {
    diff: files?.diff ?? '',
    steps: (files?.steps ?? []).map(({ kind, text }) => ({ kind, text })),
    folders: [...new Set(folders)],
  };
  trial.work = work;
}
