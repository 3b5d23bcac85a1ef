/** Which prompts of a run need answers, and how many of those answers no call was begun for. */
import type { PromptRecord } from '../../records/prompt-record.ts';
import type { RunEvent } from '../../records/run-events.ts';
import type { RunRecord } from '../../records/run-record.ts';
import { type Trial, trialKey } from '../../runs/trial.ts';
import { drawnBy } from '../../voting/questions.ts';

interface Frozen {
  run: RunRecord;
  prompts: PromptRecord[];
}

/** The plan, the checked part of the reserve, and what draws added. */
export function promptsToAnswer({ run, prompts }: Frozen, events: readonly RunEvent[]): PromptRecord[] {
  const planned = run.tasks.reduce((sum, task) => sum + task.planned, 0);
  const first = prompts.slice(0, Math.max(planned, run.settings.checkN));
  const added = new Set(events.flatMap((event) => drawnBy(event) ?? []));
  for (const prompt of first) added.delete(prompt.id);
  return [...first, ...prompts.filter((prompt) => added.has(prompt.id))];
}

/** After a kill or Ctrl-C: answers that are wanted, and of which nothing was recorded. */
export function unbegunAnswers(
  frozen: Frozen,
  events: readonly RunEvent[],
  trials: Readonly<Record<string, ReadonlyMap<string, Trial>>>,
): number {
  const { arms, settings } = frozen.run;
  const numbers = Array.from({ length: settings.trials }, (_, at) => at + 1);
  const keys = promptsToAnswer(frozen, events).flatMap(({ id }) => numbers.map((trial) => trialKey(id, trial)));
  return arms.reduce((sum, { name }) => sum + keys.filter((key) => !trials[name]?.has(key)).length, 0);
}
