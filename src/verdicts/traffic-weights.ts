/**
 * How much each trial counts in a figure over all tasks: by its task's share of the traffic, however many of its prompts
 * were answered. The verdict is weighted the same way, and `more` on one task moves neither.
 */
import type { PromptId } from '../records/ids.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { RunRecord } from '../records/run-record.ts';

interface OfPrompt {
  prompt: PromptId;
}

/** One weight for each trial, 1 on average; 0 for tasks without traffic. */
export type Weigh = (trials: readonly OfPrompt[]) => number[];

export const alike: Weigh = (trials) => trials.map(() => 1);

type Planned = Pick<RunRecord, 'tasks'> & { settings: Pick<RunRecord['settings'], 'hard' | 'watch'> };

/** All alike where no traffic is known, there is one task, or a watched week drew evenly. */
export function trafficWeights({ tasks, settings }: Planned, prompts: readonly PromptRecord[]): Weigh {
  if (settings.watch || !tasks.some(({ traffic }) => traffic > 0)) return alike;
  const byId = new Map(prompts.map(({ id, task, difficulty }) => [id, { task, difficulty }]));
  const plans = new Map(tasks.map((plan) => [plan.task, plan]));
  const groupOf = ({ prompt }: OfPrompt): { name: string; share: number } => {
    const found = byId.get(prompt);
    const plan = found && plans.get(found.task);
    if (!plan) return { name: '', share: 0 };
    if (settings.hard === null) return { name: found.task, share: plan.traffic };
    // Hard prompts were drawn more often than the traffic has them.
    const part = found.difficulty === 'hard' ? plan.hardTraffic : 1 - plan.hardTraffic;
    return { name: `${found.difficulty} ${found.task}`, share: plan.traffic * part };
  };
  return (trials) => weightsOf(trials.map(groupOf));
}

function weightsOf(groups: readonly { name: string; share: number }[]): number[] {
  const sizes = new Map<string, number>();
  for (const { name } of groups) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  const raw = groups.map(({ name, share }) => share / (sizes.get(name) ?? 1));
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return sum > 0 ? raw.map((weight) => (weight * groups.length) / sum) : groups.map(() => 1);
}
