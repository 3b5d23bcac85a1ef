export interface TaskState {
  /** Units in so far. */
  n: number;
  logEGood: number;
  logEKeep: number;
  decided: boolean;
  remainingPrompts: number;
}

export interface NextTaskInput {
  /** Ballots planned in all. */
  planned: number;
  /** Task of the next prompt in the frozen order; null when none is left. */
  frozenNext: number | null;
  tasks: readonly TaskState[];
  pilot?: number;
  cap?: number;
}

export const adaptiveFrom = 40;
export const pilotVotes = 6;
export const capVotes = 60;

/**
 * Index of the task to vote on next, null when none is left. Below 40 planned ballots the frozen order decides.
 * From 40 on the order `closest`: a pilot of 6 per task (lowest n first), then the undecided task nearest to either
 * verdict; decided, capped (60) and exhausted tasks are passed over; equal goes to the lowest index.
 */
export function nextTask(input: NextTaskInput): number | null {
  const { planned, frozenNext, tasks, pilot = pilotVotes, cap = capVotes } = input;
  if (planned < adaptiveFrom) return frozenNext;
  let best: number | null = null;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const [index, task] of tasks.entries()) {
    if (task.decided || task.n >= cap || task.remainingPrompts <= 0) continue;
    const score = task.n < pilot ? 1000 - task.n : Math.max(task.logEGood, task.logEKeep);
    if (score <= bestScore) continue;
    [best, bestScore] = [index, score];
  }
  return best;
}
