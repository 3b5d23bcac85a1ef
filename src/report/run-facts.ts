/** What a report says of its run: the facts that every form repeats. */
import type { ReportInput } from './report-input.ts';
import { hasTimes, isDemo } from './source-words.ts';

export function runFacts({ run, prompts }: ReportInput) {
  return {
    id: run.id,
    createdAt: run.createdAt,
    prompts: prompts.length,
    toVote: run.tasks.reduce((sum, task) => sum + task.planned, 0),
    plannedBallots: run.plannedBallots,
    margin: run.margin,
    alpha: run.alpha,
    endpoint: run.settings.endpoint,
    promptsHash: run.promptsHash,
    keyCommitment: run.keyCommitment,
    sources: run.sources.map(({ file, sha256, records }) => ({ file, sha256, records })),
    traffic: run.tasks.map(({ task, traffic }) => ({ task, share: traffic })),
    leftOut: run.leftOut,
    logged: run.logged ? { otherAnswers: 0, failed: 0, ...run.logged } : null,
    demo: isDemo(run),
    hasTimes: hasTimes(run),
  };
}
