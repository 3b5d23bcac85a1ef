/** How many ballots each task gets: statistics.md section 3. */

/** Fewer votes than this decide only the clearest task. */
export const minPerTask = 8;

/** A task as the plan sees it. */
export interface Allotted {
  /** Records, or any other measure of traffic. */
  traffic: number;
  /** Prompts that can be voted on. */
  available: number;
}

/** Ballots per task: 8 each where there are that many, the rest by traffic; never more than a task has. */
export function allotPlan(tasks: readonly Allotted[], n: number): number[] {
  const floor = Math.min(minPerTask, Math.floor(n / Math.max(1, tasks.length)));
  return leanToTraffic(
    tasks,
    tasks.map(({ available }) => Math.min(available, floor)),
    n,
  );
}

/**
 * Adds ballots until there are `n`: each goes to the task furthest below its share of the traffic, the first of equals.
 * Fewer where no task has prompts left.
 */
export function leanToTraffic(tasks: readonly Allotted[], from: readonly number[], n: number): number[] {
  const quotas = [...from];
  let left = n - quotas.reduce((sum, quota) => sum + quota, 0);
  const traffic = tasks.reduce((sum, task) => sum + task.traffic, 0) || 1;
  while (left > 0) {
    let neediest = -1;
    let need = Number.NEGATIVE_INFINITY;
    for (const [index, task] of tasks.entries()) {
      const quota = quotas[index] ?? 0;
      const lack = (task.traffic / traffic) * n - quota;
      // Rounding must not make the second of two equal tasks the neediest.
      if (quota < task.available && lack > need + 1e-9) {
        need = lack;
        neediest = index;
      }
    }
    if (neediest < 0) break;
    quotas[neediest] = (quotas[neediest] ?? 0) + 1;
    left -= 1;
  }
  return quotas;
}
